//! Keys of groups by the name of their dimension.

use serde_json::json;
use simpul::graph::load::Planner;

use crate::support::each_engine;

#[tokio::test]
async fn a_key_is_found_by_its_dimension() {
    each_engine(async |registry| {
        let document = "query Keys($first: LinkageDimension!) {
            linkageAggregate(groupBy: [BUYER, SUPPLIER_PROVINCE, KIND], first: 7) {
              nodes { count keys { dimension value label node { __typename id } }
                one: key(dimension: $first) { dimension value label node { __typename id } }
                two: key(dimension: SUPPLIER_PROVINCE) { dimension value label node { __typename id } }
                three: key(dimension: KIND) { dimension value label node { __typename id } } } } }";
        for planner in [Planner::On, Planner::Off] {
            let data = registry.planned(planner).ask_with(document, json!({ "first": "BUYER" })).await.data();
            let groups = data["linkageAggregate"]["nodes"].as_array().unwrap();
            assert_eq!(groups.len(), 7);
            for group in groups {
                assert_eq!(group["keys"], json!([group["one"], group["two"], group["three"]]));
                assert!(group["one"]["node"]["id"].is_string() && group["three"]["label"].is_string());
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_of_a_dimension_that_is_not_grouped_by_is_refused_before_anything_is_read() {
    each_engine(async |registry| {
        for document in [
            "{ linkageAggregate(groupBy: [KIND]) { nodes { key(dimension: BUYER) { value } } } }",
            "{ linkageAggregate { nodes { key(dimension: KIND) { value } } } }",
        ] {
            let answer = registry.ask(document).await;
            assert_eq!((answer.code(), answer.statements), ("BAD_USER_INPUT", 0), "{document}");
            let said = answer.body["errors"][0]["message"].as_str().unwrap();
            assert!(said.ends_with("which `groupBy` does not name"), "{said}");
        }
        let beneath =
            "{ region(by: {code: \"32\"}) { cooperativeFigures { key(dimension: PROVINCE) { value } } } }";
        assert_eq!(registry.ask(beneath).await.code(), "BAD_USER_INPUT");
        let unknown = "{ linkageAggregate(groupBy: [KIND]) { nodes { key(dimension: COLOUR) { value } } } }";
        assert_eq!(registry.ask(unknown).await.code(), "GRAPHQL_VALIDATION_FAILED");
    })
    .await;
}

#[tokio::test]
async fn keys_by_their_dimension_are_priced_like_rows() {
    each_engine(async |registry| {
        let document = |aliases: usize| {
            let keys: Vec<String> =
                (0..aliases).map(|at| format!("k{at}: key(dimension: BUYER) {{ label }} ")).collect();
            let keys = keys.concat();
            format!("{{ linkageAggregate(groupBy: [BUYER], first: 1000) {{ nodes {{ count {keys} }} }} }}")
        };
        let registry = registry.limited_to(u32::MAX);
        let mut prices = Vec::new();
        for aliases in [0, 100] {
            let answer = registry.ask(&document(aliases)).await;
            prices.push(answer.body["extensions"]["cost"]["requested"].as_u64().unwrap());
        }
        // A row, the key and its label, for each alias and group.
        assert_eq!(prices[1] - prices[0], 1_000 * 100 * 12);
    })
    .await;
}
