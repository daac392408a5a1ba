//! Points as coordinates on the unit sphere, beside their degrees: distances are computed from them in whole numbers.
//!
//! Earlier programs go on measuring by degrees.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::{
    change::{Effect, Step},
    dialect::Dialect,
};

pub(crate) struct Sphere;

/// A table with points: its name, its degrees, and how many parts a degree has there.
const TABLES: [(&str, [&str; 2], i32); 2] = [
    ("region", ["latitude_e5", "longitude_e5"], 100_000),
    ("cooperative", ["latitude_e3", "longitude_e3"], 1_000),
];

const COLUMNS: [&str; 3] = ["sphere_x_e9", "sphere_y_e9", "sphere_z_e9"];

/// Points of one statement.
const POINTS: usize = 1_000;

/// The position at a latitude and a longitude, in billionths of the radius of the sphere.
#[expect(clippy::cast_possible_truncation, reason = "at most a billion")]
fn position([latitude, longitude]: [i32; 2], parts: i32) -> [i32; 3] {
    let sincos = |degrees: i32| libm::sincos((f64::from(degrees) / f64::from(parts)).to_radians());
    let ((north, level), (east, ahead)) = (sincos(latitude), sincos(longitude));
    [level * ahead, level * east, north].map(|coordinate| (coordinate * 1e9).round() as i32)
}

/// Writes the positions of these points into the rows that stand there.
fn fill(table: &str, [latitude, longitude]: [&str; 2], parts: i32, points: &[[i32; 2]]) -> String {
    let line = |point: &[i32; 2]| {
        let ([north, east], [x, y, z]) = (point, position(*point, parts));
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
        let backend = manager.get_database_backend();
        let (dialect, database) = (Dialect::of(backend)?, manager.get_connection());
        for (table, degrees, parts) in TABLES {
            for column in COLUMNS {
                let add = format!(
                    "ALTER TABLE {table} ADD COLUMN {column} {{int}} CONSTRAINT {table}_{column}_check \
                     CHECK ({column} BETWEEN -1000000000 AND 1000000000)"
                );
                database.execute_unprepared(&dialect.render(&add)?).await?;
            }
            let [latitude, longitude] = degrees;
            let points =
                format!("SELECT DISTINCT {latitude}, {longitude} FROM {table} WHERE {latitude} IS NOT NULL");
            let rows = database.query_all_raw(Statement::from_string(backend, points)).await?;
            let point = |row: &sea_orm_migration::sea_orm::QueryResult| {
                Ok([row.try_get_by_index(0)?, row.try_get_by_index(1)?])
            };
            let points: Vec<[i32; 2]> = rows.iter().map(point).collect::<Result<_, DbErr>>()?;
            for points in points.chunks(POINTS) {
                database.execute_unprepared(&fill(table, degrees, parts, points)).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, ..) in TABLES {
            for column in COLUMNS {
                let drop = format!("ALTER TABLE {table} DROP COLUMN {column}");
                manager.get_connection().execute_unprepared(&drop).await?;
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
