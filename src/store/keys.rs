//! Primary keys of rows: as the parameter of a statement, and as what a statement selects.

use sea_orm::{ConnectionTrait, DbErr, Statement, TryGetable, Value, sea_query::ArrayType};
use uuid::Uuid;

use super::Engine;

/// Primary keys of rows of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keys {
    Uuids(Vec<Uuid>),
    /// Keys that are text, as those of regions.
    Codes(Vec<String>),
}

impl Keys {
    /// SQL after a column that tests whether it holds one of these keys, which are the statement's first
    /// parameter. The text does not depend on the number of keys.
    #[must_use]
    pub fn condition(&self, engine: Engine) -> &'static str {
        match (engine, self) {
            (Engine::Postgres, _) => "= ANY($1)",
            (Engine::Sqlite, Self::Uuids(_)) => "IN (SELECT unhex(value) FROM json_each($1))",
            (Engine::Sqlite, Self::Codes(_)) => "IN (SELECT value FROM json_each($1))",
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Uuids(uuids) => uuids.is_empty(),
            Self::Codes(codes) => codes.is_empty(),
        }
    }

    /// The one value that is bound for all of them.
    fn value(&self, engine: Engine) -> Value {
        match (engine, self) {
            (Engine::Postgres, Self::Uuids(uuids)) => Value::Array(
                ArrayType::Uuid,
                Some(Box::new(uuids.iter().copied().map(Value::from).collect())),
            ),
            (Engine::Postgres, Self::Codes(codes)) => Value::Array(
                ArrayType::String,
                Some(Box::new(codes.iter().map(|code| code.as_str().into()).collect())),
            ),
            (Engine::Sqlite, Self::Uuids(uuids)) => {
                let digits: serde_json::Value = uuids.iter().map(|uuid| uuid.simple().to_string()).collect();
                digits.to_string().into()
            }
            (Engine::Sqlite, Self::Codes(codes)) => {
                serde_json::Value::from(codes.as_slice()).to_string().into()
            }
        }
    }
}

/// The first column of the rows that `sql` selects, which holds keys only. `among` is its parameter, if it has one
/// ([`Keys::condition`]).
///
/// # Errors
/// The error of the database, or when the column has another type.
pub async fn column<T: TryGetable>(
    connection: &impl ConnectionTrait,
    sql: &str,
    among: Option<&Keys>,
) -> Result<Vec<T>, DbErr> {
    let (backend, engine) = (connection.get_database_backend(), Engine::of(connection));
    let values: Vec<Value> = among.into_iter().map(|keys| keys.value(engine)).collect();
    let rows = connection.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}
