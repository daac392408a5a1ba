//! Tests of the actual cost of answers.

use serde_json::json;

use super::{FARMS, actual, cost, failed};
use crate::document::cost::price::{COUNT, FIELD, LIST, ROW};

#[test]
fn the_cost_of_an_answer_is_that_of_its_content() {
    let document = "{ farms(first: 100) { totalCount nodes { name trees(first: 50) { nodes { kind } } gates { width } } } }";
    let asked = FIELD + LIST + FIELD + FIELD + FARMS * COUNT;
    let farm = ROW + FIELD + FIELD + LIST + FIELD + FIELD;
    let tree = ROW + FIELD;
    assert_eq!(actual(document, json!({"farms": {"totalCount": 0, "nodes": []}})), asked);
    let two = json!({"farms": {"totalCount": 2, "nodes": [
        {"name": "a", "trees": {"nodes": [{"kind": "x"}, {"kind": "y"}]}, "gates": [{"width": 1}]},
        {"name": "b", "trees": {"nodes": []}, "gates": []},
    ]}});
    assert_eq!(actual(document, two), asked + 2 * farm + 2 * tree + FIELD);
    assert_eq!(actual(document, json!(null)), FIELD + LIST + FARMS * COUNT, "what was begun is paid for");
}

#[test]
fn a_failed_field_costs_its_estimate() {
    let near = "near: farm(by: {slug: \"a\"}) { trees(where: {height: {gte: 1}}, first: 9) { totalCount nodes { kind } } }";
    let far = "far: farms(where: {size: {gte: 1}}) { totalCount nodes { owner { name } } }";
    let (document, near, far) =
        (format!("{{ {near} {far} }}"), format!("{{ {near} }}"), format!("{{ {far} }}"));
    let whole = cost(&document);
    assert_eq!(failed(&document, json!(null), &[("far.totalCount", true)]), whole, "nothing is there");
    assert_eq!(failed(&document, json!(null), &[("", true)]), whole, "it was given up");
    let neither = json!({"near": null, "far": null});
    assert_eq!(failed(&document, neither, &[("near.trees", true), ("far", true)]), whole);
    let empty = json!({"near": null, "far": {"totalCount": 0, "nodes": []}});
    let flat = actual(&far, json!({"far": {"totalCount": 0, "nodes": []}}));
    let one = failed(&document, empty.clone(), &[("near.trees", true)]);
    assert_eq!(one, cost(&near) + flat, "one failed, the other found nothing");
    let other = failed(&document, empty.clone(), &[("far.nodes.0.owner.name", true)]);
    assert_eq!(other, actual(&document, empty), "where nothing failed, nothing is missing");
}

#[test]
fn a_forbidden_field_is_free_but_data_lost_with_it_is_charged() {
    let document = "{ farm(by: {slug: \"a\"}) { name trees(first: 9) { nodes { kind } } } }";
    let without = actual(document, json!({"farm": null}));
    assert_eq!(failed(document, json!({"farm": null}), &[("farm", false)]), without);
    for begun in [false, true] {
        let farm = failed(document, json!({"farm": null}), &[("farm.trees", begun)]);
        assert_eq!(farm, cost(document), "the farm had been looked for");
        assert_eq!(failed(document, json!(null), &[("farm.trees.nodes.3.kind", begun)]), cost(document));
    }
    let list = "{ farms(first: 3) { nodes { trees(first: 9) { nodes { kind } } } } }";
    let rows = json!({"farms": {"nodes": [null, {"trees": {"nodes": []}}, null]}});
    let found = actual(list, rows.clone());
    let of_one = ROW + FIELD + LIST + FIELD + 9 * (ROW + FIELD);
    assert_eq!(failed(list, rows, &[("farms.nodes.2.trees.nodes.0.kind", false)]), found + of_one);
}

#[test]
fn an_answer_costs_the_fields_of_its_concrete_type() {
    let document =
        "{ node(id: \"a\") { ... on Farm { trees(first: 9) { nodes { kind } } } ... on Person { name } } }";
    let asked = FIELD + ROW;
    let trees = FIELD + LIST + FIELD;
    assert_eq!(
        actual(document, json!({"node": {"trees": {"nodes": [{"kind": "x"}]}}})),
        asked + trees + ROW + FIELD
    );
    assert_eq!(actual(document, json!({"node": null})), asked);
}
