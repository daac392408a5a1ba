//! `GET /`: the landing page for browsers.

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, header},
    response::{IntoResponse, Response},
};

use super::stock::Stock;

/// The content security policy: only resources of this server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static HTML: Stock = part_of(include_str!("page/index.html"));
static CSS: Stock = part_of(include_str!("page/page.css"));
static JS: Stock = part_of(include_str!("page/page.js"));

const fn part_of(text: &'static str) -> Stock {
    Stock::new(Bytes::from_static(text.as_bytes()))
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

async fn part(content: &'static str, text: &Stock, headers: &HeaderMap) -> Response {
    let kept: [(HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, content), (header::CACHE_CONTROL, "no-cache")];
    (kept, text.response(headers).await).into_response()
}
