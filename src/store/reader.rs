//! The registry as one caller sees it, during one request.

mod postgres;
mod sqlite;
mod turn;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{DatabaseConnection, DbErr, QueryResult, RuntimeErr, SqlxError, Value};
use tokio::task::yield_now;

use self::{postgres::Postgres, sqlite::Sqlite, turn::Turn};
use crate::{
    access::{Caller, Scope, Shares, Viewer},
    store::{Engine, bound::Timer, clock},
};

/// Reads on behalf of a viewer, within the request's time, and counts the statements it took.
#[derive(Debug)]
pub struct Reader {
    line: Line,
    timer: Timer,
    viewer: Viewer,
    scope: Scope,
    effort: Mutex<Effort>,
    /// When the request began, in microseconds since 1970 UTC.
    since: i64,
}

/// The way to the database.
#[derive(Debug)]
enum Line {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// What reading took so far.
#[derive(Clone, Debug, Default)]
pub struct Effort {
    /// How long each statement took.
    pub statements: Vec<Duration>,
    /// How many questions each batch of a loader held.
    pub batches: Vec<usize>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The request's time, which is this long, is over; no statement of it works any more.
    #[error("the statements of a request took longer than {} ms", .0.as_millis())]
    TimedOut(Duration),
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl Reader {
    /// Made anew for every request, which has this time.
    #[must_use]
    pub fn new(database: &DatabaseConnection, viewer: Viewer, timer: impl Into<Timer>) -> Self {
        Self::sharing(database, viewer, timer, None)
    }

    /// The same, where the connections are shared among callers, of whom this is one.
    #[must_use]
    pub fn sharing(
        database: &DatabaseConnection,
        viewer: Viewer,
        timer: impl Into<Timer>,
        share: Option<(Arc<Shares>, Option<Caller>)>,
    ) -> Self {
        let timer = timer.into();
        let turn = Turn::new(timer.clone(), share);
        let line = match Engine::of(database) {
            Engine::Sqlite => Line::Sqlite(Sqlite::new(database, turn)),
            Engine::Postgres => Line::Postgres(Postgres::new(database, turn)),
        };
        Self {
            line,
            timer,
            viewer,
            scope: Scope::default(),
            effort: Mutex::default(),
            since: clock::now_micros(),
        }
    }

    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.line {
            Line::Sqlite(_) => Engine::Sqlite,
            Line::Postgres(_) => Engine::Postgres,
        }
    }

    /// The same reader, of a request with this scope.
    #[must_use]
    pub fn in_scope(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// Which rows the request may see.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    #[must_use]
    pub fn viewer(&self) -> Viewer {
        self.viewer
    }

    /// When the request began, in microseconds since 1970 UTC.
    #[must_use]
    pub fn since_micros(&self) -> i64 {
        self.since
    }

    /// How many statements were sent so far.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.noting(|effort| effort.statements.len())
    }

    /// What reading took so far.
    #[must_use]
    pub fn effort(&self) -> Effort {
        self.noting(|effort| effort.clone())
    }

    /// Notes that so many questions were asked at once.
    pub fn note_batch(&self, questions: usize) {
        self.noting(|effort| effort.batches.push(questions));
    }

    fn noting<T>(&self, note: impl FnOnce(&mut Effort) -> T) -> T {
        note(&mut self.effort.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The one row that `sql` answers with.
    ///
    /// # Errors
    /// When the request's time is over, or what the database says; connections that died while idle are replaced
    /// before that.
    pub async fn row(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, ReadError> {
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
        // Boxed, because every resolver's future holds this one.
        let answer = Box::pin(async {
            match &self.line {
                Line::Sqlite(line) => line.row(sql, values).await,
                Line::Postgres(line) => line.row(sql, values).await,
            }
        });
        let answer = answer.await;
        self.noting(|effort| effort.statements[number] = began.elapsed());
        answer
    }
}

/// What the driver says, as an error of reading.
fn failed(error: SqlxError) -> ReadError {
    DbErr::Query(RuntimeErr::SqlxError(error.into())).into()
}
