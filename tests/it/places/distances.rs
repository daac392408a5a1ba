//! Distances equal great-circle distances, in both directions.

use proptest::prelude::*;
use simpul::graph::place::{Place, UnitVector};

use super::haversine::{Point, anywhere, cooperatives, draws, exact, scatter};
use crate::support::each_engine;

/// Half of a tenth, which rounding takes, and two centimetres.
const TOLERANCE: f64 = 0.05 + 2e-5;

#[expect(clippy::cast_possible_truncation, reason = "at most 180 degrees in ten-millionths")]
fn vector(point: Point) -> UnitVector {
    let [latitude, longitude] = [point.0, point.1].map(|degrees| (degrees * 1e7).round() as i32);
    UnitVector::of_parts(latitude, longitude, 10_000_000)
}

fn compare(one: Point, other: Point) {
    let [one_way, back] = [(one, other), (other, one)].map(|(a, b)| vector(a).measure(vector(b)));
    assert_eq!(one_way, back, "{one:?} {other:?}");
    let (distance, reference) = (Place::kilometres(one_way), one.distance(other));
    assert!((distance - reference).abs() <= TOLERANCE, "{one:?} {other:?}: {distance}, not {reference}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_distance_is_that_of_the_haversine_formula_and_symmetrical(
        one in anywhere(), other in anywhere(), north in -2_000..2_000_i32, east in -2_000..2_000_i32,
    ) {
        let aside = |point: Point| {
            let shift = |degrees: f64, by: i32, most: f64| {
                ((degrees * 1e7).round() + f64::from(by)).clamp(-most * 1e7, most * 1e7) / 1e7
            };
            Point(shift(point.0, north, 90.0), shift(point.1, east, 180.0))
        };
        compare(one, other);
        for near in [one, aside(one), one.antipode(), aside(one.antipode())] {
            compare(one, near);
        }
    }
}

/// Distances in the API, of random cooperatives from random points.
#[tokio::test]
async fn distances_of_cooperatives_are_those_of_the_great_circle() {
    each_engine(async |registry| {
        scatter(registry).await;
        let placed = cooperatives(registry).await;
        let targets: Vec<_> = placed.iter().step_by(73).chain(placed.iter().step_by(20).take(13)).collect();
        for target in targets {
            let at = target.point();
            let mut origins = draws(&anywhere(), 20);
            origins.extend([at, at.antipode()]);
            let fields: Vec<String> = origins
                .iter()
                .enumerate()
                .map(|(number, from)| format!("d{number}: distanceKm(from: {})", from.written()))
                .collect();
            let by =
                format!("{{ cooperative(by: {{slug: \"{}\"}}) {{ {} }} }}", target.key, fields.join(" "));
            let data = registry.data(&by).await;
            for (number, from) in origins.into_iter().enumerate() {
                let distance = data["cooperative"][format!("d{number}")].as_f64().unwrap();
                let reference = at.distance(from);
                assert!(
                    (distance - reference).abs() <= TOLERANCE,
                    "{at:?} {from:?}: {distance}, not {reference}"
                );
            }
        }
    })
    .await;
}

/// The same in both directions, and one point has one distance however its longitude is written.
#[tokio::test]
async fn distances_are_symmetrical_and_wrap_at_the_antimeridian() {
    each_engine(async |registry| {
        let ask = async |slug: &str, from: &str| {
            let document =
                format!("{{ cooperative(by: {{slug: \"{slug}\"}}) {{ distanceKm(from: {from}) }} }}");
            registry.data(&document).await["cooperative"]["distanceKm"].clone()
        };
        assert_eq!(ask("kan-jabung", "{latitude: 0, longitude: 180}").await, 7_520.0);
        assert_eq!(ask("kan-jabung", "{latitude: 0, longitude: -180}").await, 7_520.0);
        let placed = cooperatives(registry).await;
        for pair in placed.windows(2).step_by(97) {
            let [one, other] = pair else { panic!("a window of two") };
            let there = ask(&one.key, &other.point().written()).await.as_f64().unwrap();
            let back = ask(&other.key, &one.point().written()).await.as_f64().unwrap();
            // Each is rounded as its own location is exact.
            assert!((there - back).abs() <= 30.0, "{one:?} {other:?}");
        }
        exact(registry).await;
        assert_eq!(ask("kan-jabung", "{latitude: 0, longitude: 180}").await, 7_517.8);
        for pair in placed.windows(2).step_by(97) {
            let [one, other] = pair else { panic!("a window of two") };
            let there = ask(&one.key, &other.point().written()).await;
            assert_eq!(there, ask(&other.key, &one.point().written()).await, "{one:?} {other:?}");
        }
    })
    .await;
}
