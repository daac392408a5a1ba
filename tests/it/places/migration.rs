//! The migration that adds positions on the sphere to an older registry.

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use simpul::store;

use crate::support::database;

const TABLES: [(&str, &str); 2] = [("cooperative", "slug"), ("region", "code")];

/// The indexes as they were before.
const INDEXES: [&str; 4] = [
    "DROP INDEX cooperative_latitude_e3_longitude_e3_id_idx",
    "DROP INDEX region_latitude_e5_longitude_e5_code_idx",
    "CREATE INDEX cooperative_latitude_e3_longitude_e3_id_idx ON cooperative (latitude_e3, longitude_e3, id)",
    "CREATE INDEX region_latitude_e5_longitude_e5_code_idx ON region (latitude_e5, longitude_e5, code)",
];

type Positions = Vec<(String, [Option<i32>; 3])>;

async fn positions(one: &DatabaseConnection) -> Positions {
    let mut positions = Vec::new();
    for (table, key) in TABLES {
        let sql = format!("SELECT {key}, sphere_x_e9, sphere_y_e9, sphere_z_e9 FROM {table} ORDER BY {key}");
        let statement = Statement::from_string(one.get_database_backend(), sql);
        for row in one.query_all_raw(statement).await.unwrap() {
            let axis = |at| row.try_get_by_index(at).unwrap();
            positions.push((row.try_get_by_index(0).unwrap(), [axis(1), axis(2), axis(3)]));
        }
    }
    positions
}

/// The migration gives older rows the positions that newer ones are written with.
#[tokio::test]
async fn migrated_positions_equal_those_of_a_new_registry() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        // Others would go on with the tables that they have seen.
        let one = &store::connect_aside(&fresh.url(), database::TIME).await.unwrap();
        let now = positions(one).await;
        assert!(now.iter().filter(|(_, axes)| axes.iter().all(Option::is_some)).count() > 6_000);
        let columns = TABLES.into_iter().flat_map(|(table, _)| {
            ["x", "y", "z"].map(|axis| format!("ALTER TABLE {table} DROP COLUMN sphere_{axis}_e9"))
        });
        let forget = "DELETE FROM seaql_migrations WHERE version = 'm20261129_000040_sphere'".to_owned();
        for change in INDEXES.map(str::to_owned).into_iter().chain(columns).chain([forget]) {
            one.execute_unprepared(&change).await.unwrap();
        }
        migration::up(one).await.unwrap();
        assert!(positions(one).await == now);
        one.close_by_ref().await.unwrap();
        fresh.discard().await;
    }
}
