//! GraphQL over HTTP, to the letter of its specification.

mod media;
mod read;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use tokio::task::spawn_blocking;

use self::{
    media::Media,
    read::{Asked, from_body, from_url, is_in_url},
};
use super::{
    door::{Answer, Ask, Asker, Standing},
    node::Node,
    paced,
    refusal::Refusal,
    serve::Held,
};
use crate::document::named::LookupError;

pub use read::BodyLimits;

/// The header that asks what a request costs, without executing it.
pub(super) const COST_ONLY: HeaderName = HeaderName::from_static("simpul-cost-only");

pub(super) const ALLOWED: &str = "GET, HEAD, POST, OPTIONS";

/// What was asked for over HTTP: how many SQL statements it took, for those who look at responses from inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statements(pub usize);

pub(super) async fn answer(State(node): State<Node>, request: Request) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD | Method::POST => {}
        _ => return Refusal::method(ALLOWED, "GraphQL is asked by GET or POST").into_response(),
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
    let asker = node.asker(&parts.headers, &parts.extensions);
    let only_cost = parts.headers.get(COST_ONLY).is_some_and(|value| value != "false");
    let in_url = is_in_url(&parts.method);
    let sent =
        if in_url { None } else { Some(read::body(&parts.headers, body, node.settings().body).await?) };
    let place = node.enter(asker.caller).await?;
    // What waits for a place is bytes: what is read from them takes many times the room.
    let asked = match sent {
        Some(bytes) => from_body(&bytes)?,
        None => from_url(&parts.uri)?,
    };
    if let Asked::One(ask) = &asked
        && ask.is_empty()
    {
        return Err(Refusal::bad_input(LookupError::Empty.message()));
    }
    let prepared = |ask: Ask| {
        let ask = ask.for_cost_only(only_cost);
        if in_url { ask.for_reading() } else { ask }
    };
    let response = match asked {
        Asked::One(ask) => {
            let answer = node.door().answer(prepared(*ask), &asker).await;
            one(answer, media).await
        }
        Asked::Batch(members) => {
            let asks = members.iter().map(|member| read::one(member.get()).map(prepared));
            batch(node, asks, &asker).await?
        }
    };
    drop(place);
    Ok(response)
}

/// Answers one after the other: together they may take what one of them may.
async fn batch(
    node: &Node,
    asks: impl Iterator<Item = Result<Ask, Refusal>>,
    asker: &Asker,
) -> Result<Response, Refusal> {
    let mut allowance = node.door().allowance(asker.viewer);
    let mut answers: Vec<Answer> = Vec::new();
    for ask in asks {
        answers.push(node.door().answer_within(ask?, asker, &mut allowance).await);
    }
    let statements = answers.iter().map(|answer| answer.statements).sum();
    let bytes = answers.iter().map(|answer| answer.bytes).sum();
    let standing = answers.iter().rev().find_map(|answer| answer.standing);
    let mut response = body(answers, bytes, StatusCode::OK, statements).await;
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    if let Some(standing) = standing {
        tell(standing, response.headers_mut());
    }
    Ok(response)
}

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

async fn one(answer: Answer, media: Media) -> Response {
    let status = media.status(&answer);
    let mut headers = axum::http::HeaderMap::new();
    let kept = answer.cache_control().and_then(|kept| HeaderValue::from_str(&kept).ok());
    headers.insert(header::CACHE_CONTROL, kept.unwrap_or(NO_STORE));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    if let Some(wait) = answer.retry_after {
        headers.insert(header::RETRY_AFTER, wait.as_secs().max(1).into());
    }
    if let Some(standing) = answer.standing {
        tell(standing, &mut headers);
    }
    let (bytes, statements) = (answer.bytes, answer.statements);
    let mut response = body(answer, bytes, status, statements).await;
    response.headers_mut().extend(headers);
    response
}

/// How the caller stands with the limit, in headers.
fn tell(standing: Standing, headers: &mut axum::http::HeaderMap) {
    let Standing { rate, left, .. } = standing;
    let window = rate.most.div_ceil(rate.restored.max(1));
    let policy = format!("{};w={window}", rate.most);
    headers.insert("ratelimit-limit", rate.most.into());
    headers.insert("ratelimit-remaining", left.into());
    headers.insert("ratelimit-reset", standing.until(rate.most).as_secs().into());
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert("ratelimit-policy", policy);
    }
}

/// A response with this content, which is about as long as `bytes` says.
async fn body(
    content: impl Serialize + Send + 'static,
    bytes: u64,
    status: StatusCode,
    statements: usize,
) -> Response {
    let write = move || serde_json::to_vec(&content).map_err(|error| error.to_string());
    let written = if bytes > LONG_BYTES {
        // Other requests must not wait for it.
        spawn_blocking(write).await.unwrap_or_else(|error| Err(error.to_string()))
    } else {
        write()
    };
    match written {
        Ok(bytes) => {
            let held = Held(bytes.capacity());
            let mut response = (status, paced::body(bytes)).into_response();
            response.extensions_mut().insert(Statements(statements));
            response.extensions_mut().insert(held);
            response
        }
        Err(error) => {
            tracing::error!(error, "an answer cannot be written");
            Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "internal error").into_response()
        }
    }
}

/// What is longer is written on another thread; it takes a millisecond or two.
const LONG_BYTES: u64 = 256 << 10;
