//! The registry as one caller sees it, during one request.

mod postgres;
mod sqlite;

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{DatabaseConnection, DbErr, QueryResult, Value};
use tokio::time::timeout;

use self::{postgres::Postgres, sqlite::Sqlite};
use crate::{
    access::Viewer,
    store::{
        Engine,
        bound::{Bound, Deadline},
        clock,
    },
};

/// How long an engine may take to end a statement whose time is over, before it is no longer waited for.
const GRACE: Duration = Duration::from_secs(1);

/// Reads on behalf of a viewer, within the request's time, and counts the statements it took.
#[derive(Debug)]
pub struct Reader {
    line: Line,
    deadline: Deadline,
    viewer: Viewer,
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
    /// Made anew for every request, whose time begins to run.
    #[must_use]
    pub fn new(database: DatabaseConnection, viewer: Viewer, bound: Bound) -> Self {
        let deadline = bound.begin();
        let line = match Engine::of(&database) {
            Engine::Sqlite => Line::Sqlite(Sqlite::new(&database, deadline)),
            Engine::Postgres => Line::Postgres(Postgres::new(database, deadline)),
        };
        Self { line, deadline, viewer, effort: Mutex::default(), since: clock::now_micros() }
    }

    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.line {
            Line::Sqlite(_) => Engine::Sqlite,
            Line::Postgres(_) => Engine::Postgres,
        }
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
        let left = self.deadline.left()?;
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
        let answer = timeout(left + GRACE, answer).await;
        self.noting(|effort| effort.statements[number] = began.elapsed());
        answer.unwrap_or_else(|_| Err(self.deadline.missed()))
    }
}
