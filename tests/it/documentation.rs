//! Compares the pages in `docs/` with the program: settings, and names of tests.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The texts between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_setting_of_a_node_is_in_the_table_as_the_help_has_it() {
    let help = Command::new(env!("CARGO_BIN_EXE_simpul")).args(["serve", "--help"]).output().unwrap();
    // Words may be broken anywhere.
    let help = String::from_utf8(help.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    let after = |text: &str, mark: &str, end: &[char]| {
        text.split_once(mark).map(|(_, rest)| rest.split(end).next().unwrap().to_owned())
    };
    let settings: BTreeSet<_> = help
        .split(" --")
        .skip(1)
        .filter_map(|part| {
            let flag = part.split([' ', '=']).next().unwrap();
            let variable = after(part, "[env: ", &['=', ']'])?;
            Some((format!("--{flag}"), variable, after(part, "[file: ", &[']'])))
        })
        .collect();
    assert!(settings.len() > 20, "{settings:?}");
    let operations = page("docs/operations.md");
    let rows = operations.lines().filter(|line| line.starts_with("| `--"));
    let listed: BTreeSet<_> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let key = (!cells[3].is_empty()).then(|| cells[3].trim_matches('`').to_owned());
            (cells[1].trim_matches('`').to_owned(), cells[2].trim_matches('`').to_owned(), key)
        })
        .collect();
    assert_eq!(listed, settings);
}

#[test]
fn every_test_that_the_security_page_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut named = 0;
    for line in page("docs/security.md").lines() {
        let mut file = None;
        for quote in quoted(line) {
            let is_file = [".rs", ".mjs", ".py"].iter().any(|end| quote.ends_with(end));
            if is_file {
                let places = [root.join("tests/it").join(quote), root.join(quote)];
                let place = places.iter().find(|place| place.is_file());
                file = Some(fs::read_to_string(place.unwrap_or_else(|| panic!("no {quote}"))).unwrap());
            } else if let Some(source) = file.as_ref().filter(|_| quote.matches('_').count() >= 3) {
                assert!(source.contains(&format!("fn {quote}(")), "no {quote} where {line}");
                named += 1;
            }
        }
    }
    assert!(named > 20, "only {named} tests are named");
}
