//! Asks the engine how it executes a statement.

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DbErr, QueryResult, Statement, TransactionTrait, Value,
};
use std::{collections::HashMap, time::Duration};

use super::{Engine, time_limit::millis};

/// How the engine executes a statement, in its own words, a step a line. PostgreSQL executes it once more for that, in a
/// transaction that only reads and takes at most `time`; SQLite only plans it.
///
/// # Errors
/// The error of the database.
pub async fn analysis(
    database: &DatabaseConnection,
    sql: &str,
    values: Vec<Value>,
    time: Duration,
) -> Result<Vec<String>, DbErr> {
    let backend = database.get_database_backend();
    match Engine::of(database) {
        Engine::Sqlite => {
            let explained = Statement::from_string(backend, format!("EXPLAIN QUERY PLAN {sql}"));
            steps(&database.query_all_raw(explained).await?)
        }
        Engine::Postgres => {
            let transaction = database.begin_with_config(None, Some(AccessMode::ReadOnly)).await?;
            let limit = format!("SET LOCAL statement_timeout = {}", millis(time));
            transaction.execute_unprepared(&limit).await?;
            let explained = format!("EXPLAIN (ANALYZE, BUFFERS) {sql}");
            let explained = Statement::from_sql_and_values(backend, explained, values);
            let rows = transaction.query_all_raw(explained).await?;
            transaction.rollback().await?;
            rows.iter().map(|row| row.try_get_by_index(0)).collect()
        }
    }
}

/// The steps of a plan of SQLite's, indented by their depth.
fn steps(rows: &[QueryResult]) -> Result<Vec<String>, DbErr> {
    let mut depths: HashMap<i64, usize> = HashMap::new();
    let mut steps = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, parent): (i64, i64) = (row.try_get("", "id")?, row.try_get("", "parent")?);
        let depth = depths.get(&parent).map_or(0, |above| above + 1);
        depths.insert(id, depth);
        let detail: String = row.try_get("", "detail")?;
        steps.push(format!("{}{detail}", "  ".repeat(depth)));
    }
    Ok(steps)
}
