//! Regions: the whole list, and lists, figures and conditions of a subtree.

mod above;
mod codes;
mod subtrees;

use crate::{data::number, support::each_engine};

#[tokio::test]
async fn all_regions_of_the_country_are_there() {
    each_engine(async |registry| {
        let data = registry.data("{ regions { totalCount } }").await;
        assert_eq!(data["regions"]["totalCount"], 91_599);
        for (level, count) in
            [("PROVINCE", 38), ("REGENCY_CITY", 514), ("DISTRICT", 7_285), ("VILLAGE", 83_762)]
        {
            let sql = format!("SELECT count(*) FROM region WHERE level = '{level}'");
            assert_eq!(number(&registry.database, &sql).await, count);
        }
    })
    .await;
}

#[tokio::test]
async fn a_regions_lists_hold_its_whole_subtree() {
    each_engine(async |registry| {
        let data = registry
            .data("{ province: region(by: {code: \"32\"}) { children(first: 100) { totalCount nodes { code cooperatives { totalCount } } }
                     cooperatives { totalCount } institutions { totalCount } batches { totalCount } } }")
            .await;
        let province = &data["province"];
        let children = province["children"]["nodes"].as_array().unwrap();
        let below: u64 = children.iter().map(|child| child["cooperatives"]["totalCount"].as_u64().unwrap()).sum();
        assert_eq!(province["children"]["totalCount"], children.len());
        assert!(below > 0 && province["cooperatives"]["totalCount"].as_u64().unwrap() >= below);
        assert!(province["institutions"]["totalCount"].as_u64().unwrap() > 0);
        assert!(province["batches"]["totalCount"].as_u64().unwrap() > 0);
    })
    .await;
}

#[tokio::test]
async fn a_regions_figures_are_those_of_its_subtree() {
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        let document = "{ regions(where: {level: {eq: PROVINCE}}, first: 40) { nodes {
            code
            cooperativeFigures { count memberCount { sum } }
            operating: cooperativeFigures(where: {status: {eq: OPERATING}}) { count }
            sales: linkageFigures(as: SUPPLIER) { count annualValue { sum } }
            placementFigures { count }
            cooperatives { totalCount } } } }";
        let answer = registry.ask(document).await;
        assert_eq!(
            answer.statements,
            if crate::support::planner() == simpul::graph::load::Planner::On { 1 } else { 2 }
        );
        let data = answer.data();
        let regions = data["regions"]["nodes"].as_array().unwrap();
        assert_eq!(regions.len(), 38);
        for region in regions {
            assert_eq!(region["cooperativeFigures"]["count"], region["cooperatives"]["totalCount"]);
        }
        let whole = registry.data("{ linkageAggregate { nodes { count } } }").await;
        let sales: u64 = regions.iter().map(|region| region["sales"]["count"].as_u64().unwrap()).sum();
        assert!(sales <= whole["linkageAggregate"]["nodes"][0]["count"].as_u64().unwrap() && sales > 0);
    })
    .await;
}

/// Coverage: regions without related rows.
#[tokio::test]
async fn none_finds_rows_without_related_rows() {
    each_engine(async |registry| {
        let document = "{
            villages: regions(where: {level: {eq: VILLAGE}, within: \"32.04\", cooperatives: {none: {}}}) { totalCount }
            all: regions(where: {level: {eq: VILLAGE}, within: \"32.04\"}) { totalCount }
            without: regions(where: {level: {eq: PROVINCE}, batches: {none: {}}}, first: 100) { nodes { code batches { totalCount } } } }";
        let data = registry.data(document).await;
        let (missing, all) = (data["villages"]["totalCount"].as_u64(), data["all"]["totalCount"].as_u64());
        assert!(missing.unwrap() > 0 && missing < all);
        for region in data["without"]["nodes"].as_array().unwrap() {
            assert_eq!(region["batches"]["totalCount"], 0);
        }
    })
    .await;
}
