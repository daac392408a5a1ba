//! `/possible-types.json` is what introspection says of interfaces and unions.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::Value as Json;

use crate::support::each_engine;

#[tokio::test]
async fn possible_types_are_those_of_introspection_and_are_downloaded_once() {
    each_engine(async |registry| {
        let file = registry.get("/possible-types.json", &[]).await;
        assert_eq!(file.header("content-type"), "application/json; charset=utf-8");
        let possible: BTreeMap<String, Vec<String>> = serde_json::from_str(&file.text()).unwrap();
        let data = registry.data("{ __schema { types { name possibleTypes { name } } } }").await;
        let mut introspected = BTreeMap::new();
        for of in data["__schema"]["types"].as_array().unwrap() {
            let Some(types) = of["possibleTypes"].as_array() else { continue };
            let mut names: Vec<String> = types.iter().map(|of| name(of).to_owned()).collect();
            names.sort_unstable();
            introspected.insert(name(of).to_owned(), names);
        }
        assert_eq!(possible, introspected);
        assert_eq!(possible["Party"], ["Cooperative", "PartnerInstitution"]);
        assert!(possible["Node"].len() > possible["Record"].len());
        let again = registry.get("/possible-types.json", &[("if-none-match", file.header("etag"))]).await;
        assert_eq!((again.status, again.text().as_str()), (StatusCode::NOT_MODIFIED, ""));
        let closed = registry.closed().get("/possible-types.json", &[]).await;
        assert_eq!(closed.text(), file.text(), "introspection is off");
    })
    .await;
}

fn name(of: &Json) -> &str {
    of["name"].as_str().unwrap()
}
