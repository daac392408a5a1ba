//! The only place that knows what time it is.

use chrono::{DateTime, Utc};

/// Now, in UTC.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one door to the machine's clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Now, in microseconds since 1970 UTC: the unit of every stored moment.
#[must_use]
pub fn now_micros() -> i64 {
    now().timestamp_micros()
}

/// A new id, in the order of time.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
pub fn new_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}
