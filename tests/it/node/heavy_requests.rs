//! The largest accepted requests: memory, bytes sent and work of a node stay bounded.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Node, each_node, each_returning_node};
use crate::support::{sha256, twice};

const MEBI: u64 = 1 << 20;

/// Does something, and sees to it that the node holds no more than so many bytes more afterwards.
pub(super) async fn keeps_within(node: &mut Node, name: &str, most: u64, something: impl AsyncFnOnce(&Node)) {
    let before = node.resident();
    something(node).await;
    node.answers_the_profile().await;
    let growth = node.resident().saturating_sub(before);
    eprintln!("{name}: {} KB are kept", growth / 1024);
    assert!(growth <= most, "{name}: {} KB are kept, and {} KB may be", growth / 1024, most / 1024);
}

/// Does something, and sees to it that the node never holds more than so many bytes more meanwhile.
pub(super) async fn stays_within(node: &mut Node, name: &str, most: u64, something: impl AsyncFnOnce(&Node)) {
    let before = node.resident();
    node.forget_peak();
    something(node).await;
    let growth = node.peak().saturating_sub(before);
    eprintln!("{name}: {} KB at most", growth / 1024);
    assert!(growth <= most, "{name}: {} KB, and {} KB may be", growth / 1024, most / 1024);
    node.answers_the_profile().await;
}

fn numbered(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

/// A document of 20 KB whose fields are nowhere in the schema.
pub(super) fn invalid(number: usize) -> String {
    format!("query Q{number} {{ node(id: \"x\") {{ {} }} }}", numbered(3_500, |at| format!("f{at} ")))
}

/// A document that is full of values, none of them like another's.
fn values(number: usize) -> String {
    let list = |of: usize| numbered(40, |at| format!("\"v{number}of{of}at{at}\" "));
    let conditions = numbered(60, |of| format!("{{name: {{in: [{}]}}}} ", list(of)));
    format!("{{ cooperatives(where: {{or: [{conditions}]}}) {{ totalCount }} }}")
}

/// A document with a plan of many edges, each with arguments of its own.
fn planned(number: usize) -> String {
    let lists = numbered(30, |at| {
        format!(
            "l{at}: linkages(first: {}, where: {{annualValue: {{gte: \"{number}\"}}}}) {{ nodes {{ id buyer {{ id region {{ name }} }} }} }} ",
            1 + at % 3
        )
    });
    format!("query P{number} {{ cooperatives(first: 1) {{ nodes {{ name {lists} }} }} }}")
}

#[tokio::test]
async fn cached_documents_take_no_more_memory_than_the_limit() {
    each_returning_node(&["--cost-limit", "2000000000"], async |node| {
        keeps_within(node, "invalid documents", 48 * MEBI, async |node| {
            for number in 0..240 {
                let (status, body) = node.ask(&invalid(number)).await;
                assert_eq!((status, body.get("data")), (400, None), "{body}");
            }
        })
        .await;
        // What is remembered of documents is 16 MiB, and as much of persisted ones.
        keeps_within(node, "documents of all kinds", 56 * MEBI, async |node| {
            for number in 0..100 {
                for document in [values(number), planned(number)] {
                    let (status, body) = node.ask(&document).await;
                    assert_eq!((status, body.get("errors")), (200, None), "{body}");
                }
            }
            for number in 0..500 {
                let query = format!("{{ __typename }} # {number} {}", "x".repeat(80_000));
                let persisted = json!({ "persistedQuery": { "version": 1, "sha256Hash": sha256(&query) } });
                let body = json!({ "query": query, "extensions": persisted }).to_string();
                assert_eq!(node.post(body).await.0, 200);
            }
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_cached_refusal_equals_the_first() {
    each_node(&["--introspection", "off"], async |node| {
        let filled = json!({ "query": "query A($n: Int!) { cooperatives(first: $n) { totalCount } }" });
        let with = |variables: Value| {
            let mut filled = filled.clone();
            filled["variables"] = variables;
            filled
        };
        for body in [
            json!({ "query": invalid(0) }),
            json!({ "query": "{ registry { versionn } }" }),
            json!({ "query": "{ __schema { types { name } } }" }),
            json!({ "query": "{ registry { version }" }),
            json!({ "query": "query A { registry { version } } query B { b }", "operationName": "A" }),
            with(json!({})),
            with(json!({ "n": "two" })),
        ] {
            let first = node.post(body.to_string()).await;
            assert_eq!(first.0, 400, "{}", first.1);
            assert_eq!(node.post(body.to_string()).await, first);
        }
        let (status, body) = node.post(with(json!({ "n": 1 })).to_string()).await;
        assert_eq!((status, body.get("errors")), (200, None), "{body}");
        assert_eq!(node.post(with(json!({})).to_string()).await.0, 400);
        // Later requests of a batch have a smaller limit, so their refusals must not be cached for other requests.
        let refused = json!({ "query": "{ registry { versionless } }" });
        let dear = json!({ "query": "{ cooperatives(first: 100) { nodes { linkages(first: 20) { nodes { id } } } } }" });
        let batch = json!([dear, refused]).to_string();
        let limit = |answer: &Value| answer["extensions"]["cost"]["limit"].as_u64().unwrap();
        let first = node.post(batch.clone()).await.1[1].clone();
        let alone = node.post(refused.to_string()).await.1;
        let whole = u64::from(simpul::document::cost::price::DEFAULT_LIMIT);
        assert!(limit(&first) < whole && limit(&alone) == whole, "{first} {alone}");
        assert_eq!(node.post(batch).await.1[1], first);
    })
    .await;
}

#[tokio::test]
async fn metrics_name_a_bounded_number_of_operations() {
    each_node(&[], async |node| {
        for number in 0..150 {
            let name = format!("N{number}{}", "x".repeat(90));
            assert_eq!(node.ask(&format!("query {name} {{ __typename }}")).await.0, 200);
        }
        let metrics = node.metrics().await;
        let named =
            metrics.lines().filter(|line| line.starts_with("simpul_operation_duration_seconds_count"));
        assert!(named.count() <= 102, "{metrics:.2000}");
        // Invented names do not exclude others.
        for _ in 0..3 {
            assert_eq!(node.ask("query Used { __typename }").await.0, 200);
        }
        assert!(node.metrics().await.contains("operation=\"Used\""));
    })
    .await;
}

/// Two thousand rows, each with so many values under long names.
pub(super) fn wide(names: usize) -> String {
    let mut fields = String::new();
    for at in 0..names {
        write!(fields, "{}{at:03}: name ", "n".repeat(97)).unwrap();
    }
    let lists = numbered(20, |at| format!("c{at}: cooperatives(first: 100) {{ nodes {{ ...F }} }} "));
    format!("{{ {lists} }} fragment F on Cooperative {{ id {fields} }}")
}

#[tokio::test]
async fn a_response_that_becomes_too_large_is_stopped_early() {
    each_node(&[], async |node| {
        stays_within(node, "a wide answer", 64 * MEBI, async |node| {
            let (status, body) = node.ask(&wide(110)).await;
            let error = &body["errors"][0];
            assert!(status == 200 && body["data"].is_null(), "{:.2000}", body.to_string());
            assert_eq!(error["extensions"]["code"], "DOCUMENT_LIMIT_EXCEEDED", "{error}");
            let path = error["extensions"]["widest"]["path"].as_array().unwrap();
            assert!(path[1] == "nodes" && path[2].as_str().unwrap().starts_with("nnn"), "{error}");
            let cost = &body["extensions"]["cost"];
            assert_eq!(cost["actual"], cost["requested"], "what was begun is paid for: {cost}");
        })
        .await;
        stays_within(node, "the longest alias", 16 * MEBI, async |node| {
            let (_, body) = node.ask(&format!("{{ {}: __typename }}", "a".repeat(88_000))).await;
            assert_eq!(body["errors"][0]["extensions"]["code"], "DOCUMENT_LIMIT_EXCEEDED", "{body:.2000}");
        })
        .await;
    })
    .await;
    for engine in crate::support::database::engines() {
        let fresh = crate::support::database::fresh(engine).await;
        let node = Node::start_with(&fresh.url(), &["--answer-bytes", "1000"], &[]);
        for (query, widest) in [
            (
                "{ cooperatives(first: 50) { nodes { __typename name } } }",
                json!(["cooperatives", "nodes", "name"]),
            ),
            (
                "{ cooperativeAggregate(groupBy: [PROVINCE]) { nodes { keys { value label } count } } }",
                json!(["cooperativeAggregate", "nodes", "keys", "label"]),
            ),
            ("{ __schema { types { name description } } }", json!(["__schema", "types", "description"])),
            ("{ registry { licences counts { noun source count } } }", json!(["registry", "counts", "noun"])),
        ] {
            let (_, body) = node.ask(query).await;
            let error = &body["errors"][0];
            assert_eq!(error["extensions"]["code"], "DOCUMENT_LIMIT_EXCEEDED", "{query}: {body:.2000}");
            assert_eq!(error["extensions"]["widest"]["path"], widest, "{error}");
        }
        let batch = json!(vec![json!({ "query": "{ cooperatives(first: 5) { nodes { id name } } }" }); 4]);
        let (_, answers) = node.post(batch.to_string()).await;
        let refused = |answer: &&Value| answer.get("errors").is_some();
        assert!(answers.as_array().unwrap().iter().filter(refused).count() > 0, "a batch shares: {answers}");
        drop(node);
        fresh.discard().await;
    }
}

/// Lists of objects, each with so many values under long names and with an object beside them.
const CARRIERS: &[(&str, &str, &str, usize)] = &[
    ("Cooperative", "name", "cooperatives(first: 100) { nodes { ...F region { id } } }", 90),
    (
        "Cooperative",
        "name",
        "search(text: \"koperasi\", types: [COOPERATIVE], first: 100) { edges { node { ...F ... on Cooperative { region { id } } } } }",
        90,
    ),
    (
        "SearchResultEdge",
        "score",
        "search(text: \"koperasi\", types: [COOPERATIVE], first: 100) { edges { ...F node { __typename } } }",
        90,
    ),
    (
        "FigureKey",
        "value",
        "cooperativeAggregate(groupBy: [REGENCY_CITY], first: 1000) { nodes { keys { ...F node { id } } } }",
        90,
    ),
    ("Node", "id", "nodes(ids: IDS) { ...F ... on Cooperative { region { id } } }", 90),
    ("__Field", "name", "__schema { types { name fields { ...F type { name } } } }", 90),
];

/// The carriers, each ten times in one document.
fn carried(ids: &Value) -> impl Iterator<Item = String> {
    let ids = ids.to_string();
    CARRIERS.iter().map(move |(on, field, list, names)| {
        let fields = numbered(*names, |at| format!("{}{at:03}: {field} ", "n".repeat(97)));
        let lists = numbered(10, |at| format!("c{at}: {} ", list.replace("IDS", &ids)));
        format!("{{ {lists} }} fragment F on {on} {{ {fields} }}")
    })
}

#[tokio::test]
async fn every_kind_of_response_is_limited_in_size() {
    each_node(&["--cost-limit", "2000000000"], async |node| {
        let (_, body) = node.ask("{ cooperatives(first: 100) { nodes { id } } }").await;
        let nodes = body["data"]["cooperatives"]["nodes"].as_array().unwrap();
        let ids = nodes.iter().map(|node| node["id"].clone()).collect();
        for document in carried(&ids) {
            for document in [twice(&document, |depth| depth > 0), twice(&document, |_| false), document] {
                stays_within(node, &document[..60], 64 * MEBI, async |node| {
                    let (_, body) = node.ask(&document).await;
                    let code = &body["errors"][0]["extensions"]["code"];
                    assert_eq!(code, "DOCUMENT_LIMIT_EXCEEDED", "{:.2000}", body.to_string());
                    let path = body["errors"][0]["extensions"]["widest"]["path"].to_string();
                    assert!(path.contains("nnnn"), "{path}");
                })
                .await;
            }
        }
    })
    .await;
}

/// With one thread, an execution that does not yield blocks all others: the statement is over (no connection is busy), and the
/// request is still under way (it is running).
#[tokio::test]
async fn a_node_answers_others_while_it_builds_a_large_response() {
    for engine in crate::support::database::engines() {
        let fresh = crate::support::database::fresh(engine).await;
        let flags = ["--rate-limit", "off", "--answer-bytes", "100000000"];
        let node = Node::start_with(&fresh.url(), &flags, &[("TOKIO_WORKER_THREADS", "1")]);
        node.answers_the_profile().await;
        let query = wide(100);
        let mut meanwhile = 0;
        let others = async {
            loop {
                let metrics = node.metrics().await;
                let value = |name: &str| {
                    let line = metrics.lines().find_map(|line| line.strip_prefix(name)).unwrap();
                    line.trim().parse::<u64>().unwrap()
                };
                let busy = value("simpul_database_connections{kind=\"busy\"}");
                meanwhile += u64::from(value("simpul_operations_running") > 0 && busy == 0);
            }
        };
        tokio::select! {
            (status, body) = node.ask(&query) => assert_eq!((status, body.get("errors")), (200, None), "{body:.2000}"),
            () = others => {}
        }
        eprintln!("{engine:?}: {meanwhile} others");
        // One looks at the metrics every 20 ms at most.
        assert!(meanwhile >= 3, "{meanwhile} others were answered while the answer was built");
        drop(node);
        fresh.discard().await;
    }
}
