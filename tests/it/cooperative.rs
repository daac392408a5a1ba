//! Cooperatives: lookup by village code, distance and location.

use sea_orm::ConnectionTrait;
use serde_json::{Value as Json, json};

use crate::{filter::total, support::each_engine};

/// `villageCode` finds the Merah Putih cooperative, not other cooperatives of the village.
#[tokio::test]
async fn a_village_code_finds_the_merah_putih_cooperative_alone() {
    each_engine(async |registry| {
        let document = "query($code: RegionCode!) { cooperative(by: {villageCode: $code}) { id }
            cooperatives(where: {region: {code: {eq: $code}}}) { totalCount nodes { id } } }";
        let data = registry
            .data(
                "{ general: cooperative(by: {slug: \"kopontren-al-ittifaq\"}) { id program region { code } }
                   villages: cooperatives(where: {program: {eq: VILLAGE_MERAH_PUTIH}}, first: 1) { nodes { id region { code } } } }",
            )
            .await;
        let (general, village) = (&data["general"], &data["villages"]["nodes"][0]);
        assert_eq!(general["program"], "GENERAL");
        let alone = registry.ask_with(document, json!({ "code": general["region"]["code"] })).await.data();
        assert_eq!(alone["cooperative"], Json::Null);
        assert_eq!(alone["cooperatives"]["nodes"], json!([{ "id": general["id"] }]));
        let code = village["region"]["code"].as_str().unwrap();
        let move_there =
            format!("UPDATE cooperative SET region_code = '{code}' WHERE slug = 'kopontren-al-ittifaq'");
        registry.database.execute_unprepared(&move_there).await.unwrap();
        let both = registry.ask_with(document, json!({ "code": code })).await.data();
        assert_eq!(both["cooperative"]["id"], village["id"]);
        assert_eq!(both["cooperatives"]["totalCount"], 2);
    })
    .await;
}

#[tokio::test]
async fn nearby_cooperatives_are_sorted_by_distance_and_paged() {
    each_engine(async |registry| {
        let document = "query($after: String, $first: Int!) { cooperatives(
            where: {location: {near: {latitude: -7.1, longitude: 107.43}, withinKm: 120}},
            orderBy: [{field: DISTANCE}], first: $first, after: $after) {
              totalCount pageInfo { hasNextPage endCursor }
              nodes { id distanceKm(from: {latitude: -7.1, longitude: 107.43}) } } }";
        let whole = registry.ask_with(document, json!({ "first": 100 })).await.data();
        let nodes = whole["cooperatives"]["nodes"].as_array().unwrap();
        let distances: Vec<f64> = nodes.iter().map(|node| node["distanceKm"].as_f64().unwrap()).collect();
        assert!(distances.len() > 10);
        // Sorted and narrowed before they are rounded, to 10 km for a place in a regency.
        assert!(distances.windows(2).all(|pair| pair[0] <= pair[1] + 10.0), "{distances:?}");
        assert!(distances.iter().all(|distance| *distance <= 125.0), "{distances:?}");
        let (mut paged, mut after) = (Vec::new(), Json::Null);
        while paged.len() < nodes.len() {
            let page = registry.ask_with(document, json!({ "first": 7, "after": after })).await.data();
            paged.extend(page["cooperatives"]["nodes"].as_array().unwrap().iter().cloned());
            after = page["cooperatives"]["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(&paged[..nodes.len()], nodes);
        let boxed = "{location: {box: {southWest: {latitude: -7.2, longitude: 107.3}, northEast: {latitude: -6.9, longitude: 107.7}}}}";
        assert!(total(registry, "cooperatives", boxed).await > 0);
    })
    .await;
}

#[tokio::test]
async fn a_location_has_coordinates_for_maps() {
    each_engine(async |registry| {
        let document = "{ cooperative(by: {slug: \"kopontren-al-ittifaq\"}) { location { latitude longitude geoJson } } }";
        let location = registry.data(document).await["cooperative"]["location"].clone();
        let point = json!({ "type": "Point", "coordinates": [location["longitude"], location["latitude"]] });
        assert_eq!(location["geoJson"], point);
    })
    .await;
}
