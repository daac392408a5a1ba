//! Texts that stay the same as long as a node runs, with an `ETag`.

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{entity_tag, precompressed::Precompressed};

/// A text with its `ETag`.
#[derive(Debug)]
pub struct Tagged {
    text: Precompressed,
    tag: String,
    content: &'static str,
    cache: &'static str,
}

impl Tagged {
    /// A text that clients ask for again, unless it is the one that they have.
    #[must_use]
    pub fn new(content: &'static str, text: String) -> Self {
        let tag = entity_tag::of(&text);
        Self { text: Precompressed::new(text.into()), tag, content, cache: "public, no-cache" }
    }

    /// A file that is kept compressed by brotli, whose name changes with its content.
    #[must_use]
    pub fn compressed(content: &'static str, name: &str, file: &'static [u8]) -> Self {
        Self {
            text: Precompressed::brotli(&Bytes::from_static(file)),
            tag: format!("W/\"{name}\""),
            content,
            cache: "public, max-age=31536000, immutable",
        }
    }

    /// A text whose address changes with it, so that clients need not ask for it again.
    #[must_use]
    pub fn lasting(content: &'static str, text: String) -> Self {
        Self { cache: "public, max-age=31536000, immutable", ..Self::new(content, text) }
    }

    /// A short text that changes with the content.
    #[must_use]
    pub fn version(&self) -> &str {
        self.tag.get(3..15).unwrap_or_default()
    }

    /// The text, or 304 when the client has it already.
    pub async fn response(&'static self, headers: &HeaderMap) -> Response {
        let Self { text, tag, content, cache } = self;
        let kept = [
            (header::ETAG, HeaderValue::from_static(tag)),
            (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        ];
        if entity_tag::is_known(headers, tag) {
            let varied = [(header::VARY, HeaderValue::from_static("accept-encoding"))];
            return (StatusCode::NOT_MODIFIED, kept, varied).into_response();
        }
        let content = [(header::CONTENT_TYPE, HeaderValue::from_static(content))];
        (kept, content, text.response(headers).await).into_response()
    }
}
