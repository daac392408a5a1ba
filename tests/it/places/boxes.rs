//! Filters by a box, compared with a loop over all rows.

use proptest::prelude::*;

use super::haversine::{Placed, Point, anywhere, cooperatives, draws, regions, scatter};
use crate::support::{Registry, each_engine};

/// In hundred-thousandths of a degree: south, west, north, east.
type Corners = [i64; 4];

const HALF_TURN: i64 = 18_000_000;

fn holds([south, west, north, east]: Corners, row: &Placed) -> bool {
    let scale = 100_000 / i64::from(row.parts);
    let (latitude, longitude) = (i64::from(row.latitude) * scale, i64::from(row.longitude) * scale);
    // A longitude of 180° is written in two ways.
    let written = if longitude.abs() == HALF_TURN { vec![HALF_TURN, -HALF_TURN] } else { vec![longitude] };
    let between = |longitude: i64| {
        if west <= east {
            west <= longitude && longitude <= east
        } else {
            longitude >= west || longitude <= east
        }
    };
    south <= latitude && latitude <= north && written.into_iter().any(between)
}

/// Degrees with all their decimals, exactly.
fn degrees(parts: i64) -> String {
    let sign = if parts < 0 { "-" } else { "" };
    format!("{sign}{}.{:05}", parts.abs() / 100_000, parts.abs() % 100_000)
}

async fn count(registry: &Registry, field: &str, [south, west, north, east]: Corners) -> u64 {
    let [south, west, north, east] = [south, west, north, east].map(degrees);
    let document = format!(
        "{{ {field}(where: {{location: {{box: {{southWest: {{latitude: {south}, longitude: {west}}},
            northEast: {{latitude: {north}, longitude: {east}}}}}}}}}) {{ totalCount }} }}"
    );
    registry.data(&document).await[field]["totalCount"].as_u64().unwrap()
}

#[expect(clippy::cast_possible_truncation, reason = "at most 180 degrees in hundred-thousandths")]
fn parts(point: Point) -> (i64, i64) {
    ((point.0 * 1e5).round() as i64, (point.1 * 1e5).round() as i64)
}

/// Boxes between points anywhere, between points of rows, and of no size.
fn boxes(placed: &[Placed]) -> Vec<Corners> {
    let of_row = |row: &Placed| parts(row.point());
    let spots: Vec<(i64, i64)> = placed.iter().step_by(7).map(of_row).collect();
    let spot = prop::sample::select(spots);
    let pairs = draws(&(anywhere().prop_map(parts), anywhere().prop_map(parts)), 60).into_iter();
    let pairs = pairs.chain(draws(&(spot.clone(), spot.clone()), 60));
    let pairs = pairs.chain(draws(&spot.prop_map(|spot| (spot, spot)), 60));
    pairs.map(|(one, other)| [one.0.min(other.0), one.1, one.0.max(other.0), other.1]).collect()
}

/// Its edges included, across 180° too.
#[tokio::test]
async fn a_box_contains_the_rows_that_a_loop_finds() {
    each_engine(async |registry| {
        scatter(registry).await;
        for (field, placed) in
            [("cooperatives", cooperatives(registry).await), ("regions", regions(registry).await)]
        {
            let mut corners = boxes(&placed);
            corners.extend([
                [-9_000_000, -HALF_TURN, 9_000_000, HALF_TURN],
                [-700_000, HALF_TURN, 0, HALF_TURN],
                [-700_000, 17_000_000, 0, -17_000_000],
                [-700_000, -HALF_TURN, 0, -17_000_000],
            ]);
            for corners in corners {
                let expected = placed.iter().filter(|row| holds(corners, row)).count();
                assert_eq!(count(registry, field, corners).await, expected as u64, "{field} {corners:?}");
            }
        }
    })
    .await;
}

/// The box whose only point is the row's own, for many rows.
#[tokio::test]
async fn a_box_of_no_size_contains_its_point() {
    each_engine(async |registry| {
        let placed = regions(registry).await;
        for row in placed.iter().step_by(11) {
            let (latitude, longitude) = parts(row.point());
            let found = count(registry, "regions", [latitude, longitude, latitude, longitude]).await;
            assert!(found >= 1, "{row:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn invalid_boxes_are_refused() {
    each_engine(async |registry| {
        for (south, north, east) in [("1", "0", "1"), ("0", "90.1", "1"), ("0", "1", "180.1")] {
            let document = format!(
                "{{ cooperatives(where: {{location: {{box: {{southWest: {{latitude: {south}, longitude: 0}},
                    northEast: {{latitude: {north}, longitude: {east}}}}}}}}}) {{ totalCount }} }}"
            );
            assert_eq!(registry.ask(&document).await.code(), "BAD_USER_INPUT", "{document}");
        }
    })
    .await;
}
