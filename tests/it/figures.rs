//! Figures: sums beyond 64 bits, percentiles, keys of groups, their date, and refused requests.

mod date;
mod keys;
mod percentiles;
mod regions;

use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde_json::{Value as Json, json};

use crate::support::{Registry, each_engine};

pub(crate) async fn only(registry: &Registry, document: &str, field: &str) -> Json {
    registry.data(document).await[field]["nodes"][0].clone()
}

#[tokio::test]
async fn a_sum_is_exact_beyond_64_bits() {
    each_engine(async |registry| {
        let months = entity::linkage_month::Entity::find().count(&registry.database).await.unwrap();
        let update = "UPDATE linkage_month SET value = 1000000000000000 - delivery_count % 7";
        registry.database.execute_unprepared("UPDATE linkage_month SET delivery_count = 3").await.unwrap();
        registry.database.execute_unprepared(update).await.unwrap();
        let document = "{ linkageMonthAggregate(having: {value: {sum: {gt: \"9223372036854775807\"}}})
            { nodes { count value { sum average minimum } } } }";
        let figures = only(registry, document, "linkageMonthAggregate").await;
        let sum = i128::from(months) * 999_999_999_999_997;
        assert!(sum > i64::MAX.into(), "{months} months are too few to tell");
        assert_eq!(figures["value"]["sum"], sum.to_string());
        assert_eq!(figures["value"]["average"], "999999999999997");
        let below = document.replace("gt:", "lte:");
        assert_eq!(registry.data(&below).await["linkageMonthAggregate"]["nodes"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn keys_of_groups_have_labels_and_nodes() {
    each_engine(async |registry| {
        let document = "{
            linkageAggregate(groupBy: [BUYER, SUPPLIER_PROVINCE, START_QUARTER, KIND],
                             orderBy: [{field: COUNT, direction: DESC}], first: 3) {
              asOf nodes { count keys { dimension value label node { __typename id ... on Region { name } } } } } }";
        let data = registry.data(document).await;
        for node in data["linkageAggregate"]["nodes"].as_array().unwrap() {
            let keys = node["keys"].as_array().unwrap();
            assert_eq!(keys[0]["value"], keys[0]["node"]["id"]);
            assert_eq!(keys[1]["label"], keys[1]["node"]["name"]);
            match keys[2]["value"].as_str() {
                Some(quarter) => assert!(keys[2]["label"].as_str().unwrap().ends_with(&quarter[..4]), "{quarter}"),
                None => assert_eq!(keys[2]["label"], Json::Null),
            }
            assert_eq!(keys[3]["node"], Json::Null);
            assert_ne!(keys[3]["label"], keys[3]["value"]);
        }
    })
    .await;
}

#[tokio::test]
async fn invalid_figures_are_refused() {
    let cases = [
        ("linkageAggregate(groupBy: [KIND, KIND]) { totalCount }", "BAD_USER_INPUT"),
        ("linkageAggregate(first: 1001) { totalCount }", "BAD_USER_INPUT"),
        ("linkageAggregate(groupBy: [COLOUR]) { totalCount }", "GRAPHQL_VALIDATION_FAILED"),
        ("linkageAggregate(having: {count: null}) { totalCount }", "BAD_USER_INPUT"),
        ("linkageAggregate(having: {count: {gt: null}}) { totalCount }", "BAD_USER_INPUT"),
        ("linkageAggregate(after: \"AAAA\") { totalCount }", "CURSOR_INVALID"),
        ("placementAggregate(where: {person: {gender: {eq: FEMALE}}}) { totalCount }", "FORBIDDEN"),
        ("officerAggregate(groupBy: [ROLE, GENDER]) { totalCount }", "FORBIDDEN"),
        ("placementAggregate(groupBy: [EDUCATION]) { totalCount }", "FORBIDDEN"),
        ("placements(where: {attendanceDays: {gt: 3}}) { totalCount }", "FORBIDDEN"),
        ("cooperatives(where: {officers: {some: {name: {contains: \"a\"}}}}) { totalCount }", "FORBIDDEN"),
    ];
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        for (question, code) in cases {
            let answer = registry.ask(&format!("{{ {question} }}")).await;
            assert_eq!(answer.code(), code, "{question}: {}", answer.body);
        }
        let page = registry
            .data("{ linkageAggregate(groupBy: [KIND], first: 1) { pageInfo { endCursor } } }")
            .await;
        let cursor = &page["linkageAggregate"]["pageInfo"]["endCursor"];
        let other = format!("{{ linkageAggregate(groupBy: [STATUS], first: 1, after: {cursor}) {{ totalCount nodes {{ count }} }} }}");
        assert_eq!(registry.ask(&other).await.code(), "CURSOR_INVALID");
    })
    .await;
}

/// The figures at the root, each with its dimensions.
async fn dimensions(registry: &Registry) -> Vec<(String, Vec<String>)> {
    let fields = registry
        .data(
            "{ __schema { queryType { fields { name args { name type { ofType { ofType { enumValues { name } } } } } } } } }",
        )
        .await;
    let mut found = Vec::new();
    for field in fields["__schema"]["queryType"]["fields"].as_array().unwrap() {
        let mut args = field["args"].as_array().unwrap().iter();
        let Some(group_by) = args.find(|arg| arg["name"] == "groupBy") else { continue };
        let words = group_by["type"]["ofType"]["ofType"]["enumValues"].as_array().unwrap();
        let words = words.iter().map(|word| word["name"].as_str().unwrap().to_owned()).collect();
        found.push((field["name"].as_str().unwrap().to_owned(), words));
    }
    found
}

/// How many rows all groups hold together, or the code of a refusal.
async fn grouped(registry: &Registry, figures: &str, dimension: &str) -> Result<u64, String> {
    let (mut sum, mut after) = (0, Json::Null);
    loop {
        let page = format!(
            "query($c: String) {{ {figures}(groupBy: [{dimension}], first: 500, after: $c) {{ nodes {{ count }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let answer = registry.ask_with(&page, json!({ "c": after })).await;
        if answer.body.get("errors").is_some() {
            return Err(answer.code().to_owned());
        }
        let page = &answer.body["data"][figures];
        sum +=
            page["nodes"].as_array().unwrap().iter().map(|node| node["count"].as_u64().unwrap()).sum::<u64>();
        if page["pageInfo"]["hasNextPage"] == false {
            return Ok(sum);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[tokio::test]
async fn the_groups_of_every_dimension_hold_all_rows() {
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        let figures = dimensions(registry).await;
        assert!(figures.len() >= 13, "{figures:?}");
        for (figures, dimensions) in figures {
            let whole = only(registry, &format!("{{ {figures} {{ nodes {{ count }} }} }}"), &figures).await;
            for dimension in dimensions {
                match grouped(registry, &figures, &dimension).await {
                    Ok(sum) => assert_eq!(whole["count"], sum, "{figures} by {dimension}"),
                    Err(code) => assert_eq!(code, "FORBIDDEN", "{figures} by {dimension}"),
                }
            }
        }
    })
    .await;
}
