//! Reading from PostgreSQL, which ends a statement itself once its `statement_timeout` is over.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbErr, QueryResult, RuntimeErr, SqlxError, Statement,
    TransactionTrait, Value,
};

use super::ReadError;
use crate::store::{bound::Deadline, database::CONNECTIONS};

#[derive(Debug)]
pub(super) struct Postgres {
    database: DatabaseConnection,
    deadline: Deadline,
}

impl Postgres {
    pub(super) fn new(database: DatabaseConnection, deadline: Deadline) -> Self {
        Self { database, deadline }
    }

    pub(super) async fn row(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, ReadError> {
        let statement = Statement::from_sql_and_values(self.database.get_database_backend(), sql, values);
        // A server that restarted killed all idle connections; each attempt weeds out one of them.
        let mut attempts = 1;
        loop {
            match self.attempt(statement.clone()).await {
                Err(ReadError::Database(error)) if attempts <= CONNECTIONS && lost_connection(&error) => {
                    attempts += 1;
                }
                Err(ReadError::Database(error)) if cancelled(&error) => return Err(self.deadline.missed()),
                answer => return answer,
            }
        }
    }

    async fn attempt(&self, statement: Statement) -> Result<Option<QueryResult>, ReadError> {
        let Some(millis) = self.deadline.limit_to_set()? else {
            return Ok(self.database.query_one_raw(statement).await?);
        };
        // It holds to the transaction's end: behind a pooler too, which lends a server for no longer.
        let transaction = self.database.begin().await?;
        transaction.execute_unprepared(&format!("SET LOCAL statement_timeout = {millis}")).await?;
        let row = transaction.query_one_raw(statement).await?;
        transaction.commit().await?;
        Ok(row)
    }
}

/// Whether the server went away under the connection, as it does when it restarts.
fn lost_connection(error: &DbErr) -> bool {
    match cause(error) {
        Some(SqlxError::Io(_)) => true,
        // 57P01..57P03: the server is shutting down, crashed or starts up.
        Some(SqlxError::Database(error)) => error.code().is_some_and(|code| code.starts_with("57P0")),
        _ => false,
    }
}

/// 57014: the server ended the statement.
fn cancelled(error: &DbErr) -> bool {
    matches!(cause(error), Some(SqlxError::Database(error)) if error.code().is_some_and(|code| code == "57014"))
}

fn cause(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Query(RuntimeErr::SqlxError(cause)) | DbErr::Exec(RuntimeErr::SqlxError(cause)) => Some(cause),
        _ => None,
    }
}
