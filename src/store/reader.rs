//! The reader of one request: executes its statements within its time limit and counts them.

mod connection_queue;
mod consistency;
mod postgres;
mod sqlite;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{DatabaseConnection, DbErr, QueryResult, RuntimeErr, SqlxError, Value};
use tokio::task::yield_now;

use self::{
    connection_queue::ConnectionQueue,
    consistency::{Consistency, Next},
    postgres::Postgres,
    sqlite::Sqlite,
};
use crate::{
    access::{Caller, FairSemaphore, Scope, Viewer},
    store::{
        Engine,
        recorder::Recorder,
        time_limit::{Timer, Waiting},
    },
};

/// Executes the statements of one request for a viewer, within the time limit, and counts them.
#[derive(Debug)]
pub struct Reader {
    line: Line,
    timer: Timer,
    viewer: Viewer,
    scope: Scope,
    consistency: Consistency,
    effort: Mutex<Effort>,
    /// Where the statements are recorded, if they are.
    recorder: Option<Arc<Recorder>>,
}

/// The connection to the database, by engine.
#[derive(Debug)]
enum Line {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// Statistics of the statements so far.
#[derive(Clone, Debug, Default)]
pub struct Effort {
    /// Duration of each statement.
    pub statements: Vec<Duration>,
    /// Number of keys in each batch of the loader.
    pub batches: Vec<usize>,
}

impl Effort {
    /// Adds what another attempt took.
    pub fn add(&mut self, other: Self) {
        self.statements.extend(other.statements);
        self.batches.extend(other.batches);
    }
}

/// Why reading failed.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The time limit of the request, which is this long, has expired; no statement of it is running any more.
    #[error("the statements of a request took longer than {} ms", .0.as_millis())]
    TimedOut(Duration),
    #[error(transparent)]
    Database(#[from] DbErr),
    /// The request has to restart in a snapshot; see [`Reader::must_restart`].
    #[error("the request has to restart in a snapshot")]
    Restart,
    /// The snapshot of the request was lost with its connection.
    #[error("the connection was lost between two statements of a request")]
    SnapshotLost,
}

impl Reader {
    /// Creates the reader of one request, with this time limit.
    #[must_use]
    pub fn new(database: &DatabaseConnection, viewer: Viewer, timer: impl Into<Timer>) -> Self {
        Self::sharing(database, viewer, timer, None)
    }

    /// The same, with connections that are shared fairly among callers, of which this is one.
    #[must_use]
    pub fn sharing(
        database: &DatabaseConnection,
        viewer: Viewer,
        timer: impl Into<Timer>,
        share: Option<(Arc<FairSemaphore>, Option<Caller>)>,
    ) -> Self {
        let timer = timer.into();
        let queue = ConnectionQueue::new(timer.clone(), share);
        let line = match Engine::of(database) {
            Engine::Sqlite => Line::Sqlite(Sqlite::new(database, queue)),
            Engine::Postgres => Line::Postgres(Postgres::new(database, queue)),
        };
        Self {
            line,
            timer,
            viewer,
            scope: Scope::default(),
            consistency: Consistency::default(),
            effort: Mutex::default(),
            recorder: None,
        }
    }

    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.line {
            Line::Sqlite(_) => Engine::Sqlite,
            Line::Postgres(_) => Engine::Postgres,
        }
    }

    /// Sets which rows the request may see.
    #[must_use]
    pub fn in_scope(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// Records the statements of the request.
    #[must_use]
    pub fn recorded_by(self, recorder: Option<Arc<Recorder>>) -> Self {
        if let Some(recorder) = &recorder {
            recorder.begin_attempt();
        }
        Self { recorder, ..self }
    }

    /// Where the statements are recorded, if they are.
    #[must_use]
    pub fn recorder(&self) -> Option<&Recorder> {
        self.recorder.as_deref()
    }

    /// Makes all statements of the request see one state of the registry. With `several`, the first statement opens a
    /// snapshot; otherwise a second statement makes the request restart. Where it `may_restart`, so does a lost
    /// snapshot.
    #[must_use]
    pub fn consistent(self, several: bool, may_restart: bool) -> Self {
        let consistency =
            if several { Consistency::of_several(may_restart) } else { Consistency::of_one_statement() };
        Self { consistency, ..self }
    }

    /// Makes the first statement open a snapshot, because several are going to be sent. Without effect after the first.
    pub fn expect_several(&self) {
        self.consistency.expect_several();
    }

    /// Whether the request has to restart, with a reader that expects several statements. What was read so far must
    /// not be shown.
    #[must_use]
    pub fn must_restart(&self) -> bool {
        self.consistency.must_restart()
    }

    /// Which rows the request may see.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Pauses the time of the request for as long as the guard is held, as while it waits for a connection.
    #[must_use]
    pub fn paused(&self) -> Waiting<'_> {
        self.timer.waiting()
    }

    #[must_use]
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// Number of statements sent so far.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.noting(|effort| effort.statements.len())
    }

    /// Statistics of the statements so far.
    #[must_use]
    pub fn effort(&self) -> Effort {
        self.noting(|effort| effort.clone())
    }

    /// Records the number of keys in a batch of the loader.
    pub fn note_batch(&self, questions: usize) {
        self.noting(|effort| effort.batches.push(questions));
    }

    fn noting<T>(&self, note: impl FnOnce(&mut Effort) -> T) -> T {
        note(&mut self.effort.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Executes `sql` in the state that all statements of the request see, and returns its single row.
    ///
    /// # Errors
    /// When the time limit has expired, when the request has to restart, or the error of the database. Connections
    /// that died while idle are replaced first.
    pub async fn row(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, ReadError> {
        // Without time left, a restart would lose what was read.
        self.timer.left()?;
        self.send(sql, values, self.consistency.next()).await
    }

    /// Executes a statement whose result is shared among requests, such as a count that is kept for minutes, and returns its
    /// single row. It need not be of the state that the request sees.
    ///
    /// # Errors
    /// As [`Reader::row`].
    pub async fn row_apart(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, ReadError> {
        // A field is polled once on trial, and dropped if it waits: nothing may be sent in that poll, because a
        // statement that is dropped in the middle loses the snapshot.
        yield_now().await;
        self.send(sql, values, self.consistency.next_apart()).await
    }

    async fn send(
        &self,
        sql: &str,
        values: Vec<Value>,
        next: Next,
    ) -> Result<Option<QueryResult>, ReadError> {
        if next == Next::Restart {
            return Err(ReadError::Restart);
        }
        let in_snapshot = next == Next::InSnapshot;
        if self.statements() == 0 {
            // All fields at the root look at their arguments first: a wrong one ends the request.
            yield_now().await;
        }
        self.timer.left()?;
        let (began, number) = (
            Instant::now(),
            self.noting(|effort| {
                effort.statements.push(Duration::ZERO);
                effort.statements.len() - 1
            }),
        );
        let recorded = self.recorder().map(|recorder| (recorder, recorder.sent(sql, &values)));
        // Boxed, because every resolver's future holds this one.
        let answer = Box::pin(async {
            match &self.line {
                Line::Sqlite(line) => line.row(sql, values, in_snapshot).await,
                Line::Postgres(line) if in_snapshot => line.row_in_snapshot(sql, values).await,
                Line::Postgres(line) => line.row(sql, values).await,
            }
        });
        let answer = answer.await;
        let took = began.elapsed();
        self.noting(|effort| effort.statements[number] = took);
        if let Some((recorder, number)) = recorded {
            recorder.answered(number, took, &answer);
        }
        match answer {
            Err(ReadError::SnapshotLost) if self.consistency.lost() => Err(ReadError::Restart),
            answer => answer,
        }
    }
}

/// Converts an error of the driver.
fn failed(error: SqlxError) -> ReadError {
    DbErr::Query(RuntimeErr::SqlxError(error.into())).into()
}
