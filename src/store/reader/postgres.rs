//! Reads from PostgreSQL. The connection of a statement that times out or is abandoned is closed, so that the server
//! ends the statement.

use std::time::Duration;

use sea_orm::{
    DatabaseConnection, DbErr, QueryResult, RuntimeErr, SqlxError, Value,
    sea_query::Values,
    sqlx::{self, AssertSqlSafe, Connection, PgPool, Postgres as Server, pool::PoolConnection},
};
use sea_query_sqlx::SqlxValues;
use tokio::{runtime::Handle, sync::Mutex, time::timeout};

use super::{ReadError, connection_queue::ConnectionQueue, failed};
use crate::{
    access::Permit,
    store::{
        Timer,
        database::{CHECKED_EVERY, CONNECTIONS},
    },
};

/// Begins a transaction whose statements all see what the first of them saw.
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Where a snapshot goes on after a statement that failed.
const SAVEPOINT: &str = "statement";

/// How long to wait for a server to end a statement at its timeout.
const GRACE: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Postgres {
    pool: PgPool,
    queue: ConnectionQueue,
    /// The transaction of a request that sends several statements, once its first was sent.
    snapshot: Mutex<Option<Snapshot>>,
}

impl Postgres {
    pub(super) fn new(database: &DatabaseConnection, queue: ConnectionQueue) -> Self {
        Self { pool: database.get_postgres_connection_pool().clone(), queue, snapshot: Mutex::new(None) }
    }

    pub(super) async fn row(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, ReadError> {
        // A server that restarted killed all idle connections; each attempt weeds out one of them.
        let mut attempts = 1;
        loop {
            match self.attempt(sql, Values(values.clone())).await {
                Err(ReadError::Database(error)) if attempts <= CONNECTIONS && lost_connection(&error) => {
                    attempts += 1;
                }
                Err(ReadError::Database(error)) if cancelled(&error) => {
                    return Err(self.queue.timer.missed());
                }
                answer => return answer,
            }
        }
    }

    /// Executes a statement in the snapshot of the request, which the first of them opens.
    pub(super) async fn row_in_snapshot(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Option<QueryResult>, ReadError> {
        let mut held = self.snapshot.lock().await;
        let snapshot = match &mut *held {
            Some(snapshot) => snapshot,
            none => none.insert(self.open_snapshot().await?),
        };
        if snapshot.busy {
            // The statement before was given up in the middle.
            return Err(ReadError::SnapshotLost);
        }
        let timer = &self.queue.timer;
        let _working = timer.working();
        let left = timer.left()?;
        snapshot.busy = true;
        // A server that knows the time limit cancels the statement itself.
        let patience = if timer.kept() { left } else { left + GRACE };
        let row = timeout(patience, snapshot.row(sql, values, left)).await.map_err(|_| timer.missed())?;
        match row {
            Err(ReadError::Database(error)) if lost_snapshot(&error) => {
                // It stays busy, so that no later statement is sent on another connection.
                snapshot.lent.give_back();
                Err(ReadError::SnapshotLost)
            }
            Err(ReadError::Database(error)) if cancelled(&error) => {
                snapshot.busy = false;
                Err(timer.missed())
            }
            row => {
                snapshot.busy = false;
                row
            }
        }
    }

    async fn open_snapshot(&self) -> Result<Snapshot, ReadError> {
        let mut attempts = 1;
        loop {
            match self.begin_snapshot().await {
                Err(ReadError::Database(error)) if attempts <= CONNECTIONS && lost_connection(&error) => {
                    attempts += 1;
                }
                snapshot => return snapshot,
            }
        }
    }

    async fn begin_snapshot(&self) -> Result<Snapshot, ReadError> {
        let lent = self.lend().await?;
        let mut snapshot = Snapshot { lent, busy: true, has_savepoint: false };
        let timer = &self.queue.timer;
        let _working = timer.working();
        let begun = timeout(timer.left()? + GRACE, async {
            let connection = snapshot.lent.connection()?;
            sqlx::raw_sql(SNAPSHOT).execute(&mut **connection).await.map_err(failed)
        });
        let begun = begun.await.map_err(|_| timer.missed())?;
        if let Err(ReadError::Database(error)) = &begun
            && lost_connection(error)
        {
            snapshot.lent.give_back();
        }
        begun?;
        snapshot.busy = false;
        Ok(snapshot)
    }

    async fn lend(&self) -> Result<Lent, ReadError> {
        let timer = &self.queue.timer;
        let (connection, permit) = self.queue.connection(Box::pin(self.pool.acquire())).await?;
        let gone_within = if timer.kept() { CHECKED_EVERY * 2 } else { timer.left()? };
        Ok(Lent { connection: Some(connection), permit, gone_within, timer: timer.clone() })
    }

    async fn attempt(&self, sql: &str, values: Values) -> Result<Option<QueryResult>, ReadError> {
        let timer = &self.queue.timer;
        let mut lent = self.lend().await?;
        let _working = timer.working();
        let left = timer.left()?;
        let connection = lent.connection()?;
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
    fn connection(&mut self) -> Result<&mut PoolConnection<Server>, ReadError> {
        self.connection.as_mut().ok_or(ReadError::SnapshotLost)
    }

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

/// A transaction whose statements all see one state. Dropped while it is idle, it is rolled back, and its connection goes
/// back to the pool; dropped in the middle of a statement, its connection is closed.
#[derive(Debug)]
struct Snapshot {
    lent: Lent,
    /// Whether a statement is under way, was given up, or lost its connection.
    busy: bool,
    has_savepoint: bool,
}

impl Snapshot {
    async fn row(
        &mut self,
        sql: &str,
        values: Vec<Value>,
        left: Duration,
    ) -> Result<Option<QueryResult>, ReadError> {
        let kept = self.lent.timer.kept();
        let connection = self.lent.connection()?;
        // After an error the transaction goes on from here, so that other fields are answered.
        let mut before = format!("SAVEPOINT {SAVEPOINT}");
        if self.has_savepoint {
            // Savepoints of the same name nest: the pages of an export would be so many subtransactions, each in the other.
            before = format!("RELEASE SAVEPOINT {SAVEPOINT}; {before}");
        }
        if !kept {
            before = format!("SET LOCAL statement_timeout = {}; {before}", left.as_millis().max(1));
        }
        sqlx::raw_sql(AssertSqlSafe(before)).execute(&mut **connection).await.map_err(failed)?;
        self.has_savepoint = true;
        let query = sqlx::query_with(AssertSqlSafe(sql), SqlxValues(Values(values)));
        let row = query.fetch_optional(&mut **connection).await;
        if matches!(&row, Err(SqlxError::Database(_))) {
            let back = format!("ROLLBACK TO SAVEPOINT {SAVEPOINT}");
            // The first error is the one to report.
            let _ = sqlx::raw_sql(AssertSqlSafe(back)).execute(&mut **connection).await;
        }
        Ok(row.map_err(failed)?.map(QueryResult::from))
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        if self.busy {
            return;
        }
        let Some(mut connection) = self.lent.connection.take() else { return };
        let (permit, Ok(runtime)) = (self.lent.permit.take(), Handle::try_current()) else {
            return connection.close_on_drop();
        };
        runtime.spawn(async move {
            let ended = timeout(GRACE, sqlx::raw_sql("ROLLBACK").execute(&mut *connection)).await;
            if !ended.is_ok_and(|ended| ended.is_ok()) {
                connection.close_on_drop();
            }
            drop((connection, permit));
        });
    }
}

/// Whether a snapshot has become unusable: its connection was lost, its transaction was ended for taking too long, or a
/// standby had to give it up.
fn lost_snapshot(error: &DbErr) -> bool {
    // 25P03, 25P04: timeouts of transactions. 40001: a conflict with what a standby replays.
    lost_connection(error) || code_is(error, &["25P03", "25P04", "40001"])
}

fn code_is(error: &DbErr, codes: &[&str]) -> bool {
    matches!(cause(error), Some(SqlxError::Database(error)) if error.code().is_some_and(|code| codes.contains(&&*code)))
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
