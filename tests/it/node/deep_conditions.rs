//! Very deep and very long conditions: deep and refused ones take little CPU time. Long ones that are answered have no
//! limit here.

use serde_json::{Value, json};

use super::{Node, attacks::attack, each_node};

/// Sends a document, and checks that it is answered or refused by a limit.
async fn answered_or_refused(node: &Node, query: &str, variables: Value) -> bool {
    let (_, body) = node.post(json!({ "query": query, "variables": variables }).to_string()).await;
    let Some(error) = body["errors"].get(0) else { return true };
    let code = error["extensions"]["code"].as_str().unwrap();
    let refused =
        ["DOCUMENT_LIMIT_EXCEEDED", "COST_LIMIT_EXCEEDED", "DEPTH_LIMIT_EXCEEDED", "BAD_USER_INPUT"];
    assert!(refused.contains(&code), "{body}");
    false
}

/// Linkages whose either party is a cooperative that has linkages whose either party, and so on.
fn either_party(levels: usize) -> Value {
    (0..levels).fold(
        json!({ "kind": { "eq": "OFFTAKE" } }),
        |inner, _| json!({ "party": { "cooperative": { "linkages": { "some": inner } } } }),
    )
}

#[tokio::test]
async fn conditions_through_either_party_take_little_time_at_any_depth() {
    let document = "query ($where: LinkageWhere) { cooperative(by: {slug: \"kopontren-al-ittifaq\"}) {
        linkages(first: 1, where: $where) { nodes { code } } } }";
    each_node(&[], async |node| {
        for levels in 1..=7 {
            attack(node, &format!("{levels} levels"), async |node| {
                let variables = json!({ "where": either_party(levels) });
                assert!(answered_or_refused(node, document, variables).await || levels > 1);
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn long_conditions_are_answered_up_to_the_limit_and_refused_cheaply_beyond() {
    each_node(&["--cost-limit", "2000000000"], async |node| {
        // Alternatives that ask whether a field is this or that would be one list.
        let or = |count: usize| {
            let members: Vec<_> =
                (0..count).map(|at| json!({ "code": { "contains": at.to_string() } })).collect();
            json!({ "where": { "or": members } })
        };
        let (linkages, nested) = (
            "query ($where: LinkageWhere) { linkages(where: $where, first: 1) { nodes { code } } }",
            "query ($where: LinkageWhere) { region(by: {code: \"32.04\"}) { cooperatives(first: 20) { nodes {
                linkages(where: $where, first: 5) { totalCount nodes { code } } } } } }",
        );
        for (name, document, count, is_answered) in [
            ("a long chain", linkages, 995, true),
            ("a chain that is too long", linkages, 6_500, false),
            ("a chain beneath rows", nested, 995, true),
            ("a chain beneath rows that is too long", nested, 4_000, false),
        ] {
            let ask = async |node: &Node| {
                assert_eq!(answered_or_refused(node, document, or(count)).await, is_answered, "{name}");
            };
            if is_answered {
                ask(node).await;
                node.answers_the_profile().await;
            } else {
                attack(node, name, ask).await;
            }
        }
        let order: Vec<_> = (0..101)
            .map(|at| json!({ "field": "LINKAGE_COUNT", "linkages": { "where": { "paymentTermDays": { "gt": at } } } }))
            .collect();
        let document = "query ($order: [CooperativeOrder!]) { region(by: {code: \"32.04\"}) {
            cooperatives(first: 1, orderBy: $order) { nodes { name } } } }";
        for (count, is_answered) in [(8, true), (9, false), (101, false)] {
            attack(node, "orders by related rows", async |node| {
                let variables = json!({ "order": order[..count] });
                assert_eq!(answered_or_refused(node, document, variables).await, is_answered);
            })
            .await;
        }
    })
    .await;
}

/// The SQL of SQLite repeats a walk, with its conditions, for each start.
#[tokio::test]
async fn conditions_of_a_walk_count_for_each_start() {
    each_node(&["--cost-limit", "2000000000"], async |node| {
        let document = "query ($where: LinkageWhere, $first: Int) { cooperatives(first: $first) { nodes {
            downstream(maxDepth: 1, first: 1, where: $where) { nodes { depth } } } } }";
        for (conditions, first, is_answered) in
            [(1, 100, true), (5, 100, true), (15, 100, false), (600, 1, true)]
        {
            attack(node, &format!("{conditions} conditions of {first} walks"), async |node| {
                let members: Vec<_> =
                    (0..conditions).map(|at| json!({ "code": { "ne": at.to_string() } })).collect();
                let variables = json!({ "first": first, "where": { "and": members } });
                assert_eq!(answered_or_refused(node, document, variables).await, is_answered);
            })
            .await;
        }
    })
    .await;
}
