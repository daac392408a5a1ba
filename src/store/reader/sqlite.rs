//! Reading from SQLite, which asks an alarm every so often whether a statement may go on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Instant,
};

use sea_orm::{
    DatabaseConnection, DbErr, QueryResult, RuntimeErr, SqlxError, Value,
    sqlx::{self, AssertSqlSafe, SqlitePool, pool::PoolConnection},
};
use tokio::sync::Mutex;

use super::ReadError;
use crate::store::{bind::bind, bound::Deadline};

/// Steps of SQLite's machine between two looks at the clock: some microseconds.
const STEPS: i32 = 1_000;

/// The request's way to the database: one connection, from its first statement to its end, because setting an alarm
/// on a connection costs as much as a small statement.
#[derive(Debug)]
pub(super) struct Sqlite {
    pool: SqlitePool,
    deadline: Deadline,
    held: Mutex<Option<Held>>,
}

impl Sqlite {
    pub(super) fn new(database: &DatabaseConnection, deadline: Deadline) -> Self {
        Self { pool: database.get_sqlite_connection_pool().clone(), deadline, held: Mutex::new(None) }
    }

    pub(super) async fn row(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, ReadError> {
        let mut held = self.held.lock().await;
        held.take_if(|held| held.alarm.is_abandoned());
        let held = match &mut *held {
            Some(held) => held,
            none => none.insert(Held::new(&self.pool, self.deadline).await.map_err(database)?),
        };
        match held.row(sql, values).await {
            Err(ReadError::Database(error)) if interrupted(&error) => Err(self.deadline.missed()),
            answer => answer,
        }
    }
}

/// A connection whose statements end when the alarm says so.
#[derive(Debug)]
struct Held {
    connection: PoolConnection<sqlx::Sqlite>,
    alarm: Arc<Alarm>,
}

impl Held {
    async fn new(pool: &SqlitePool, deadline: Deadline) -> Result<Self, SqlxError> {
        let mut connection = pool.acquire().await?;
        let alarm = Arc::new(Alarm { at: deadline.at(), state: AtomicU8::new(Alarm::SET) });
        let listening = Arc::clone(&alarm);
        connection.lock_handle().await?.set_progress_handler(STEPS, move || !listening.rings());
        Ok(Self { connection, alarm })
    }

    async fn row(&mut self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, ReadError> {
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for value in values {
            let unknown = || DbErr::Type("no column of the registry holds such a value".into());
            query = bind(query, value).ok_or_else(unknown)?;
        }
        let watch = Watch(&self.alarm);
        let row = query.fetch_optional(&mut *self.connection).await;
        watch.end();
        Ok(row.map_err(database)?.map(QueryResult::from))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.alarm.is_abandoned() {
            // Whoever came next would hear the alarm too.
            self.connection.close_on_drop();
        } else {
            self.alarm.silence();
        }
    }
}

/// Rings once the time is over, or once nobody waits for the statement any more.
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

/// Stands by while a statement works: dropped before its end, it rings the alarm.
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

/// 9: the alarm rang.
fn interrupted(error: &DbErr) -> bool {
    let DbErr::Query(RuntimeErr::SqlxError(cause)) = error else { return false };
    matches!(&**cause, SqlxError::Database(error) if error.code().is_some_and(|code| code == "9"))
}

fn database(error: SqlxError) -> ReadError {
    DbErr::Query(RuntimeErr::SqlxError(error.into())).into()
}
