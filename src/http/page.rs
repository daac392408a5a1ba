//! `GET /`: the page that a person finds.

use axum::{
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};

/// Nothing but what this server sends.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(super) async fn html() -> Response {
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, include_str!("page/index.html")).into_response()
}

pub(super) async fn css() -> Response {
    part("text/css; charset=utf-8", include_str!("page/page.css"))
}

pub(super) async fn js() -> Response {
    part("text/javascript; charset=utf-8", include_str!("page/page.js"))
}

fn part(content: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, content), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}
