//! Reads pages in English, and answers of the API, to compare them.

use axum::http::StatusCode;
use serde_json::Value;

use crate::support::Registry;

/// A page in English, of which no part failed.
pub(super) async fn page(registry: &Registry, path: &str) -> String {
    let page = registry.get(path, &[("accept-language", "en")]).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
    assert!(!page.text().contains("class=\"errors\""), "{path}: {}", page.text());
    page.text()
}

/// The section of a page with this id.
pub(super) fn section<'a>(page: &'a str, id: &str) -> &'a str {
    let (_, rest) =
        page.split_once(&format!("<section id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}: {page}"));
    rest.split_once("</section>").unwrap().0
}

/// The nodes of a list of an answer.
pub(super) fn list<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    value[name]["nodes"].as_array().unwrap()
}

/// A text of an answer.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
