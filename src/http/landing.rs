//! `GET /`: the landing page for people, with its style sheet and script.

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, header},
    response::{IntoResponse, Response},
};

use super::precompressed::Precompressed;

/// The content security policy: only what this server sends.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static HTML: Precompressed = part_of(include_str!("landing/index.html"));
static CSS: Precompressed = part_of(include_str!("landing/page.css"));
static JS: Precompressed = part_of(include_str!("landing/page.js"));

const fn part_of(text: &'static str) -> Precompressed {
    Precompressed::new(Bytes::from_static(text.as_bytes()))
}

pub(super) async fn html(headers: HeaderMap) -> Response {
    let policy = [(header::CONTENT_SECURITY_POLICY, POLICY)];
    (policy, part("text/html; charset=utf-8", &HTML, &headers).await).into_response()
}

pub(super) async fn css(headers: HeaderMap) -> Response {
    part("text/css; charset=utf-8", &CSS, &headers).await
}

pub(super) async fn js(headers: HeaderMap) -> Response {
    part("text/javascript; charset=utf-8", &JS, &headers).await
}

async fn part(content: &'static str, text: &Precompressed, headers: &HeaderMap) -> Response {
    let kept: [(HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, content), (header::CACHE_CONTROL, "no-cache")];
    (kept, text.response(headers).await).into_response()
}
