//! Annual reports: lookup by cooperative and year, order (latest first), and figures that equal the sums of the rows.

use serde_json::{Value, json};

use crate::support::each_engine;

/// Cooperatives that have reported several times, with all their reports.
const REPORTS: &str = "{ cooperatives(where: {annualReports: {count: {gte: 3}}}, first: 3) { nodes { slug
    annualReports(first: 100) { totalCount nodes { id bookYear surplus cooperative { slug } } } } } }";

#[tokio::test]
async fn a_report_is_found_by_its_cooperative_and_year() {
    each_engine(async |registry| {
        let data = registry.data(REPORTS).await;
        let find = async |slug: &Value, year: &Value| {
            let document = "query($by: AnnualReportBy!) { annualReport(by: $by) { id } }";
            let by = json!({ "bookYear": { "cooperative": { "slug": slug }, "bookYear": year } });
            registry.ask_with(document, json!({ "by": by })).await.data()["annualReport"].clone()
        };
        for cooperative in data["cooperatives"]["nodes"].as_array().unwrap() {
            let reports = cooperative["annualReports"]["nodes"].as_array().unwrap();
            let years: Vec<i64> = reports.iter().map(|report| report["bookYear"].as_i64().unwrap()).collect();
            assert!(years.len() >= 3 && years.windows(2).all(|pair| pair[0] > pair[1]), "{years:?}");
            for report in reports {
                assert_eq!(report["cooperative"]["slug"], cooperative["slug"]);
                let found = find(&cooperative["slug"], &report["bookYear"]).await;
                assert_eq!(found["id"], report["id"], "{report}");
            }
            assert_eq!(find(&cooperative["slug"], &json!(1_900)).await, Value::Null);
            assert_eq!(find(&json!("nobody"), &json!(years[0])).await, Value::Null);
        }
    })
    .await;
}

/// A loss is a surplus below zero; where none is known, it is neither.
#[tokio::test]
async fn losses_sort_before_gains() {
    each_engine(async |registry| {
        let document = "{ all: annualReports { totalCount }
            losses: annualReports(where: {surplus: {lt: \"0\"}}, orderBy: [{field: SURPLUS}], first: 100) { totalCount nodes { surplus } }
            gains: annualReports(where: {surplus: {gte: \"0\"}}) { totalCount }
            unknown: annualReports(where: {surplus: {isNull: true}}) { totalCount }
            sorted: annualReports(orderBy: [{field: SURPLUS}], first: 100) { nodes { surplus } } }";
        let data = registry.data(document).await;
        let count = |list: &str| data[list]["totalCount"].as_u64().unwrap();
        assert_eq!(count("losses") + count("gains") + count("unknown"), count("all"));
        assert!(count("losses") > 100 && count("gains") > 0 && count("unknown") > 0);
        let nodes = data["losses"]["nodes"].as_array().unwrap();
        let amounts: Vec<i64> =
            nodes.iter().map(|report| report["surplus"].as_str().unwrap().parse().unwrap()).collect();
        assert!(amounts.is_sorted() && amounts.iter().all(|amount| *amount < 0), "{amounts:?}");
        assert_eq!(data["sorted"]["nodes"], data["losses"]["nodes"]);
    })
    .await;
}

#[tokio::test]
async fn figures_of_reports_are_the_sums_of_their_rows() {
    each_engine(async |registry| {
        let data = registry.data(REPORTS).await;
        for cooperative in data["cooperatives"]["nodes"].as_array().unwrap() {
            let document =
                "query($slug: String!) { annualReportAggregate(where: {cooperative: {slug: {eq: $slug}}}) {
                nodes { count surplus { sum } } } }";
            let figures = registry.ask_with(document, json!({ "slug": cooperative["slug"] })).await.data();
            let figures = &figures["annualReportAggregate"]["nodes"][0];
            let reports = cooperative["annualReports"]["nodes"].as_array().unwrap();
            let amounts = reports.iter().filter_map(|report| report["surplus"].as_str());
            let sum: i64 = amounts.map(|amount| amount.parse::<i64>().unwrap()).sum();
            assert_eq!(figures["count"], cooperative["annualReports"]["totalCount"]);
            assert_eq!(figures["surplus"]["sum"], sum.to_string(), "{cooperative}");
        }
    })
    .await;
}
