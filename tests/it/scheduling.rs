//! Executions yield after a bounded number of fields, and send the same statements as without yielding.

use async_graphql::Request;
use simpul::{
    access::CostLimits,
    graph::{
        load::Planner,
        scheduling::{AnswerLimit, TURN},
    },
    http::door::{Answer, CallerContext},
};

use crate::support::{Registry, each_engine, twice};

/// Sizes at which a trial, an item or a page is larger than a turn: what `...F` stands on, a field of it, the document.
const WIDE: &[(&str, &str, &str)] = &[
    ("Cooperative", "name", "{ cooperatives(first: 100) { nodes { id ...F } } }"),
    (
        "Cooperative",
        "name",
        "{ regions(first: 30) { nodes { cooperatives(first: 10) { nodes { id ...F linkages(first: 2) { nodes { id } totalCount } } } } } }",
    ),
    (
        "Cooperative",
        "name",
        "{ region(by: {code: \"32\"}) { cooperatives(first: 100) { nodes { ...F region { name parent { name } } placements(first: 5) { nodes { status } } } } } }",
    ),
    (
        "Cooperative",
        "name",
        "{ a: cooperatives(first: 50) { nodes { ...F linkages(first: 2) { nodes { buyer { ... on Cooperative { name } } } } } } b: linkages(first: 50) { nodes { id commodity { name } } } }",
    ),
    ("Cooperative", "__typename", "{ cooperatives(first: 100) { edges { node { ...F region { name } } } } }"),
    ("CooperativeEdge", "cursor", "{ cooperatives(first: 100) { edges { ...F node { id } } } }"),
    ("GeoPoint", "latitude", "{ cooperatives(first: 100) { nodes { location { ...F } region { name } } } }"),
    (
        "PageInfo",
        "hasNextPage",
        "{ regions(first: 100) { nodes { cooperatives(first: 1) { nodes { id } pageInfo { ...F } } } } }",
    ),
    (
        "Cooperative",
        "name",
        "{ search(text: \"jaya\", first: 100) { edges { node { ... on SearchResult { ...F ... on Cooperative { region { name } } } } } } }",
    ),
    (
        "SearchResultEdge",
        "score",
        "{ search(text: \"jaya\", first: 100) { edges { ...F node { ... on Cooperative { id } } } } }",
    ),
    (
        "SupplyChainStep",
        "depth",
        "{ cooperatives(first: 100) { nodes { downstream(first: 20) { nodes { ...F party { id } linkage { id } } } } } }",
    ),
    (
        "CooperativeFigures",
        "count",
        "{ cooperativeAggregate(groupBy: [REGENCY_CITY], first: 1000) { nodes { ...F keys { node { id } } } } }",
    ),
    (
        "FigureKey",
        "value",
        "{ cooperativeAggregate(groupBy: [REGENCY_CITY], first: 1000) { nodes { keys { ...F node { ... on Region { name } } } } } }",
    ),
    ("RecordCount", "noun", "{ registry { counts { ...F } limits { cost } } }"),
    ("__Field", "name", "{ __schema { types { name fields { ...F type { name } } } } }"),
];

/// The same of rows that are found by their ids.
const BY_IDS: (&str, &str, &str) =
    ("Node", "id", "{ nodes(ids: IDS) { ...F ... on Cooperative { region { name } } } }");

#[tokio::test]
async fn turns_are_bounded_and_cost_no_further_statement() {
    Box::pin(each_engine(async |registry| {
        let ids = registry.data("{ cooperatives(first: 100) { nodes { id } } }").await;
        let ids = ids["cooperatives"]["nodes"].as_array().unwrap().iter().map(|node| &node["id"]);
        let ids = serde_json::to_string(&ids.collect::<Vec<_>>()).unwrap();
        let by_ids = BY_IDS.2.replace("IDS", &ids);
        for planner in [Planner::On, Planner::Off] {
            let registry = registry.planned(planner);
            // What is counted once for all requests.
            ask(&registry, "{ registry { counts { noun } } }").await;
            for (on, field, document) in WIDE.iter().chain([&(BY_IDS.0, BY_IDS.1, &*by_ids)]) {
                let with = |many: usize| {
                    let fields = (0..many).map(|at| format!("f{at}: {field}")).collect::<Vec<_>>().join(" ");
                    format!("{document} fragment F on {on} {{ {fields} }}")
                };
                let doubled = |many| twice(&with(many), |depth| depth % 2 == 1);
                for (narrow, wide) in [(with(1), with(180)), (doubled(1), doubled(90))] {
                    let (narrow, wide) = (ask(&registry, &narrow).await, ask(&registry, &wide).await);
                    // Steps of many walks without a plan are loaded in more than one turn.
                    let spread = planner == Planner::Off && *on == "SupplyChainStep";
                    let more = if spread { 2 } else { 0 };
                    assert!(
                        (narrow.statements..=narrow.statements + more).contains(&wide.statements),
                        "{planner:?}, {} and {} statements: {document}",
                        narrow.statements,
                        wide.statements
                    );
                    // A trial may take a turn of its own, when most of one is over.
                    assert!(wide.longest_turn <= 3 * TURN, "{} fields: {document}", wide.longest_turn);
                    assert!(wide.longest_turn >= TURN, "{} fields, not all: {document}", wide.longest_turn);
                }
            }
        }
    }))
    .await;
}

/// An answer of any size, of a document at any price.
async fn ask(registry: &Registry, document: &str) -> Answer {
    let door = registry.door().clone().with_cost_limits(CostLimits { anonymous: u32::MAX });
    let door = door.with_answer_limit(AnswerLimit(u32::MAX));
    let answer = door.answer(Request::new(document).into(), &CallerContext::default()).await;
    assert_eq!(answer.rejection_code(), None, "{document}");
    answer
}
