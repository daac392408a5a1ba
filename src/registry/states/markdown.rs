//! The text of `docs/states.md`.

use std::fmt::Write;

use super::{Arrow, Diagram, all};

const HEAD: &str = "# States

The state machine of each noun that has a status: its states, and the verbs that change them. Each verb is a mutation of the API. A verb
that leads from one state to several chooses by the row. The calendar or a counter does what is marked *system*.

`src/registry/states` declares the state machines. This page is generated: `cargo run -- states > docs/states.md`.
";

/// The page: of each state machine a diagram in Mermaid's language, and a table.
#[must_use]
pub fn markdown() -> String {
    let mut page = HEAD.to_owned();
    for diagram in all() {
        section(&mut page, &diagram);
    }
    page
}

fn section(page: &mut String, diagram: &Diagram) {
    let Diagram { noun, vocabulary, states, arrows } = diagram;
    let _ = write!(page, "\n## {noun}\n\n`{vocabulary}`\n\n```mermaid\nstateDiagram-v2\n");
    for Arrow { from, verb, to, by_system } in arrows {
        let from = from.as_deref().unwrap_or("[*]");
        let system = if *by_system { " (system)" } else { "" };
        let _ = writeln!(page, "    {from} --> {to}: {verb}{system}");
    }
    let last = |state: &&String| arrows.iter().all(|arrow| arrow.from.as_ref() != Some(*state));
    for state in states.iter().filter(last) {
        let _ = writeln!(page, "    {state} --> [*]");
    }
    page.push_str("```\n\n| from | verb | to | by |\n|---|---|---|---|\n");
    for Arrow { from, verb, to, by_system } in arrows {
        let from = from.as_deref().unwrap_or("–");
        let by = if *by_system { "system" } else { "caller" };
        let _ = writeln!(page, "| {from} | {verb} | {to} | {by} |");
    }
}
