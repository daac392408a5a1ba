//! Linkage months: their order beneath a linkage, and sums by calendar period.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::each_engine;

#[tokio::test]
async fn the_months_of_a_linkage_are_in_order_and_refer_to_it() {
    each_engine(async |registry| {
        let document = "{ linkages(where: {months: {count: {gte: 6}}}, first: 10) { nodes { code
            months(first: 100) { totalCount nodes { month linkage { code } } } } } }";
        let data = registry.data(document).await;
        let linkages = data["linkages"]["nodes"].as_array().unwrap();
        assert_eq!(linkages.len(), 10);
        for linkage in linkages {
            let nodes = linkage["months"]["nodes"].as_array().unwrap();
            assert!(nodes.len() >= 6 && linkage["months"]["totalCount"] == nodes.len());
            assert!(nodes.iter().all(|month| month["linkage"]["code"] == linkage["code"]), "{linkage}");
            let months: Vec<&str> = nodes.iter().map(|month| month["month"].as_str().unwrap()).collect();
            assert!(months.iter().all(|month| month.ends_with("-01")), "{months:?}");
            assert!(months.windows(2).all(|pair| pair[0] < pair[1]), "{months:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_condition_on_months_excludes_nulls() {
    each_engine(async |registry| {
        let document = "{ linkages(where: {months: {some: {rejectedPercent: {gt: \"2.5\"}}}}, first: 10) { nodes { months { totalCount }
            many: months(where: {rejectedPercent: {gt: \"2.5\"}}, first: 100) { totalCount nodes { rejectedPercent } }
            few: months(where: {rejectedPercent: {lte: \"2.5\"}}) { totalCount }
            unknown: months(where: {rejectedPercent: {isNull: true}}) { totalCount } } } }";
        let data = registry.data(document).await;
        let linkages = data["linkages"]["nodes"].as_array().unwrap();
        assert_eq!(linkages.len(), 10);
        for linkage in linkages {
            let count = |list: &str| linkage[list]["totalCount"].as_u64().unwrap();
            assert!(count("many") > 0);
            assert_eq!(count("many") + count("few") + count("unknown"), count("months"), "{linkage}");
            for month in linkage["many"]["nodes"].as_array().unwrap() {
                let rejected: f64 = month["rejectedPercent"].as_str().unwrap().parse().unwrap();
                assert!(rejected > 2.5, "{linkage}");
            }
        }
    })
    .await;
}

/// `2025-11` is a part of `2025-Q4`, and that of `2025`.
#[tokio::test]
async fn figures_by_year_and_quarter_are_sums_of_months() {
    each_engine(async |registry| {
        let document = "{ months: linkageMonthAggregate(groupBy: [MONTH], first: 500) { nodes { ...Sum } }
            quarters: linkageMonthAggregate(groupBy: [QUARTER], first: 500) { nodes { ...Sum } }
            years: linkageMonthAggregate(groupBy: [YEAR], first: 500) { nodes { ...Sum } } }
            fragment Sum on LinkageMonthFigures { keys { value } count value { sum } }";
        let data = registry.limited_to(u32::MAX).data(document).await;
        let sums = |list: &str, of: &dyn Fn(&str) -> String| {
            let mut sums: BTreeMap<String, (u64, i128)> = BTreeMap::new();
            for node in data[list]["nodes"].as_array().unwrap() {
                let number = |value: &Value| value.as_str().unwrap().parse::<i128>().unwrap();
                let sum = sums.entry(of(node["keys"][0]["value"].as_str().unwrap())).or_default();
                *sum = (sum.0 + node["count"].as_u64().unwrap(), sum.1 + number(&node["value"]["sum"]));
            }
            sums
        };
        let quarter_of = |month: &str| {
            let number: u32 = month[5..].parse().unwrap();
            format!("{}-Q{}", &month[..4], number.div_ceil(3))
        };
        let itself = |key: &str| key.to_owned();
        assert!(sums("months", &itself).len() > 12);
        assert_eq!(sums("quarters", &itself), sums("months", &quarter_of));
        assert_eq!(sums("years", &itself), sums("months", &|month| month[..4].to_owned()));
    })
    .await;
}
