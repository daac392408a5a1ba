//! The time limit for the statements of a request, which grows with the points of the request.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{DatabaseConnection, DbErr};

use super::{Engine, number, reader::ReadError};

/// The fraction of the full time that every request has, independent of its cost: a tenth.
const FLOOR: u32 = 10;

/// The points for which a request gets the full time: 0.25 ms for each where the full time is 5 s.
const POINTS: u32 = 20_000;

/// The price of the full time in points, where time is paid for: 12,000 points per second where the full time is 5 s.
const WORTH: u32 = 60_000;

/// Reads the `statement_timeout` of PostgreSQL in milliseconds, 0 for none; or -1 where the server does not check that
/// its client is still connected.
const KEPT: &str = "SELECT CASE WHEN (SELECT CAST(setting AS bigint) FROM pg_settings \
                    WHERE name = 'client_connection_check_interval') > 0 \
                    THEN (SELECT CAST(setting AS bigint) FROM pg_settings WHERE name = 'statement_timeout') \
                    ELSE -1 END";

/// The full time that a request may have for all its statements, and whether connections enforce it themselves.
#[derive(Clone, Copy, Debug)]
pub struct TimeLimit {
    time: Duration,
    kept: bool,
}

impl TimeLimit {
    /// The full time.
    #[must_use]
    pub fn time(self) -> Duration {
        self.time
    }

    /// The time limit of requests that read from `database`, which [`connect_within`](super::connect_within) opened.
    /// The setting is read back from a connection, because a pooler in between may have dropped it.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn over(database: &DatabaseConnection, time: Duration) -> Result<Self, DbErr> {
        let kept = match Engine::of(database) {
            Engine::Sqlite => true,
            Engine::Postgres => number(database, KEPT).await? == i64::from(millis(time)),
        };
        Ok(Self { time, kept })
    }

    /// Whether a statement ends when its connection is closed, and at the latest after the full time. If not, each
    /// statement has to set its timeout itself.
    #[must_use]
    pub fn kept(&self) -> bool {
        self.kept
    }

    /// The timer of requests that came together, starting now, with the time that every request has. [`Timer::grant`]
    /// adds to it.
    #[must_use]
    pub fn priced(self) -> Timer {
        Timer::new(self, self.time / FLOOR)
    }
}

/// The full time, starting now.
impl From<TimeLimit> for Timer {
    fn from(bound: TimeLimit) -> Self {
        Self::new(bound, bound.time)
    }
}

/// The timer of a request, or of several requests that share it. It pauses while they wait for a connection and no
/// statement of theirs runs.
#[derive(Clone, Debug)]
pub struct Timer(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    bound: TimeLimit,
    began: Instant,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    granted: Duration,
    /// Total duration of its pauses so far.
    paused: Duration,
    /// How long abandoned statements may still run.
    beyond: Duration,
    working: usize,
    waiting: usize,
    /// Start of the current pause.
    since: Option<Instant>,
}

impl Timer {
    fn new(bound: TimeLimit, granted: Duration) -> Self {
        let (paused, beyond) = (Duration::ZERO, Duration::ZERO);
        let state = State { granted, paused, beyond, working: 0, waiting: 0, since: None };
        Self(Arc::new(Shared { bound, began: Instant::now(), state: Mutex::new(state) }))
    }

    /// Adds the time for this many points, up to the full time.
    pub fn grant(&self, points: u64) {
        let points = u32::try_from(points).unwrap_or(u32::MAX).min(POINTS);
        let mut state = self.state();
        state.granted = (state.granted + self.0.bound.time * points / POINTS).min(self.0.bound.time);
    }

    /// How long it has run, and how much longer abandoned statements may run.
    #[must_use]
    pub fn used(&self) -> Duration {
        let (state, now) = (self.state(), Instant::now());
        let standing = state.since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since));
        let ran = now.saturating_duration_since(self.0.began).saturating_sub(state.paused + standing);
        ran + state.beyond
    }

    /// Adds the time that an abandoned statement may still take in the database.
    pub(super) fn abandon(&self, goes_on: Duration) {
        self.state().beyond += goes_on;
    }

    /// The price of a time in points.
    #[must_use]
    pub fn points(&self, time: Duration) -> u64 {
        let points = time.as_micros() * u128::from(WORTH) / self.0.bound.time.as_micros().max(1);
        u64::try_from(points).unwrap_or(u64::MAX)
    }

    /// The time at which it expires, if it does not pause again.
    pub(super) fn end(&self) -> Instant {
        let state = self.state();
        self.0.began + state.granted + state.paused
    }

    /// The remaining time, or an error when it has expired.
    pub(super) fn left(&self) -> Result<Duration, ReadError> {
        let left = self.end().saturating_duration_since(Instant::now());
        if left.is_zero() { Err(self.missed()) } else { Ok(left) }
    }

    /// The longest time that a request may wait for a connection.
    pub(super) fn patience(&self) -> Duration {
        self.0.bound.time
    }

    /// Whether closing a connection ends its statement.
    pub(super) fn kept(&self) -> bool {
        self.0.bound.kept
    }

    pub(super) fn missed(&self) -> ReadError {
        ReadError::TimedOut(self.state().granted)
    }

    /// Allows it to pause for as long as the guard is held.
    #[must_use]
    pub fn waiting(&self) -> Waiting<'_> {
        self.state().change(|state| state.waiting += 1);
        Waiting(self)
    }

    /// Keeps it running for as long as the guard is held.
    pub(super) fn working(&self) -> Working<'_> {
        self.state().change(|state| state.working += 1);
        Working(self)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn change(&mut self, change: impl FnOnce(&mut Self)) {
        change(self);
        let now = Instant::now();
        match (self.waiting > 0 && self.working == 0, self.since) {
            (true, None) => self.since = Some(now),
            (false, Some(since)) => {
                self.paused += now.saturating_duration_since(since);
                self.since = None;
            }
            _ => {}
        }
    }
}

/// Guard of a request that waits for a connection.
#[derive(Debug)]
pub struct Waiting<'a>(&'a Timer);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.state().change(|state| state.waiting -= 1);
    }
}

/// Guard of a statement that the database executes.
#[derive(Debug)]
pub(super) struct Working<'a>(&'a Timer);

impl Drop for Working<'_> {
    fn drop(&mut self) {
        self.0.state().change(|state| state.working -= 1);
    }
}

/// Converts to milliseconds for PostgreSQL, at least 1, since 0 means no timeout.
pub(super) fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(i32::MAX.unsigned_abs()).clamp(1, i32::MAX.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use std::{thread::sleep, time::Duration};

    use super::{TimeLimit, Timer};

    const WHOLE: TimeLimit = TimeLimit { time: Duration::from_secs(5), kept: true };

    fn granted(points: &[u64]) -> u128 {
        let timer = WHOLE.priced();
        for points in points {
            timer.grant(*points);
        }
        timer.state().granted.as_millis()
    }

    #[test]
    fn a_requests_time_grows_with_its_points_up_to_the_whole() {
        assert_eq!((granted(&[]), granted(&[0]), granted(&[4])), (500, 500, 501));
        assert_eq!((granted(&[2_000]), granted(&[1_000, 1_000])), (1_000, 1_000), "a batch shares it");
        assert_eq!((granted(&[18_000]), granted(&[300_000]), granted(&[u64::MAX, 1])), (5_000, 5_000, 5_000));
        let timer = Timer::from(WHOLE);
        assert_eq!(timer.state().granted.as_millis(), 5_000);
        assert_eq!(timer.points(Duration::from_secs(1)), 12_000);
    }

    #[test]
    fn the_timer_pauses_while_waiting_for_a_connection() {
        let (timer, long, short) = (WHOLE.priced(), Duration::from_millis(200), Duration::from_millis(20));
        let waiting = timer.waiting();
        sleep(long);
        drop(waiting);
        assert!(timer.used() < long, "it waited");
        let (working, waiting) = (timer.working(), timer.waiting());
        sleep(short);
        drop((waiting, working));
        assert!(timer.used() >= short, "another statement worked meanwhile");
        assert!(timer.left().unwrap() + timer.used() > Duration::from_millis(490));
    }
}
