//! Filters by `withinKm` and orders by distance, compared with a loop over all rows.

use serde_json::json;

use super::haversine::{Placed, Point, anywhere, cooperatives, draws, regions, scatter};
use crate::support::{Registry, each_engine};

/// How far from the rim of a circle a row may be on either side of it, in km: where f64 and whole numbers round.
const RIM: f64 = 5e-5;

const RADII: [f64; 12] =
    [0.0, 0.05, 1.0, 10.0, 111.2, 1_000.0, 5_003.75, 10_007.5, 10_007.6, 15_000.0, 20_000.0, 20_038.0];

async fn found(registry: &Registry, list: (&str, &str), near: Point, kilometres: f64) -> (u64, Vec<String>) {
    let (field, key) = list;
    let order = if field == "cooperatives" { ", orderBy: [{field: DISTANCE}]" } else { "" };
    let document = format!(
        "query($km: Float!) {{ {field}(first: 100{order}, where: {{location: {{near: {}, withinKm: $km}}}}) {{
           totalCount nodes {{ {key} }} }} }}",
        near.written()
    );
    let data = registry.ask_with(&document, json!({ "km": kilometres })).await.data();
    let nodes = data[field]["nodes"].as_array().unwrap();
    let keys = nodes.iter().map(|node| node[key].as_str().unwrap().to_owned()).collect();
    (data[field]["totalCount"].as_u64().unwrap(), keys)
}

async fn compare(registry: &Registry, list: (&str, &str), placed: &[Placed], near: Point) {
    let mut apart: Vec<(f64, &str)> =
        placed.iter().map(|row| (near.distance(row.point()), row.key.as_str())).collect();
    apart.sort_by(|one, other| one.0.total_cmp(&other.0));
    // Where rows really are, too: on the rim itself.
    let on_rows = [0, apart.len() / 3].map(|at| apart[at].0 + 2.0 * RIM);
    for kilometres in RADII.into_iter().chain(on_rows) {
        let within = |rim: f64| apart.partition_point(|(distance, _)| *distance <= kilometres + rim);
        let (least, most) = (within(-RIM), within(RIM));
        let (count, keys) = found(registry, list, near, kilometres).await;
        let count = usize::try_from(count).unwrap();
        assert!((least..=most).contains(&count), "{near:?} {kilometres}: {count}, not {least} to {most}");
        assert_eq!(keys.len(), count.min(100));
        if list.0 == "cooperatives" {
            let distance = |key: &String| apart.iter().find(|row| row.1 == key).unwrap().0;
            let distances: Vec<f64> = keys.iter().map(distance).collect();
            for (position, pair) in distances.windows(2).enumerate() {
                assert!(pair[0] <= pair[1] + RIM, "{near:?} {kilometres}: {pair:?} at {position}");
            }
            let reference = apart.iter().map(|row| row.0);
            assert!(distances.iter().zip(reference).all(|(one, other)| (one - other).abs() <= RIM));
        }
    }
}

/// Everywhere, near and far: exactly those that a loop finds, nearest first.
#[tokio::test]
async fn within_km_finds_the_rows_that_a_loop_finds() {
    each_engine(async |registry| {
        scatter(registry).await;
        let (cooperatives, regions) = (cooperatives(registry).await, regions(registry).await);
        let mut origins = draws(&anywhere(), 30);
        origins.extend([Point(90.0, 0.0), Point(0.0, 180.0), Point(-6.5, -180.0), Point(6.914, -72.391)]);
        for near in origins {
            compare(registry, ("cooperatives", "slug"), &cooperatives, near).await;
            compare(registry, ("regions", "code"), &regions, near).await;
        }
    })
    .await;
}

/// A place is within 0 km of itself, at whatever decimals its own location was read.
#[tokio::test]
async fn a_point_is_within_zero_km_of_itself() {
    each_engine(async |registry| {
        scatter(registry).await;
        let within = async |field: &str, key: String, near: Point| {
            let document = format!(
                "{{ {field}(where: {{{key}, location: {{near: {}, withinKm: 0}}}}) {{ totalCount }} }}",
                near.written()
            );
            registry.data(&document).await[field]["totalCount"] == 1
        };
        for row in cooperatives(registry).await.iter().step_by(11) {
            let key = format!("slug: {{eq: \"{}\"}}", row.key);
            assert!(within("cooperatives", key, row.point()).await, "{row:?}");
        }
        for row in regions(registry).await.iter().step_by(23) {
            let key = format!("code: {{eq: \"{}\"}}", row.key);
            assert!(within("regions", key, row.point()).await, "{row:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn invalid_distances_are_refused() {
    each_engine(async |registry| {
        for kilometres in ["-1", "-0.001", "20038.5", "1e300"] {
            let document = format!(
                "{{ regions(where: {{location: {{near: {{latitude: 0, longitude: 0}}, withinKm: {kilometres}}}}}) {{ totalCount }} }}"
            );
            assert_eq!(registry.ask(&document).await.code(), "BAD_USER_INPUT", "{kilometres}");
        }
    })
    .await;
}
