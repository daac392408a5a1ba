//! `GET /editor/…`: the scripts and the style sheet of the plain editor, and the files of GraphiQL.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse, Response},
};

use super::embedded;
use crate::http::{Refusal, Tagged};

/// The route of the files.
pub(in crate::pages) const FILES: &str = "/editor/{file}";

/// The script that the plain editor begins with, and its style sheet.
pub(super) const SCRIPT: &str = "/editor/editor.js";
pub(super) const STYLE: &str = "/editor/editor.css";

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// The plain editor's own. Browsers ask each time whether they have changed, because modules name each other.
static OWN: LazyLock<[(&str, Tagged); 5]> = LazyLock::new(|| {
    let script = |text: &str| Tagged::new(JAVASCRIPT, text.to_owned());
    [
        ("editor.js", script(include_str!("editor.js"))),
        ("answer.js", script(include_str!("answer.js"))),
        ("request.js", script(include_str!("request.js"))),
        ("completion.js", script(include_str!("completion.js"))),
        ("editor.css", Tagged::new("text/css; charset=utf-8", include_str!("editor.css").to_owned())),
    ]
});

pub(in crate::pages) async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let own = OWN.iter().find(|(own, _)| *own == name).map(|(_, file)| file);
    match own.or_else(|| embedded::file(&name)) {
        Some(file) => file.response(&headers).await,
        None => Refusal::not_found("the editor has no such file").into_response(),
    }
}
