//! Finds the files that write names of tables into SQL.

use std::collections::BTreeSet;

use super::{
    Offences,
    source::{Kind, sources, words},
    tables,
};

/// Each row of a noun is read through its visible rows: one file names tables in SQL, and adds that condition.
#[test]
fn one_file_writes_the_names_of_tables_and_their_visible_rows() {
    const WRITER: &str = "graph/load/statement/source.rs";
    let tables = tables();
    let mut offences = Offences::default();
    let mut found = BTreeSet::new();
    for file in ["src/graph", "src/registry"].iter().flat_map(|folder| sources(folder)) {
        // The rules of the domain are SQL about all rows, also hidden ones.
        let writes = file.name == WRITER || file.name.starts_with("registry/rules/");
        for (at, token) in file.tokens.iter().enumerate() {
            let called = at > 0 && file.is(at - 1, ".") && file.is(at + 1, "(");
            let rule = match (token.kind, token.text.as_str()) {
                // The table's own file and the macro of nouns declare it.
                (Kind::Word, "visible" | "in_sql") if called => {
                    found.insert(token.text.clone());
                    Some(format!("`.{}()` outside of {WRITER}", token.text))
                }
                (Kind::Text, text) => named_after(text, &["FROM", "JOIN", "INTO", "UPDATE"])
                    .find(|name| tables.contains(*name))
                    .map(|name| format!("the table `{name}` stands in SQL outside of {WRITER}")),
                _ => None,
            };
            let declares = file.name == "graph/load/table.rs";
            if let Some(rule) = rule.filter(|_| !writes && !declares) {
                offences.add(&file, token.line, rule);
            }
        }
    }
    assert_eq!(found.len(), 2, "the calls that are looked for have other names now: {found:?}");
    offences.none();
}

/// The words of a text that follow one of these.
fn named_after<'a>(text: &'a str, before: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let all: Vec<&str> = words(text).filter(|word| !word.is_empty()).collect();
    let pairs: Vec<_> = all.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.into_iter().filter(move |(first, _)| before.contains(first)).map(|(_, name)| name)
}
