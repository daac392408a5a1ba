//! Middleware: gives each request an id and a trace, and each response its id and security headers.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

use super::trace::Trace;
use crate::store::clock;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The greatest length of an id that a caller sends.
const MAX_ID_BYTES: usize = 128;

/// Headers that forbid browsers to sniff, frame or embed a response.
const SECURITY_HEADERS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The id and the trace of a request, as the log has them.
#[derive(Clone, Debug, Default)]
pub(super) struct RequestIds {
    pub(super) request_id: String,
    pub(super) trace: Trace,
}

/// Adds the ids to the request. Adds security headers to the response, and the id unless a shared cache may store it.
pub(super) async fn identify(mut request: Request, next: Next) -> Response {
    let given = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).filter(|id| is_id(id));
    let request_id = given.map_or_else(|| clock::new_id().to_string(), str::to_owned);
    let trace = Trace::of(request.headers());
    let shown = HeaderValue::from_str(&request_id).ok();
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD);
    request.extensions_mut().insert(RequestIds { request_id, trace });
    let mut response = next.run(request).await;
    let cached = only_reads && may_be_cached(&response);
    let headers = response.headers_mut();
    if let Some(shown) = shown.filter(|_| !cached) {
        headers.insert(REQUEST_ID, shown);
    }
    for (name, value) in SECURITY_HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether a shared cache may store a response to a GET.
fn may_be_cached(response: &Response) -> bool {
    let directives = response.headers().get_all(header::CACHE_CONTROL).iter();
    let own = directives.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(','));
    response.status() != StatusCode::SWITCHING_PROTOCOLS
        && !own.map(str::trim).any(|directive| directive == "no-store" || directive == "private")
}

fn is_id(text: &str) -> bool {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_' | b'.' | b':');
    (1..=MAX_ID_BYTES).contains(&text.len()) && text.bytes().all(plain)
}
