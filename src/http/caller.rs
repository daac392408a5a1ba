//! Who sent a request: middleware that checks its credential. An invalid one is refused, and an answer to a valid one is
//! stored nowhere.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{authority::Token, node::Node, refusal::Refusal};

/// The `Cache-Control` of an answer to a caller with a credential.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// The request header that answers depend on.
const VARIES: HeaderValue = HeaderValue::from_static("authorization");

/// Middleware: checks the credential of a request, if there is one.
pub(super) async fn identify(State(node): State<Node>, request: Request, next: Next) -> Response {
    let mut response = answered(&node, request, next).await.unwrap_or_else(IntoResponse::into_response);
    response.headers_mut().append(header::VARY, VARIES);
    response
}

async fn answered(node: &Node, mut request: Request, next: Next) -> Result<Response, Refusal> {
    let Some(token) = sent(request.headers())? else { return Ok(next.run(request).await) };
    let identified = node.identified(token, request.headers(), request.extensions()).await?;
    request.extensions_mut().insert(identified);
    // Nothing of an earlier answer may be there to be confirmed.
    request.headers_mut().remove(header::IF_NONE_MATCH);
    let mut response = next.run(request).await;
    keep_private(response.headers_mut());
    Ok(response)
}

/// The token of a request; none without `Authorization`.
///
/// # Errors
/// 401 for a header that is no bearer token, and for several.
fn sent(headers: &HeaderMap) -> Result<Option<Token>, Refusal> {
    let mut lines = headers.get_all(header::AUTHORIZATION).iter();
    let Some(line) = lines.next() else { return Ok(None) };
    let token = line.to_str().ok().and_then(Token::bearer).filter(|_| lines.next().is_none());
    token.map(Some).ok_or_else(Refusal::unauthenticated)
}

fn keep_private(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, PRIVATE);
    headers.remove(header::AGE);
    // By the tag of a file its client goes on after an interruption.
    if !headers.contains_key(header::ACCEPT_RANGES) {
        headers.remove(header::ETAG);
    }
}
