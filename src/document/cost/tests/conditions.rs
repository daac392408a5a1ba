//! Tests of the number of conditions in the SQL of a document.

use serde_json::json;

use super::{estimate, estimate_within};
use crate::document::cost::limit::MAX_CONDITIONS;

/// Conditions in the statements of a document.
fn conditions(document: &str) -> u64 {
    estimate(document, json!({})).unwrap().estimate.conditions.all()
}

fn farms(arguments: &str) -> u64 {
    conditions(&format!("{{ farms({arguments}) {{ nodes {{ name }} }} }}"))
}

#[test]
fn each_operator_and_each_relation_is_a_condition() {
    assert_eq!(conditions("{ farms { nodes { name } } }"), 0);
    assert_eq!(farms("where: {}"), 0);
    assert_eq!(farms("where: {name: {eq: \"a\", contains: \"b\"}, within: \"32\"}"), 3);
    assert_eq!(farms("where: {or: [{name: {eq: \"a\"}} {not: {name: {in: [\"b\" \"c\"]}}}]}"), 2);
    assert_eq!(farms("where: {parent: {name: {eq: \"a\"}}}"), 2);
    assert_eq!(farms("where: {trees: {some: {kind: {eq: \"a\"}}}}"), 2);
    assert_eq!(farms("where: {place: {near: {north: 1 east: 2} withinKm: 3}}"), 9);
}

#[test]
fn a_filter_of_related_rows_counts_for_each_condition() {
    let kind = "{kind: {eq: \"a\"}}";
    assert_eq!(farms(&format!("where: {{trees: {{where: {kind}}}}}")), 0);
    assert_eq!(farms(&format!("where: {{trees: {{where: {kind} some: {kind} none: {kind}}}}}")), 6);
    // A count is computed once for all its tests.
    assert_eq!(farms(&format!("where: {{trees: {{where: {kind} count: {{gte: 1 lte: 2}}}}}}")), 4);
}

#[test]
fn a_list_counts_again_for_its_length_and_for_each_cursor() {
    let counted = conditions("{ farms(where: {name: {eq: \"a\"}}) { totalCount nodes { name } } }");
    assert_eq!(counted, 2 * farms("where: {name: {eq: \"a\"}}"));
    assert!(farms("after: \"x\" before: \"y\"") > 2 * farms("after: \"x\""));
}

#[test]
fn a_list_beneath_rows_counts_once_and_a_walk_for_each_row() {
    let nested = |of: &str| conditions(&format!("{{ farms(first: 7) {{ nodes {{ {of} }} }} }}"));
    assert_eq!(nested("trees(where: {kind: {eq: \"a\"}}) { nodes { id } }"), 1);
    let walk = "reached(first: 5) { nodes { farm { trees(where: {kind: {eq: \"a\"}}) { nodes { id } } } } }";
    assert_eq!(nested(walk), 7);
    assert_eq!(conditions("{ chains(where: {kind: {eq: \"a\"}}) { length } }"), 12);
}

#[test]
fn fragments_and_types_add_up() {
    let trees = "trees(where: {kind: {eq: \"a\"}}) { nodes { id } }";
    let twice = conditions(&format!(
        "{{ a: farm(by: {{slug: \"a\"}}) {{ ...F }} b: farm(by: {{slug: \"b\"}}) {{ ...F }} }} fragment F on Farm {{ {trees} }}"
    ));
    assert_eq!(twice, 2);
    let either = conditions(&format!(
        "{{ node(id: \"a\") {{ ... on Farm {{ {trees} }} ... on Tree {{ farm {{ {trees} }} }} }} }}"
    ));
    assert_eq!(either, 2);
}

#[test]
fn more_conditions_than_a_statement_can_hold_are_refused() {
    let document = |count: usize| {
        let parts = "{name: {eq: \"a\"}} ".repeat(count);
        format!("{{ farms(where: {{and: [{parts}]}}) {{ nodes {{ name }} }} }}")
    };
    let most = MAX_CONDITIONS as usize;
    let refusal = |count| estimate_within(&document(count), json!({}), u32::MAX).unwrap().error;
    assert!(refusal(most).is_none());
    let refusal = format!("{:?}", refusal(most + 1));
    assert!(refusal.contains("2,001 conditions") && refusal.contains("at most 2,000"), "{refusal}");
}
