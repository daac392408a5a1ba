//! Variables, defaults, directives and operation names follow the specification where the library does not.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Registry, each_engine};

/// Sends a request with the media type whose status reports errors.
async fn asked(registry: &Registry, query: &str, variables: Value) -> (StatusCode, Value) {
    let body = json!({ "query": query, "variables": variables });
    let reply = registry.post(&body.to_string(), &[("accept", "application/graphql-response+json")]).await;
    (reply.status, reply.json())
}

async fn refused(registry: &Registry, query: &str, variables: Value, code: &str, words: &str) {
    let (status, body) = asked(registry, query, variables.clone()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{query} {variables}: {body}");
    assert_eq!(body.get("data"), None, "{query}");
    let errors = body["errors"].as_array().unwrap();
    assert_eq!(errors[0]["extensions"]["code"], code, "{query}: {body}");
    assert!(errors[0]["message"].as_str().unwrap().contains(words), "{query}: {body}");
}

async fn answered(registry: &Registry, query: &str, variables: Value, data: Value) {
    let (status, body) = asked(registry, query, variables).await;
    assert_eq!((status, body.get("errors")), (StatusCode::OK, None), "{query}");
    assert_eq!(body["data"], data, "{query}");
}

const PAGE: &str = "query($n: Int!) { cooperatives(first: $n) { nodes { __typename } } }";

#[tokio::test]
async fn a_variable_of_a_wrong_type_is_refused_before_execution() {
    each_engine(async |registry| {
        let page = json!({ "cooperatives": { "nodes": [{ "__typename": "Cooperative" }] } });
        answered(registry, PAGE, json!({ "n": 1 }), page.clone()).await;
        answered(registry, PAGE, json!({ "n": 1.0 }), page.clone()).await;
        answered(registry, PAGE, json!({ "n": 1, "unknown": [] }), page).await;
        for (given, words) in [
            (json!({}), "`$n` has no value; it must be Int!"),
            (json!({ "n": null }), "`$n` is null; it must be Int!"),
            (json!({ "n": "1" }), "`$n` is not of type Int"),
            (json!({ "n": 1.5 }), "`$n` is not a 32-bit integer"),
            (json!({ "n": 99_999_999_999_i64 }), "`$n` is not a 32-bit integer"),
            (json!({ "n": [1] }), "`$n` is not of type Int"),
        ] {
            refused(registry, PAGE, given, "BAD_USER_INPUT", words).await;
        }
        let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        refused(registry, nodes, json!({ "ids": ["a", null] }), "BAD_USER_INPUT", "`$ids.1` is null").await;
        let order = "query($by: [CooperativeOrder!]) { cooperatives(first: 1, orderBy: $by) { totalCount } }";
        for (given, words) in [
            (json!([{ "field": "COLOUR" }]), "`$by.0.field` is `COLOUR`, which is not a value of the enum"),
            (json!([{ "field": "NAME", "colour": 1 }]), "`$by.0` has a field `colour`"),
            (json!([{}]), "`$by.0.field` has no value"),
            (json!(["NAME"]), "`$by.0` is not an object"),
        ] {
            refused(registry, order, json!({ "by": given }), "BAD_USER_INPUT", words).await;
        }
        let by = "query($by: CooperativeBy!) { cooperative(by: $by) { name } }";
        for given in [json!({}), json!({ "slug": null }), json!({ "slug": "a", "id": "b" })] {
            refused(registry, by, json!({ "by": given }), "BAD_USER_INPUT", "exactly one of").await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_default_is_used_only_without_a_value() {
    each_engine(async |registry| {
        let typed = "query($b: Boolean = true) { __typename @include(if: $b) }";
        answered(registry, typed, json!({}), json!({ "__typename": "Query" })).await;
        answered(registry, typed, json!({ "b": false }), json!({})).await;
        let field = "query($b: Boolean = true) { registry @skip(if: $b) { version } }";
        answered(registry, field, json!({}), json!({})).await;
        let required = "query($n: Int! = 1) { cooperatives(first: $n) { nodes { __typename } } }";
        refused(registry, required, json!({ "n": null }), "BAD_USER_INPUT", "`$n` is null").await;
    })
    .await;
}

#[tokio::test]
async fn skip_and_include_need_a_boolean() {
    each_engine(async |registry| {
        let missing = "query($b: Boolean!) { registry @include(if: $b) { version } }";
        refused(registry, missing, json!({}), "BAD_USER_INPUT", "`$b` has no value").await;
        let invalid = "GRAPHQL_VALIDATION_FAILED";
        for (query, words) in [
            ("query($b: Boolean) { registry @include(if: $b) { version } }", "`$b` is Boolean"),
            ("query($b: String!) { __typename @skip(if: $b) }", "`$b` is String!"),
            ("{ __typename @include(if: null) }", "must be true or false"),
            ("{ __typename @include(if: $b) }", "`$b` is not defined"),
            ("{ registry { version @include(if: \"no\") } }", "must be true or false"),
            ("{ __typename @include }", "takes only the argument `if`"),
            ("{ __typename @skip(if: true) @skip(if: true) }", "must not be repeated"),
        ] {
            refused(registry, query, json!({ "b": true }), invalid, words).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_variable_may_be_used_on_typename_only() {
    each_engine(async |registry| {
        for query in [
            "query($b: Boolean!) { __typename @include(if: $b) }",
            "query($b: Boolean!) { ...T } fragment T on Query { __typename @include(if: $b) }",
            "query($b: Boolean!) { ... { __typename @skip(if: false) @include(if: $b) } }",
        ] {
            answered(registry, query, json!({ "b": true }), json!({ "__typename": "Query" })).await;
            answered(registry, query, json!({ "b": false }), json!({})).await;
        }
        let twice =
            "query($b: Boolean!) { __typename @include(if: $b) registry @skip(if: $b) { __typename } }";
        answered(registry, twice, json!({ "b": true }), json!({ "__typename": "Query" })).await;
        let others = "query A { __typename } query B($c: Boolean!) { __typename @include(if: $c) }";
        let body = json!({ "query": others, "operationName": "A" });
        assert_eq!(
            registry.post(&body.to_string(), &[]).await.json()["data"],
            json!({ "__typename": "Query" })
        );
        let unused = "query($b: Boolean!) { __typename }";
        refused(registry, unused, json!({ "b": true }), "GRAPHQL_VALIDATION_FAILED", "not used").await;
    })
    .await;
}

#[tokio::test]
async fn an_empty_name_of_an_operation_is_none() {
    each_engine(async |registry| {
        let body = json!({ "query": "query A { __typename }", "operationName": "" }).to_string();
        assert_eq!(registry.post(&body, &[]).await.json()["data"], json!({ "__typename": "Query" }));
        let of_two = json!({ "query": "query A { __typename } query B { __typename }", "operationName": "" })
            .to_string();
        assert!(registry.post(&of_two, &[]).await.json()["errors"].is_array());
    })
    .await;
}

#[tokio::test]
async fn unknown_names_are_refused() {
    each_engine(async |registry| {
        for (query, words) in [
            ("query($a: Int @foo) { cooperatives(first: $a) { totalCount } }", "@foo"),
            ("query @foo { __typename }", "foo"),
            ("{ __typename @foo }", "@foo"),
            ("{ registry @foo { version } }", "foo"),
            ("{ ...F } fragment F on Query @foo { __typename }", "foo"),
            ("{ ...F @foo } fragment F on Query { __typename }", "foo"),
            ("{ __typename(a: 1) }", "no argument `a`"),
            ("{ __typename { a } }", "no subfields"),
        ] {
            refused(registry, query, json!({}), "GRAPHQL_VALIDATION_FAILED", words).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_variable_is_used_only_where_its_type_fits() {
    each_engine(async |registry| {
        for (query, words) in [
            (
                "query($n: String) { cooperatives(first: $n) { totalCount } }",
                "`$n` is String; in this place it must be Int",
            ),
            ("query($i: ID) { node(id: $i) { id } }", "it must be ID!"),
            ("query($i: ID!) { nodes(ids: $i) { id } }", "it must be [ID!]!"),
            ("query($n: String) { cooperatives(where: {name: $n}) { totalCount } }", "`$n` is String"),
            (
                "query($n: [String!]) { cooperatives(where: {name: {in: $n, eq: $n}}) { totalCount } }",
                "`$n` is [String!]",
            ),
            ("query($s: String) { cooperative(by: {slug: $s}) { name } }", "must be String!"),
        ] {
            refused(registry, query, json!({}), "GRAPHQL_VALIDATION_FAILED", words).await;
        }
        let fitting = "query($n: Int! = 1, $f: [String!]) {
            cooperatives(first: $n, where: {name: {in: $f}}) { nodes { __typename } } }";
        answered(registry, fitting, json!({ "f": [] }), json!({ "cooperatives": { "nodes": [] } })).await;
    })
    .await;
}
