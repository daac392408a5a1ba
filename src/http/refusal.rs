//! HTTP errors: a status, a code and a message, for requests that do not reach the door.

use std::time::Duration;

use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{door::shorten, refused::Refused};

/// An HTTP error, in the format of a GraphQL response.
#[derive(Clone, Debug)]
pub struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// How a caller may identify itself.
const CHALLENGE: &str = r#"Bearer realm="simpul", error="invalid_token""#;

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        let mut message = message.into();
        shorten(&mut message);
        Self { status, code, message, headers: Vec::new() }
    }

    /// 401, for a credential that identifies nobody.
    pub(super) fn unauthenticated() -> Self {
        let message = "the credential is malformed, unknown, expired or revoked";
        let refusal = Self::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message);
        refusal.with(header::WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE))
    }

    /// 404.
    #[must_use]
    pub fn not_found(message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", message)
    }

    pub(super) fn bad_input(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_USER_INPUT", message)
    }

    /// 405, with the allowed methods.
    pub(super) fn method(allowed: &'static str, message: impl Into<String>) -> Self {
        let refusal = Self::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message);
        refusal.with(header::ALLOW, HeaderValue::from_static(allowed))
    }

    /// 429, with `Retry-After`.
    pub(super) fn rate_limited(wait: Duration) -> Self {
        let wait = wait.as_secs().max(1);
        let message = format!("too many invalid credentials came from this address; try again in {wait} s");
        let refusal = Self::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message);
        refusal.with(header::RETRY_AFTER, wait.into())
    }

    pub(super) fn media(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message)
    }

    /// 413. The rest of the body is not read, so the connection is closed.
    pub(super) fn too_large(limit: usize) -> Self {
        let message = format!("the body has more than {limit} bytes");
        let refusal = Self::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message);
        refusal.with(header::CONNECTION, HeaderValue::from_static("close"))
    }

    /// 503, with `Retry-After`.
    pub(super) fn unavailable(message: impl Into<String>) -> Self {
        let refusal = Self::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message);
        refusal.with(header::RETRY_AFTER, HeaderValue::from_static("1"))
    }

    pub(super) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// What a page says of it.
    #[must_use]
    pub fn refused(self) -> Refused {
        let Self { status, code, message, .. } = self;
        Refused { status, code: code.into(), message }
    }

    pub(super) fn code(&self) -> &'static str {
        self.code
    }

    /// `errors`, as in a GraphQL response.
    pub(super) fn errors(&self) -> serde_json::Value {
        json!([{ "message": self.message, "extensions": { "code": self.code } }])
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(json!({ "errors": self.errors() }))).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.headers_mut().extend(self.headers);
        let Self { status, code, message, .. } = self;
        response.extensions_mut().insert(Refused { status, code: code.into(), message });
        response
    }
}
