//! How exact locations are, and that distances are rounded accordingly.

use sea_orm::ConnectionTrait;

use super::haversine::{Point, cooperatives};
use crate::support::each_engine;

/// The words, and what a distance is rounded to, in km.
const STEPS: [(&str, f64); 5] =
    [("OFFICE", 0.1), ("VILLAGE", 1.0), ("DISTRICT", 5.0), ("REGENCY", 10.0), ("PROVINCE", 50.0)];

#[tokio::test]
async fn a_distance_is_rounded_as_exactly_as_the_location_is_known() {
    each_engine(async |registry| {
        let registry = registry.limited_to(u32::MAX);
        let placed = cooperatives(&registry).await;
        let one = &placed[0].key;
        let office = format!("UPDATE cooperative SET location_precision = 'OFFICE', location_approximate = FALSE WHERE slug = '{one}'");
        registry.database.execute_unprepared(&office).await.unwrap();
        let from = Point(-6.9, 107.6);
        for (word, step) in STEPS {
            let document = format!(
                "{{ list: cooperatives(where: {{location: {{precision: {{eq: {word}}}}}}}, first: 100) {{ totalCount nodes {{
                      slug distanceKm(from: {}) location {{ precision approximate }} }} }}
                    figures: cooperativeAggregate(groupBy: [LOCATION_PRECISION]) {{ nodes {{ count keys {{ value }} }} }} }}",
                from.written()
            );
            let data = registry.data(&document).await;
            let nodes = data["list"]["nodes"].as_array().unwrap();
            assert!(!nodes.is_empty(), "{word}");
            for node in nodes {
                assert_eq!(node["location"]["precision"], word);
                assert_eq!(node["location"]["approximate"], word != "OFFICE");
                let placed = placed.iter().find(|placed| node["slug"] == placed.key).unwrap();
                let (shown, real) = (node["distanceKm"].as_f64().unwrap(), placed.point().distance(from));
                assert!((shown - real).abs() <= step / 2.0 + 1e-3, "{node}: {real}");
                assert!(((shown / step).round() * step - shown).abs() < 1e-6, "{node}");
            }
            let groups = data["figures"]["nodes"].as_array().unwrap();
            let group = groups.iter().find(|group| group["keys"][0]["value"] == word).unwrap();
            assert_eq!(group["count"], data["list"]["totalCount"]);
        }
        let regions = registry.data("{ regions(where: {within: \"32.04\", location: {isNull: false}}, first: 100) { nodes { level location { precision approximate } } } }").await;
        for region in regions["regions"]["nodes"].as_array().unwrap() {
            let (level, location) = (region["level"].as_str().unwrap(), &region["location"]);
            let own = level.split('_').next().unwrap();
            assert_eq!(location["approximate"], location["precision"] != own, "{region}");
        }
    })
    .await;
}
