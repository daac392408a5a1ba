//! Business classes: their codes in both editions, and the cooperatives that work in a class.

use serde_json::{Value, json};

use crate::support::each_engine;

/// A code that both editions have, under different titles.
const CODE: &str = "01131";

#[tokio::test]
async fn a_code_may_mean_another_class_in_each_edition() {
    each_engine(async |registry| {
        let find = async |edition: i32| {
            let document = "query($by: BusinessClassBy!) { businessClass(by: $by) { id edition code title } }";
            let by = json!({ "code": { "edition": edition, "code": CODE } });
            registry.ask_with(document, json!({ "by": by })).await.data()["businessClass"].clone()
        };
        let (older, newer) = (find(2020).await, find(2025).await);
        assert_eq!([&older["edition"], &newer["edition"]], [2020, 2025]);
        assert_eq!([&older["code"], &newer["code"]], [CODE, CODE]);
        assert_ne!(older["title"], newer["title"]);
        assert_eq!(find(2017).await, Value::Null);
        let document = "query($code: String!) {
            businessClasses(where: {code: {eq: $code}}, orderBy: [{field: EDITION, direction: DESC}]) { nodes { id } } }";
        let both = registry.ask_with(document, json!({ "code": CODE })).await.data();
        assert_eq!(both["businessClasses"]["nodes"], json!([{ "id": newer["id"] }, { "id": older["id"] }]));
    })
    .await;
}

/// A cooperative works in several classes, and one of them is its main line of business.
#[tokio::test]
async fn a_class_and_its_cooperatives_refer_to_each_other() {
    each_engine(async |registry| {
        let document = "{ businessClasses(where: {edition: {eq: 2025}, cooperatives: {some: {}}}, orderBy: [{field: CODE}], first: 3) {
            nodes { id cooperatives(first: 5) { nodes { slug
              businessClasses(first: 100) { totalCount edges { primary node { id } } } } } } } }";
        let data = registry.data(document).await;
        let classes = data["businessClasses"]["nodes"].as_array().unwrap();
        assert_eq!(classes.len(), 3);
        for class in classes {
            let cooperatives = class["cooperatives"]["nodes"].as_array().unwrap();
            assert!(!cooperatives.is_empty(), "{class}");
            for cooperative in cooperatives {
                let edges = cooperative["businessClasses"]["edges"].as_array().unwrap();
                assert_eq!(cooperative["businessClasses"]["totalCount"], edges.len());
                assert!(edges.iter().any(|edge| edge["node"]["id"] == class["id"]), "{cooperative}");
                let main = edges.iter().filter(|edge| edge["primary"] == true).count();
                assert_eq!(main, 1, "{cooperative}");
            }
        }
    })
    .await;
}
