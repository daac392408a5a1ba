//! Executions are polled in bounded turns, and ask the database for the same as if they were not.

use async_graphql::Request;
use simpul::{
    graph::{load::Planner, pace::TURN},
    http::door::Asker,
};

use crate::support::each_engine;

/// Sizes at which a trial, an item or a page is larger than a turn.
const WIDE: &[&str] = &[
    "{ cooperatives(first: 100) { nodes { id FIELDS } } }",
    "{ regions(first: 30) { nodes { cooperatives(first: 10) { nodes { id FIELDS linkages(first: 2) { nodes { id } totalCount } } } } } }",
    "{ region(by: {code: \"32\"}) { cooperatives(first: 100) { nodes { FIELDS region { name parent { name } } placements(first: 5) { nodes { status } } } } } }",
    "{ a: cooperatives(first: 50) { nodes { FIELDS linkages(first: 2) { nodes { buyer { ... on Cooperative { name } } } } } } b: linkages(first: 50) { nodes { id commodity { name } } } }",
];

#[tokio::test]
async fn no_turn_is_longer_than_a_few_thousand_fields_and_none_costs_a_statement_more() {
    let fields = (0..60).map(|at| format!("f{at}: name")).collect::<Vec<_>>().join(" ");
    Box::pin(each_engine(async |registry| {
        for planner in [Planner::On, Planner::Off] {
            let registry = registry.planned(planner).limited_to(u32::MAX);
            let mut longest = 0;
            for document in WIDE {
                let ask = async |fields: &str| {
                    let document = document.replace("FIELDS", fields);
                    let answer =
                        registry.door().answer(Request::new(document).into(), &Asker::default()).await;
                    assert_eq!(answer.refusal_code(), None);
                    answer
                };
                let (narrow, wide) = (ask("f0: name").await, ask(&fields).await);
                assert_eq!(wide.statements, narrow.statements, "{planner:?}: {document}");
                // A trial may take a turn of its own, when most of one is over.
                longest = longest.max(wide.longest_turn);
                assert!(wide.longest_turn <= 3 * TURN, "{} fields: {document}", wide.longest_turn);
            }
            assert!(longest >= TURN, "{longest} fields: no turn was cut short");
        }
    }))
    .await;
}
