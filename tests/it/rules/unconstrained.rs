//! A registry without constraints and triggers, so that rows can break a rule.

use sea_orm::{ConnectionTrait, DatabaseConnection};
use simpul::store::{Engine, keys::column};

/// The search index keeps its constraints, whose indexes its rules need to be quick.
const POSTGRES: &str = "DO $$ DECLARE found RECORD; BEGIN
    FOR found IN SELECT c.oid::regclass AS relation FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', found.relation);
    END LOOP;
    FOR found IN SELECT c.conrelid::regclass AS relation, c.conname FROM pg_constraint c
        JOIN pg_class t ON t.oid = c.conrelid
        WHERE t.relnamespace = current_schema()::regnamespace AND t.relname NOT LIKE 'search%'
        AND c.contype IN ('f', 'c', 'u') ORDER BY c.contype = 'f' DESC LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.relation, found.conname);
    END LOOP;
    FOR found IN SELECT x.indexrelid::regclass AS name FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
        WHERE t.relnamespace = current_schema()::regnamespace AND t.relname NOT LIKE 'search%'
        AND x.indisunique AND NOT x.indisprimary LOOP
        EXECUTE format('DROP INDEX %s', found.name);
    END LOOP;
END $$";

/// Takes the constraints and triggers of all tables away.
pub(super) async fn unconstrain(database: &DatabaseConnection) {
    let statements = match Engine::of(database) {
        Engine::Postgres => POSTGRES.to_owned(),
        Engine::Sqlite => sqlite(database).await,
    };
    database.execute_unprepared(&statements).await.unwrap();
}

/// SQLite drops no constraint: each table becomes a copy of itself, with the indexes that are not unique.
async fn sqlite(database: &DatabaseConnection) -> String {
    let names = async |sql: &str| column::<String>(database, sql, None).await.unwrap();
    let tables = names(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'
         AND name NOT LIKE 'seaql%' ORDER BY name",
    )
    .await;
    assert!(tables.len() > 20, "{tables:?}");
    let mut statements = vec!["PRAGMA foreign_keys = OFF; BEGIN;".to_owned()];
    for table in tables {
        let keys =
            names(&format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk")).await;
        let indexes = names(&format!(
            "SELECT sql || ';' FROM sqlite_schema WHERE type = 'index' AND tbl_name = '{table}' AND sql LIKE 'CREATE INDEX%'"
        ))
        .await;
        statements.push(format!(
            "CREATE TABLE copy AS SELECT * FROM {table}; DROP TABLE {table};
             CREATE TABLE {table} AS SELECT * FROM copy; DROP TABLE copy;
             CREATE INDEX {table}_key ON {table} ({}); {}",
            keys.join(", "),
            indexes.concat()
        ));
    }
    statements.push("COMMIT; PRAGMA foreign_keys = ON; ANALYZE;".to_owned());
    statements.concat()
}
