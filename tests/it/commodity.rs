//! Commodities: names in two languages, and the quantities of cooperatives by year.

use serde_json::{Value, json};

use crate::support::each_engine;

#[tokio::test]
async fn a_commodity_is_found_by_its_code_and_named_in_either_language() {
    each_engine(async |registry| {
        let document = "query($code: String!) { commodity(by: {code: $code}) {
            name indonesian: name(language: ID) english: name(language: EN) unit } }";
        let find = async |code: &str| {
            registry.ask_with(document, json!({ "code": code })).await.data()["commodity"].clone()
        };
        let rice = json!({ "name": "padi", "indonesian": "padi", "english": "rice (paddy)", "unit": "TON" });
        assert_eq!(find("K001").await, rice);
        assert_eq!(find("nothing").await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn commodities_are_those_of_the_latest_year_by_default() {
    each_engine(async |registry| {
        let document = "{ cooperatives(first: 3, where: {and: [
              {commodities: {some: {year: {eq: 2025}}}}, {commodities: {some: {year: {eq: 2026}}}}]}) { nodes {
            latest: commodities(first: 100) { nodes { ...Year } } of2026: commodities(year: 2026, first: 100) { nodes { ...Year } }
            of2025: commodities(year: 2025, first: 100) { nodes { ...Year } } of1999: commodities(year: 1999) { totalCount } } } }
          fragment Year on CooperativeCommodity { id year }";
        let data = registry.limited_to(u32::MAX).data(document).await;
        let cooperatives = data["cooperatives"]["nodes"].as_array().unwrap();
        assert_eq!(cooperatives.len(), 3);
        for cooperative in cooperatives {
            let of = |list: &str| cooperative[list]["nodes"].as_array().unwrap();
            assert!(!of("latest").is_empty() && !of("of2025").is_empty());
            assert!(of("latest").iter().all(|handled| handled["year"] == 2026));
            assert!(of("of2025").iter().all(|handled| handled["year"] == 2025));
            assert_eq!(of("latest"), of("of2026"));
            assert_eq!(cooperative["of1999"]["totalCount"], 0);
        }
    })
    .await;
}

/// Volumes of different commodities are in different units, and then have no sum; land has one everywhere.
#[tokio::test]
async fn a_volume_is_counted_in_the_unit_of_its_commodity() {
    each_engine(async |registry| {
        let document = "{
            commodity(by: {code: \"K001\"}) { id unit
              volumes(first: 20, orderBy: [{field: ANNUAL_VALUE, direction: DESC}]) { nodes { unit annualValue commodity { id } } } }
            mixed: cooperativeCommodityAggregate { nodes { annualVolume { sum } areaHectares { sum } } }
            alone: cooperativeCommodityAggregate(where: {commodity: {code: {eq: \"K001\"}}}) { nodes { annualVolume { sum } } } }";
        let data = registry.limited_to(u32::MAX).data(document).await;
        let commodity = &data["commodity"];
        let volumes = commodity["volumes"]["nodes"].as_array().unwrap();
        assert_eq!(volumes.len(), 20);
        for volume in volumes {
            assert_eq!([&volume["unit"], &volume["commodity"]["id"]], [&commodity["unit"], &commodity["id"]]);
        }
        let values: Vec<i64> =
            volumes.iter().map(|volume| volume["annualValue"].as_str().unwrap().parse().unwrap()).collect();
        assert!(values.is_sorted_by(|one, next| one >= next), "{values:?}");
        let mixed = &data["mixed"]["nodes"][0];
        assert_eq!(mixed["annualVolume"]["sum"], Value::Null);
        assert!(mixed["areaHectares"]["sum"].is_string() && data["alone"]["nodes"][0]["annualVolume"]["sum"].is_string());
    })
    .await;
}
