//! How long the statements of a request may work: a time that grows with its points.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{DatabaseConnection, DbErr};

use super::{Engine, number, reader::ReadError};

/// How much of the whole time a request has that costs nothing: a tenth.
const FLOOR: u32 = 10;

/// Points for which a request has the whole time: 0.25 ms for each where that is 5 s.
const POINTS: u32 = 20_000;

/// What the whole time costs where time is paid for: 12,000 points a second where it is 5 s.
const WORTH: u32 = 60_000;

/// What PostgreSQL ends a statement after, in milliseconds, and 0 for never; where it also looks whether its client is
/// still there, else -1.
const KEPT: &str = "SELECT CASE WHEN (SELECT CAST(setting AS bigint) FROM pg_settings \
                    WHERE name = 'client_connection_check_interval') > 0 \
                    THEN (SELECT CAST(setting AS bigint) FROM pg_settings WHERE name = 'statement_timeout') \
                    ELSE -1 END";

/// The most time that a request may have for all its statements, and whether connections keep it by themselves.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    time: Duration,
    kept: bool,
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
            Engine::Postgres => number(database, KEPT).await? == i64::from(millis(time)),
        };
        Ok(Self { time, kept })
    }

    /// Whether a statement is ended when its connection is closed, and at the latest after the whole time; else each
    /// has to say its time itself.
    #[must_use]
    pub fn kept(&self) -> bool {
        self.kept
    }

    /// The time of requests that came together, the first of them now: what each of them has for nothing.
    /// [`Timer::grant`] adds to it.
    #[must_use]
    pub fn priced(self) -> Timer {
        Timer::new(self, self.time / FLOOR)
    }
}

/// The whole time, from now on.
impl From<Bound> for Timer {
    fn from(bound: Bound) -> Self {
        Self::new(bound, bound.time)
    }
}

/// The time of a request, or of several that share it. It stands still while they wait for a connection and nothing of
/// theirs is worked on.
#[derive(Clone, Debug)]
pub struct Timer(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    bound: Bound,
    began: Instant,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    granted: Duration,
    /// How long it stood still so far.
    paused: Duration,
    /// How long statements may go on that nobody waits for any more.
    beyond: Duration,
    working: usize,
    waiting: usize,
    /// Since when it stands still.
    since: Option<Instant>,
}

impl Timer {
    fn new(bound: Bound, granted: Duration) -> Self {
        let (paused, beyond) = (Duration::ZERO, Duration::ZERO);
        let state = State { granted, paused, beyond, working: 0, waiting: 0, since: None };
        Self(Arc::new(Shared { bound, began: Instant::now(), state: Mutex::new(state) }))
    }

    /// Adds the time that so many points are worth; together it is never more than the whole.
    pub fn grant(&self, points: u64) {
        let points = u32::try_from(points).unwrap_or(u32::MAX).min(POINTS);
        let mut state = self.state();
        state.granted = (state.granted + self.0.bound.time * points / POINTS).min(self.0.bound.time);
    }

    /// How long it ran so far, and how much longer abandoned statements may go on.
    #[must_use]
    pub fn used(&self) -> Duration {
        let (state, now) = (self.state(), Instant::now());
        let standing = state.since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since));
        let ran = now.saturating_duration_since(self.0.began).saturating_sub(state.paused + standing);
        ran + state.beyond
    }

    /// Adds what the database may still spend on a statement that nobody waits for any more.
    pub(super) fn abandon(&self, goes_on: Duration) {
        self.state().beyond += goes_on;
    }

    /// The points that so much time costs.
    #[must_use]
    pub fn points(&self, time: Duration) -> u64 {
        let points = time.as_micros() * u128::from(WORTH) / self.0.bound.time.as_micros().max(1);
        u64::try_from(points).unwrap_or(u64::MAX)
    }

    /// When it is over, as things stand.
    pub(super) fn end(&self) -> Instant {
        let state = self.state();
        self.0.began + state.granted + state.paused
    }

    /// What is left of it, if anything is.
    pub(super) fn left(&self) -> Result<Duration, ReadError> {
        let left = self.end().saturating_duration_since(Instant::now());
        if left.is_zero() { Err(self.missed()) } else { Ok(left) }
    }

    /// The most that a request may wait for a connection.
    pub(super) fn patience(&self) -> Duration {
        self.0.bound.time
    }

    /// Whether a closed connection ends its statement.
    pub(super) fn kept(&self) -> bool {
        self.0.bound.kept
    }

    pub(super) fn missed(&self) -> ReadError {
        ReadError::TimedOut(self.state().granted)
    }

    /// It may stand still for as long as this is held.
    #[must_use]
    pub fn waiting(&self) -> Waiting<'_> {
        self.state().change(|state| state.waiting += 1);
        Waiting(self)
    }

    /// It runs for as long as this is held.
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

/// A request that waits for its turn.
#[derive(Debug)]
pub struct Waiting<'a>(&'a Timer);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.state().change(|state| state.waiting -= 1);
    }
}

/// A statement that the database works on.
#[derive(Debug)]
pub(super) struct Working<'a>(&'a Timer);

impl Drop for Working<'_> {
    fn drop(&mut self) {
        self.0.state().change(|state| state.working -= 1);
    }
}

/// As PostgreSQL counts; none is less than one, since 0 would be for ever.
pub(super) fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(i32::MAX.unsigned_abs()).clamp(1, i32::MAX.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use std::{thread::sleep, time::Duration};

    use super::{Bound, Timer};

    const WHOLE: Bound = Bound { time: Duration::from_secs(5), kept: true };

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
    fn it_stands_still_while_it_waits_and_nothing_is_worked_on() {
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
