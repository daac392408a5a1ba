//! Checks the rules of the test suite: file sizes, the tests of each noun, and what runs once.

use std::collections::BTreeSet;

use super::source::{files, read, root, sources};

#[test]
fn test_files_have_at_most_400_lines() {
    let mut large = Vec::new();
    for (folder, end) in [("tests/it", "rs"), ("tests/clients", "mjs")] {
        let files = files(folder, end);
        assert!(files.len() > 5, "these cannot be all files of {folder}: {files:?}");
        large.extend(files.into_iter().filter(|path| read(path).lines().count() > 400));
    }
    assert!(large.is_empty(), "over 400 lines: {large:?}");
}

/// The tests of a noun are in `tests/it/<noun>.rs`, and in a folder of that name.
#[test]
fn every_noun_has_its_tests() {
    let sources = sources("src/registry").into_iter().filter(|file| !file.nouns().is_empty());
    let nouns: BTreeSet<String> = sources.filter_map(|file| file.module.get(1).cloned()).collect();
    assert!(nouns.contains("placement") && nouns.len() > 10, "these cannot be all nouns: {nouns:?}");
    let binary = read("tests/it/main.rs");
    for noun in nouns {
        let path = format!("tests/it/{noun}.rs");
        assert!(root().join(&path).exists(), "the noun `{noun}` has no {path}");
        let tested = ["#[test]", "#[tokio::test]"].iter().any(|test| read(&path).contains(test));
        assert!(tested, "{path} holds no test");
        assert!(binary.contains(&format!("\nmod {noun};\n")), "tests/it/main.rs leaves {path} out");
    }
}

/// `scripts/test` runs these modules once, and all others with the planner on and off.
#[test]
fn tests_that_run_once_do_not_use_the_planner() {
    let script = read("scripts/test");
    let line = script.lines().find_map(|line| line.trim().strip_prefix("once=(")?.strip_suffix(')'));
    let modules: Vec<&str> = line.expect("scripts/test names no modules that run once").split(' ').collect();
    assert!(modules.contains(&"node"), "{modules:?}");
    for module in modules {
        let folder = format!("tests/it/{module}");
        let mut paths = if root().join(&folder).exists() { files(&folder, "rs") } else { Vec::new() };
        paths.push(format!("tests/it/{module}.rs"));
        for path in paths.into_iter().filter(|path| root().join(path).exists()) {
            let text = read(&path);
            for planned in ["each_engine", "Registry::", "planner()"] {
                assert!(!text.contains(planned), "{path} uses {planned}, which depends on the planner");
            }
        }
    }
}
