//! Texts that stay the same as long as a node runs, with an `ETag`.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::precompressed::Precompressed;
use crate::document::sha256;

/// A text with its `ETag`.
pub(super) struct Tagged {
    text: Precompressed,
    tag: String,
    content: &'static str,
}

impl Tagged {
    pub(super) fn new(content: &'static str, text: String) -> Self {
        let tag = format!("W/\"{}\"", &sha256(&text)[..32]);
        Self { text: Precompressed::new(text.into()), tag, content }
    }

    /// The text, or 304 when the client has it already.
    pub(super) async fn response(&'static self, headers: &HeaderMap) -> Response {
        let Self { text, tag, content } = self;
        let kept = [
            (header::ETAG, HeaderValue::from_static(tag)),
            (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
        ];
        if headers.get_all(header::IF_NONE_MATCH).iter().any(|tags| matches(tags, tag)) {
            let varied = [(header::VARY, HeaderValue::from_static("accept-encoding"))];
            return (StatusCode::NOT_MODIFIED, kept, varied).into_response();
        }
        let content = [(header::CONTENT_TYPE, HeaderValue::from_static(content))];
        (kept, content, text.response(headers).await).into_response()
    }
}

/// Whether a tag matches. It is weak, because compressed and plain bytes have the same one.
fn matches(tags: &HeaderValue, tag: &str) -> bool {
    let Ok(tags) = tags.to_str() else { return false };
    tags.split(',')
        .map(str::trim)
        .any(|given| given == "*" || given == tag || Some(given) == tag.strip_prefix("W/"))
}
