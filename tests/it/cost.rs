//! The cost of requests: the documented prices, and the refusal of requests above the limit.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path, process::Command};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use simpul::{
    document::cost::{
        limit,
        price::{DEFAULT_LIMIT, TABLE},
    },
    graph::load::Planner,
};

use crate::{
    queries::queries,
    support::{Answer, Registry, each_engine},
};

/// Documents with a little of everything that has a price.
const DOCUMENTS: &[(&str, &str)] = &[
    ("a field of nothing", "{ __typename }"),
    ("a lookup", "{ region(by: {code: \"32\"}) { name } }"),
    ("a page", "{ cooperatives { nodes { name } } }"),
    ("the largest page", "{ cooperatives(first: 100) { edges { cursor node { name } } } }"),
    ("an impossible page", "{ cooperatives(first: 2147483647) { nodes { name } } }"),
    ("whether there is more", "{ cooperatives(first: 10) { pageInfo { hasNextPage } } }"),
    ("a count", "{ cooperatives { totalCount } }"),
    ("a filtered count", "{ linkages(where: {status: {in: [ACTIVE, TRIAL]}}) { totalCount } }"),
    (
        "an order",
        "{ linkages(first: 5, orderBy: [{field: ANNUAL_VALUE, direction: DESC}]) { nodes { code } } }",
    ),
    ("a bounded list", "{ region(by: {code: \"32.04\"}) { ancestors { name } } }"),
    ("rows by id", "{ nodes(ids: [\"a\", \"b\"]) { id ... on Region { name parent { name } } } }"),
    (
        "pages in pages",
        "{ cooperatives(first: 10) { nodes { name linkages(first: 5) { totalCount nodes { buyer { name } } } } } }",
    ),
    (
        "either party",
        "{ linkages(first: 3) { nodes { buyer { name ... on PartnerInstitution { officials { nodes { name } } } \
         ... on Cooperative { officers(first: 2) { nodes { name } } } } } } }",
    ),
    ("a type of the schema", "{ __type(name: \"Region\") { name fields { name type { name } } } }"),
    ("the schema", "{ __schema { queryType { name } } }"),
    (
        "the registry itself",
        "{ registry { version counts { noun count } limits { cost } } viewer { costLimit } }",
    ),
];

/// A request that no page size of its own makes cheap enough.
const DEAR: &str = "{ regions(first: 38) { nodes { cooperatives(first: 100) { nodes { linkages(first: 20) { nodes { code } } } } } } }";

fn cost(answer: &Answer) -> (u64, u64, u64) {
    let cost = &answer.body["extensions"]["cost"];
    let points = |name: &str| cost[name].as_u64().unwrap_or_else(|| panic!("no cost in {}", answer.body));
    (points("requested"), points("actual"), points("limit"))
}

/// How many fields an answer holds.
fn fields(data: &Value) -> u64 {
    match data {
        Value::Object(object) => object.len() as u64 + object.values().map(fields).sum::<u64>(),
        Value::Array(items) => items.iter().map(fields).sum(),
        _ => 0,
    }
}

async fn estimate(registry: &Registry, document: &str) -> Answer {
    let body = json!({ "query": document }).to_string();
    let request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header("Simpul-Cost-Only", "true")
        .body(Body::from(body));
    registry.send(request.unwrap()).await
}

#[tokio::test]
async fn every_request_costs_as_the_snapshot_states() {
    each_engine(async |registry| {
        let mut documents: BTreeMap<String, (String, Value)> =
            queries().into_iter().map(|query| (query.name, (query.document, query.variables))).collect();
        documents.extend(
            DOCUMENTS
                .iter()
                .map(|(name, document)| ((*name).to_owned(), ((*document).to_owned(), json!({})))),
        );
        let mut table = String::from("request: points requested, points actual\n");
        for (name, (document, variables)) in documents {
            let answer = registry.planned(Planner::On).ask_with(&document, variables.clone()).await;
            let (requested, actual, _) = cost(&answer);
            let (least, most) = (fields(&answer.body["data"]), requested);
            assert!((least..=most).contains(&actual), "{name}: {actual} is not in {least}..={most}");
            let unplanned = registry.planned(Planner::Off).ask_with(&document, variables).await;
            assert_eq!(cost(&unplanned), cost(&answer), "{name}: the planner makes a difference");
            writeln!(table, "{name}: {requested}, {actual}").unwrap();
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../queries");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("costs", table));
    })
    .await;
}

/// Questions that are refused in the middle of a list that was already read.
const FORBIDDEN: &[&str] = &[
    "officers(orderBy: [{field: NAME}]) { totalCount }",
    "officers(where: {name: {eq: \"x\"}}) { totalCount }",
    "officers(where: {name: {contains: \"x\"}}, first: 1) { nodes { id } }",
    "placements(where: {certificateNumber: {eq: \"x\"}}) { totalCount }",
];

#[tokio::test]
async fn a_forbidden_field_does_not_refund_the_rows_that_were_read() {
    each_engine(async |registry| {
        for planner in [Planner::On, Planner::Off] {
            for forbidden in FORBIDDEN {
                let list = format!(
                    "cooperatives(first: 50) {{ nodes {{ name linkages(first: 10) {{ nodes {{ code }} }} {forbidden} }} }}"
                );
                for document in
                    [format!("{{ region(by: {{code: \"32\"}}) {{ {list} }} }}"), format!("{{ {list} }}")]
                {
                    let answer = registry.planned(planner).ask(&document).await;
                    let code = &answer.body["errors"][0]["extensions"]["code"];
                    assert_eq!(code, "FORBIDDEN", "{document}");
                    let (requested, actual, _) = cost(&answer);
                    assert!(answer.statements > 0, "{document} was refused before anything was read");
                    assert_eq!(actual, requested, "{document}");
                }
            }
        }
        let answer = registry.ask("{ cooperatives(first: 100, after: \"no cursor\") { nodes { id name } } }").await;
        let (requested, actual, _) = cost(&answer);
        assert!((answer.statements, actual < requested / 2) == (0, true), "nothing was read: {}", answer.body);
    })
    .await;
}

#[tokio::test]
async fn the_most_expensive_query_is_at_most_a_third_of_the_limit() {
    each_engine(async |registry| {
        for query in queries() {
            let answer = registry.ask_with(&query.document, query.variables).await;
            let (requested, _, limit) = cost(&answer);
            assert!(3 * requested <= limit, "{} costs {requested} of {limit}", query.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_document_above_the_limit_is_refused_without_a_statement() {
    each_engine(async |registry| {
        let answer = registry.ask(DEAR).await;
        assert_eq!(answer.code(), "COST_LIMIT_EXCEEDED");
        assert_eq!(answer.statements, 0);
        assert_eq!(answer.body["data"], Value::Null);
        let (requested, actual, limit) = cost(&answer);
        assert!(requested > limit && actual == 0, "{}", answer.body);
        let error = &answer.body["errors"][0];
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("`regions.nodes.cooperatives.nodes.linkages` costs"), "{message}");
        assert!(message.contains("lower `first` of `regions.nodes.cooperatives` from 100 to "), "{message}");
        let lower = &error["extensions"]["lower"];
        assert_eq!(lower["path"], json!(["regions", "nodes", "cooperatives"]));
        let lowered = DEAR.replace("first: 100", &format!("first: {}", lower["to"]));
        registry.ask(&lowered).await.data();
    })
    .await;
}

#[tokio::test]
async fn the_operator_sets_the_cost_limit() {
    each_engine(async |registry| {
        let document = "{ cooperatives(first: 5) { nodes { name } } }";
        let (requested, ..) = cost(&registry.ask(document).await);
        let requested = u32::try_from(requested).unwrap();
        registry.limited_to(requested).ask(document).await.data();
        let refused = registry.limited_to(requested - 1).ask(document).await;
        assert_eq!(refused.code(), "COST_LIMIT_EXCEEDED");
        let said = registry.limited_to(1_234).data("{ viewer { role costLimit } registry { limits { cost } } }").await;
        let limit = json!({"viewer": {"role": "ANONYMOUS", "costLimit": 1_234}, "registry": {"limits": {"cost": 1_234}}});
        assert_eq!(said, limit);
    })
    .await;
}

#[tokio::test]
async fn a_header_requests_a_dry_run() {
    each_engine(async |registry| {
        let document =
            "query ($first: Int = 3) { cooperatives(first: $first) { totalCount nodes { name } } }";
        let (requested, actual, limit) = cost(&registry.ask(document).await);
        assert!(actual > 0);
        let estimated = estimate(registry, document).await;
        assert_eq!(estimated.status, StatusCode::OK);
        assert_eq!(estimated.statements, 0);
        let cost = json!({ "requested": requested, "actual": 0, "limit": limit });
        assert_eq!(estimated.body, json!({ "extensions": { "cost": cost } }), "and no data, not even null");

        let wrong = estimate(registry, "{ cooperatives { nothing } }").await;
        assert_eq!(wrong.code(), "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(wrong.body.get("data"), None);
        assert_eq!(estimate(registry, "{ cooperatives(").await.code(), "GRAPHQL_PARSE_FAILED");
        assert_eq!(estimate(registry, DEAR).await.code(), "COST_LIMIT_EXCEEDED");

        let unasked = Request::get("/graphql?query=%7B__typename%7D").header("Simpul-Cost-Only", "false");
        registry.send(unasked.body(Body::empty()).unwrap()).await.data();
        let asked = Request::get("/graphql?query=%7B__typename%7D").header("simpul-cost-only", "true");
        let asked = registry.send(asked.body(Body::empty()).unwrap()).await;
        assert_eq!(asked.body["extensions"]["cost"]["requested"], 1);
        assert_eq!(asked.body.get("data"), None);
    })
    .await;
}

#[tokio::test]
async fn introspection_queries_of_tools_are_within_the_limit() {
    each_engine(async |registry| {
        for name in ["introspection-default", "introspection-7", "introspection-9"] {
            let path =
                Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/fixtures/{name}.graphql"));
            let document = fs::read_to_string(path).unwrap();
            let answer = registry.ask(&document).await;
            let (requested, ..) = cost(&answer);
            assert!(
                requested < 200_000,
                "{name} costs {requested}, more than the least limit an operator may set"
            );
            let data = answer.data();
            assert!(data["__schema"]["types"].as_array().unwrap().len() > 100, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn cyclic_introspection_is_priced_like_data() {
    each_engine(async |registry| {
        let circle = |turns: usize| {
            let fields = "fields { type { ".repeat(turns);
            format!("{{ __schema {{ types {{ {fields} name {} }} }} }}", "} }".repeat(turns))
        };
        registry.ask(&circle(2)).await.data();
        assert_eq!(registry.ask(&circle(3)).await.code(), "COST_LIMIT_EXCEEDED");
        let possible = "possibleTypes { interfaces { ".repeat(3);
        let possible = format!("{{ __schema {{ types {{ {possible} name {} }} }} }}", "} }".repeat(3));
        assert_eq!(registry.ask(&possible).await.code(), "COST_LIMIT_EXCEEDED");
        let many = (0..150).map(|at| format!("a{at}: __schema {{ types {{ name }} }} "));
        let many = many.collect::<Vec<_>>().concat();
        assert_eq!(registry.ask(&format!("{{ {many} }}")).await.code(), "DOCUMENT_LIMIT_EXCEEDED");
    })
    .await;
}

#[tokio::test]
async fn documents_above_a_size_limit_are_refused() {
    let nested = |open: &str, close: &str| format!("{}{}", open.repeat(2_000), close.repeat(2_000));
    let aliases =
        |count: usize| (0..count).map(|at| format!("a{at}: __typename ")).collect::<Vec<_>>().concat();
    let region = "{ region(by: {code: \"32\"})";
    let mut bomb = String::from("{ region(by: {code: \"32\"}) { ...F0 } } fragment F64 on Region { name }");
    for at in 0..64 {
        write!(bomb, " fragment F{at} on Region {{ ...F{0} ...F{0} }}", at + 1).unwrap();
    }
    let cases = [
        (format!("{{ nodes(ids: {}) {{ id }} }}", nested("[", "]")), "DEPTH_LIMIT_EXCEEDED"),
        (format!("{{ linkages(where: {}) {{ totalCount }} }}", nested("{a: ", "}")), "DEPTH_LIMIT_EXCEEDED"),
        (nested("{ a ", "}"), "DEPTH_LIMIT_EXCEEDED"),
        (format!("query ($a: {}) {{ __typename }}", nested("[", "]")), "DEPTH_LIMIT_EXCEEDED"),
        (
            format!("{region} {{ {} name {} }} }}", "parent { ".repeat(30), "}".repeat(30)),
            "DEPTH_LIMIT_EXCEEDED",
        ),
        (format!("{{ {} }}", aliases(limit::MAX_ALIASES + 1)), "DOCUMENT_LIMIT_EXCEEDED"),
        (format!("{{ {} }}", aliases(101)), "DOCUMENT_LIMIT_EXCEEDED"),
        (format!("{{ {} }}", "__typename ".repeat(limit::MAX_TOKENS)), "DOCUMENT_LIMIT_EXCEEDED"),
        (format!("{{ __typename }} # {}", "x".repeat(limit::MAX_BYTES)), "DOCUMENT_LIMIT_EXCEEDED"),
        ("{ __typename } fragment A on Region { ...A }".to_owned(), "GRAPHQL_VALIDATION_FAILED"),
        ("{ region(by: {code: \"\"\" \" }) { name } }".to_owned(), "GRAPHQL_PARSE_FAILED"),
        (bomb, "COST_LIMIT_EXCEEDED"),
    ];
    each_engine(async |registry| {
        for (document, code) in &cases {
            let answer = registry.ask(document).await;
            assert_eq!(answer.code(), *code, "{document:.80}: {}", answer.body);
            assert_eq!(answer.statements, 0);
        }
        registry.ask(&format!("{{ {} }}", aliases(100))).await.data();
        // Whatever is let through, the stack bears.
        let chain = (0..95).map(|at| format!(" fragment F{at} on Region {{ ...F{} }}", at + 1));
        let chain = chain.collect::<Vec<_>>().concat();
        let chain = format!("{region} {{ ...F0 }} }} fragment F95 on Region {{ name }}{chain}");
        assert_eq!(registry.data(&chain).await, json!({"region": {"name": "Jawa Barat"}}));
        let deep = format!("{region} {{ {} __typename {} }} }}", "parent { ".repeat(22), "}".repeat(22));
        registry.ask(&deep).await.data();
        let deep = (0..40).fold(json!("ACTIVE"), |inner, _| json!({ "not": inner }));
        let document = "query ($where: LinkageWhere) { linkages(where: $where) { totalCount } }";
        assert_eq!(
            registry.ask_with(document, json!({ "where": deep })).await.code(),
            "DEPTH_LIMIT_EXCEEDED"
        );
        let many = json!({ "where": { "status": { "in": vec!["ACTIVE"; limit::MAX_VALUES] } } });
        assert_eq!(registry.ask_with(document, many).await.code(), "DOCUMENT_LIMIT_EXCEEDED");
    })
    .await;
}

#[tokio::test]
async fn requests_without_a_price_report_no_cost() {
    each_engine(async |registry| {
        for document in ["{ cooperatives(", "query A { __typename } query B { __typename }"] {
            let answer = registry.ask(document).await;
            assert_eq!(answer.body.get("extensions"), None, "{}", answer.body);
        }
        let invalid = registry.ask("{ cooperatives { nothing } }").await;
        assert_eq!(invalid.code(), "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(cost(&invalid).1, 0);
    })
    .await;
}

/// Callers rely on the table of prices in the documentation.
#[test]
fn the_prices_are_those_in_the_documentation() {
    let manual = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cost.md")).unwrap();
    let rows: Vec<&str> = manual.lines().skip_while(|line| !line.starts_with("|---")).skip(1).collect();
    let rows: Vec<&str> = rows.into_iter().take_while(|line| line.starts_with('|')).collect();
    let priced = TABLE.iter().map(|(what, points, read)| {
        let (flat, read) =
            if *read { (String::new(), points.to_string()) } else { (points.to_string(), String::new()) };
        format!("| {what} | {flat} | {read} |")
    });
    assert_eq!(rows, priced.collect::<Vec<_>>(), "docs/cost.md states other prices");
}

#[test]
fn the_default_limit_is_the_one_that_the_help_states() {
    let help = Command::new(env!("CARGO_BIN_EXE_simpul")).args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains(&format!("[file: cost_limit] [default: {DEFAULT_LIMIT}]")), "{help}");
}
