//! Texts that stay the same as long as a node runs, with an `ETag`.

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{entity_tag, precompressed::Precompressed};

/// The `Cache-Control` of what never changes at its address.
const LASTING: &str = "public, max-age=31536000, immutable";

/// The `Cache-Control` of a text at an address with no version, or another: as that of a node of the next release.
const PASSING: &str = "public, max-age=60";

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
            cache: LASTING,
        }
    }

    /// A text whose address changes with it, so that clients need not ask for it again.
    #[must_use]
    pub fn lasting(content: &'static str, text: String) -> Self {
        Self { cache: LASTING, ..Self::new(content, text) }
    }

    /// A short text that changes with the content.
    #[must_use]
    pub fn version(&self) -> &str {
        self.tag.get(3..15).unwrap_or_default()
    }

    /// The text, or 304 when the client has it already.
    pub async fn response(&'static self, headers: &HeaderMap) -> Response {
        self.cached(self.cache, headers).await
    }

    /// The text at an address with this version: clients keep it for long only if the version is its own.
    pub async fn response_for(&'static self, version: Option<&str>, headers: &HeaderMap) -> Response {
        let is_own = version == Some(self.version());
        self.cached(if is_own { self.cache } else { PASSING }, headers).await
    }

    async fn cached(&'static self, cache: &'static str, headers: &HeaderMap) -> Response {
        let Self { text, tag, content, .. } = self;
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
