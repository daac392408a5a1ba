//! Reads from SQLite. A progress handler, called after a number of steps, interrupts a statement that times out or is
//! abandoned.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
    time::{Duration, Instant},
};

use sea_orm::{
    DatabaseConnection, DbErr, QueryResult, RuntimeErr, SqlxError, Value,
    sqlx::{self, AssertSqlSafe, SqlitePool, pool::PoolConnection},
};
use tokio::{runtime::Handle, sync::Mutex, time::timeout};

use super::{ReadError, connection_queue::ConnectionQueue, failed};
use crate::{access::Permit, store::bind::bind};

/// Virtual machine steps between two calls of the progress handler: some microseconds.
const STEPS: i32 = 1_000;

/// How long to wait for SQLite to notice the interruption.
const GRACE: Duration = Duration::from_secs(1);

/// The connection of a request, which it keeps from its first statement to its end, because installing a progress
/// handler costs as much as a small statement.
#[derive(Debug)]
pub(super) struct Sqlite {
    pool: SqlitePool,
    queue: ConnectionQueue,
    held: Mutex<Option<Held>>,
    /// Whether a snapshot was opened.
    opened: AtomicBool,
}

impl Sqlite {
    pub(super) fn new(database: &DatabaseConnection, queue: ConnectionQueue) -> Self {
        Self {
            pool: database.get_sqlite_connection_pool().clone(),
            queue,
            held: Mutex::new(None),
            opened: AtomicBool::new(false),
        }
    }

    pub(super) async fn row(
        &self,
        sql: &str,
        values: Vec<Value>,
        in_snapshot: bool,
    ) -> Result<Option<QueryResult>, ReadError> {
        let mut held = self.held.lock().await;
        held.take_if(|held| held.alarm.is_abandoned());
        let held = match &mut *held {
            Some(held) => held,
            none => none.insert(Held::new(&self.pool, &self.queue).await?),
        };
        if in_snapshot && !held.in_snapshot {
            if self.opened.swap(true, Ordering::Relaxed) {
                return Err(ReadError::SnapshotLost);
            }
            held.open_snapshot().await?;
        }
        let timer = &self.queue.timer;
        let _working = timer.working();
        match timeout(timer.left()? + GRACE, held.row(sql, values)).await {
            Ok(Err(ReadError::Database(error))) if interrupted(&error) => Err(timer.missed()),
            answer => answer.unwrap_or_else(|_| Err(timer.missed())),
        }
    }
}

/// A connection whose statements the alarm can interrupt.
#[derive(Debug)]
struct Held {
    /// `None` once it was discarded.
    connection: Option<PoolConnection<sqlx::Sqlite>>,
    alarm: Arc<Alarm>,
    /// Whether a transaction is open, whose statements all see one state.
    in_snapshot: bool,
    /// Released after the connection.
    permit: Option<Permit>,
}

impl Held {
    async fn new(pool: &SqlitePool, queue: &ConnectionQueue) -> Result<Self, ReadError> {
        let (mut connection, permit) = queue.connection(Box::pin(pool.acquire())).await?;
        let alarm = Arc::new(Alarm { at: queue.timer.end(), state: AtomicU8::new(Alarm::SET) });
        let listening = Arc::clone(&alarm);
        let mut handle = connection.lock_handle().await.map_err(failed)?;
        handle.set_progress_handler(STEPS, move || !listening.rings());
        drop(handle);
        Ok(Self { connection: Some(connection), alarm, in_snapshot: false, permit })
    }

    async fn open_snapshot(&mut self) -> Result<(), ReadError> {
        if let Some(connection) = &mut self.connection {
            // Before it is sent: dropped in the middle, it may be open.
            self.in_snapshot = true;
            let watch = Watch(&self.alarm);
            let opened = sqlx::raw_sql("BEGIN").execute(&mut **connection).await;
            watch.end();
            opened.map_err(failed)?;
        }
        Ok(())
    }

    async fn row(&mut self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, ReadError> {
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for value in values {
            let unknown = || DbErr::Type("no column of the registry has values of this type".into());
            query = bind(query, value).ok_or_else(unknown)?;
        }
        let gone = || DbErr::Query(RuntimeErr::SqlxError(SqlxError::WorkerCrashed.into()));
        let connection = self.connection.as_mut().ok_or_else(gone)?;
        let watch = Watch(&self.alarm);
        let row = query.fetch_optional(&mut **connection).await;
        watch.end();
        Ok(row.map_err(failed)?.map(QueryResult::from))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let abandoned = self.alarm.is_abandoned();
        if !abandoned {
            self.alarm.silence();
            if !self.in_snapshot {
                return;
            }
        }
        let (Some(mut connection), permit) = (self.connection.take(), self.permit.take()) else { return };
        let Ok(runtime) = Handle::try_current() else { return connection.close_on_drop() };
        let in_snapshot = self.in_snapshot;
        // A statement ends once it hears the alarm. The connection is kept: opening one takes longer than most statements.
        runtime.spawn(async move {
            let idle = !abandoned || is_idle(&mut connection).await;
            let ended = idle && (!in_snapshot || roll_back(&mut connection).await);
            if !ended {
                connection.close_on_drop();
            }
            drop((connection, permit));
        });
    }
}

/// Whether the statement of a connection ends soon, and no alarm is set any more.
async fn is_idle(connection: &mut PoolConnection<sqlx::Sqlite>) -> bool {
    let ended = timeout(GRACE, connection.lock_handle()).await;
    ended.is_ok_and(|handle| {
        handle.is_ok_and(|mut handle| {
            handle.remove_progress_handler();
            true
        })
    })
}

/// Ends a transaction that only read.
async fn roll_back(connection: &mut PoolConnection<sqlx::Sqlite>) -> bool {
    let ended = timeout(GRACE, sqlx::raw_sql("ROLLBACK").execute(&mut **connection)).await;
    ended.is_ok_and(|ended| ended.is_ok())
}

/// The alarm: interrupts a statement when its time limit expires or when it is abandoned.
#[derive(Debug)]
struct Alarm {
    at: Instant,
    state: AtomicU8,
}

impl Alarm {
    const SET: u8 = 0;
    const SILENT: u8 = 1;
    const ABANDONED: u8 = 2;

    fn rings(&self) -> bool {
        match self.state.load(Ordering::Relaxed) {
            Self::SILENT => false,
            Self::ABANDONED => true,
            _ => self.at <= Instant::now(),
        }
    }

    fn silence(&self) {
        self.state.store(Self::SILENT, Ordering::Relaxed);
    }

    fn is_abandoned(&self) -> bool {
        self.state.load(Ordering::Relaxed) == Self::ABANDONED
    }
}

/// Guard of a running statement: dropped before its end, it triggers the alarm.
struct Watch<'a>(&'a Alarm);

impl Watch<'_> {
    fn end(self) {
        std::mem::forget(self);
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.0.state.store(Alarm::ABANDONED, Ordering::Relaxed);
    }
}

/// 9: the statement was interrupted.
fn interrupted(error: &DbErr) -> bool {
    let DbErr::Query(RuntimeErr::SqlxError(cause)) = error else { return false };
    matches!(&**cause, SqlxError::Database(error) if error.code().is_some_and(|code| code == "9"))
}
