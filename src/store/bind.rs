//! Binds column values to SQLite statements.

use sea_orm::{
    Value,
    sqlx::{Sqlite, query::Query, sqlite::SqliteArguments},
};

pub(super) type SqliteQuery<'q> = Query<'q, Sqlite, SqliteArguments>;

/// The statement with one more value bound, or `None` for a type that no column of the registry has.
pub(super) fn bind(query: SqliteQuery<'_>, value: Value) -> Option<SqliteQuery<'_>> {
    Some(match value {
        Value::Bool(flag) => query.bind(flag),
        Value::Int(number) => query.bind(number),
        Value::BigInt(number) => query.bind(number),
        Value::String(text) => query.bind(text),
        Value::Uuid(id) => query.bind(id),
        Value::ChronoDate(day) => query.bind(day),
        Value::Json(json) => query.bind(json.map(|json| json.to_string())),
        _ => return None,
    })
}
