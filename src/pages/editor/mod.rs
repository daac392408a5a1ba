//! The query editor at `/graphql`: GraphiQL where it was built, and a plain one of our own.

mod data;
mod embedded;
mod example;
mod full;
mod module;
mod plain;

pub(super) use self::module::{FILES, file};

use axum::http::{HeaderMap, Uri};

use super::{language::Language, parameter::parameters};
use crate::http::Content;

/// The parameter that chooses an editor: `?editor=plain`, `?editor=full`.
const CHOICE: &str = "editor";

/// The editor for a browser that opens `/graphql`.
pub(super) fn page(headers: &HeaderMap, uri: &Uri) -> Content {
    let language = Language::asked(uri).unwrap_or_else(|| Language::accepted(headers));
    let given = Given::of(uri);
    match embedded::entry() {
        Some(entry) if given.editor != "plain" => full::page(language, uri, &entry),
        entry => plain::page(language, uri, &given, entry.is_some()),
    }
}

/// What an address gives the editor.
#[derive(Debug, Default)]
struct Given {
    query: String,
    variables: String,
    operation_name: String,
    editor: String,
}

impl Given {
    fn of(uri: &Uri) -> Self {
        let mut given = Self::default();
        for (name, value) in parameters(uri) {
            let kept = match name.as_str() {
                "query" => &mut given.query,
                "variables" => &mut given.variables,
                "operationName" => &mut given.operation_name,
                CHOICE => &mut given.editor,
                _ => continue,
            };
            *kept = value;
        }
        given
    }
}

/// This address with another editor.
fn with_editor(uri: &Uri, editor: &str) -> String {
    let pairs = uri.query().unwrap_or_default().split('&');
    let others = pairs.filter(|pair| !pair.is_empty() && !pair.starts_with("editor="));
    let choice = format!("{CHOICE}={editor}");
    let all: Vec<&str> = others.chain([choice.as_str()]).collect();
    format!("/graphql?{}", all.join("&"))
}
