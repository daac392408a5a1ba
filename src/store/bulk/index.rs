//! The indexes of tables that are being filled, and the triggers that keep the search index true.

use sea_orm::sqlx::{self, AssertSqlSafe, PgConnection, SqliteConnection};

/// Something that is taken down, and the statements that do so and bring it back.
#[derive(Debug)]
pub(super) struct Aside {
    pub(super) drop: String,
    pub(super) restore: String,
}

type Row = (String, String);

/// Indexes and search's triggers; indexes of SQLite without a statement belong to a constraint.
pub(super) async fn of_sqlite(
    session: &mut SqliteConnection,
    tables: &[&str],
) -> Result<Vec<Aside>, sqlx::Error> {
    let places = vec!["?"; tables.len()].join(", ");
    let statement = format!(
        "SELECT 'DROP ' || type || ' \"' || name || '\"', sql FROM sqlite_master \
         WHERE (type = 'index' OR (type = 'trigger' AND name LIKE 'search%')) AND sql IS NOT NULL \
         AND tbl_name IN ({places}) ORDER BY rowid"
    );
    let mut query = sqlx::query_as::<_, Row>(AssertSqlSafe(statement));
    for table in tables {
        query = query.bind((*table).to_owned());
    }
    Ok(query.fetch_all(session).await?.into_iter().map(aside).collect())
}

pub(super) async fn of_postgres(
    session: &mut PgConnection,
    tables: &[&str],
) -> Result<Vec<Aside>, sqlx::Error> {
    let query = sqlx::query_as::<_, Row>(
        "SELECT 'DROP INDEX ' || i.oid::regclass, pg_get_indexdef(i.oid) \
         FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid \
         WHERE t.relname = ANY($1) AND t.relnamespace = current_schema()::regnamespace \
         AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid) \
         UNION ALL SELECT format('DROP TRIGGER %I ON %s', g.tgname, t.oid::regclass), pg_get_triggerdef(g.oid) \
         FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid \
         WHERE t.relname = ANY($1) AND t.relnamespace = current_schema()::regnamespace \
         AND g.tgname LIKE 'search%'",
    );
    let tables: Vec<String> = tables.iter().map(|table| (*table).to_owned()).collect();
    Ok(query.bind(tables).fetch_all(session).await?.into_iter().map(aside).collect())
}

fn aside((drop, restore): Row) -> Aside {
    Aside { drop, restore }
}
