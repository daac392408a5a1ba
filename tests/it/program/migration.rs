//! The migration that adds visibility columns to an older registry.

use sea_orm::{ConnectionTrait, Statement};
use simpul::store::{self, Engine};

use crate::{
    privacy::hidden_rows::{run, written},
    support::{Registry, each_engine},
};

/// The columns and the indexes as they were before.
const BEFORE: [&str; 9] = [
    "DROP INDEX placement_batch_id_id_idx",
    "DROP INDEX placement_cooperative_id_id_idx",
    "ALTER TABLE placement DROP COLUMN program_visible",
    "ALTER TABLE training_session DROP COLUMN program_visible",
    "ALTER TABLE internship_batch DROP COLUMN program_visible",
    "ALTER TABLE internship_program DROP COLUMN announced",
    "CREATE INDEX placement_batch_id_id_idx ON placement (batch_id, id)",
    "CREATE INDEX placement_cooperative_id_id_idx ON placement (cooperative_id, id)",
    "DELETE FROM seaql_migrations WHERE version = 'm20261128_000020_visible'",
];

/// What says of a batch's provinces where all its participants come from, those who fell out included.
const ALL_PROVINCES: &str = "
    INSERT INTO batch_province (batch_id, region_code) SELECT DISTINCT s.batch_id, substr(c.region_code, 1, 2) FROM placement s
    JOIN cooperative c ON c.id = s.cooperative_id JOIN internship_batch b ON b.id = s.batch_id
    WHERE b.source = 'SYNTHETIC' AND NOT EXISTS (SELECT 1 FROM batch_province p
        WHERE p.batch_id = s.batch_id AND p.region_code = substr(c.region_code, 1, 2))";

/// Pairs of real batches and provinces that no participant comes from, which were published all the same.
const PUBLISHED: &str = "
    INSERT INTO batch_province (batch_id, region_code) SELECT b.id, r.code FROM internship_batch b JOIN region r ON r.level = 'PROVINCE'
    WHERE b.source <> 'SYNTHETIC' AND NOT EXISTS (SELECT 1 FROM batch_province p
        WHERE p.batch_id = b.id AND p.region_code = r.code)";

async fn number(registry: &Registry, sql: &str) -> i64 {
    store::number(&registry.database, &written(sql)).await.unwrap()
}

async fn pairs(registry: &Registry) -> Vec<(uuid::Uuid, String)> {
    let sql = "SELECT batch_id, region_code FROM batch_province ORDER BY batch_id, region_code";
    let statement = Statement::from_string(registry.database.get_database_backend(), sql);
    let rows = registry.database.query_all_raw(statement).await.unwrap();
    let pair =
        |row: &sea_orm::QueryResult| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
    rows.iter().map(pair).collect()
}

/// Reverts the migration.
async fn take_back(registry: &Registry) {
    let triggers = match registry.engine {
        Engine::Sqlite => {
            "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'search%'"
        }
        Engine::Postgres => {
            "SELECT 'DROP FUNCTION ' || oid::regprocedure || ' CASCADE' FROM pg_proc
             WHERE pronamespace = 'public'::regnamespace AND proname ~ '(visible|beneath|announced)'"
        }
    };
    let statement = Statement::from_string(registry.database.get_database_backend(), triggers);
    let drops = registry.database.query_all_raw(statement).await.unwrap();
    assert!(drops.len() > 4);
    for drop in drops {
        run(registry, &drop.try_get_by_index::<String>(0).unwrap()).await;
    }
    for step in BEFORE {
        run(registry, step).await;
    }
}

/// After the migration, programs with participants are announced, and unsuccessful placements neither count nor add provinces.
#[tokio::test]
async fn a_migrated_registry_has_correct_visibility_and_counts() {
    each_engine(async |registry| {
        let (batches, programs) = (
            "SELECT CAST(sum(participant_count) AS BIGINT) FROM internship_batch",
            "SELECT CAST(sum(participant_count) AS BIGINT) FROM internship_program",
        );
        assert!(run(registry, PUBLISHED).await > 0);
        let now = (number(registry, batches).await, number(registry, programs).await);
        let provinces = pairs(registry).await;
        for change in [
            "UPDATE internship_batch SET participant_count = participant_count + (SELECT count(*) FROM placement s
                WHERE s.batch_id = internship_batch.id AND s.status = 'INCOMPLETE')",
            "UPDATE internship_program SET participant_count = (SELECT coalesce(sum(b.participant_count), 0)
                FROM internship_batch b WHERE b.program_id = internship_program.id)",
            "UPDATE internship_program SET status = 'CANCELLED' WHERE id = {largest}",
            ALL_PROVINCES,
        ] {
            assert!(run(registry, change).await > 0, "{change}");
        }
        take_back(registry).await;
        assert!(number(registry, batches).await > now.0);
        migration::up(&registry.database).await.unwrap();
        assert_eq!((number(registry, batches).await, number(registry, programs).await), now);
        assert_eq!(pairs(registry).await, provinces);
        let wrong = "SELECT count(*) FROM internship_program
            WHERE (status NOT IN ('DRAFT', 'CANCELLED') AND NOT announced) OR (status = 'DRAFT' AND announced)";
        assert_eq!(number(registry, wrong).await, 0);
        let cancelled = "SELECT count(*) FROM internship_program WHERE status = 'CANCELLED' AND announced";
        assert_eq!(number(registry, cancelled).await, 1);
        let beneath = "SELECT count(*) FROM internship_batch WHERE program_visible = (program_id IN ({programs}))";
        assert_eq!(number(registry, beneath).await, 0);
    })
    .await;
}
