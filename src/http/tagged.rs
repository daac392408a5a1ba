//! Texts that stay the same as long as a node runs, with an `ETag`.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{entity_tag, precompressed::Precompressed};

/// A text with its `ETag`.
pub(super) struct Tagged {
    text: Precompressed,
    tag: String,
    content: &'static str,
}

impl Tagged {
    pub(super) fn new(content: &'static str, text: String) -> Self {
        let tag = entity_tag::of(&text);
        Self { text: Precompressed::new(text.into()), tag, content }
    }

    /// The text, or 304 when the client has it already.
    pub(super) async fn response(&'static self, headers: &HeaderMap) -> Response {
        let Self { text, tag, content } = self;
        let kept = [
            (header::ETAG, HeaderValue::from_static(tag)),
            (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
        ];
        if entity_tag::is_known(headers, tag) {
            let varied = [(header::VARY, HeaderValue::from_static("accept-encoding"))];
            return (StatusCode::NOT_MODIFIED, kept, varied).into_response();
        }
        let content = [(header::CONTENT_TYPE, HeaderValue::from_static(content))];
        (kept, content, text.response(headers).await).into_response()
    }
}
