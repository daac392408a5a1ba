//! The requests that registrars send, as they stand: verbs, the log, a history, and who the caller is.

use serde_json::{Value as Json, json};
use simpul::access::Viewer;

use super::{each_written, ministry, seats};

#[tokio::test]
async fn the_requests_of_registrars_run_as_they_stand() {
    each_written(async |written| {
        let tried = [("negotiateLinkage", json!({})), ("startTrial", json!({ "startsOn": "2026-10-01" }))];
        let linkage = written.led(&written.proposed("one", json!({})).await, &tried).await;
        let ask = async |document: &str, viewer: &Viewer, variables: Json| {
            let answer = written.answer(viewer, document, variables).await;
            assert_eq!(answer.get("errors"), None, "{answer}");
            answer["data"].clone()
        };
        let input = json!({ "id": linkage["id"], "expectedVersion": 3, "startsOn": "2026-12-01", "idempotencyKey": "two" });
        let document = include_str!("contract/activate-linkage.graphql");
        let active = ask(document, &ministry(), json!({ "input": input })).await;
        let active = &active["activateLinkage"];
        assert_eq!([&active["linkage"]["status"], &active["userErrors"]], [&json!("ACTIVE"), &json!([])]);
        let batch = seats::empty_batch(written, 2).await;
        let officer = seats::officers(written, 1).await.remove(0);
        let input = json!({ "batch": batch, "officer": officer, "idempotencyKey": "three" });
        let document = include_str!("contract/nominate.graphql");
        let nominated = ask(document, &ministry(), json!({ "input": input })).await;
        let placement = &nominated["nominate"]["placement"];
        assert_eq!([&placement["status"], &placement["batch"]["capacity"]], [&json!("NOMINATED"), &json!(2)]);
        for viewer in [Viewer::Anonymous, ministry()] {
            let changes = ask(include_str!("contract/changes.graphql"), &viewer, json!({})).await;
            let told = changes["changes"]["nodes"].as_array().unwrap();
            let verbs: Vec<&Json> = told.iter().map(|change| &change["verb"]).collect();
            let expected = ["proposeLinkage", "negotiateLinkage", "startTrial", "activateLinkage", "nominate"];
            assert_eq!(verbs, expected.map(|verb| json!(verb)).iter().collect::<Vec<_>>());
            assert_eq!(changes["registry"]["sequence"], 5);
            let whose = ask(include_str!("contract/who-am-i.graphql"), &viewer, json!({})).await;
            let roles = whose["viewer"]["roles"].as_array().unwrap().len();
            assert_eq!(roles, usize::from(viewer != Viewer::Anonymous), "{whose}");
            let by = json!({ "by": { "slug": "kopontren-al-ittifaq" } });
            let history = ask(include_str!("contract/history.graphql"), &viewer, by).await;
            assert_eq!(history["cooperative"]["history"]["nodes"], json!([]), "nothing changed it");
        }
    })
    .await;
}
