//! GraphQL over HTTP: methods, media types, statuses, batches.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::support::each_engine;

const TYPENAME: &str = "/graphql?query=%7B__typename%7D";

#[tokio::test]
async fn only_get_and_post_are_allowed() {
    each_engine(async |registry| {
        let got = registry.get(TYPENAME, &[]).await;
        assert_eq!(
            (got.status, got.json()["data"].clone()),
            (StatusCode::OK, json!({ "__typename": "Query" }))
        );
        let head = registry.request(Method::HEAD, TYPENAME, &[], "").await;
        assert_eq!((head.status, head.header("content-type")), (StatusCode::OK, got.header("content-type")));
        let options = registry.request(Method::OPTIONS, "/graphql", &[], "").await;
        assert_eq!(
            (options.status, options.header("allow")),
            (StatusCode::NO_CONTENT, "GET, HEAD, POST, OPTIONS")
        );
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            let refused = registry.request(method, "/graphql", &[], "").await;
            assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED);
            assert_eq!(refused.header("allow"), "GET, HEAD, POST, OPTIONS");
            assert_eq!(refused.code(), "METHOD_NOT_ALLOWED");
        }
    })
    .await;
}

#[tokio::test]
async fn a_get_request_has_its_parameters_in_the_url() {
    each_engine(async |registry| {
        let uri = "/graphql?query=query+A($n:Int!)%7Bcooperatives(first:$n)%7Bnodes%7B__typename%7D%7D%7D\
                   query+B%7B__typename%7D&operationName=A&variables=%7B%22n%22:1%7D&extensions=%7B%7D";
        let data = registry.get(uri, &[]).await.json()["data"].clone();
        assert_eq!(data, json!({ "cooperatives": { "nodes": [{ "__typename": "Cooperative" }] } }));
        for (uri, words) in [
            ("/graphql", "must have `query`"),
            ("/graphql?query=%7B__typename%7D&variables=3", "`variables` is not an object"),
            ("/graphql?query=%7B__typename%7D&extensions=%5B%5D", "`extensions` is not an object"),
            ("/graphql?query=%FF", "not UTF-8"),
        ] {
            let refused = registry.get(uri, &[]).await;
            assert_eq!(refused.code(), "BAD_USER_INPUT", "{uri}");
            assert!(refused.message().contains(words), "{uri}: {}", refused.message());
        }
        let mutation = registry.get("/graphql?query=mutation%7B__typename%7D", &[]).await;
        assert_eq!((mutation.status, mutation.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
    })
    .await;
}

#[tokio::test]
async fn accept_selects_the_media_type() {
    each_engine(async |registry| {
        // With pages, who prefers HTML gets the editor.
        let registry = registry.without_pages();
        let (json_type, graphql_type) =
            ("application/json; charset=utf-8", "application/graphql-response+json; charset=utf-8");
        for (accept, expected) in [
            ("", json_type),
            ("*/*", json_type),
            ("application/*", json_type),
            ("application/json", json_type),
            ("application/json;charset=UTF-8", json_type),
            ("application/graphql-response+json", graphql_type),
            ("application/graphql-response+json, application/json", graphql_type),
            ("application/graphql-response+json, application/json;q=0.9", graphql_type),
            ("application/graphql-response+json;charset=utf-8, application/json;q=0.9", graphql_type),
            ("application/json, application/graphql-response+json;q=0.9", json_type),
            ("text/html, application/graphql-response+json;q=0.1", graphql_type),
            ("application/json;q=0, */*", graphql_type),
        ] {
            let reply = registry.request(Method::GET, TYPENAME, &[("accept", accept)], "").await;
            assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, expected), "{accept}");
            assert!(reply.header("vary").contains("accept"));
        }
        for accept in ["text/html", "application/xml, text/*", "application/json;q=0", "nonsense"] {
            let reply = registry.request(Method::GET, TYPENAME, &[("accept", accept)], "").await;
            assert_eq!(
                (reply.status, reply.code()),
                (StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE"),
                "{accept}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn the_status_follows_the_media_type() {
    each_engine(async |registry| {
        let cases = [
            ("{", "GRAPHQL_PARSE_FAILED"),
            ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
            ("query($n: Int!) { cooperatives(first: $n) { totalCount } }", "BAD_USER_INPUT"),
            (
                "{ regions(first: 100) { nodes { cooperatives(first: 100) { nodes { linkages { nodes { id } } } } } } }",
                "COST_LIMIT_EXCEEDED",
            ),
        ];
        for (query, code) in cases {
            let body = json!({ "query": query }).to_string();
            let plain = registry.post(&body, &[("accept", "application/json")]).await;
            assert_eq!((plain.status, plain.code()), (StatusCode::OK, code), "{query}");
            let said = registry.post(&body, &[("accept", "application/graphql-response+json")]).await;
            assert_eq!((said.status, said.code()), (StatusCode::BAD_REQUEST, code), "{query}");
            assert_eq!((said.json().get("data"), plain.json().get("data")), (None, None));
            assert_eq!(said.header("cache-control"), "no-store");
        }
        // What was executed has data, whatever else it has.
        let partly = json!({ "query": "{ __typename node(id: \"x\") { id } }" }).to_string();
        let partly = registry.post(&partly, &[("accept", "application/graphql-response+json")]).await;
        assert_eq!((partly.status, partly.code()), (StatusCode::OK, "BAD_USER_INPUT"));
        assert_eq!(partly.json()["data"], json!({ "__typename": "Query", "node": null }));
    })
    .await;
}

#[tokio::test]
async fn only_json_is_posted() {
    each_engine(async |registry| {
        let body = r#"{"query":"{__typename}"}"#;
        for content in
            ["application/json", "application/json; charset=utf-8", "Application/JSON; charset=\"UTF-8\""]
        {
            let reply = registry.request(Method::POST, "/graphql", &[("content-type", content)], body).await;
            assert_eq!(reply.status, StatusCode::OK, "{content}");
        }
        for content in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/graphql",
            "application/json; charset=utf-16",
            "application/graphql+json",
            "nonsense",
        ] {
            let reply = registry.request(Method::POST, "/graphql", &[("content-type", content)], body).await;
            assert_eq!(
                (reply.status, reply.code()),
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE"),
                "{content}"
            );
        }
        let none = registry.request(Method::POST, "/graphql", &[], body).await;
        assert_eq!(none.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let zipped = registry.post(body, &[("content-encoding", "gzip")]).await;
        assert_eq!(zipped.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    })
    .await;
}

#[tokio::test]
async fn a_body_that_is_no_request_is_refused_with_a_reason() {
    each_engine(async |registry| {
        for body in [
            "",
            "{",
            "null",
            "3",
            "\"{__typename}\"",
            r#"{"query": 3}"#,
            r#"{"query": null}"#,
            r#"{"variables": {}}"#,
            r#"{"query":"{__typename}","variables":"{}"}"#,
            r#"{"query":"{__typename}","variables":[]}"#,
            r#"{"query":"{__typename}","operationName":[]}"#,
            r#"{"query":"{__typename}","extensions":[]}"#,
            r#"{"query":"{__typename}","variables":{"a":"\ud800"}}"#,
        ] {
            let reply = registry.post(body, &[("accept", "application/graphql-response+json")]).await;
            assert_eq!((reply.status, reply.code()), (StatusCode::BAD_REQUEST, "BAD_USER_INPUT"), "{body}");
        }
        // Whether anything looks at them or not.
        let many = |many: usize| format!("{{\"a\":[{{}}{}]}}", ",\"[,\\\",\"".repeat(many - 2));
        let with =
            |member: &str, values: String| format!("{{\"query\":\"{{__typename}}\",\"{member}\":{values}}}");
        for (body, status) in [
            (with("variables", many(20_000)), StatusCode::OK),
            (with("variables", many(20_001)), StatusCode::BAD_REQUEST),
            (format!("[{}]", with("variables", many(20_001))), StatusCode::BAD_REQUEST),
            (with("extensions", many(40_000)), StatusCode::OK),
            (with("extensions", format!("{{\"persistedQuery\":{}}}", many(20_001))), StatusCode::BAD_REQUEST),
        ] {
            let reply = registry.post(&body, &[("accept", "application/graphql-response+json")]).await;
            assert_eq!(reply.status, status, "{body:.100} {:.500}", reply.text());
        }
        let zeros = format!("%7B%22a%22:[0{}]%7D", ",0".repeat(20_000));
        let reply = registry.get(&format!("{TYPENAME}&variables={zeros}"), &[]).await;
        assert_eq!((reply.status, reply.code()), (StatusCode::BAD_REQUEST, "DOCUMENT_LIMIT_EXCEEDED"));
        let large = format!("{{\"query\":\"{}\"}}", " ".repeat(600_000));
        let reply = registry.post(&large, &[]).await;
        assert_eq!((reply.status, reply.code()), (StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE"));
    })
    .await;
}

#[tokio::test]
async fn a_batch_of_ten_shares_the_limits_of_one_request() {
    each_engine(async |registry| {
        let one = json!({ "query": "{ __typename }" });
        let two = registry.post(&json!([one, { "query": "{ nothing }" }]).to_string(), &[]).await;
        assert_eq!(two.status, StatusCode::OK);
        assert_eq!(two.json()[0]["data"], json!({ "__typename": "Query" }));
        assert_eq!(two.json()[1]["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(two.header("cache-control"), "no-store");
        let eleven = registry.post(&json!(vec![one; 11]).to_string(), &[]).await;
        assert_eq!((eleven.status, eleven.code()), (StatusCode::BAD_REQUEST, "BATCH_TOO_LARGE"));
        assert_eq!(registry.post("[]", &[]).await.code(), "BAD_USER_INPUT");
        let dear = json!({ "query": "{ cooperatives(first: 100) { nodes { linkages(first: 40) { nodes { id } } } } }" });
        let costs = registry.post(&dear.to_string(), &[]).await.json()["extensions"]["cost"]["requested"].as_u64();
        let fit = u64::from(simpul::document::cost::price::DEFAULT_LIMIT) / costs.unwrap();
        assert!((2..10).contains(&fit), "the example should cost a few of a request's points");
        let answers = registry.post(&json!(vec![dear; 10]).to_string(), &[]).await.json();
        let refused: Vec<bool> = answers.as_array().unwrap().iter().map(|answer| answer.get("errors").is_some()).collect();
        let expected: Vec<bool> = (0..10).map(|at| at >= fit).collect();
        assert_eq!(refused, expected);
    })
    .await;
}
