//! Introspection can be switched off.

use axum::http::StatusCode;
use serde_json::json;

use crate::support::each_engine;

#[tokio::test]
async fn without_introspection_errors_suggest_no_names() {
    each_engine(async |registry| {
        let closed = registry.closed();
        let mistyped = "{ cooperative(by: {slug: \"a\"}) { nam } }";
        let helped = registry.ask(mistyped).await.body["errors"][0]["message"].clone();
        assert!(helped.as_str().unwrap().contains("name"), "{helped}");
        let alone = closed.ask(mistyped).await.body["errors"][0]["message"].clone();
        assert!(!alone.as_str().unwrap().contains("name"), "{alone}");
        for query in ["{ __schema { types { name } } }", "{ __type(name: \"Query\") { name } }"] {
            let answer = closed.ask(query).await;
            assert_eq!(answer.code(), "GRAPHQL_VALIDATION_FAILED", "{query}: {}", answer.body);
            assert_eq!(registry.ask(query).await.body.get("errors"), None);
        }
        assert_eq!(closed.data("{ __typename }").await, json!({ "__typename": "Query" }));
        let schema = closed.get("/schema.graphql", &[]).await;
        assert_eq!((schema.status, schema.text()), (StatusCode::OK, simpul::schema::sdl()));
    })
    .await;
}
