//! Reads from PostgreSQL. The connection of a statement that times out or is abandoned is closed, so that the server
//! ends the statement.

use std::time::Duration;

use sea_orm::{
    DatabaseConnection, DbErr, QueryResult, RuntimeErr, SqlxError, Value,
    sea_query::Values,
    sqlx::{self, AssertSqlSafe, Connection, PgPool, Postgres as Server, pool::PoolConnection},
};
use sea_query_sqlx::SqlxValues;
use tokio::time::timeout;

use super::{ReadError, failed, turn::Turn};
use crate::{
    access::Permit,
    store::{
        Timer,
        database::{CHECKED_EVERY, CONNECTIONS},
    },
};

/// How long to wait for a server to end a statement at its timeout.
const GRACE: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Postgres {
    pool: PgPool,
    turn: Turn,
}

impl Postgres {
    pub(super) fn new(database: &DatabaseConnection, turn: Turn) -> Self {
        Self { pool: database.get_postgres_connection_pool().clone(), turn }
    }

    pub(super) async fn row(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, ReadError> {
        // A server that restarted killed all idle connections; each attempt weeds out one of them.
        let mut attempts = 1;
        loop {
            match self.attempt(sql, Values(values.clone())).await {
                Err(ReadError::Database(error)) if attempts <= CONNECTIONS && lost_connection(&error) => {
                    attempts += 1;
                }
                Err(ReadError::Database(error)) if cancelled(&error) => return Err(self.turn.timer.missed()),
                answer => return answer,
            }
        }
    }

    async fn attempt(&self, sql: &str, values: Values) -> Result<Option<QueryResult>, ReadError> {
        let timer = &self.turn.timer;
        let (connection, permit) = self.turn.connection(Box::pin(self.pool.acquire())).await?;
        let _working = timer.working();
        let left = timer.left()?;
        let gone_within = if timer.kept() { CHECKED_EVERY * 2 } else { left };
        let mut lent = Lent { connection: Some(connection), permit, gone_within, timer: timer.clone() };
        let Some(connection) = &mut lent.connection else { return Err(timer.missed()) };
        let query = sqlx::query_with(AssertSqlSafe(sql), SqlxValues(values));
        let row = if timer.kept() {
            timeout(left, query.fetch_optional(&mut **connection)).await
        } else {
            // It holds to the transaction's end: behind a pooler too, which lends a server for no longer.
            let told = format!("SET LOCAL statement_timeout = {}", left.as_millis().max(1));
            timeout(left + GRACE, async {
                let mut transaction = connection.begin().await?;
                sqlx::raw_sql(AssertSqlSafe(told)).execute(&mut *transaction).await?;
                let row = query.fetch_optional(&mut *transaction).await?;
                transaction.commit().await?;
                Ok::<_, SqlxError>(row)
            })
            .await
        };
        let row = row.map_err(|_| timer.missed())?;
        lent.give_back();
        Ok(row.map_err(failed)?.map(QueryResult::from))
    }
}

/// The connection of a running statement. Dropped before the end of the statement, it is closed, and its permit is kept
/// until the server has noticed.
#[derive(Debug)]
struct Lent {
    connection: Option<PoolConnection<Server>>,
    permit: Option<Permit>,
    gone_within: Duration,
    timer: Timer,
}

impl Lent {
    /// Returns it to the pool, when no statement runs on it.
    fn give_back(&mut self) {
        self.connection = None;
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let (Some(mut connection), permit) = (self.connection.take(), self.permit.take()) else { return };
        connection.close_on_drop();
        let gone_within = self.gone_within;
        self.timer.abandon(gone_within);
        tokio::spawn(async move {
            drop(connection);
            tokio::time::sleep(gone_within).await;
            drop(permit);
        });
    }
}

/// Whether the connection was lost, for example because the server restarted.
fn lost_connection(error: &DbErr) -> bool {
    match cause(error) {
        Some(SqlxError::Io(_)) => true,
        // 57P01..57P03: the server is shutting down, crashed or starts up.
        Some(SqlxError::Database(error)) => error.code().is_some_and(|code| code.starts_with("57P0")),
        _ => false,
    }
}

/// 57014: the server cancelled the statement.
fn cancelled(error: &DbErr) -> bool {
    matches!(cause(error), Some(SqlxError::Database(error)) if error.code().is_some_and(|code| code == "57014"))
}

fn cause(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Query(RuntimeErr::SqlxError(cause)) | DbErr::Exec(RuntimeErr::SqlxError(cause)) => Some(cause),
        _ => None,
    }
}
