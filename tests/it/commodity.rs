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
            mixed: cooperativeCommodityAggregate(where: {year: {eq: 2026}}) { nodes { annualVolume { sum nullReason } areaHectares { sum nullReason } } }
            years: cooperativeCommodityAggregate { nodes { annualVolume { count sum nullReason } areaHectares { count sum median nullReason } } }
            none: cooperativeCommodityAggregate(where: {year: {eq: 1999}}) { nodes { areaHectares { count sum nullReason } } }
            grouped: cooperativeCommodityAggregate(groupBy: [YEAR, UNIT]) { nodes { annualVolume { sum nullReason } annualValue { average } } }
            having: cooperativeCommodityAggregate(groupBy: [UNIT], having: {areaHectares: {sum: {gte: \"0\"}}}) { totalCount }
            alone: cooperativeCommodityAggregate(where: {commodity: {code: {eq: \"K001\"}}, year: {eq: 2026}}) { nodes { annualVolume { sum nullReason } } } }";
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
        let of = |name: &str| data[name]["nodes"][0].clone();
        assert_eq!(of("mixed")["annualVolume"], json!({ "sum": null, "nullReason": "MIXED_UNITS" }));
        assert!(of("mixed")["areaHectares"]["sum"].is_string() && of("mixed")["areaHectares"]["nullReason"].is_null());
        let alone = &of("alone")["annualVolume"];
        assert!(alone["sum"].is_string() && alone["nullReason"].is_null());
        // Nor is there a sum over years.
        let years = of("years");
        assert_eq!(years["annualVolume"]["nullReason"], "MIXED_UNITS");
        assert_eq!(years["areaHectares"]["nullReason"], "SEVERAL_YEARS");
        assert!(years["areaHectares"]["count"].as_u64().unwrap() > 0);
        assert!(years["areaHectares"]["sum"].is_null() && years["areaHectares"]["median"].is_null());
        assert_eq!(of("none")["areaHectares"], json!({ "count": 0, "sum": null, "nullReason": "NO_VALUES" }));
        let groups = data["grouped"]["nodes"].as_array().unwrap();
        assert!(groups.len() > 4 && groups.iter().all(|group| group["annualVolume"]["nullReason"] != "SEVERAL_YEARS"));
        assert!(groups.iter().any(|group| group["annualVolume"]["sum"].is_string() && group["annualValue"]["average"].is_string()));
        assert_eq!(data["having"]["totalCount"], 0);
    })
    .await;
}

/// A condition on a cooperative's commodities is about the same records as the field: those of its latest year, unless
/// the condition compares the year.
#[tokio::test]
async fn a_condition_on_commodities_is_about_the_years_that_the_field_shows() {
    each_engine(async |registry| {
        let registry = registry.limited_to(u32::MAX);
        let all = registry.data("{ cooperatives(first: 100, where: {commodities: {some: {}}}) { nodes { id
            latest: commodities(first: 100) { nodes { year commodity { code } } } every: commodities(where: {year: {gte: 0}}, first: 100) { nodes { year commodity { code } } } } } }").await;
        let all = all["cooperatives"]["nodes"].as_array().unwrap();
        let codes = |list: &Value| -> Vec<String> {
            list["nodes"].as_array().unwrap().iter().map(|node| node["commodity"]["code"].as_str().unwrap().to_owned()).collect()
        };
        // A commodity that a cooperative handled in an earlier year only.
        let (id, code) = all
            .iter()
            .find_map(|row| {
                let latest = codes(&row["latest"]);
                let gone = codes(&row["every"]).into_iter().find(|code| !latest.contains(code))?;
                Some((row["id"].clone(), gone))
            })
            .expect("a cooperative that gave up a commodity");
        let count = async |condition: Value| {
            let document = "query($id: ID!, $condition: CooperativeCommoditiesFilter!) { cooperatives(where: {id: {eq: $id}, commodities: $condition}) { totalCount } }";
            let data = registry.ask_with(document, json!({ "id": id, "condition": condition })).await.data();
            data["cooperatives"]["totalCount"].as_u64().unwrap()
        };
        let it = json!({ "commodity": { "code": { "eq": code } } });
        let with = |year: Value| { let mut it = it.clone(); it["year"] = year; it };
        for (condition, expected) in [
            (json!({ "some": it }), 0),
            (json!({ "none": it }), 1),
            (json!({ "some": with(json!({})) }), 0),
            (json!({ "some": with(json!({ "gte": 2000 })) }), 1),
            (json!({ "none": with(json!({ "gte": 2000 })) }), 0),
            (json!({ "where": { "year": { "gte": 2000 } }, "some": it }), 1),
            (json!({ "some": { "and": [it, { "or": [{ "year": { "gte": 2000 } }] }] } }), 1),
            (json!({ "some": { "and": [it, { "not": { "year": { "lt": 2000 } } }] } }), 1),
            (json!({ "where": it, "count": { "gte": 1 } }), 0),
            // What another condition compares does not matter.
            (json!({ "some": it, "none": with(json!({ "lt": 2000 })) }), 0),
        ] {
            assert_eq!(count(condition.clone()).await, expected, "{condition}");
        }
    })
    .await;
}
