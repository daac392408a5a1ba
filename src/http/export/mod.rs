//! `GET` and `POST /export/…`: the rows of a list, or figures, as a file.

mod about;
mod column;
mod download;
mod made;
mod target;

use std::panic::AssertUnwindSafe;

use async_graphql::futures_util::FutureExt;
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

use self::{made::Begin, target::Target};
use super::{
    door::{Answer, ExportRequest},
    graphql::{COST_ONLY, Requests, body, from_body, from_url},
    node::Node,
    refusal::Refusal,
    spool::TooManyExports,
};
use crate::{document::named::LookupError, exchange::table};

pub(super) const ALLOWED: &str = super::graphql::ALLOWED;

/// The path that exports begin with.
pub(super) const PATH: &str = "/export/";

/// Why an export is not answered with a file.
pub(super) enum Failure {
    /// It did not reach the door.
    Refused(Refusal),
    /// The answer with the errors of its document.
    Answered(Box<Answer>),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Answer> for Failure {
    fn from(answer: Answer) -> Self {
        Self::Answered(Box::new(answer))
    }
}

pub(super) async fn answer(State(node): State<Node>, request: Request) -> Response {
    answer_by(&node, request, table::writer).await
}

/// Answers a request; `begin` is what its table is begun with.
async fn answer_by(node: &Node, request: Request, begin: Begin) -> Response {
    let responded = AssertUnwindSafe(Box::pin(respond(node, request, begin))).catch_unwind().await;
    let responded = responded.unwrap_or_else(|panic| Err(Answer::panicked(&*panic).into()));
    let mut response = responded.unwrap_or_else(|failure| {
        let response = failure.into_response();
        node.door().metrics().exports().refused(response.status().as_u16());
        response
    });
    response.headers_mut().append(header::VARY, HeaderValue::from_static("simpul-cost-only"));
    response
}

async fn respond(node: &Node, request: Request, begin: Begin) -> Result<Response, Failure> {
    let (parts, sent) = request.into_parts();
    let is_post = parts.method == Method::POST;
    if !is_post && ![Method::GET, Method::HEAD].contains(&parts.method) {
        return Err(Refusal::method(ALLOWED, "an export requires GET or POST").into());
    }
    let target = Target::read(&parts.uri)?;
    if is_post && target.short.is_some() {
        return Err(Refusal::method("GET, HEAD", "the short form of an export requires GET").into());
    }
    let context = node.caller_context(&parts.headers, &parts.extensions);
    let accepted = node.accept()?;
    let posted = if is_post { Some(body(&parts.headers, sent, node.settings().body).await?) } else { None };
    let place = node.exports().enter(context.caller).map_err(too_many)?;
    let request = match (&target.short, posted) {
        (Some(short), _) => ExportRequest::Short(short),
        (None, None) => ExportRequest::Document(Box::new(single(from_url(&parts.uri)?)?)),
        (None, Some(bytes)) => ExportRequest::Document(Box::new(single(from_body(&bytes)?)?)),
    };
    let dry_run = parts.headers.get(COST_ONLY).is_some_and(|value| value != "false");
    let order = made::Order { node, target: &target, context: &context, begin, dry_run };
    let made = Box::pin(order.make(request, place)).await?;
    match made {
        made::Made::Priced(cost) => {
            let body = Json(serde_json::json!({ "extensions": { "cost": cost } }));
            Ok(([(header::CACHE_CONTROL, "no-store")], body).into_response())
        }
        made::Made::File { file, noun } => {
            let conditional = (!is_post).then_some(&parts.headers);
            Ok(download::response(file, &noun, target.format, conditional, accepted))
        }
    }
}

fn single(requests: Requests) -> Result<super::door::GraphqlRequest, Refusal> {
    match requests {
        Requests::One(request) if request.is_empty() => Err(Refusal::bad_input(LookupError::Empty.message())),
        Requests::One(request) => Ok(*request),
        Requests::Batch(_) => Err(Refusal::bad_input("an export takes one request, not a batch")),
    }
}

fn too_many(too_many: TooManyExports) -> Refusal {
    match too_many {
        TooManyExports::OfCaller(most) => {
            let message =
                format!("{most} exports of this caller are in progress; try again when one has ended");
            let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message);
            refusal.with(header::RETRY_AFTER, HeaderValue::from_static("5"))
        }
        TooManyExports::OfAll => made::overloaded(),
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let answer = match self {
            Self::Refused(refusal) => return refusal.into_response(),
            Self::Answered(answer) => answer,
        };
        let status = match answer.rejection_code() {
            Some("RATE_LIMITED") => StatusCode::TOO_MANY_REQUESTS,
            Some("FORBIDDEN") => StatusCode::FORBIDDEN,
            Some("INTERNAL") => StatusCode::INTERNAL_SERVER_ERROR,
            Some("TIMEOUT") => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_REQUEST,
        };
        let refused = answer.refused(status);
        let wait = answer.retry_after.map(|wait| HeaderValue::from(wait.as_secs().max(1)));
        let mut response = (status, [(header::CACHE_CONTROL, "no-store")], Json(*answer)).into_response();
        response.extensions_mut().insert(refused);
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, wait);
        }
        response
    }
}

#[cfg(test)]
mod tests;
