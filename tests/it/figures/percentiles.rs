//! Medians and percentiles by nearest rank, counts of values, and durations.

use sea_orm::ConnectionTrait;
use serde_json::{Value as Json, json};
use simpul::graph::load::Planner;

use super::only;
use crate::support::{Registry, each_engine};

async fn change(registry: &Registry, sql: &str) {
    registry.database.execute_unprepared(sql).await.unwrap();
}

/// Numbers the reports of a year from 1, in their surplus; other surpluses are removed.
async fn number_reports(registry: &Registry, first: u32, last: u32) {
    change(
        registry,
        "UPDATE annual_report SET surplus = (SELECT count(*) FROM annual_report o WHERE o.id <= annual_report.id)",
    )
    .await;
    let rest =
        format!("UPDATE annual_report SET surplus = NULL WHERE surplus NOT BETWEEN {first} AND {last}");
    change(registry, &rest).await;
}

#[tokio::test]
async fn a_percentile_is_the_value_at_the_exact_nearest_rank() {
    each_engine(async |registry| {
        number_reports(registry, 1, 100).await;
        let document = "query Ranks($p: Float!) { annualReportAggregate { nodes { count
            surplus { count median first: percentile(p: 0.01) p7: percentile(p: 7) p55: percentile(p: 55)
                      between: percentile(p: 55.01) p: percentile(p: $p) most: percentile(p: 100) } 
            surplus { again: percentile(p: 50) } } } }";
        for planner in [Planner::On, Planner::Off] {
            let answer = registry.planned(planner).ask_with(document, json!({ "p": 97.5 })).await;
            assert_eq!(answer.statements, 1, "percentiles are read with the other figures");
            let group = answer.data()["annualReportAggregate"]["nodes"][0].clone();
            assert!(group["count"].as_u64().unwrap() > 100);
            // In floating point, 7 % and 55 % of 100 are more than 7 and 55.
            let ranks = json!({
                "count": 100, "median": "50", "first": "1", "p7": "7", "p55": "55", "between": "56", "p": "98",
                "most": "100", "again": "50"
            });
            assert_eq!(group["surplus"], ranks);
        }
        number_reports(registry, 1, 5).await;
        let few = "{ annualReportAggregate { nodes {
            surplus { median p20: percentile(p: 20) more: percentile(p: 20.01) least: percentile(p: 0.01) } } } }";
        let few = only(registry, few, "annualReportAggregate").await;
        assert_eq!(few["surplus"], json!({ "median": "3", "p20": "1", "more": "2", "least": "1" }));
        number_reports(registry, 0, 0).await;
        let none = "{ annualReportAggregate { nodes { surplus { count sum median percentile(p: 90) } } } }";
        let none = only(registry, none, "annualReportAggregate").await;
        assert_eq!(none["surplus"], json!({ "count": 0, "sum": null, "median": null, "percentile": null }));
    })
    .await;
}

#[tokio::test]
async fn groups_are_narrowed_and_sorted_by_medians_and_counts_of_values() {
    each_engine(async |registry| {
        let document = "{ groups: annualReportAggregate(groupBy: [BOOK_YEAR, COOPERATIVE_TYPE], first: 500,
                having: {turnover: {median: {gt: \"1\"}, count: {gte: 2}}},
                orderBy: [{field: TURNOVER_MEDIAN, direction: DESC}, {field: TURNOVER_COUNT}]) {
              nodes { turnover { count median } } }
            all: annualReportAggregate(groupBy: [BOOK_YEAR, COOPERATIVE_TYPE], first: 500) {
              nodes { turnover { count median } } } }";
        let data = registry.limited_to(u32::MAX).data(document).await;
        let read = |groups: &Json| -> Vec<(i64, u64)> {
            let groups = groups["nodes"].as_array().unwrap().iter().map(|group| &group["turnover"]);
            let median =
                |figure: &Json| figure["median"].as_str().map_or(-1, |median| median.parse().unwrap());
            groups.map(|figure| (median(figure), figure["count"].as_u64().unwrap())).collect()
        };
        let (found, mut expected) = (read(&data["groups"]), read(&data["all"]));
        expected.retain(|(median, count)| *median > 1 && *count >= 2);
        expected.sort_by_key(|(median, count)| (-median, *count));
        assert!(expected.len() > 3, "{expected:?}");
        assert_eq!(found, expected);
    })
    .await;
}

#[tokio::test]
async fn statistics_of_mixed_units_are_null_but_their_count_and_parties_repeat_no_agreement() {
    each_engine(async |registry| {
        let document =
            "{ linkageAggregate { nodes { annualVolume { count sum median percentile(p: 90) } } } }";
        let volume = only(registry, document, "linkageAggregate").await["annualVolume"].clone();
        assert!(volume["count"].as_u64().unwrap() > 100, "{volume}");
        assert_eq!([&volume["sum"], &volume["median"], &volume["percentile"]], [&Json::Null; 3], "{volume}");
        // An agreement with several parties is taken once.
        let [parties, alone] = ["partyCount", ""].map(|parties| {
            format!(
                "{{ partnershipAggregate {{ nodes {{ {parties} value {{ count sum median percentile(p: 90) }} }} }} }}"
            )
        });
        let parties = only(registry, &parties, "partnershipAggregate").await;
        let alone = only(registry, &alone, "partnershipAggregate").await;
        assert!(
            alone["value"]["median"].is_string() && parties["value"] == alone["value"],
            "{parties} {alone}"
        );
        let one = "{ linkageAggregate(where: {unit: {eq: TON}}) {
            nodes { annualVolume { median percentile(p: 50) minimum maximum } } } }";
        let one = only(registry, one, "linkageAggregate").await["annualVolume"].clone();
        assert!(one["median"].is_string() && one["median"] == one["percentile"], "{one}");
    })
    .await;
}

#[tokio::test]
async fn percentiles_beneath_regions_are_those_of_their_rows() {
    each_engine(async |registry| {
        let document = "{ regions(where: {level: {eq: PROVINCE}}, first: 5) { nodes { code
            cooperativeFigures { memberCount { count median percentile(p: 90) } legalEntityDays { median maximum } } } } }";
        for region in registry.data(document).await["regions"]["nodes"].as_array().unwrap() {
            let alone = format!(
                "{{ cooperativeAggregate(where: {{region: {{within: {}}}}}) {{ nodes {{
                   memberCount {{ count median percentile(p: 90) }} legalEntityDays {{ median maximum }} }} }} }}",
                region["code"]
            );
            assert_eq!(region["cooperativeFigures"], only(registry, &alone, "cooperativeAggregate").await);
        }
        // The text of a plan is kept with the document, the percentile is not.
        let document = "query($p: Float!) { region(by: {code: \"32\"}) { cooperativeFigures {
            memberCount { minimum maximum percentile(p: $p) } } } }";
        for (p, same) in [(0.01, "minimum"), (100.0, "maximum"), (0.01, "minimum")] {
            let data = registry.ask_with(document, json!({ "p": p })).await.data();
            let figure = &data["region"]["cooperativeFigures"]["memberCount"];
            assert_eq!(figure["percentile"], figure[same]);
            assert_ne!(figure["minimum"], figure["maximum"]);
        }
    })
    .await;
}

#[tokio::test]
async fn percentiles_out_of_range_are_refused_before_anything_is_read() {
    let many: Vec<String> = (1..=21).map(|p| format!("p{p}: percentile(p: {p}) ")).collect();
    let many = many.concat();
    each_engine(async |registry| {
        for (percentile, message) in [
            ("percentile(p: 0)", "must be above 0 and at most 100"),
            ("percentile(p: -5)", "must be above 0 and at most 100"),
            ("percentile(p: 100.01)", "must be above 0 and at most 100"),
            ("percentile(p: 33.333)", "at most two decimals, not 33.333"),
            ("median x: percentile(p: 101)", "must be above 0 and at most 100"),
            (&many, "at most 20 different percentiles"),
        ] {
            let document = format!("{{ cooperativeAggregate {{ nodes {{ memberCount {{ {percentile} }} }} }} }}");
            let answer = registry.ask(&document).await;
            assert_eq!((answer.code(), answer.statements), ("BAD_USER_INPUT", 0), "{percentile}");
            let said = answer.body["errors"][0]["message"].as_str().unwrap();
            assert!(said.contains(message), "{percentile}: {said}");
            let beneath = format!(
                "{{ region(by: {{code: \"32\"}}) {{ cooperativeFigures {{ memberCount {{ {percentile} }} }} }} }}"
            );
            assert_eq!(registry.ask(&beneath).await.code(), "BAD_USER_INPUT", "{percentile}");
        }
        let variable = "query($p: Float!) { cooperativeAggregate { nodes { memberCount { percentile(p: $p) } } } }";
        assert_eq!(registry.ask_with(variable, json!({ "p": 100.5 })).await.code(), "BAD_USER_INPUT");
    })
    .await;
}
