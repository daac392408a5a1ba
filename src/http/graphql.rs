//! GraphQL over HTTP, by POST and GET.

use async_graphql::{Response, ServerError};
use async_graphql_axum::{GraphQLRequest, GraphQLResponse, rejection::GraphQLRejection};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response as HttpResponse},
};

use super::door::Door;

/// The header that asks what a request costs, without executing it.
const COST_ONLY: &str = "simpul-cost-only";

pub(super) async fn answer(
    State(door): State<Door>,
    headers: HeaderMap,
    request: Result<GraphQLRequest, GraphQLRejection>,
) -> HttpResponse {
    match request {
        Ok(request) if headers.get(COST_ONLY).is_some_and(|value| value != "false") => {
            without_data(&door.estimate(request.into_inner()).await)
        }
        Ok(request) => {
            let (response, statements) = door.answer(request.into_inner()).await;
            (Extension(statements), GraphQLResponse::from(response)).into_response()
        }
        Err(GraphQLRejection(error)) => {
            let mut error = ServerError::new(error.to_string(), None);
            error.extensions.get_or_insert_default().set("code", "BAD_USER_INPUT");
            (StatusCode::BAD_REQUEST, GraphQLResponse::from(Response::from_errors(vec![error])))
                .into_response()
        }
    }
}

/// Nothing was executed, and so there is no `data`, not even null.
fn without_data(response: &Response) -> HttpResponse {
    let mut answer = serde_json::Map::new();
    if !response.errors.is_empty() {
        answer.insert("errors".to_owned(), serde_json::json!(response.errors));
    }
    if !response.extensions.is_empty() {
        answer.insert("extensions".to_owned(), serde_json::json!(response.extensions));
    }
    Json(answer).into_response()
}
