//! Adds coordinates on the unit sphere to points, from which distances are computed in whole numbers.
//!
//! Earlier releases still compute distances from degrees.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::{
    change::{Effect, Step},
    dialect::Dialect,
};

pub(crate) struct Sphere;

/// A table with points.
struct Points {
    table: &'static str,
    key: &'static str,
    latitude: &'static str,
    longitude: &'static str,
    /// Units per degree.
    parts: i32,
}

const REGIONS: Points = Points {
    table: "region",
    key: "code",
    latitude: "latitude_e5",
    longitude: "longitude_e5",
    parts: 100_000,
};

const COOPERATIVES: Points = Points {
    table: "cooperative",
    key: "id",
    latitude: "latitude_e3",
    longitude: "longitude_e3",
    parts: 1_000,
};

const COLUMNS: [&str; 3] = ["sphere_x_e9", "sphere_y_e9", "sphere_z_e9"];

/// The most points in one statement.
const POINTS: usize = 1_000;

/// The position at a latitude and a longitude, in billionths of the radius of the sphere.
#[expect(clippy::cast_possible_truncation, reason = "at most a billion")]
fn position([latitude, longitude]: [i32; 2], parts: i32) -> [i32; 3] {
    let sincos = |degrees: i32| libm::sincos((f64::from(degrees) / f64::from(parts)).to_radians());
    let ((north, level), (east, ahead)) = (sincos(latitude), sincos(longitude));
    [level * ahead, level * east, north].map(|coordinate| (coordinate * 1e9).round() as i32)
}

impl Points {
    /// Reads the existing points.
    async fn read(&self, database: &impl ConnectionTrait) -> Result<Vec<[i32; 2]>, DbErr> {
        let Self { table, latitude, longitude, .. } = self;
        let points =
            format!("SELECT DISTINCT {latitude}, {longitude} FROM {table} WHERE {latitude} IS NOT NULL");
        let points = Statement::from_string(database.get_database_backend(), points);
        let rows = database.query_all_raw(points).await?;
        rows.iter().map(|row| Ok([row.try_get_by_index(0)?, row.try_get_by_index(1)?])).collect()
    }

    /// The statement that writes the positions of these points.
    fn fill(&self, points: &[[i32; 2]]) -> String {
        let Self { table, latitude, longitude, .. } = self;
        let line = |point: &[i32; 2]| {
            let ([north, east], [x, y, z]) = (point, position(*point, self.parts));
            format!("({north}, {east}, {x}, {y}, {z})")
        };
        let lines: Vec<String> = points.iter().map(line).collect();
        let [x, y, z] = COLUMNS;
        format!(
            "UPDATE {table} SET {x} = point.column3, {y} = point.column4, {z} = point.column5 \
             FROM (VALUES {}) AS point WHERE {latitude} = point.column1 AND {longitude} = point.column2",
            lines.join(", ")
        )
    }

    /// Recreates the index on degrees, with `more` columns after the key, so that computations on candidates read only
    /// the index.
    fn index(&self, more: &[&str]) -> String {
        let Self { table, key, latitude, longitude, .. } = self;
        let name = format!("{table}_{latitude}_{longitude}_{key}_idx");
        let columns = [&[*latitude, *longitude, *key], more].concat().join(", ");
        format!("DROP INDEX {name}; CREATE INDEX {name} ON {table} ({columns})")
    }
}

impl MigrationName for Sphere {
    fn name(&self) -> &'static str {
        "m20261129_000040_sphere"
    }
}

impl Step for Sphere {
    fn effect(&self) -> Effect {
        Effect::Additive
    }
}

#[async_trait]
impl MigrationTrait for Sphere {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (dialect, database) = (Dialect::of(manager.get_database_backend())?, manager.get_connection());
        for points in [REGIONS, COOPERATIVES] {
            let table = points.table;
            for column in COLUMNS {
                let add = format!(
                    "ALTER TABLE {table} ADD COLUMN {column} {{int}} CONSTRAINT {table}_{column}_check \
                     CHECK ({column} BETWEEN -1000000000 AND 1000000000)"
                );
                database.execute_unprepared(&dialect.render(&add)?).await?;
            }
            for some in points.read(database).await?.chunks(POINTS) {
                database.execute_unprepared(&points.fill(some)).await?;
            }
            database.execute_unprepared(&points.index(&COLUMNS)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let database = manager.get_connection();
        for points in [REGIONS, COOPERATIVES] {
            database.execute_unprepared(&points.index(&[])).await?;
            for column in COLUMNS {
                let drop = format!("ALTER TABLE {} DROP COLUMN {column}", points.table);
                database.execute_unprepared(&drop).await?;
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
