//! Bad input is answered with an error code, and no error message contains SQL.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::json;

use crate::support::{Answer, Registry, each_engine};

fn refused(answer: &Answer, code: &str, why: &str) {
    assert_eq!(answer.code(), code, "{why}: {}", answer.body);
    let text = answer.body.to_string().to_lowercase();
    for word in ["select", "sqlx", "sqlite", "postgres", "syntax error at", "relation \"", "no such"] {
        assert!(!text.contains(word), "{why} lets `{word}` out: {text}");
    }
}

#[tokio::test]
async fn invalid_input_is_refused_with_a_code() {
    let program = "SW50ZXJuc2hpcFByb2dyYW06MDAwMDAwMDAwMDAwNzAwMDgwMDAwMDAwMDAwMDAwMDE";
    let cases = [
        ("{ cooperatives(first: 3", "GRAPHQL_PARSE_FAILED", "an open bracket"),
        ("{ cooperatives { nothing } }", "GRAPHQL_VALIDATION_FAILED", "an unknown field"),
        (
            "{ linkages(where: {status: {eq: ACTIV}}) { totalCount } }",
            "GRAPHQL_VALIDATION_FAILED",
            "an unknown value",
        ),
        (
            "{ linkages(where: {status: null}) { totalCount } }",
            "BAD_USER_INPUT",
            "a condition without a value",
        ),
        (
            "{ linkages(where: {status: {eq: null}}) { totalCount } }",
            "BAD_USER_INPUT",
            "an operand without a value",
        ),
        ("{ node(id: \"nonsense\") { id } }", "BAD_USER_INPUT", "a malformed id"),
        ("{ node(id: \"\") { id } }", "BAD_USER_INPUT", "an empty id"),
        ("{ node(id: \"Q29vcGVyYXRpdmU6MQ\") { id } }", "BAD_USER_INPUT", "an id with a malformed key"),
        ("{ cooperatives(first: -1) { totalCount } }", "BAD_USER_INPUT", "a negative page"),
        ("{ cooperatives(last: -5) { totalCount } }", "BAD_USER_INPUT", "a negative page from the back"),
        ("{ cooperatives(first: 101) { totalCount } }", "BAD_USER_INPUT", "a page too large"),
        ("{ cooperatives(first: 2147483647) { totalCount } }", "BAD_USER_INPUT", "the largest number"),
        ("{ cooperatives(first: 1, last: 1) { totalCount } }", "BAD_USER_INPUT", "both ends at once"),
        ("{ cooperatives(after: \"AAAA\") { totalCount } }", "CURSOR_INVALID", "a made-up cursor"),
        ("{ cooperatives(before: \"\") { totalCount } }", "CURSOR_INVALID", "an empty cursor"),
        ("{ region(by: {code: \"32.4\"}) { name } }", "BAD_USER_INPUT", "a malformed region code"),
        ("{ cooperative(by: {}) { name } }", "GRAPHQL_VALIDATION_FAILED", "no key"),
        (
            "{ cooperative(by: {slug: \"a\", registrationNumber: \"1\"}) { name } }",
            "GRAPHQL_VALIDATION_FAILED",
            "two keys",
        ),
    ];
    each_engine(async |registry| {
        for (document, code, why) in cases {
            refused(&registry.ask(document).await, code, why);
        }
        let other = format!("{{ cooperative(by: {{id: \"{program}\"}}) {{ name }} }}");
        refused(&registry.ask(&other).await, "BAD_USER_INPUT", "the id of another type");
        let many = vec![format!("\"{program}\""); 101].join(", ");
        refused(
            &registry.ask(&format!("{{ nodes(ids: [{many}]) {{ id }} }}")).await,
            "BAD_USER_INPUT",
            "too many ids",
        );
    })
    .await;
}

#[tokio::test]
async fn a_text_with_a_nul_is_refused_on_both_engines_alike() {
    let lookups = [
        "cooperative(by: {slug: $text}) { name }",
        "cooperative(by: {registrationNumber: $text}) { name }",
        "cooperative(by: {legalEntityNumber: $text}) { name }",
        "institution(by: {slug: $text}) { name }",
        "institution(by: {domain: $text}) { name }",
        "internshipProgram(by: {code: $text}) { name }",
        "linkage(by: {code: $text}) { code }",
        "commodity(by: {code: $text}) { name }",
        "businessClass(by: {code: {edition: 2020, code: $text}}) { title }",
    ];
    each_engine(async |registry| {
        for lookup in lookups {
            let document = format!("query($text: String!) {{ {lookup} }}");
            let answer = registry.ask_with(&document, json!({ "text": "a\u{0}b" })).await;
            refused(&answer, "BAD_USER_INPUT", lookup);
        }
    })
    .await;
}

#[tokio::test]
async fn a_wrong_value_deep_in_a_condition_is_refused_with_its_reason() {
    let mut condition = json!({ "establishedOn": { "eq": "2025-13-01" } });
    for _ in 0..25 {
        condition = json!({ "not": condition });
    }
    let document = "query($where: CooperativeWhere) { cooperatives(where: $where) { totalCount } }";
    each_engine(async |registry| {
        let answer = registry.ask_with(document, json!({ "where": condition })).await;
        refused(&answer, "BAD_USER_INPUT", "a month that is none");
        let message = answer.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.len() < 300 && message.contains("\"Date\""), "{message}");
    })
    .await;
}

#[tokio::test]
async fn a_cursor_is_refused_by_another_list() {
    each_engine(async |registry| {
        let by = |order: &str, extra: &str, after: &str| {
            format!(
                "{{ linkages(first: 1, orderBy: [{order}]{extra}{after}) {{ pageInfo {{ endCursor }} }} }}"
            )
        };
        let value = "{field: ANNUAL_VALUE, direction: DESC}";
        let data = registry.data(&by(value, "", "")).await;
        let cursor = data["linkages"]["pageInfo"]["endCursor"].as_str().unwrap();
        let after = format!(", after: \"{cursor}\"");
        registry.data(&by(value, "", &after)).await;
        for (order, extra, why) in [
            ("{field: STARTS_ON}", "", "another order"),
            ("{field: ANNUAL_VALUE, direction: ASC}", "", "another direction"),
            ("{field: ANNUAL_VALUE, direction: DESC, nulls: FIRST}", "", "another place for nulls"),
            (value, ", where: {status: {eq: ACTIVE}}", "another filter"),
        ] {
            refused(&registry.ask(&by(order, extra, &after)).await, "CURSOR_INVALID", why);
        }
        for at in (0..cursor.len()).step_by(7) {
            let mut altered = cursor.to_owned().into_bytes();
            altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
            let after = format!(", after: \"{}\"", String::from_utf8(altered).unwrap());
            refused(&registry.ask(&by(value, "", &after)).await, "CURSOR_INVALID", "an altered cursor");
        }
    })
    .await;
}

/// A cursor's checksum detects accidents, not forgery: a forged cursor must be refused like a damaged one.
#[tokio::test]
async fn a_forged_cursor_of_the_wrong_kind_is_refused() {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    use sha2::{Digest, Sha256};
    each_engine(async |registry| {
        let document =
            "query($after: String) { institutions(first: 1, after: $after) { pageInfo { endCursor } } }";
        let data = registry.ask_with(document, json!({})).await.data();
        let cursor =
            URL_SAFE_NO_PAD.decode(data["institutions"]["pageInfo"]["endCursor"].as_str().unwrap()).unwrap();
        let (version, list, _): (u8, u64, serde_json::Value) = serde_json::from_slice(&cursor[6..]).unwrap();
        for value in [
            json!({"t": "' OR 1=1 --"}),
            json!({"i": 1}),
            json!("n"),
            json!({"b": true}),
            json!({"d": "2025-01-01"}),
        ] {
            let body = json!([version, list, [value]]).to_string();
            let mut forged = Sha256::digest(body.as_bytes())[..6].to_vec();
            forged.extend(body.as_bytes());
            let after = URL_SAFE_NO_PAD.encode(forged);
            refused(
                &registry.ask_with(document, json!({ "after": after })).await,
                "CURSOR_INVALID",
                "a forged cursor",
            );
        }
    })
    .await;
}

/// An error of the database is logged, and hidden from the caller.
#[tokio::test]
async fn a_failing_database_is_an_internal_error_with_an_id() {
    use sea_orm::ConnectionTrait;
    each_engine(async |registry| {
        registry.database.execute_unprepared("ALTER TABLE annual_report RENAME TO gone").await.unwrap();
        let answer = registry
            .ask("{ annualReports(first: 1) { totalCount } institutions(first: 1) { totalCount } }")
            .await;
        refused(&answer, "INTERNAL", "a missing table");
        assert_eq!(answer.body["errors"][0]["message"], "internal error");
        assert!(answer.body["errors"][0]["extensions"]["errorId"].is_string());
    })
    .await;
}

#[tokio::test]
async fn a_body_that_is_no_request_is_refused_in_json() {
    each_engine(async |registry: &Registry| {
        for body in ["", "{", "{\"query\": 7}", "nonsense"] {
            let request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
            let answer = registry.send(request.body(Body::from(body)).unwrap()).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
            refused(&answer, "BAD_USER_INPUT", body);
        }
    })
    .await;
}
