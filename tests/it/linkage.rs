//! Linkages: by supplier and by buyer, and sums of volumes by unit.

use serde_json::{Value as Json, json};

use crate::{figures::only, support::each_engine};

/// A party is on one side of each of its linkages, so that both sides together are all of them.
#[tokio::test]
async fn a_linkage_is_listed_for_its_supplier_and_its_buyer() {
    each_engine(async |registry| {
        let lists = "both: linkages { totalCount }
            sales: linkages(as: SUPPLIER, first: 100) { totalCount nodes { code } }
            purchases: linkages(as: BUYER, first: 100) { totalCount nodes { code } }";
        let party = format!("{{ ... on Cooperative {{ {lists} }} ... on PartnerInstitution {{ {lists} }} }}");
        let document =
            format!("{{ linkages(first: 20) {{ nodes {{ code supplier {party} buyer {party} }} }} }}");
        let data = registry.limited_to(u32::MAX).data(&document).await;
        let mut shown = 0;
        for linkage in data["linkages"]["nodes"].as_array().unwrap() {
            for (end, own, other) in [("supplier", "sales", "purchases"), ("buyer", "purchases", "sales")] {
                let party = &linkage[end];
                let number = |list: &str| party[list]["totalCount"].as_u64().unwrap();
                let has = |list: &str| {
                    let nodes = party[list]["nodes"].as_array().unwrap();
                    nodes.iter().any(|node| node["code"] == linkage["code"])
                };
                assert_eq!(number("both"), number("sales") + number("purchases"), "{linkage}");
                assert!(!has(other), "{linkage}");
                // A page shows a hundred of what may be more.
                if number(own) <= 100 {
                    assert!(has(own), "{linkage}");
                    shown += 1;
                }
            }
        }
        assert!(shown > 10, "{shown}");
    })
    .await;
}

#[tokio::test]
async fn volumes_in_different_units_are_not_added_up() {
    each_engine(async |registry| {
        let mixed = only(registry, "{ linkageAggregate { nodes { annualVolume { sum average } } } }", "linkageAggregate");
        assert_eq!(mixed.await["annualVolume"], json!({ "sum": null, "average": null }));
        let data = registry
            .data("{ linkageAggregate(groupBy: [UNIT]) { nodes { keys { value label } annualVolume { sum } } } }")
            .await;
        let groups = data["linkageAggregate"]["nodes"].as_array().unwrap();
        let summed = groups.iter().filter(|group| group["annualVolume"]["sum"].is_string());
        assert!(summed.count() > 1);
        let without = groups.iter().find(|group| group["keys"][0]["value"].is_null()).unwrap();
        assert_eq!(without["annualVolume"]["sum"], Json::Null);
    })
    .await;
}
