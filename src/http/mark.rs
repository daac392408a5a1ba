//! What every request is marked with, and every answer.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

use super::trace::Trace;
use crate::store::clock;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longer ids of callers are not kept.
const MAX_ID_BYTES: usize = 128;

/// What a browser may do with an answer: nothing but show it to who asked.
const SAFE: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// By what a request is known in the log.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    pub(super) request_id: String,
    pub(super) trace: Trace,
}

/// Marks a request with its id and its trace, and its answer with what keeps browsers safe and, unless a cache may give
/// it to others, with the id.
pub(super) async fn mark(mut request: Request, next: Next) -> Response {
    let given = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).filter(|id| is_id(id));
    let request_id = given.map_or_else(|| clock::new_id().to_string(), str::to_owned);
    let trace = Trace::of(request.headers());
    let shown = HeaderValue::from_str(&request_id).ok();
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD);
    request.extensions_mut().insert(Mark { request_id, trace });
    let mut response = next.run(request).await;
    let kept = only_reads && may_be_kept(&response);
    let headers = response.headers_mut();
    if let Some(shown) = shown.filter(|_| !kept) {
        headers.insert(REQUEST_ID, shown);
    }
    for (name, value) in SAFE {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether a cache that many share may keep an answer to a GET.
fn may_be_kept(response: &Response) -> bool {
    let directives = response.headers().get_all(header::CACHE_CONTROL).iter();
    let own = directives.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(','));
    response.status() != StatusCode::SWITCHING_PROTOCOLS
        && !own.map(str::trim).any(|directive| directive == "no-store" || directive == "private")
}

fn is_id(text: &str) -> bool {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_' | b'.' | b':');
    (1..=MAX_ID_BYTES).contains(&text.len()) && text.bytes().all(plain)
}
