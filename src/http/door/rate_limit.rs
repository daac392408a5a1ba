//! The rate limit: a leaky bucket of points for each caller.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use async_graphql::{Value, value};
use quick_cache::sync::Cache;

use crate::access::Caller;

/// How many buckets are stored; a caller whose bucket was evicted gets a new one.
const CALLERS: usize = 65_536;

/// How many points a caller may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Points that are restored every second.
    pub restored: u32,
    /// Points that may be spent at once.
    pub burst: u32,
}

/// The status of a caller's bucket.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateLimitStatus {
    pub rate: Rate,
    /// Points that may be spent now.
    pub available: u32,
    /// Points that were spent beyond the burst, and are restored first.
    owed: u32,
}

impl RateLimitStatus {
    /// How long until this many points may be spent.
    #[must_use]
    pub fn wait_for(&self, points: u32) -> Duration {
        let lacking = points.min(self.rate.burst).saturating_sub(self.available).saturating_add(self.owed);
        Duration::from_secs(u64::from(lacking.div_ceil(self.rate.restored.max(1))))
    }

    /// `throttleStatus` in `extensions.cost`.
    pub(super) fn extension(&self) -> Value {
        value!({
            "maximumAvailable": self.rate.burst,
            "currentlyAvailable": self.available,
            "restoreRate": self.rate.restored,
        })
    }
}

/// The buckets of all callers.
#[derive(Debug)]
pub(super) struct RateLimiter {
    rate: Rate,
    buckets: Cache<Caller, Arc<Mutex<Bucket>>>,
}

#[derive(Debug)]
struct Bucket {
    spent: f64,
    at: Instant,
}

impl Bucket {
    fn leak(&mut self, rate: Rate, now: Instant) {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.spent = (self.spent - passed * f64::from(rate.restored)).max(0.0);
        self.at = now;
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
    fn status(&self, rate: Rate) -> RateLimitStatus {
        let left = f64::from(rate.burst) - self.spent;
        RateLimitStatus {
            rate,
            available: left.min(f64::from(rate.burst)) as u32,
            owed: (-left).ceil() as u32,
        }
    }
}

impl RateLimiter {
    pub(super) fn new(rate: Rate) -> Self {
        Self { rate, buckets: Cache::new(CALLERS) }
    }

    /// Spends points, if that many are available. A price beyond the burst takes a full bucket.
    pub(super) fn spend(
        &self,
        caller: Caller,
        points: u32,
        now: Instant,
    ) -> Result<RateLimitStatus, RateLimitStatus> {
        self.bucket(caller, now, |bucket, rate| {
            let status = bucket.status(rate);
            if status.available < points.min(rate.burst) {
                return Err(status);
            }
            bucket.spent += f64::from(points.min(rate.burst));
            Ok(bucket.status(rate))
        })
    }

    /// The current status of a caller.
    pub(super) fn status(&self, caller: Caller, now: Instant) -> RateLimitStatus {
        self.bucket(caller, now, |bucket, rate| bucket.status(rate))
    }

    /// Charges `actual` points where `requested` were spent: the difference is restored or spent as well.
    pub(super) fn settle(
        &self,
        caller: Caller,
        requested: u32,
        actual: u32,
        now: Instant,
    ) -> RateLimitStatus {
        self.bucket(caller, now, |bucket, rate| {
            // Of a price beyond the burst, only the burst was spent.
            let spent = requested.min(rate.burst);
            let actual = if actual > requested { actual } else { actual.min(rate.burst) };
            bucket.spent = (bucket.spent + f64::from(actual) - f64::from(spent)).max(0.0);
            bucket.status(rate)
        })
    }

    fn bucket<T>(&self, caller: Caller, now: Instant, then: impl FnOnce(&mut Bucket, Rate) -> T) -> T {
        let fresh =
            || Ok::<_, std::convert::Infallible>(Arc::new(Mutex::new(Bucket { spent: 0.0, at: now })));
        let Ok(bucket) = self.buckets.get_or_insert_with(&caller, fresh);
        let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
        bucket.leak(self.rate, now);
        then(&mut bucket, self.rate)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        net::IpAddr,
        time::{Duration, Instant},
    };

    use super::{Rate, RateLimiter};
    use crate::access::Caller;

    const RATE: Rate = Rate { restored: 10, burst: 100 };

    fn caller(address: &str) -> Caller {
        address.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn points_are_spent_and_refilled() {
        let (limiter, one, now) = (RateLimiter::new(RATE), caller("10.0.0.1"), Instant::now());
        assert_eq!(limiter.spend(one, 70, now).unwrap().available, 30);
        let refused = limiter.spend(one, 60, now).unwrap_err();
        assert_eq!((refused.available, refused.wait_for(60)), (30, Duration::from_secs(3)));
        assert_eq!(limiter.spend(one, 60, now + Duration::from_secs(3)).unwrap().available, 0);
        assert_eq!(limiter.settle(one, 60, 35, now + Duration::from_secs(3)).available, 25);
        assert_eq!(limiter.settle(one, 0, 0, now + Duration::from_mins(1)).available, 100);
    }

    /// Bytes that this process holds.
    fn resident() -> usize {
        let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
        4_096 * pages.split(' ').nth(1).unwrap().parse::<usize>().unwrap()
    }

    #[test]
    fn the_memory_for_callers_is_bounded() {
        let (limiter, now, before) = (RateLimiter::new(RATE), Instant::now(), resident());
        for number in 0..1_000_000_u32 {
            let caller = IpAddr::from(number.to_be_bytes()).into();
            limiter.spend(caller, 1, now).unwrap();
        }
        let growth = resident().saturating_sub(before) >> 20;
        assert!(growth <= 48, "a million callers take {growth} MB");
    }

    #[test]
    fn callers_have_separate_buckets_and_an_ipv6_network_is_one_caller() {
        let (limiter, now) = (RateLimiter::new(RATE), Instant::now());
        assert!(limiter.spend(caller("2001:db8:1:2::1"), 100, now).is_ok());
        assert!(limiter.spend(caller("2001:db8:1:2:ffff::9"), 1, now).is_err());
        assert!(limiter.spend(caller("2001:db8:1:3::1"), 1, now).is_ok());
        assert!(limiter.spend(caller("192.0.2.1"), 100, now).is_ok());
        assert!(limiter.spend(caller("::ffff:192.0.2.1"), 1, now).is_err());
    }

    #[test]
    fn a_price_above_the_burst_takes_a_full_bucket() {
        let (limiter, one, now) = (RateLimiter::new(RATE), caller("10.0.0.1"), Instant::now());
        assert_eq!(limiter.spend(one, 1_000, now).unwrap().available, 0);
        assert_eq!(
            limiter.settle(one, 1_000, 900, now).available,
            0,
            "and gives nothing back that it still is"
        );
        assert_eq!(limiter.settle(one, 1_000, 30, now).available, 70);
    }

    #[test]
    fn a_cost_above_the_price_is_charged_later() {
        let (limiter, one, now) = (RateLimiter::new(RATE), caller("10.0.0.1"), Instant::now());
        assert_eq!(limiter.spend(one, 90, now).unwrap().available, 10);
        let status = limiter.settle(one, 90, 150, now);
        assert_eq!((status.available, status.wait_for(10)), (0, Duration::from_secs(6)));
        assert!(limiter.spend(one, 10, now + Duration::from_secs(5)).is_err());
        assert!(limiter.spend(one, 10, now + Duration::from_secs(6)).is_ok());
    }
}
