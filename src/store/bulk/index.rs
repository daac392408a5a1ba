//! The indexes of tables that are being filled.

use sea_orm::sqlx::{self, AssertSqlSafe, PgConnection, SqliteConnection};

/// How an index is called, and the statement that makes it.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) name: String,
    pub(super) definition: String,
}

type Row = (String, String);

/// Those of SQLite without a statement belong to a constraint.
pub(super) async fn of_sqlite(
    session: &mut SqliteConnection,
    tables: &[&str],
) -> Result<Vec<Index>, sqlx::Error> {
    let places = vec!["?"; tables.len()].join(", ");
    let statement = format!(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({places}) ORDER BY rowid"
    );
    let mut query = sqlx::query_as::<_, Row>(AssertSqlSafe(statement));
    for table in tables {
        query = query.bind((*table).to_owned());
    }
    Ok(query.fetch_all(session).await?.into_iter().map(index).collect())
}

pub(super) async fn of_postgres(
    session: &mut PgConnection,
    tables: &[&str],
) -> Result<Vec<Index>, sqlx::Error> {
    let query = sqlx::query_as::<_, Row>(
        "SELECT i.relname::text, pg_get_indexdef(i.oid) \
         FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid \
         WHERE t.relname = ANY($1) AND t.relnamespace = current_schema()::regnamespace \
         AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid) ORDER BY i.oid",
    );
    let tables: Vec<String> = tables.iter().map(|table| (*table).to_owned()).collect();
    Ok(query.bind(tables).fetch_all(session).await?.into_iter().map(index).collect())
}

fn index((name, definition): Row) -> Index {
    Index { name, definition }
}
