//! GraphQL over HTTP, by its specification.

mod media;
mod read;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use tokio::task::spawn_blocking;

pub(super) use self::read::{Requests, body, decoded, from_body, from_url};
use self::{media::Media, read::is_in_url};
use super::{
    body::chunked,
    door::{Answer, CallerContext, GraphqlRequest, RateLimitStatus},
    entity_tag,
    node::Node,
    refusal::Refusal,
    serve::HeldBytes,
};
use crate::{document::named::LookupError, graph::scheduling::blocking};

/// The header that asks for a dry run: the price of a request, which is not executed.
pub(super) const COST_ONLY: HeaderName = HeaderName::from_static("simpul-cost-only");

/// The newest sequence of the change log that the node knew before it read an answer, or after a verb.
const SEQUENCE: HeaderName = HeaderName::from_static("simpul-sequence");

pub(super) const ALLOWED: &str = "GET, HEAD, POST, OPTIONS";

/// The number of SQL statements of a response, as an extension for tests and middleware.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statements(pub usize);

pub(super) async fn answer(State(node): State<Node>, request: Request) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD | Method::POST => {}
        _ => return Refusal::method(ALLOWED, "GraphQL requires GET or POST").into_response(),
    }
    let media = match Media::negotiated(request.headers()) {
        Ok(media) => media,
        Err(refusal) => return refusal.into_response(),
    };
    let mut response =
        Box::pin(respond(&node, media, request)).await.unwrap_or_else(IntoResponse::into_response);
    response.headers_mut().insert(header::CONTENT_TYPE, media.header());
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept, simpul-cost-only"));
    response
}

async fn respond(node: &Node, media: Media, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let context = node.caller_context(&parts.headers, &parts.extensions);
    let dry_run = parts.headers.get(COST_ONLY).is_some_and(|value| value != "false");
    let in_url = is_in_url(&parts.method);
    let sent =
        if in_url { None } else { Some(self::body(&parts.headers, body, node.settings().body).await?) };
    let permit = node.acquire(context.caller).await?;
    // While it waits, a request is bytes: parsed, it takes many times their size.
    let requests = match sent {
        Some(bytes) => from_body(&bytes)?,
        None => from_url(&parts.uri)?,
    };
    if let Requests::One(request) = &requests
        && request.is_empty()
    {
        return Err(Refusal::bad_input(LookupError::Empty.message()));
    }
    let with_options = |request: GraphqlRequest| {
        let request = request.with_dry_run(dry_run);
        if in_url { request.queries_only() } else { request }
    };
    let response = match requests {
        Requests::One(request) => {
            let answer = node.door().answer(with_options(*request), &context).await;
            one(answer, media, in_url.then_some(&parts.headers)).await
        }
        Requests::Batch(members) => {
            let requests = members.iter().map(|member| read::one(member.get()).map(with_options));
            batch(node, requests, &context).await?
        }
    };
    drop(permit);
    Ok(response)
}

/// Answers a batch, one request after the other. Coalesced they have the allowance of one request.
async fn batch(
    node: &Node,
    requests: impl Iterator<Item = Result<GraphqlRequest, Refusal>>,
    context: &CallerContext,
) -> Result<Response, Refusal> {
    let mut allowance = node.door().allowance(&context.viewer);
    let mut answers: Vec<Answer> = Vec::new();
    for request in requests {
        answers.push(node.door().answer_within(request?, context, &mut allowance).await);
    }
    let statements = answers.iter().map(|answer| answer.statements).sum();
    let bytes = answers.iter().map(|answer| answer.bytes).sum();
    let rate_limit = answers.iter().rev().find_map(|answer| answer.rate_limit);
    let sequence = answers.iter().find_map(|answer| answer.sequence);
    let mut response = json(answers, bytes, StatusCode::OK, statements).await;
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    if let Some(sequence) = sequence {
        response.headers_mut().insert(SEQUENCE, sequence.into());
    }
    if let Some(status) = rate_limit {
        rate_limit_headers(status, response.headers_mut());
    }
    Ok(response)
}

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The response to one request. `conditional` are the headers of a request by GET, which may say what the client has.
async fn one(answer: Answer, media: Media, conditional: Option<&HeaderMap>) -> Response {
    let status = media.status(&answer);
    let mut headers = HeaderMap::new();
    let kept = answer.cache_control().and_then(|kept| HeaderValue::from_str(&kept).ok());
    let tagged = conditional.filter(|_| kept.is_some());
    headers.insert(header::CACHE_CONTROL, kept.unwrap_or(NO_STORE));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    if let Some(wait) = answer.retry_after {
        headers.insert(header::RETRY_AFTER, wait.as_secs().max(1).into());
    }
    if let Some(sequence) = answer.sequence {
        headers.insert(SEQUENCE, sequence.into());
    }
    if let Some(status) = answer.rate_limit {
        rate_limit_headers(status, &mut headers);
    }
    let (bytes, statements) = (answer.bytes, answer.statements);
    let mut response = match tagged {
        Some(request) => {
            let tag = if bytes > LONG_BYTES { blocking(|| answer.entity_tag()) } else { answer.entity_tag() };
            let known = entity_tag::is_known(request, &tag);
            if let Ok(tag) = HeaderValue::from_str(&tag) {
                headers.insert(header::ETAG, tag);
            }
            if known {
                headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
                let mut response = StatusCode::NOT_MODIFIED.into_response();
                response.extensions_mut().insert(Statements(statements));
                response
            } else {
                json(answer, bytes, status, statements).await
            }
        }
        None => json(answer, bytes, status, statements).await,
    };
    response.headers_mut().extend(headers);
    response
}

/// Adds the `RateLimit` headers.
fn rate_limit_headers(status: RateLimitStatus, headers: &mut HeaderMap) {
    let RateLimitStatus { rate, available, .. } = status;
    let window = rate.burst.div_ceil(rate.restored.max(1));
    let policy = format!("{};w={window}", rate.burst);
    headers.insert("ratelimit-limit", rate.burst.into());
    headers.insert("ratelimit-remaining", available.into());
    headers.insert("ratelimit-reset", status.wait_for(rate.burst).as_secs().into());
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert("ratelimit-policy", policy);
    }
}

/// A response with this content in JSON, which has about `bytes` bytes.
async fn json(
    content: impl Serialize + Send + 'static,
    bytes: u64,
    status: StatusCode,
    statements: usize,
) -> Response {
    let write = move || serde_json::to_vec(&content).map_err(|error| error.to_string());
    let written = if bytes > LONG_BYTES {
        // It would block other requests.
        spawn_blocking(write).await.unwrap_or_else(|error| Err(error.to_string()))
    } else {
        write()
    };
    match written {
        Ok(bytes) => {
            let held = HeldBytes(bytes.capacity());
            let mut response = (status, chunked(bytes)).into_response();
            response.extensions_mut().insert(Statements(statements));
            response.extensions_mut().insert(held);
            response
        }
        Err(error) => {
            tracing::error!(error, "a response cannot be serialized");
            Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "internal error").into_response()
        }
    }
}

/// A longer answer is serialized on another thread, which takes a millisecond or two.
const LONG_BYTES: u64 = 256 << 10;
