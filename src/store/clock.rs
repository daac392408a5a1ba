//! The clock and the generator of ids: the only place that reads the time.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

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

/// The registry's time zone, that of Jakarta.
const AHEAD: TimeDelta = TimeDelta::hours(7);

/// The first moment of a day in the registry's time zone, in microseconds since 1970 UTC.
#[must_use]
pub fn start_of(day: NaiveDate) -> i64 {
    (day.and_time(NaiveTime::MIN) - AHEAD).and_utc().timestamp_micros()
}

/// The day of a time, in microseconds since 1970 UTC, in the registry's time zone.
#[must_use]
pub fn day_of(micros: i64) -> NaiveDate {
    (DateTime::from_timestamp_micros(micros).unwrap_or_default() + AHEAD).date_naive()
}

/// A new UUID, ordered by time.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the only function that makes ids")]
pub fn new_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}
