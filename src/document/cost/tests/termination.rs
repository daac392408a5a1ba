//! Tests that the time of all passes is linear in the document.

use std::cell::Cell;

use async_graphql::{Request, Variables, parser::parse_query};
use serde_json::json;

use super::{estimate, prices, refused, sample_schema};
use crate::document::cost::{
    EstimateCache,
    estimate::Estimator,
    extent::Measuring,
    limit::{MAX_DEPTH, MAX_ROOT_FIELDS, MAX_SELECTION_DEPTH, MAX_VALUE_DEPTH},
    priced_schema::PricedSchema,
    value_bytes::VariableSizes,
    variables::Bindings,
};

/// A document whose fragments, expanded, would hold 2^`levels` fields.
fn doubled(levels: usize, kind: &str, leaf: &str) -> String {
    let fragment =
        |at: usize| format!(" fragment F{at} on {kind} {{ ...F{next} ...F{next} }}", next = at + 1);
    let fragments = (0..levels).map(fragment).collect::<Vec<_>>().concat();
    format!("{{ node(id: \"a\") {{ ...F0 }} }} fragment F{levels} on {kind} {{ {leaf} }}{fragments}")
}

/// How many selections are visited by the measurement and by the estimate.
fn visits(document: &str) -> (usize, usize) {
    let parsed = parse_query(document).unwrap();
    let sizes = VariableSizes::default();
    let mut measuring = Measuring::new(&parsed, &sizes);
    measuring.document(&parsed).unwrap();
    let schema = PricedSchema::of(&sample_schema::registry(sample_schema::SCHEMA));
    let variables = Variables::default();
    let bindings = Bindings { used: &Cell::default(), variables: &variables, definitions: &[] };
    let mut estimator = Estimator::new(&schema, bindings, &parsed.fragments);
    for (_, operation) in parsed.operations.iter() {
        estimator.set(&operation.node.selection_set.node, schema.root.unwrap());
    }
    (measuring.visits, estimator.visits)
}

#[test]
fn a_fragment_is_priced_once_for_each_type() {
    let selections = 2 + 2 * 64 + 1;
    assert_eq!(visits(&doubled(64, "Farm", "name")), (selections, 3 + selections - 1));
    // Three types are nodes.
    let (measured, estimated) = visits(&doubled(64, "Node", "id"));
    assert_eq!(measured, selections);
    assert!(estimated <= 3 * selections, "{estimated}");
    let (_, nested) = visits(&doubled(30, "Owner", "id farm { owner { name farm { owner { id } } } }"));
    assert!(nested <= 3 * (2 + 60 + 8), "{nested}");
}

#[test]
fn fragments_that_double_are_refused_by_their_cost() {
    assert_eq!(refused(&doubled(64, "Farm", "name")).code, "COST_LIMIT_EXCEEDED");
    assert_eq!(refused(&doubled(20, "Farm", "__typename")).code, "COST_LIMIT_EXCEEDED");
    // Cheap, but too large for what follows.
    assert_eq!(refused(&doubled(16, "Farm", "__typename")).code, "DOCUMENT_LIMIT_EXCEEDED");
    // The same, with fragments that are not spread.
    let unused = format!("{{ __typename }} {}", doubled(30, "Farm", "name").split_once("} }").unwrap().1);
    assert_eq!(refused(&unused).code, "DOCUMENT_LIMIT_EXCEEDED");
}

#[test]
fn a_fragment_that_spreads_itself_is_refused() {
    for document in [
        "{ node(id: \"a\") { ...A } } fragment A on Farm { name ...A }",
        "{ node(id: \"a\") { ...A } } fragment A on Farm { ...B } fragment B on Farm { farm { ...A } }",
        "{ __typename } fragment A on Farm { ... on Farm { ...A } }",
        "{ __typename } fragment A on Farm { ...B ...B } fragment B on Farm { ...A ...A }",
    ] {
        let refusal = refused(document);
        assert_eq!(refusal.code, "GRAPHQL_VALIDATION_FAILED", "{document}");
        assert!(refusal.message.ends_with("spreads itself"), "{}", refusal.message);
    }
}

#[test]
fn fragments_that_are_nested_too_deeply_are_refused() {
    let chain = |length: usize| {
        let fragment = |at: usize| format!(" fragment F{at} on Farm {{ ...F{} }}", at + 1);
        let fragments = (0..length).map(fragment).collect::<Vec<_>>().concat();
        format!("{{ __typename }} fragment F{length} on Farm {{ name }}{fragments}")
    };
    assert_eq!(refused(&chain(5_000)).code, "DEPTH_LIMIT_EXCEEDED");
    assert!(estimate(&chain(MAX_SELECTION_DEPTH as usize - 2), json!({})).is_ok());
    let inline = format!("{{ {} __typename {} }}", "... {".repeat(50), "}".repeat(50));
    assert!(estimate(&inline, json!({})).is_ok());
}

#[test]
fn the_depth_of_fields_is_limited() {
    let nested = |depth: usize| {
        let inner = depth - 2;
        format!("{{ farm(by: {{slug: \"a\"}}) {{ {} name {} }} }}", "farm {".repeat(inner), "}".repeat(inner))
    };
    assert!(estimate(&nested(MAX_DEPTH as usize), json!({})).unwrap().error.is_none());
    assert_eq!(refused(&nested(MAX_DEPTH as usize + 1)).code, "DEPTH_LIMIT_EXCEEDED");
}

#[test]
fn fields_at_the_root_are_counted_through_fragments() {
    let root = |count: u32| {
        let fields = (0..count / 2).map(|at| format!("a{at}: __typename ")).collect::<Vec<_>>().concat();
        format!("{{ {fields} ...F }} fragment F on Query {{ {fields} }}")
    };
    assert!(estimate(&root(MAX_ROOT_FIELDS), json!({})).unwrap().error.is_none());
    assert_eq!(refused(&root(MAX_ROOT_FIELDS + 2)).code, "DOCUMENT_LIMIT_EXCEEDED");
}

#[test]
fn variables_are_bounded_in_depth_and_number() {
    let document = "query ($a: FarmWhere) { farms(where: $a) { totalCount } }";
    let nested = |depth: usize| {
        let value = (0..depth).fold(json!(1), |inner, _| json!({ "not": inner }));
        estimate(document, json!({ "a": value })).err().map(|refusal| refusal.code)
    };
    assert_eq!(nested(MAX_VALUE_DEPTH), None);
    assert_eq!(nested(MAX_VALUE_DEPTH + 1), Some("DEPTH_LIMIT_EXCEEDED"));
    let many = json!({ "a": vec![1; 15_000] });
    assert!(estimate("query ($a: [Int!]) { nodes(ids: $a) { id } }", many.clone()).is_ok());
    let twice = estimate("query ($a: [Int!]) { nodes(ids: $a) { id } n: nodes(ids: $a) { id } }", many);
    assert_eq!(twice.unwrap_err().code, "DOCUMENT_LIMIT_EXCEEDED");
}

#[test]
fn a_request_without_a_selected_operation_has_no_price() {
    let document = "query A { __typename } query B { __typename }";
    let parsed = parse_query(document).unwrap();
    let estimate =
        |request: Request| prices().estimate(&parsed, &EstimateCache::default(), &request, 10).unwrap();
    assert!(estimate(Request::new(document)).is_none());
    assert!(estimate(Request::new(document).operation_name("C")).is_none());
    assert_eq!(estimate(Request::new(document).operation_name("B")).unwrap().requested, 1);
}

#[test]
fn a_cached_price_is_computed_again_only_for_variables() {
    let twice = |document: &str, first: serde_json::Value, second: serde_json::Value| {
        let (prices, cache, parsed) = (prices(), EstimateCache::default(), parse_query(document).unwrap());
        let estimate = |variables: serde_json::Value, limit| {
            let request = Request::new(document).variables(Variables::from_json(variables));
            prices.estimate(&parsed, &cache, &request, limit).unwrap().unwrap()
        };
        let (first, second) = (estimate(first, 10_000).requested, estimate(second, 10_000).requested);
        assert!(estimate(json!({}), 1).error.is_some(), "{document}");
        (first, second, cache.0.get().is_some())
    };
    let by_id = "query ($id: ID!) { farm(by: {id: $id}) { name } }";
    let (first, second, kept) = twice(by_id, json!({"id": "a"}), json!({"id": "b"}));
    assert_eq!((first == second, kept), (true, true));
    let paged = "query ($first: Int) { farms(first: $first) { nodes { name } } }";
    let (first, second, kept) = twice(paged, json!({"first": 3}), json!({"first": 30}));
    assert_eq!((first < second, kept), (true, false));
    let named = Request::new(by_id).operation_name("Another");
    let cache = EstimateCache::default();
    prices().estimate(&parse_query(by_id).unwrap(), &cache, &Request::new(by_id), 100).unwrap();
    assert!(prices().estimate(&parse_query(by_id).unwrap(), &cache, &named, 100).unwrap().is_none());
}

#[test]
fn the_bytes_of_values_are_counted_once_for_each_use() {
    let text = "x".repeat(50_000);
    let code = |document: &str| estimate(document, json!({ "a": text })).err().map(|refusal| refusal.code);
    let refused = |document: &str| {
        let cost = estimate(document, json!({ "a": text })).unwrap();
        cost.error.map(|refusal| refusal.code)
    };
    let many = |value: &str, times: usize| format!("[{}]", vec![value; times].join(" "));
    let listed =
        |times: usize| format!("query ($a: ID!) {{ nodes(ids: {}) {{ __typename }} }}", many("$a", times));
    assert_eq!((code(&listed(40)), refused(&listed(40))), (None, None));
    assert_eq!(refused(&listed(42)), Some("DOCUMENT_LIMIT_EXCEEDED"));
    // The same by a default, by fragments, and written out.
    let default =
        format!("query ($b: ID = \"{text}\") {{ nodes(ids: {}) {{ __typename }} }}", many("$b", 42));
    assert_eq!(refused(&default), Some("DOCUMENT_LIMIT_EXCEEDED"));
    for value in ["$a".to_owned(), format!("{text:?}")] {
        let spread = (0..42).map(|at| format!("a{at}: farm {{ ...F }} ")).collect::<Vec<_>>().concat();
        let document = format!(
            "query ($a: ID!) {{ {spread} }} fragment F on Farm {{ owner {{ ... on Query {{ node(id: {value}) {{ id }} }} }} }}"
        );
        assert_eq!(refused(&document), Some("DOCUMENT_LIMIT_EXCEEDED"), "{}", &document[..80]);
    }
}

#[test]
fn long_values_cost_by_their_length_also_in_cached_documents() {
    let document = "query ($a: ID!) { node(id: $a) { __typename } }";
    let parsed = parse_query(document).unwrap();
    let cache = EstimateCache::default();
    let costs = |bytes: usize| {
        let variables = Variables::from_json(json!({ "a": "x".repeat(bytes) }));
        let request = Request::new(document).variables(variables);
        let cost = prices().estimate(&parsed, &cache, &request, 1_000_000).unwrap().unwrap();
        (cost.requested, cost.base())
    };
    let (small, begun) = costs(10);
    assert_eq!(costs(4_000), (small, begun));
    assert_eq!(costs(4_096 + 25_000), (small + 1_000, begun + 1_000));
    assert_eq!(costs(10), (small, begun));
}

#[test]
fn uses_of_variables_are_bounded_over_all_operations() {
    let uses = vec!["$a"; 100].join(" ");
    let document = |operations: usize| {
        let operations = (0..operations).map(|at| format!("query A{at}($a: ID!) {{ ...F }} "));
        let operations = operations.collect::<Vec<_>>().concat();
        format!(
            "query Z {{ __typename }} {operations} fragment F on Query {{ nodes(ids: [{uses}]) {{ __typename }} }}"
        )
    };
    let refused = |operations: usize| {
        let document = document(operations);
        let request = Request::new(&document).operation_name("Z");
        let cost = prices().estimate(
            &parse_query(&document).unwrap(),
            &EstimateCache::default(),
            &request,
            1_000_000,
        );
        cost.unwrap().unwrap().error.map(|refusal| refusal.code)
    };
    assert_eq!(refused(99), None);
    assert_eq!(refused(101), Some("DOCUMENT_LIMIT_EXCEEDED"));
}

/// Validation also checks what is not executed: fragments that are not spread, and directives.
#[test]
fn values_are_bounded_in_unused_fragments_and_in_directives() {
    let uses = vec!["$a"; 50].join(" ");
    for document in [
        format!(
            "query ($a: ID!) {{ __typename }} fragment F on Query {{ nodes(ids: [{uses}]) {{ __typename }} }}"
        ),
        format!("query ($a: ID!) {{ __typename @deprecated(reason: [{uses}]) }}"),
        format!("query ($a: ID!) {{ ... @skip(if: [{uses}]) {{ __typename }} }}"),
        format!("query ($a: ID!) @skip(if: [{uses}]) {{ __typename }}"),
    ] {
        let refused = |bytes: usize| {
            let cost = estimate(&document, json!({ "a": "x".repeat(bytes) })).unwrap();
            cost.error.map(|refusal| refusal.code)
        };
        assert_eq!((refused(10), refused(50_000)), (None, Some("DOCUMENT_LIMIT_EXCEEDED")), "{document}");
    }
}
