//! Figures on regions.

use serde_json::Value as Json;
use simpul::document::cost::price::DEFAULT_LIMIT;

use crate::{data::number, support::each_engine};

fn counts(page: &Json) -> Vec<(String, i64)> {
    let count =
        |node: &Json| (node["key"]["value"].as_str().unwrap().to_owned(), node["count"].as_i64().unwrap());
    page["nodes"].as_array().unwrap().iter().map(count).collect()
}

#[tokio::test]
async fn the_share_of_villages_with_a_cooperative_per_province_is_one_small_query() {
    each_engine(async |registry| {
        let document = "{
            all: regionAggregate(where: {level: {eq: VILLAGE}}, groupBy: [PROVINCE], first: 40) {
              nodes { count key(dimension: PROVINCE) { value label } } }
            without: regionAggregate(where: {level: {eq: VILLAGE}, cooperatives: {none: {}}}, groupBy: [PROVINCE], first: 40) {
              nodes { count key(dimension: PROVINCE) { value label } } } }";
        let answer = registry.limited_to(DEFAULT_LIMIT).ask(document).await;
        assert_eq!(answer.statements, 1);
        let cost = answer.body["extensions"]["cost"]["requested"].as_u64().unwrap();
        assert!(cost < u64::from(DEFAULT_LIMIT) / 2, "{cost}");
        let data = answer.data();
        let (all, without) = (counts(&data["all"]), counts(&data["without"]));
        assert_eq!((all.len(), without.len()), (38, 38));
        assert_eq!(all.iter().map(|(_, count)| count).sum::<i64>(), 83_762);
        for (province, count) in without {
            let villages = format!(
                "SELECT count(*) FROM region WHERE level = 'VILLAGE' AND code LIKE '{province}.%' \
                 AND NOT EXISTS (SELECT 1 FROM cooperative WHERE region_code = region.code)"
            );
            assert_eq!(number(&registry.database, &villages).await, count, "{province}");
        }
    })
    .await;
}

#[tokio::test]
async fn regions_are_counted_by_level_and_kind_and_by_what_lies_within() {
    each_engine(async |registry| {
        let document = "{ levels: regionAggregate(groupBy: [LEVEL]) { nodes { count key(dimension: LEVEL) { value } } }
            settled: regionAggregate(where: {cooperatives: {some: {}}}, groupBy: [LEVEL]) {
              nodes { count key(dimension: LEVEL) { value } } }
            districts: regionAggregate(where: {within: \"32\", level: {eq: VILLAGE}}, groupBy: [REGENCY_CITY]) { totalCount } }";
        let data = registry.data(document).await;
        let levels = [("DISTRICT", 7_285), ("PROVINCE", 38), ("REGENCY_CITY", 514), ("VILLAGE", 83_762)];
        assert_eq!(counts(&data["levels"]), levels.map(|(level, count)| (level.to_owned(), count)));
        assert_eq!(data["districts"]["totalCount"], 27);
        for ((level, count), length) in counts(&data["settled"]).into_iter().zip([8, 2, 5, 13]) {
            // A cooperative lies in each region above its own.
            let sql = format!(
                "SELECT count(DISTINCT substr(region_code, 1, {length})) FROM cooperative WHERE length(region_code) >= {length}"
            );
            assert_eq!(number(&registry.database, &sql).await, count, "{level}");
        }
    })
    .await;
}
