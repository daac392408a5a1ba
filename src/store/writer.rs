//! Writes rows on behalf of callers, one transaction at a time on each engine.
//!
//! SQLite has one connection for writers; PostgreSQL has an advisory lock, which each write takes first. So each write sees
//! all that was committed before it, and the sequence of the log has no gaps.

mod claim;
mod constraint;
mod erase;
mod link;
mod log;
mod replay;
mod row;
mod trim;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, IsolationLevel, RuntimeErr,
    SqliteTransactionMode, SqlxError, TransactionOptions, TransactionTrait,
};
use tokio::time::timeout;
use tokio_util::task::TaskTracker;

use super::{Engine, ServedFile, clock, database::OpenError};
use crate::access::{Caller, FairSemaphore, Full, Permit};
use log::Change;

pub use claim::{Claim, Claimed};
pub use constraint::{Constraint, Violation};
pub use log::{Authorship, SYSTEM};
pub use replay::{Numbers, disagreements, numbers};
pub use row::{Recorded, Touched, YEARS};
pub use trim::Trimmed;

/// The connections of writers. One writes, the others wait for the lock.
pub(super) const CONNECTIONS: u32 = 4;

/// The key of the advisory lock of writers. Another program on the same PostgreSQL server must not use it.
pub(super) const LOCK: i64 = 0x5349_4d50_4c57;

/// How long a write waits for the writes before it, and how long one that does nothing may hold the lock.
pub(super) const WAIT: Duration = Duration::from_secs(3);
const IDLE: Duration = Duration::from_secs(5);

/// The most writes that wait for the connection or the lock: others wait for their turn, shared fairly among callers.
const TURNS: usize = CONNECTIONS as usize;

/// How long a caller waits for its turn, and the most writes that wait for one.
const PATIENCE: Duration = Duration::from_secs(9);
const MOST_WAITING: usize = 1_024;

/// Why a write failed.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another write takes too long, or the connection was lost; it may be tried again.
    #[error("the registry is busy with other writes")]
    Busy,
    /// The database, such as a standby, can only be read.
    #[error("the database can only be read")]
    ReadOnly,
    /// A constraint of the database refused a row.
    #[error("a constraint refused a row")]
    Constraint(Violation),
    #[error(transparent)]
    Database(DbErr),
}

impl From<DbErr> for WriteError {
    fn from(error: DbErr) -> Self {
        let cause = match &error {
            DbErr::ConnectionAcquire(_) => return Self::Busy,
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => cause,
            _ => return Self::Database(error),
        };
        match &**cause {
            SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::WorkerCrashed => Self::Busy,
            SqlxError::Database(told) => match told.code() {
                Some(code) if BUSY.contains(&&*code) => Self::Busy,
                Some(code) if READ_ONLY.contains(&&*code) => Self::ReadOnly,
                _ => Self::Database(error),
            },
            _ => Self::Database(error),
        }
    }
}

/// Codes of errors about other transactions, a time limit or a lost connection, so that the write may be tried again: of
/// PostgreSQL, and those of SQLite about a locked file.
const BUSY: [&str; 11] =
    ["40001", "40P01", "55P03", "25P03", "57014", "57P01", "57P02", "57P03", "5", "261", "517"];

/// Codes of errors about a database that can only be read, of PostgreSQL and of SQLite.
const READ_ONLY: [&str; 3] = ["25006", "42501", "8"];

/// The connections of writers to one registry.
#[derive(Clone, Debug)]
pub struct Writer {
    database: DatabaseConnection,
    /// The writes under way, which go on when their callers disconnect.
    tasks: TaskTracker,
    /// Permits for the connections, shared fairly among callers.
    permits: Arc<FairSemaphore>,
    /// The file that the connection writes, which no other file may replace.
    file: Option<Arc<ServedFile>>,
}

/// One write: its statements, and the rows that it changed so far. It is rolled back unless it is committed.
#[derive(Debug)]
pub struct WriteTransaction {
    transaction: DatabaseTransaction,
    /// The number of this write in the log.
    sequence: i64,
    /// The time of the write, in microseconds since 1970 UTC; never before that of the write before it.
    at: i64,
    changes: Vec<Change>,
    database: DatabaseConnection,
    /// The tables whose former values are removed from the engine's files after the commit.
    erased: BTreeSet<String>,
}

impl Writer {
    /// Opens `url` for writers; none where it can only be read.
    ///
    /// # Errors
    /// As [`connect`](super::connect).
    pub async fn open(url: &str) -> Result<Option<Self>, OpenError> {
        let Some(database) = super::database::connect_writing(url).await? else { return Ok(None) };
        // More than one also on SQLite, so that a caller whose writes queue for the connection never holds all of them.
        let permits = FairSemaphore::new(TURNS, 1, MOST_WAITING);
        Ok(Some(Self { database, tasks: TaskTracker::new(), permits, file: None }))
    }

    /// Refuses writes while this file is not in its place: they would go into a file that nobody finds.
    #[must_use]
    pub fn watching(self, file: Option<Arc<ServedFile>>) -> Self {
        Self { file, ..self }
    }

    /// Waits until it is the caller's turn to write: the one with the fewest writes under way is served first.
    ///
    /// # Errors
    /// [`WriteError::Busy`] when that takes too long, or too many wait.
    pub async fn turn(&self, caller: Caller) -> Result<Permit, WriteError> {
        let permit = timeout(PATIENCE, self.permits.acquire(Some(caller))).await;
        permit.unwrap_or(Err(Full)).map_err(|Full| WriteError::Busy)
    }

    /// A connection, for statements that read.
    #[must_use]
    pub fn connection(&self) -> &DatabaseConnection {
        &self.database
    }

    /// Executes a write in a task of its own, so that it goes on when its caller disconnects.
    pub fn execute<T: Send + 'static>(
        &self,
        write: impl Future<Output = T> + Send + 'static,
    ) -> tokio::task::JoinHandle<T> {
        self.tasks.spawn(write)
    }

    /// Returns once no write is under way.
    pub async fn idle(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Begins a write, once all writes before it have ended.
    ///
    /// # Errors
    /// [`WriteError::Busy`] when they take too long; the error of the database.
    pub async fn begin(&self) -> Result<WriteTransaction, WriteError> {
        let transaction = locked(&self.database).await?;
        if let Some(Err(error)) = self.file.as_ref().map(|file| file.in_place()) {
            tracing::error!(%error, "a write was refused");
            transaction.rollback().await?;
            return Err(WriteError::ReadOnly);
        }
        let (last, before) = log::newest(&transaction).await?;
        let at = clock::now_micros().max(before);
        let database = self.database.clone();
        let (sequence, changes, erased) = (last + 1, Vec::new(), BTreeSet::new());
        Ok(WriteTransaction { transaction, sequence, at, changes, database, erased })
    }
}

/// Begins a transaction, once all writes before it have ended.
pub(super) async fn locked(database: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let engine = Engine::of(database);
    let options = TransactionOptions {
        // So that a write that waited for the lock sees what was committed meanwhile.
        isolation_level: (engine == Engine::Postgres).then_some(IsolationLevel::ReadCommitted),
        access_mode: None,
        sqlite_transaction_mode: (engine == Engine::Sqlite).then_some(SqliteTransactionMode::Immediate),
    };
    let transaction = database.begin_with_options(options).await?;
    if engine == Engine::Postgres {
        // The rules are many statements by few keys, which take longer to plan than to execute.
        let (wait, idle) = (WAIT.as_millis(), IDLE.as_millis());
        let lock = format!(
            "SET LOCAL lock_timeout = {wait}; SET LOCAL statement_timeout = {idle}; \
             SET LOCAL idle_in_transaction_session_timeout = {idle}; \
             SET LOCAL plan_cache_mode = force_generic_plan; SELECT pg_advisory_xact_lock({LOCK})"
        );
        transaction.execute_unprepared(&lock).await?;
    }
    Ok(transaction)
}

impl WriteTransaction {
    /// The time of the write, in microseconds since 1970 UTC.
    #[must_use]
    pub fn at(&self) -> i64 {
        self.at
    }

    /// The number of this write in the log, if it changes anything.
    #[must_use]
    pub fn sequence(&self) -> i64 {
        self.sequence
    }

    /// The connection of the transaction, for statements that read.
    #[must_use]
    pub fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Undoes the write.
    ///
    /// # Errors
    /// The error of the database, which undoes the write as well.
    pub async fn roll_back(self) -> Result<(), WriteError> {
        Ok(self.transaction.rollback().await?)
    }
}
