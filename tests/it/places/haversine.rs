//! Reference for distances: the haversine formula, and random points.

use proptest::{prelude::*, strategy::Union};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use simpul::graph::place::UnitVector;

use crate::support::Registry;

/// The mean radius in km, and the tolerance of comparisons.
const RADIUS: f64 = 6_371.008_8;

/// Degrees north and east.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point(pub(super) f64, pub(super) f64);

/// A row with a place: its key as the API writes it, its degrees in whole parts, and how many parts a degree has.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) key: String,
    pub(super) latitude: i32,
    pub(super) longitude: i32,
    pub(super) parts: i32,
}

impl Point {
    /// By the haversine formula.
    pub(super) fn distance(self, other: Self) -> f64 {
        let [north, south] = [self.0, other.0].map(f64::to_radians);
        let [across, along] =
            [north - south, (self.1 - other.1).to_radians()].map(|angle| (angle / 2.0).sin());
        let haversine = across * across + north.cos() * south.cos() * along * along;
        2.0 * RADIUS * haversine.sqrt().min(1.0).asin()
    }

    /// The point on the other side of the earth.
    pub(super) fn antipode(self) -> Self {
        Self(-self.0, if self.1 > 0.0 { self.1 - 180.0 } else { self.1 + 180.0 })
    }

    /// As an input of the API.
    pub(super) fn written(self) -> String {
        format!("{{latitude: {}, longitude: {}}}", self.0, self.1)
    }
}

impl Placed {
    pub(super) fn point(&self) -> Point {
        let [latitude, longitude] =
            [self.latitude, self.longitude].map(|degrees| f64::from(degrees) / f64::from(self.parts));
        Point(latitude, longitude)
    }
}

/// Points in whole ten-millionths of a degree: of the whole globe, near the poles, and near 180°.
pub(super) fn anywhere() -> impl Strategy<Value = Point> {
    let point =
        |(latitude, longitude): (i32, i32)| Point(f64::from(latitude) / 1e7, f64::from(longitude) / 1e7);
    let (pole, turn) = (900_000_000, 1_800_000_000);
    Union::new([
        (-pole..=pole, -turn..=turn).boxed(),
        ((pole - 1_000_000)..=pole, -turn..=turn).boxed(),
        (-pole..=(1_000_000 - pole), -turn..=turn).boxed(),
        (-pole..=pole, (turn - 1_000_000)..=turn).boxed(),
        (-pole..=pole, -turn..=(1_000_000 - turn)).boxed(),
        (-110_000_000..=60_000_000, 950_000_000..=1_410_000_000).boxed(),
        (prop::sample::select(vec![-pole, 0, pole]), prop::sample::select(vec![-turn, 0, turn])).boxed(),
    ])
    .prop_map(point)
}

/// Moves every 20th cooperative and the regions in every 200th row to where the country has none: to the poles, to
/// both sides of 180°, and to the other side of the earth. All locations of cooperatives become those of their offices.
pub(super) async fn scatter(registry: &Registry) {
    let spots = [
        Point(90.0, 0.0),
        Point(-90.0, 135.0),
        Point(89.999, 12.5),
        Point(-89.95, -170.0),
        Point(0.0, 180.0),
        Point(0.0, -180.0),
        Point(-6.5, 179.999),
        Point(-6.5, -179.999),
        Point(66.123, -179.95),
        Point(6.9, -72.4),
        Point(6.914, -72.391),
        Point(51.507, -0.128),
        Point(0.0, 0.0),
    ];
    let cooperatives = entity::cooperative::Entity::find()
        .order_by_asc(entity::cooperative::Column::Slug)
        .all(&registry.database)
        .await
        .unwrap();
    let regions = entity::region::Entity::find()
        .filter(entity::region::Column::LatitudeE5.is_not_null())
        .order_by_asc(entity::region::Column::Code)
        .limit(1_000)
        .all(&registry.database)
        .await
        .unwrap();
    let moved = cooperatives.iter().step_by(20).map(|row| ("cooperative", "slug", &row.slug, "e3", 1_000));
    let moved =
        moved.chain(regions.iter().step_by(20).map(|row| ("region", "code", &row.code, "e5", 100_000)));
    for ((table, column, key, unit, parts), spot) in moved.zip(spots.iter().cycle()) {
        let [latitude, longitude] = [spot.0, spot.1].map(|degrees| {
            #[expect(clippy::cast_possible_truncation, reason = "at most 180 degrees")]
            let parts = (degrees * f64::from(parts)).round() as i32;
            parts
        });
        let UnitVector { x, y, z } = UnitVector::of_parts(latitude, longitude, parts.into());
        let change = format!(
            "UPDATE {table} SET latitude_{unit} = {latitude}, longitude_{unit} = {longitude}, \
             sphere_x_e9 = {x}, sphere_y_e9 = {y}, sphere_z_e9 = {z} WHERE {column} = '{key}'"
        );
        registry.database.execute_unprepared(&change).await.unwrap();
    }
    exact(registry).await;
}

/// Makes all locations of cooperatives those of their offices.
pub(super) async fn exact(registry: &Registry) {
    let exact = "UPDATE cooperative SET location_precision = 'OFFICE', location_approximate = FALSE
        WHERE latitude_e3 IS NOT NULL";
    registry.database.execute_unprepared(exact).await.unwrap();
}

/// All visible cooperatives that have a place.
pub(super) async fn cooperatives(registry: &Registry) -> Vec<Placed> {
    let rows = entity::cooperative::Entity::find().all(&registry.database).await.unwrap();
    let placed = |row: entity::cooperative::Model| {
        let (key, parts) = (row.slug, 1_000);
        Some(Placed { key, latitude: row.latitude_e3?, longitude: row.longitude_e3?, parts })
    };
    rows.into_iter().filter_map(placed).collect()
}

/// All regions that have a point.
pub(super) async fn regions(registry: &Registry) -> Vec<Placed> {
    let rows = entity::region::Entity::find().all(&registry.database).await.unwrap();
    let placed = |row: entity::region::Model| {
        let (key, parts) = (row.code, 100_000);
        Some(Placed { key, latitude: row.latitude_e5?, longitude: row.longitude_e5?, parts })
    };
    rows.into_iter().filter_map(placed).collect()
}

/// The same values of a strategy in every run.
pub(super) fn draws<S: Strategy>(strategy: &S, amount: usize) -> Vec<S::Value> {
    use proptest::{
        strategy::ValueTree,
        test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[40; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..amount).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}
