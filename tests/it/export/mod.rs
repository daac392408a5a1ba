//! `/export/…`: files with the rows of lists and figures.

mod download;
mod limits;
mod refused;
mod rows;
mod short;
mod snapshot;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::support::{Registry, Reply};

/// The address of an export with these parameters.
pub(crate) fn address(target: &str, parameters: &[(&str, &str)]) -> String {
    let pairs = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)));
    format!("/export/{target}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// Exports a document.
async fn export(registry: &Registry, format: &str, query: &str) -> Reply {
    registry.get(&address(format, &[("query", query)]), &[]).await
}

/// The rows of an export, by the names of their columns.
async fn rows(registry: &Registry, query: &str) -> Vec<Value> {
    let reply = export(registry, "ndjson", query).await;
    assert_eq!(reply.status, 200, "{query}: {}", reply.text());
    let rows: Vec<Value> = reply.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(reply.header("x-total-count"), rows.len().to_string());
    rows
}
