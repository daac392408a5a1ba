//! What the server tells the editor's scripts: texts in the reader's language, and the examples.

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};

use super::example::EXAMPLES;
use crate::pages::language::Language;

/// The texts of the scripts: their names there, their ids in the catalogue, and the values that scripts put in.
const TEXTS: [(&str, &str, &[&str]); 26] = [
    ("answer", "editor-answer", &[]),
    ("plain", "editor-plain", &[]),
    ("schema", "schema-title", &[]),
    ("licences", "licences", &[]),
    ("nothing", "editor-nothing", &[]),
    ("download", "editor-download", &[]),
    ("copyLink", "copy-link", &[]),
    ("copycurl", "editor-copy-curl", &[]),
    ("copyfetch", "editor-copy-fetch", &[]),
    ("copyPython", "editor-copy-python", &[]),
    ("copied", "editor-copied", &[]),
    ("selected", "editor-selected", &[]),
    ("exported", "editor-exported", &[]),
    ("saved", "editor-saved", &[]),
    ("none", "editor-none", &[]),
    ("field", "editor-field", &[]),
    ("value", "editor-value", &[]),
    ("table", "editor-table", &["name"]),
    ("place", "editor-place", &["line", "column"]),
    ("errors", "editor-errors", &["n"]),
    ("rows", "editor-rows", &["n"]),
    ("cost", "editor-cost", &["actual", "requested", "limit"]),
    ("unreachable", "editor-unreachable", &[]),
    ("empty", "editor-empty", &[]),
    ("badVariables", "editor-bad-variables", &[]),
    ("json", "editor-json", &[]),
];

/// The texts as a block of data. A value's place is its name in braces.
pub(super) fn texts(language: Language) -> Markup {
    let text = |id: &'static str, values: &'static [&'static str]| {
        let places: Vec<String> = values.iter().map(|name| format!("{{{name}}}")).collect();
        let values: Vec<_> = values.iter().copied().zip(places.iter().map(String::as_str)).collect();
        language.text_with(id, &values)
    };
    let texts: BTreeMap<_, _> = TEXTS.iter().map(|(name, id, values)| (*name, text(id, values))).collect();
    block("texts", &serde_json::to_string(&texts).unwrap_or_default())
}

/// The examples as a block of data.
pub(super) fn examples() -> Markup {
    block("examples", &serde_json::to_string(&*EXAMPLES).unwrap_or_default())
}

/// A block of data, which is not executed. A `<` could end it.
fn block(id: &str, json: &str) -> Markup {
    html! { script type="application/json" id=(id) { (PreEscaped(json.replace('<', "\\u003c"))) } }
}
