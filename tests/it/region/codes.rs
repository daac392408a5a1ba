//! Codes of regions that callers name: several at once, and codes that no region has.

use serde_json::{Value, json};
use simpul::graph::load::Planner;

use crate::support::{Registry, each_engine, planner};

/// Places of a document where a region's code is taken, with the code as `CODE`.
const PLACES: [&str; 17] = [
    r#"cooperatives(where: {region: {within: "CODE"}}) { totalCount }"#,
    r#"cooperatives(where: {region: {withinAny: ["32", "CODE"]}}, first: 1) { nodes { id } }"#,
    r#"cooperatives(where: {region: {within: "CODE"}}) { __typename }"#,
    r#"cooperatives(where: {region: {or: [{}, {within: "CODE"}]}}) { totalCount }"#,
    r#"cooperatives(where: {or: [{}, {region: {within: "CODE"}}]}) { totalCount }"#,
    r#"cooperatives(where: {or: [{id: {in: []}, region: {within: "CODE"}}, {}]}) { totalCount }"#,
    r#"cooperatives(where: {not: {region: {parent: {within: "CODE"}}}}) { totalCount }"#,
    r#"cooperatives(where: {linkages: {where: {buyer: {region: {within: "CODE"}}}}}) { totalCount }"#,
    r#"cooperatives(where: {linkages: {where: {party: {region: {within: "CODE"}}}, count: {gte: 1}}}) { totalCount }"#,
    r#"institutions(where: {region: {or: [{isNull: true}, {within: "CODE"}]}}) { totalCount }"#,
    r#"institutions(where: {region: {isNull: true, within: "CODE"}}) { totalCount }"#,
    r#"regions(where: {cooperatives: {none: {region: {within: "CODE"}}}}, first: 1) { nodes { code } }"#,
    r#"regions(orderBy: [{field: COOPERATIVE_COUNT, cooperatives: {region: {within: "CODE"}}}], first: 1) { nodes { code } }"#,
    r#"cooperativeAggregate(where: {region: {within: "CODE"}}) { nodes { count } }"#,
    r#"region(by: {code: "32"}) { cooperativeFigures(where: {region: {withinAny: ["CODE"]}}) { count } }"#,
    r#"region(by: {code: "32"}) { children(first: 1) { nodes { cooperatives(where: {region: {within: "CODE"}}, first: 1) { totalCount } } } }"#,
    r#"search(text: "kopi", within: "CODE", first: 1) { totalCount }"#,
];

async fn unknown_is_refused(registry: &Registry) {
    for place in PLACES {
        let known = registry.ask(&format!("{{ {} }}", place.replace("CODE", "32.04"))).await;
        known.data();
        let answer = registry.ask(&format!("{{ {} }}", place.replace("CODE", "99.01"))).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{place}: {}", answer.body);
        let message = answer.body["errors"][0]["message"].as_str().unwrap();
        assert_eq!(message, "there is no region with the code 99.01", "{place}");
    }
}

#[tokio::test]
async fn a_code_that_no_region_has_is_refused_wherever_it_is_named() {
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        unknown_is_refused(registry).await;
        let parties = registry.data("{ linkages(first: 1) { nodes { supplier { id } buyer { id } } } }").await;
        let linkage = &parties["linkages"]["nodes"][0];
        for code in ["32", "98"] {
            let variables = json!({ "from": linkage["supplier"]["id"], "to": linkage["buyer"]["id"], "code": code });
            for field in [
                "supplyChains(from: $from, to: $to, where: {party: {region: {or: [{}, {within: $code}]}}}) { length }",
                "node(id: $from) { ... on Cooperative { downstream(where: {party: {region: {or: [{}, {within: $code}]}}}) { nodes { __typename } } }
                                   ... on PartnerInstitution { downstream(where: {party: {region: {or: [{}, {within: $code}]}}}) { nodes { __typename } } } } to: node(id: $to) { id }",
            ] {
                let document = format!("query($from: ID!, $to: ID!, $code: RegionCode) {{ {field} }}");
                let answer = registry.ask_with(&document, variables.clone()).await;
                if code == "98" {
                    assert_eq!(answer.code(), "BAD_USER_INPUT", "{field}: {}", answer.body);
                } else {
                    answer.data();
                }
            }
        }
        // A lookup of nothing is no error, nor is a comparison of codes.
        let data = registry.data("{ region(by: {code: \"99\"}) { id } regions(where: {code: {eq: \"99\"}}) { totalCount } }").await;
        assert_eq!(data, json!({ "region": null, "regions": { "totalCount": 0 } }));
    })
    .await;
}

/// Before regions are in memory, the statement that loads the lists also looks up all their codes.
#[tokio::test]
async fn codes_are_looked_up_along_with_the_lists() {
    each_engine(async |registry| {
        let registry = registry.limited_to(u32::MAX).just_started();
        let document = r#"query($code: RegionCode!) {
            one: cooperatives(where: {region: {within: $code}}, first: 2) { totalCount nodes { id } }
            other: regions(where: {withinAny: ["33", "34.02"]}, first: 2) { totalCount nodes { code
                cooperatives(where: {region: {withinAny: ["35", $code]}}, first: 1) { totalCount } } } }"#;
        let answer = registry.ask_with(document, json!({ "code": "32" })).await;
        assert_eq!(answer.statements, if planner() == Planner::On { 1 } else { 2 }, "{}", answer.body);
        answer.data();
        assert_eq!(registry.ask_with(document, json!({ "code": "97" })).await.code(), "BAD_USER_INPUT");
        unknown_is_refused(&registry).await;
    })
    .await;
}

#[tokio::test]
async fn a_region_inside_any_of_several_is_inside_one_of_them() {
    each_engine(async |registry| {
        let count = async |codes: Value| {
            let document = "query($codes: [RegionCode!]) { cooperatives(where: {region: {withinAny: $codes}}) { totalCount } }";
            registry.ask_with(document, json!({ "codes": codes })).await
        };
        let number = |data: Value| data["cooperatives"]["totalCount"].as_u64().unwrap();
        let (java, bali) = (number(count(json!(["32"])).await.data()), number(count(json!(["51"])).await.data()));
        assert!(java > 0 && bali > 0);
        assert_eq!(number(count(json!(["32", "51", "32.04"])).await.data()), java + bali);
        assert_eq!(number(count(json!([])).await.data()), 0);
        let all = registry.data("{ regions(where: {level: {eq: DISTRICT}, within: \"32\"}, first: 100) { nodes { code } } }").await;
        let mut codes: Vec<Value> =
            all["regions"]["nodes"].as_array().unwrap().iter().map(|region| region["code"].clone()).collect();
        assert!(number(count(json!(codes)).await.data()) > 0);
        // Each counts as a condition.
        let list = |at| format!("l{at}: cooperatives(where: {{region: {{withinAny: $codes}}}}) {{ nodes {{ id }} }}");
        let lists: Vec<String> = (0..21).map(list).collect();
        let document = format!("query($codes: [RegionCode!]) {{ {} }}", lists.join(" "));
        let many = registry.limited_to(u32::MAX).ask_with(&document, json!({ "codes": codes })).await;
        assert_eq!(many.code(), "DOCUMENT_LIMIT_EXCEEDED");
        codes.push(json!("11"));
        assert_eq!(count(json!(codes)).await.code(), "BAD_USER_INPUT");
    })
    .await;
}
