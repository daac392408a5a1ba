//! GraphQL over HTTP, by POST and GET.

use async_graphql::{Response, ServerError};
use async_graphql_axum::{GraphQLRequest, GraphQLResponse, rejection::GraphQLRejection};
use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response as HttpResponse},
};

use super::door::Door;

pub(super) async fn answer(
    State(door): State<Door>,
    request: Result<GraphQLRequest, GraphQLRejection>,
) -> HttpResponse {
    match request {
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
