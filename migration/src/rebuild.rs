//! Rebuilds a table of SQLite with another definition, which `ALTER TABLE` cannot change there.
//!
//! The procedure is that of <https://sqlite.org/lang_altertable.html>, section 7. While foreign keys are enforced,
//! dropping the old table would delete the rows that refer to it; they cannot be switched off within a transaction.
//! Hence such migrations run on a connection that was opened without them, and all references are checked at the end.

use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, QueryResult, SqlxSqliteConnector, Statement,
    sqlx::sqlite::SqlitePoolOptions,
};

/// A view, trigger or index with the statement that created it.
struct Object {
    kind: String,
    name: String,
    sql: String,
}

/// Opens another connection to the same file, on which foreign keys are not enforced.
pub(crate) fn without_foreign_keys(database: &DatabaseConnection) -> DatabaseConnection {
    let options = database.get_sqlite_connection_pool().connect_options();
    let options = options.as_ref().clone().foreign_keys(false);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options);
    SqlxSqliteConnector::from_sqlx_sqlite_pool(pool)
}

/// # Errors
/// When rows refer to rows that do not exist.
pub(crate) async fn check_foreign_keys(database: &impl ConnectionTrait) -> Result<(), DbErr> {
    let check = "SELECT \"table\", parent FROM pragma_foreign_key_check ORDER BY 1, 2";
    let broken = database.query_all_raw(statement(check)).await?;
    let Some(first) = broken.first() else { return Ok(()) };
    let (child, parent): (String, String) = (first.try_get_by_index(0)?, first.try_get_by_index(1)?);
    Err(DbErr::Migration(format!(
        "{} rows refer to rows that do not exist; the first is in {child} and refers to {parent}",
        broken.len()
    )))
}

/// Rebuilds `table`: `change` gets its definition from the first parenthesis on, and returns the new one. Rows, indexes,
/// triggers and views stay as they are; hidden row numbers may change. The new table must have all columns of the old one.
///
/// # Errors
/// When foreign keys are enforced, when there is no such table, or when a row does not fit the new definition.
pub(crate) async fn rebuild(
    database: &impl ConnectionTrait,
    table: &str,
    change: impl FnOnce(&str) -> Result<String, DbErr>,
) -> Result<(), DbErr> {
    if text(database, "SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys").await?.as_deref()
        != Some("0")
    {
        return Err(DbErr::Migration(format!("{table} cannot be rebuilt while foreign keys are enforced")));
    }
    let sql = format!("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = '{table}'");
    let old = text(database, &sql).await?;
    let body = old.as_deref().and_then(|sql| sql.find('(').map(|at| &sql[at..]));
    let body = body.ok_or_else(|| DbErr::Migration(format!("there is no table {table}")))?;
    let changed = change(body)?;
    let sql = format!(
        "SELECT group_concat('\"' || name || '\"', ', ') FROM pragma_table_xinfo('{table}') WHERE hidden = 0"
    );
    let columns = text(database, &sql).await?.unwrap_or_default();
    // Renaming checks every view and trigger of the database, also those that only mention the table.
    let above = objects(database, "type IN ('view', 'trigger')").await?;
    let indexes =
        objects(database, &format!("type = 'index' AND tbl_name = '{table}' AND sql IS NOT NULL")).await?;
    for Object { kind, name, .. } in above.iter().rev() {
        database.execute_unprepared(&format!("DROP {kind} IF EXISTS \"{name}\"")).await?;
    }
    let rebuilt = format!("{table}_rebuilt");
    for sql in [
        format!("CREATE TABLE {rebuilt} {changed}"),
        format!("INSERT INTO {rebuilt} ({columns}) SELECT {columns} FROM {table}"),
        format!("DROP TABLE {table}"),
        format!("ALTER TABLE {rebuilt} RENAME TO {table}"),
    ] {
        database.execute_unprepared(&sql).await?;
    }
    for Object { sql, .. } in indexes.iter().chain(&above) {
        database.execute_unprepared(sql).await?;
    }
    // The statistics of the old table went with it.
    database.execute_unprepared(&format!("ANALYZE {table}")).await?;
    Ok(())
}

/// Objects of the schema, in the order of their creation.
async fn objects(database: &impl ConnectionTrait, which: &str) -> Result<Vec<Object>, DbErr> {
    let sql = format!("SELECT type, name, sql FROM sqlite_schema WHERE {which} ORDER BY rowid");
    let rows = database.query_all_raw(statement(&sql)).await?;
    let object = |row: &QueryResult| {
        let text = |at| row.try_get_by_index(at);
        Ok(Object { kind: text(0)?, name: text(1)?, sql: text(2)? })
    };
    rows.iter().map(object).collect()
}

async fn text(database: &impl ConnectionTrait, sql: &str) -> Result<Option<String>, DbErr> {
    let row = database.query_one_raw(statement(sql)).await?;
    row.map_or(Ok(None), |row| row.try_get_by_index(0))
}

fn statement(sql: &str) -> Statement {
    Statement::from_string(DbBackend::Sqlite, sql)
}
