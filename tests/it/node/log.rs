//! The log of a node.

use entity::vocabulary::Role;
use serde_json::{Value, json};
use simpul::{
    access::{Grant, GrantScope, RegionCode},
    store::Credentials,
};

use super::{Node, each_node};
use crate::support::database::{engines, fresh};

#[tokio::test]
async fn an_operation_is_one_log_line_without_personal_data() {
    each_node(&["--log-format", "json"], async |node| {
        let secret = "Sri Wahyuni 081234567890";
        let body = serde_json::json!({
            "query": "query Named($name: String) { cooperatives(first: 1, where: {name: {eq: $name}}) { nodes { name } } nothing: node(id: \"x\") { id } }",
            "variables": { "name": secret },
        });
        let request = node.client.post(node.url("/graphql")).json(&body);
        let request = request.header("x-request-id", "request-7").header("x-forwarded-for", "203.0.113.77");
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let request = request.header("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"));
        assert_eq!(request.send().await.unwrap().headers()["x-request-id"], "request-7");
        node.signal("TERM");
        let (status, log) = node.ended();
        assert_eq!(status.code(), Some(0));
        let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let operations: Vec<&Value> =
            lines.iter().filter(|line| line["target"] == "simpul::operation" && line["operation"] == "Named").collect();
        let [line] = operations[..] else { panic!("{} lines of the operation in {log}", operations.len()) };
        assert_eq!((line["request_id"].as_str(), line["trace_id"].as_str()), (Some("request-7"), Some(trace)));
        assert_eq!(line["errors"], "BAD_USER_INPUT:1");
        for number in ["milliseconds", "sql_milliseconds", "statements", "requested", "actual"] {
            assert!(line[number].is_number(), "{number} in {line}");
        }
        assert_eq!(line["document"].as_str().map(str::len), Some(16));
        assert!(!log.contains("Wahyuni") && !log.contains("203.0.113.77") && !log.contains("127.0.0.1"), "{log}");
    })
    .await;
}

#[tokio::test]
async fn queries_at_startup_are_not_reported_as_operations() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let mut node = Node::start_with(&fresh.url(), &["--log-format", "json", "--pages", "off"], &[]);
        node.settle().await;
        let metrics = node.metrics().await;
        assert!(!metrics.contains("operation=\"anonymous\""), "{metrics}");
        let (_, body) = node.ask("query Counts { registry { counts { count } dataAsOf } }").await;
        assert!(body["data"]["registry"]["counts"][0]["count"].as_u64() > Some(0), "{body}");
        node.signal("TERM");
        let (_, log) = node.ended();
        let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let operations: Vec<_> = lines.iter().filter(|line| line["target"] == "simpul::operation").collect();
        let counts = operations.iter().find(|line| line["operation"] == "Counts").unwrap();
        assert_eq!(counts["statements"], 0, "it was counted at the start: {log}");
        assert!(
            operations
                .iter()
                .all(|line| line["operation"] == "Counts" || line["operation"] == "CooperativeProfile"),
            "{log}"
        );
        fresh.discard().await;
    }
}

#[tokio::test]
async fn untrusted_documents_are_logged_if_configured() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("manifest.json");
    std::fs::write(&manifest, r#"{"known":"{ __typename }"}"#).unwrap();
    let flags = ["--documents", "log", "--trusted-documents", manifest.to_str().unwrap()];
    each_node(&flags, async |node| {
        node.ask("{ __typename }").await;
        node.ask("query Strange { __typename }").await;
        node.signal("TERM");
        let (_, log) = node.ended();
        let told = log.lines().filter(|line| line.contains("a document that is not in the manifest"));
        // The tests' own profile query is untrusted too.
        let strange = crate::support::sha256("query Strange { __typename }");
        assert_eq!(told.filter(|line| line.contains(&strange)).count(), 1, "{log}");
        assert!(!log.contains(&crate::support::sha256("{ __typename }")), "{log}");
    })
    .await;
}

#[tokio::test]
async fn the_rate_limit_is_on_by_default() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let node = Node::start_with(&fresh.url(), &[], &[]);
        let (_, body) = node.ask("{ cooperatives(first: 1) { nodes { name } } }").await;
        let status = &body["extensions"]["cost"]["throttleStatus"];
        assert_eq!(
            (&status["maximumAvailable"], &status["restoreRate"]),
            (&Value::from(900_000), &Value::from(30_000))
        );
        drop(node);
        fresh.discard().await;
    }
}

#[tokio::test]
async fn a_verb_is_one_log_line_without_its_input() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let credentials = Credentials::new(fresh.connection.clone());
        let key = credentials.create_key("clerk-of-32", None, None).await.unwrap().1;
        let scope = GrantScope::WithinRegion(RegionCode::new("32").unwrap());
        let grant = Grant { role: Role::Registrar, scope };
        credentials.add_grant("clerk-of-32", grant, "test", None).await.unwrap();
        let mut node = Node::start_with(&fresh.url(), &["--log-format", "json"], &[]);
        let parties = node
            .ask("{ cooperatives(where: {region: {within: \"32\"}}, first: 1) { nodes { id } } institutions(first: 1) { nodes { id } } }")
            .await
            .1["data"]
            .clone();
        let input = |key: &str, value: &str| {
            json!({ "idempotencyKey": key, "kind": "OFFTAKE", "pattern": "GENERAL_TRADE", "annualValue": value,
                    "supplier": parties["cooperatives"]["nodes"][0]["id"], "buyer": parties["institutions"]["nodes"][0]["id"] })
        };
        let document =
            "mutation M($input: ProposeLinkageInput!) { proposeLinkage(input: $input) { replayed } }";
        let inputs = [
            input("secret-key", "987654321"),
            input("secret-key", "987654321"),
            input("other", "-1"),
            input("secret-key", "1"),
        ];
        for input in inputs {
            let body = json!({ "query": document, "variables": { "input": input } });
            let request = node.client.post(node.url("/graphql")).bearer_auth(key.text()).json(&body);
            assert_eq!(request.header("x-request-id", "request-8").send().await.unwrap().status(), 200);
        }
        node.signal("TERM");
        let (_, log) = node.ended();
        let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let lines: Vec<Value> = lines.filter(|line| line["target"] == "simpul::verb").collect();
        let told: Vec<_> =
            lines.iter().map(|line| [&line["outcome"], &line["errors"], &line["scope"]]).collect();
        assert_eq!(
            json!(told),
            json!([
                ["written", null, "REGISTRAR 32"],
                ["replayed", null, null],
                ["refused", "OUT_OF_RANGE", null],
                ["failed", "IDEMPOTENCY_KEY_REUSED", null],
            ])
        );
        for line in &lines {
            assert_eq!((&line["verb"], &line["noun"]), (&json!("proposeLinkage"), &json!("BusinessLinkage")));
            assert_eq!(line["request_id"], "request-8");
        }
        for secret in ["987654321", "secret-key", "clerk-of-32", key.text()] {
            assert!(!log.contains(secret), "{secret} in {log}");
        }
        fresh.discard().await;
    }
}
