//! Drops and restores the indexes of tables during a load, and the triggers that update the search indexes.

use sea_orm::sqlx::{self, AssertSqlSafe, PgConnection, SqliteConnection};

/// An index or a trigger, with the statements that drop and create it.
#[derive(Debug)]
pub(super) struct Aside {
    pub(super) drop: String,
    pub(super) restore: String,
}

type StatementPair = (String, String);

/// The indexes and the triggers of search. An SQLite index without a statement belongs to a constraint and is left out.
pub(super) async fn of_sqlite(
    session: &mut SqliteConnection,
    tables: &[String],
) -> Result<Vec<Aside>, sqlx::Error> {
    let parameters = vec!["?"; tables.len()].join(", ");
    let statement = format!(
        "SELECT 'DROP ' || type || ' \"' || name || '\"', sql FROM sqlite_master \
         WHERE (type = 'index' OR (type = 'trigger' AND name LIKE 'search%')) AND sql IS NOT NULL \
         AND tbl_name IN ({parameters}) ORDER BY rowid"
    );
    let mut query = sqlx::query_as::<_, StatementPair>(AssertSqlSafe(statement));
    for table in tables {
        query = query.bind(table.clone());
    }
    Ok(query.fetch_all(session).await?.into_iter().map(aside).collect())
}

pub(super) async fn of_postgres(
    session: &mut PgConnection,
    tables: &[String],
) -> Result<Vec<Aside>, sqlx::Error> {
    let query = sqlx::query_as::<_, StatementPair>(
        "SELECT 'DROP INDEX ' || i.oid::regclass, pg_get_indexdef(i.oid) \
         FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid \
         WHERE t.relname = ANY($1) AND t.relnamespace = current_schema()::regnamespace \
         AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid) \
         UNION ALL SELECT format('DROP TRIGGER %I ON %s', g.tgname, t.oid::regclass), pg_get_triggerdef(g.oid) \
         FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid \
         WHERE t.relname = ANY($1) AND t.relnamespace = current_schema()::regnamespace \
         AND g.tgname LIKE 'search%'",
    );
    Ok(query.bind(tables.to_vec()).fetch_all(session).await?.into_iter().map(aside).collect())
}

fn aside((drop, restore): StatementPair) -> Aside {
    Aside { drop, restore }
}
