//! Documents that `benches/price` found to be the most expensive per point: the number of statements and of rows read.

use serde_json::Value;
use simpul::{graph::load::Planner, store::Engine};

use crate::{
    plans::{Ways, heard, scans, telling},
    support::{Registry, database},
};

/// Cooperatives of the registry that the prices are for.
const NATION: u64 = 90_000;

/// Rows that may be read for each point, which stands for about five microseconds of reading.
const ROWS: u64 = 60;

/// Rows that any document may read at any price: its pages, and the rows that pages of a small registry are selected from.
const ANYWAY: u64 = 5_000;

/// Documents that cost most per point when prices were flat.
const DEAREST: &[(&str, &str)] = &[
    (
        "an order without an index",
        "{ partnershipApplications(orderBy: [{field: DECIDED_ON, direction: DESC}], first: 3) { nodes { id } } }",
    ),
    (
        "an order by related rows",
        "{ cooperatives(orderBy: [{field: LINKAGE_ANNUAL_VALUE, direction: DESC}], first: 1) { nodes { id } } }",
    ),
    (
        "figures of different values",
        "{ linkageMonthAggregate(groupBy: [YEAR, MONTH, UNIT], first: 1000) { nodes { count buyerCount } } }",
    ),
    ("figures of the largest noun", "{ officerAggregate(groupBy: [ROLE]) { totalCount nodes { count } } }"),
    (
        "a relation of all and all",
        "{ businessClasses(where: {cooperatives: {count: {gt: 10}}}, first: 1) { totalCount } }",
    ),
    (
        "a relation of relations",
        "{ cooperatives(where: {officers: {every: {source: {ne: API}}}, commodities: {none: {}}}, first: 1) { totalCount } }",
    ),
    (
        "a text read through",
        "{ businessUnits(where: {cooperative: {slug: {contains: \"730\"}}}, first: 50) { totalCount nodes { id } } }",
    ),
    (
        "a hub's list in an order",
        "{ businessClasses(first: 5) { nodes { cooperatives(orderBy: [{field: MEMBER_COUNT}], first: 2) { nodes { id } } } } }",
    ),
];

#[tokio::test]
async fn a_document_reads_no_more_rows_than_its_price_allows() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let connection = telling(engine, &fresh.url()).await;
        let registry = Registry::over(engine, connection.clone(), database::TIME).await.planned(Planner::On);
        let known = registry.data("{ cooperatives(first: 1) { totalCount } }").await;
        let cooperatives = known["cooperatives"]["totalCount"].as_u64().unwrap();
        for (name, document) in DEAREST {
            registry.ask(document).await.data();
            heard().words().clear();
            let answer = registry.ask(document).await;
            let paid = answer.body["extensions"]["cost"]["actual"].as_u64().unwrap();
            assert!(answer.statements <= 2, "{name}: {} statements on {engine:?}", answer.statements);
            answer.data();
            if engine == Engine::Sqlite {
                continue;
            }
            let read: u64 = heard().words().iter().map(|said| rows(said)).sum();
            let most = ANYWAY + paid * ROWS * cooperatives / NATION;
            eprintln!("{name}: {read} rows for {paid} points, {most} at most");
            assert!(read <= most, "{name} reads {read} rows for {paid} points, {most} at most");
            assert!(read > 0, "nothing was heard of {name}");
        }
        connection.close().await.unwrap();
        fresh.discard().await;
    }
}

/// How many rows a plan read that PostgreSQL tells of.
fn rows(said: &str) -> u64 {
    let plan = said.find('{').map(|begin| &said[begin..]);
    let plan: Value = serde_json::from_str(plan.unwrap_or("{}")).unwrap_or_default();
    let mut ways = Ways::new();
    scans(&plan["Plan"], &mut ways);
    ways.values().sum()
}
