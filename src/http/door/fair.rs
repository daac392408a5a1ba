//! What each caller may ask for in a while: a leaky bucket of points.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use async_graphql::{Value, value};
use quick_cache::sync::Cache;

use crate::access::Caller;

/// How many callers are remembered; whoever is forgotten starts anew.
const CALLERS: usize = 65_536;

/// How much a caller may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Points that leak back every second.
    pub restored: u32,
    /// Points that may be spent at once.
    pub most: u32,
}

/// How a caller stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    pub rate: Rate,
    /// Points that may be spent now.
    pub left: u32,
    /// Points that were spent beyond the most, and come back before any is left.
    owed: u32,
}

impl Standing {
    /// How long until so many points may be spent.
    #[must_use]
    pub fn until(&self, points: u32) -> Duration {
        let lacking = points.min(self.rate.most).saturating_sub(self.left).saturating_add(self.owed);
        Duration::from_secs(u64::from(lacking.div_ceil(self.rate.restored.max(1))))
    }

    pub(super) fn shown(&self) -> Value {
        value!({
            "maximumAvailable": self.rate.most,
            "currentlyAvailable": self.left,
            "restoreRate": self.rate.restored,
        })
    }
}

/// Everybody's buckets.
#[derive(Debug)]
pub(super) struct Fairness {
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
    fn standing(&self, rate: Rate) -> Standing {
        let left = f64::from(rate.most) - self.spent;
        Standing { rate, left: left.min(f64::from(rate.most)) as u32, owed: (-left).ceil() as u32 }
    }
}

impl Fairness {
    pub(super) fn new(rate: Rate) -> Self {
        Self { rate, buckets: Cache::new(CALLERS) }
    }

    /// Spends points, if there are as many. What is dearer than a full bucket may empty it.
    pub(super) fn spend(&self, caller: Caller, points: u32, now: Instant) -> Result<Standing, Standing> {
        self.bucket(caller, now, |bucket, rate| {
            let standing = bucket.standing(rate);
            if standing.left < points.min(rate.most) {
                return Err(standing);
            }
            bucket.spent += f64::from(points.min(rate.most));
            Ok(bucket.standing(rate))
        })
    }

    /// How a caller stands now.
    pub(super) fn standing(&self, caller: Caller, now: Instant) -> Standing {
        self.bucket(caller, now, |bucket, rate| bucket.standing(rate))
    }

    /// Charges `actual` points where `requested` ones were spent: the rest is given back, what is lacking spent too.
    pub(super) fn settle(&self, caller: Caller, requested: u32, actual: u32, now: Instant) -> Standing {
        self.bucket(caller, now, |bucket, rate| {
            // Of what is dearer than a full bucket, no more was spent than that.
            let spent = requested.min(rate.most);
            let actual = if actual > requested { actual } else { actual.min(rate.most) };
            bucket.spent = (bucket.spent + f64::from(actual) - f64::from(spent)).max(0.0);
            bucket.standing(rate)
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

    use super::{Fairness, Rate};
    use crate::access::Caller;

    const RATE: Rate = Rate { restored: 10, most: 100 };

    fn caller(address: &str) -> Caller {
        address.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn points_are_spent_until_none_are_left_and_leak_back() {
        let (fairness, one, now) = (Fairness::new(RATE), caller("10.0.0.1"), Instant::now());
        assert_eq!(fairness.spend(one, 70, now).unwrap().left, 30);
        let refused = fairness.spend(one, 60, now).unwrap_err();
        assert_eq!((refused.left, refused.until(60)), (30, Duration::from_secs(3)));
        assert_eq!(fairness.spend(one, 60, now + Duration::from_secs(3)).unwrap().left, 0);
        assert_eq!(fairness.settle(one, 60, 35, now + Duration::from_secs(3)).left, 25);
        assert_eq!(fairness.settle(one, 0, 0, now + Duration::from_mins(1)).left, 100);
    }

    /// Bytes that this process holds.
    fn resident() -> usize {
        let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
        4_096 * pages.split(' ').nth(1).unwrap().parse::<usize>().unwrap()
    }

    #[test]
    fn many_callers_take_no_more_memory_than_those_that_are_remembered() {
        let (fairness, now, before) = (Fairness::new(RATE), Instant::now(), resident());
        for number in 0..1_000_000_u32 {
            let caller = IpAddr::from(number.to_be_bytes()).into();
            fairness.spend(caller, 1, now).unwrap();
        }
        let growth = resident().saturating_sub(before) >> 20;
        assert!(growth <= 48, "a million callers take {growth} MB");
    }

    #[test]
    fn callers_do_not_pay_for_each_other_and_a_subscriber_is_one() {
        let (fairness, now) = (Fairness::new(RATE), Instant::now());
        assert!(fairness.spend(caller("2001:db8:1:2::1"), 100, now).is_ok());
        assert!(fairness.spend(caller("2001:db8:1:2:ffff::9"), 1, now).is_err());
        assert!(fairness.spend(caller("2001:db8:1:3::1"), 1, now).is_ok());
        assert!(fairness.spend(caller("192.0.2.1"), 100, now).is_ok());
        assert!(fairness.spend(caller("::ffff:192.0.2.1"), 1, now).is_err());
    }

    #[test]
    fn what_is_dearer_than_a_full_bucket_takes_all_of_it() {
        let (fairness, one, now) = (Fairness::new(RATE), caller("10.0.0.1"), Instant::now());
        assert_eq!(fairness.spend(one, 1_000, now).unwrap().left, 0);
        assert_eq!(fairness.settle(one, 1_000, 900, now).left, 0, "and gives nothing back that it still is");
        assert_eq!(fairness.settle(one, 1_000, 30, now).left, 70);
    }

    #[test]
    fn what_was_dearer_than_its_price_is_owed() {
        let (fairness, one, now) = (Fairness::new(RATE), caller("10.0.0.1"), Instant::now());
        assert_eq!(fairness.spend(one, 90, now).unwrap().left, 10);
        let standing = fairness.settle(one, 90, 150, now);
        assert_eq!((standing.left, standing.until(10)), (0, Duration::from_secs(6)));
        assert!(fairness.spend(one, 10, now + Duration::from_secs(5)).is_err());
        assert!(fairness.spend(one, 10, now + Duration::from_secs(6)).is_ok());
    }
}
