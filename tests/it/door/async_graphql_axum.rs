//! Responses equal those of `async-graphql-axum`, the library's own HTTP handler, on the same executor.

use async_graphql_axum::GraphQL;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
    routing::post_service,
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{queries::queries, support::each_engine};

#[tokio::test]
async fn every_query_has_the_same_response_as_with_async_graphql_axum() {
    each_engine(async |registry| {
        let stock = Router::new().route("/", post_service(GraphQL::new(registry.door().clone())));
        for query in queries() {
            let body = json!({ "query": query.document, "variables": query.variables });
            let request = Request::post("/").header(header::CONTENT_TYPE, "application/json");
            let response = stock.clone().oneshot(request.body(Body::from(body.to_string())).unwrap());
            let bytes = to_bytes(response.await.unwrap().into_body(), usize::MAX).await.unwrap();
            let theirs: Value = serde_json::from_slice(&bytes).unwrap();
            let ours = registry.ask_with(&query.document, query.variables).await.body;
            assert_eq!(ours["data"], theirs["data"], "{}", query.name);
            assert_eq!(ours["extensions"], theirs["extensions"], "{}", query.name);
        }
    })
    .await;
}
