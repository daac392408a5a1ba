//! Entity tags (`ETag`, `If-None-Match`), by which a client does not download again what it has.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::document::sha256;

/// The weak tag of a content: compressed and plain bytes have the same one.
pub(super) fn of(content: &str) -> String {
    format!("W/\"{}\"", &sha256(content)[..32])
}

/// Whether a request states that its client has the content with this tag.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    headers.get_all(header::IF_NONE_MATCH).iter().any(|tags| matches(tags, tag))
}

fn matches(tags: &HeaderValue, tag: &str) -> bool {
    let Ok(tags) = tags.to_str() else { return false };
    tags.split(',').map(str::trim).any(|given| given == "*" || opaque(given) == opaque(tag))
}

/// A tag without its mark of weakness, which does not matter to `If-None-Match`.
fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}
