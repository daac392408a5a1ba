//! Lookup of every noun by its id and its natural keys.

use serde_json::{Value, json};

use crate::support::each_engine;

/// For each list at the root: its first item, asked for again by its id, alone and among others.
#[tokio::test]
async fn every_noun_is_found_by_its_id() {
    let lists = [
        "regions",
        "cooperatives",
        "businessUnits",
        "businessClasses",
        "commodities",
        "annualReports",
        "institutions",
        "partnerships",
        "internshipPrograms",
        "internshipBatches",
        "placements",
        "linkages",
        "partnershipApplications",
    ];
    each_engine(async |registry| {
        let mut found: Vec<Value> = Vec::new();
        for list in lists {
            let data = registry.data(&format!("{{ {list}(first: 1) {{ nodes {{ __typename id }} }} }}")).await;
            found.push(data[list]["nodes"][0].clone());
        }
        let nested = registry
            .data("{ linkages(first: 1, orderBy: [{field: STATUS}]) { nodes { id } }
                 cooperatives(first: 100) { nodes { officers(first: 1) { nodes { __typename id } } commodities(first: 1) { nodes { __typename id } } } }
                 internshipBatches(first: 50) { nodes { sessions(first: 1) { nodes { __typename id } } } }
                 all: linkages(first: 100) { nodes { months(first: 1) { nodes { __typename id } } } }
                 institution(by: {slug: \"kementerian-koperasi\"}) { officials(first: 1) { nodes { __typename id } } } }")
            .await;
        collect(&nested, &mut found);
        let mut kinds: Vec<&str> = found.iter().filter_map(|node| node["__typename"].as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), 18, "{kinds:?}");
        found.truncate(100);
        let ids: Vec<&Value> = found.iter().map(|node| &node["id"]).collect();
        let again = registry
            .ask_with("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", json!({ "ids": ids }))
            .await
            .data();
        assert_eq!(again["nodes"], json!(found));
        for node in &found[..lists.len()] {
            let again = registry
                .ask_with("query($id: ID!) { node(id: $id) { __typename id } }", json!({ "id": node["id"] }))
                .await
                .data();
            assert_eq!(again["node"], *node);
        }
    })
    .await;
}

#[tokio::test]
async fn a_malformed_id_in_a_list_is_null_with_an_error() {
    each_engine(async |registry| {
        let known = registry.data("{ regions(first: 2) { nodes { id } } }").await;
        let [first, second] = [0, 1].map(|at| known["regions"]["nodes"][at]["id"].clone());
        let query = "query($ids: [ID!]!) { all: nodes(ids: $ids) { __typename id } }";
        let ids = json!({ "ids": [first, "nonsense", second, "", "UmVnaW9uOg"] });
        let answer = registry.ask_with(query, ids).await;
        let nodes = answer.body["data"]["all"].as_array().unwrap().clone();
        assert_eq!((&nodes[0]["id"], &nodes[2]["id"]), (&first, &second), "{}", answer.body);
        assert!(nodes[1].is_null() && nodes[3].is_null() && nodes[4].is_null() && nodes.len() == 5);
        let errors = answer.body["errors"].as_array().unwrap();
        let places: Vec<_> =
            errors.iter().map(|error| (error["path"].clone(), error["extensions"]["code"].clone())).collect();
        assert!(places.contains(&(json!(["all", 1]), json!("BAD_USER_INPUT"))), "{}", answer.body);
        assert!(places.contains(&(json!(["all", 3]), json!("BAD_USER_INPUT"))), "{}", answer.body);
        assert_eq!(errors[0]["locations"], json!([{ "line": 1, "column": 23 }]), "{}", answer.body);
        let cost = &answer.body["extensions"]["cost"];
        assert!(cost["actual"].as_u64() <= cost["requested"].as_u64(), "{cost}");
    })
    .await;
}

/// One of each kind that was asked for with its type.
fn collect(data: &Value, found: &mut Vec<Value>) {
    match data {
        Value::Object(fields) if fields.contains_key("__typename") => {
            let known = found.iter().any(|node| node["__typename"] == data["__typename"]);
            found.extend((!known).then(|| data.clone()));
        }
        Value::Object(fields) => fields.values().for_each(|value| collect(value, found)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn natural_keys_find_what_ids_find() {
    each_engine(async |registry| {
        let data = registry
            .data("{ cooperatives(first: 100) { nodes { id slug program registrationNumber legalEntityNumber region { code } } }
                 linkages(first: 1) { nodes { id code } } businessClasses(first: 1) { nodes { id edition code } }
                 annualReports(first: 1) { nodes { id bookYear cooperative { slug } } }
                 partnerships(first: 1) { nodes { id number parties { role party { id } } } }
                 internshipBatches(first: 1) { nodes { id number program { code } } }
                 institution(by: {domain: \"unpas.ac.id\"}) { id slug } }")
            .await;
        let village = data["cooperatives"]["nodes"].as_array().unwrap().iter().find(|node| {
            node["program"] == "VILLAGE_MERAH_PUTIH" && node["legalEntityNumber"].is_string() && node["registrationNumber"].is_string()
        });
        let (village, number) = (village.unwrap(), |field: &str| data[field]["nodes"][0].clone());
        let (linkage, class, report) = (number("linkages"), number("businessClasses"), number("annualReports"));
        let (partnership, batch) = (number("partnerships"), number("internshipBatches"));
        let shouted = format!(" {} ", village["legalEntityNumber"].as_str().unwrap().to_lowercase());
        let cases = [
            ("cooperative", "CooperativeBy", json!({ "slug": village["slug"] }), &village["id"]),
            ("cooperative", "CooperativeBy", json!({ "registrationNumber": village["registrationNumber"] }), &village["id"]),
            ("cooperative", "CooperativeBy", json!({ "legalEntityNumber": shouted }), &village["id"]),
            ("cooperative", "CooperativeBy", json!({ "villageCode": village["region"]["code"] }), &village["id"]),
            ("linkage", "LinkageBy", json!({ "code": linkage["code"] }), &linkage["id"]),
            ("businessClass", "BusinessClassBy", json!({ "code": { "edition": class["edition"], "code": class["code"] } }), &class["id"]),
            ("annualReport", "AnnualReportBy", json!({ "bookYear": { "cooperative": { "slug": report["cooperative"]["slug"] }, "bookYear": report["bookYear"] } }), &report["id"]),
            ("partnership", "PartnershipBy", json!({ "number": { "firstParty": partnership["parties"][0]["party"]["id"], "number": partnership["number"] } }), &partnership["id"]),
            ("internshipBatch", "BatchBy", json!({ "number": { "program": { "code": batch["program"]["code"] }, "number": batch["number"] } }), &batch["id"]),
            ("institution", "InstitutionBy", json!({ "domain": "UNPAS.ac.id" }), &data["institution"]["id"]),
        ];
        for (field, input, by, id) in cases {
            let document = format!("query($by: {input}!) {{ {field}(by: $by) {{ id }} }}");
            let found = registry.ask_with(&document, json!({ "by": by })).await.data();
            assert_eq!(found[field]["id"], *id, "{field} by {by}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_lookup_that_finds_nothing_is_null() {
    each_engine(async |registry| {
        let data = registry
            .data("{ cooperative(by: {slug: \"nobody\"}) { name } region(by: {code: \"99\"}) { name } linkage(by: {code: \"\"}) { code }
                 node(id: \"Q29vcGVyYXRpdmU6MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA\") { id } }")
            .await;
        assert_eq!(data, json!({ "cooperative": null, "region": null, "linkage": null, "node": null }));
    })
    .await;
}
