//! How long the statements of one request may work together.

use std::time::{Duration, Instant};

use sea_orm::{DatabaseConnection, DbErr};

use super::{Engine, number, reader::ReadError};

/// What PostgreSQL ends a statement after, in milliseconds; 0 is never.
const STATEMENT_TIMEOUT: &str =
    "SELECT CAST(setting AS bigint) FROM pg_settings WHERE name = 'statement_timeout'";

/// The time that every request has for all its statements, and whether connections keep it by themselves.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    time: Duration,
    kept: bool,
    /// When the time of all requests is over that came together.
    end: Option<Instant>,
}

impl Bound {
    /// Of requests that read from `database`, which [`connect_within`](super::connect_within) opened. Connections
    /// are asked, not trusted: a pooler between may have dropped what they were opened with.
    ///
    /// # Errors
    /// What the database says.
    pub async fn over(database: &DatabaseConnection, time: Duration) -> Result<Self, DbErr> {
        let kept = match Engine::of(database) {
            Engine::Sqlite => true,
            Engine::Postgres => number(database, STATEMENT_TIMEOUT).await? == i64::from(millis(time)),
        };
        Ok(Self { time, kept, end: None })
    }

    /// Whether a statement is ended by the connection that it was sent on; else each has to say so itself.
    #[must_use]
    pub fn kept(&self) -> bool {
        self.kept
    }

    /// The time that requests have which came together, the first of them now.
    #[must_use]
    pub fn shared(self) -> Self {
        Self { end: Some(Instant::now() + self.time), ..self }
    }

    /// The end of a request that begins now.
    #[must_use]
    pub(super) fn begin(self) -> Deadline {
        Deadline { bound: self, at: self.end.unwrap_or_else(|| Instant::now() + self.time) }
    }
}

/// When a request's time ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    bound: Bound,
    at: Instant,
}

impl Deadline {
    pub(super) fn at(self) -> Instant {
        self.at
    }

    /// What is left of it, if anything is.
    pub(super) fn left(self) -> Result<Duration, ReadError> {
        let left = self.at.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(self.missed()) } else { Ok(left) }
    }

    /// What the next statement has to be told, in milliseconds, where its connection does not see to it: nothing
    /// while at least nine tenths are left, so that the usual request, of one statement, pays nothing for it.
    pub(super) fn limit_to_set(self) -> Result<Option<u32>, ReadError> {
        let left = self.left()?;
        Ok((!self.bound.kept || left < self.bound.time / 10 * 9).then(|| millis(left)))
    }

    pub(super) fn missed(self) -> ReadError {
        ReadError::TimedOut(self.bound.time)
    }
}

/// As PostgreSQL counts; none is less than one, since 0 would be for ever.
pub(super) fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(i32::MAX.unsigned_abs()).clamp(1, i32::MAX.unsigned_abs())
}
