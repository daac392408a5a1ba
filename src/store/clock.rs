//! The clock and the generator of ids: the only place that reads the time.

use chrono::{DateTime, Utc};

/// The current time in UTC.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the only function that reads the clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// The current time in microseconds since 1970 UTC: the unit of all stored times.
#[must_use]
pub fn now_micros() -> i64 {
    now().timestamp_micros()
}

/// A new UUID, ordered by time.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the only function that makes ids")]
pub fn new_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}
