//! Chance that repeats itself: each thing draws from a stream of its own, so that their order does not matter.

use chrono::{Days, NaiveDate};
use rand::{Rng, SeedableRng, seq::index};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, LogNormal, Zipf};

use super::identity::digest;

/// The stream of one thing.
#[derive(Clone, Debug)]
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    pub(super) fn new(noun: &str, key: &str, seed: u64) -> Self {
        Self(ChaCha8Rng::from_seed(digest(&["draw", noun, key, &seed.to_string()])))
    }

    /// True so many times in a thousand.
    pub(super) fn chance(&mut self, permille: u32) -> bool {
        self.0.random_range(0..1000) < permille
    }

    /// One of `low..=high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high.max(low))
    }

    /// One of `low..=high`, for counts.
    pub(super) fn count(&mut self, low: i32, high: i32) -> i32 {
        self.0.random_range(low..=high.max(low))
    }

    /// A place in a list of `length`, which is not empty.
    pub(super) fn place(&mut self, length: usize) -> usize {
        self.0.random_range(0..length.max(1))
    }

    /// One of a list, which is not empty.
    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.place(list.len())]
    }

    /// One of a list, which is not empty, as often as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, list: &[(T, u32)]) -> T {
        let mut left = self.0.random_range(0..list.iter().map(|(_, weight)| weight).sum());
        for (value, weight) in list {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        list[0].0
    }

    /// Different places in a list of `length`, in no order, at most `amount`.
    pub(super) fn sample(&mut self, length: usize, amount: usize) -> Vec<usize> {
        index::sample(&mut self.0, length, amount.min(length)).into_vec()
    }

    /// A day from `first` to `last`.
    pub(super) fn day(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let days = self.between(0, (last - first).num_days());
        first + Days::new(u64::try_from(days).unwrap_or_default())
    }

    /// A place in a list of `length` where the n-th comes 1 / nˢ times as often as the first.
    pub(super) fn zipf(&mut self, length: usize, exponent: f64) -> usize {
        let drawn = Zipf::new(float(length), exponent).map_or(1.0, |zipf| zipf.sample(&mut self.0));
        usize::try_from(whole(drawn) - 1).unwrap_or_default().min(length.saturating_sub(1))
    }

    /// An amount of which half lie below `median` and few far above it, up to `most`.
    pub(super) fn amount(&mut self, median: i64, spread: f64, most: i64) -> i64 {
        let factor = LogNormal::new(0.0, spread).map_or(1.0, |normal| normal.sample(&mut self.0));
        whole(factor * 1000.0).saturating_mul(median).saturating_div(1000).clamp(1, most)
    }
}

/// The nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "saturates, and is far from the ends")]
pub(super) fn whole(number: f64) -> i64 {
    number.round() as i64
}

/// A count as a number with a fraction.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
pub(super) fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_draws_the_same() {
        let drawn = |key| -> Vec<i64> {
            let mut draw = Draw::new("officer", key, 7);
            (0..20).map(|_| draw.between(0, 1_000_000)).collect()
        };
        assert_eq!(drawn("a"), drawn("a"));
        assert_ne!(drawn("a"), drawn("b"));
    }

    #[test]
    fn the_first_of_many_partners_takes_over_a_quarter() {
        let mut draw = Draw::new("zipf", "", 0);
        let first = (0..20_000).filter(|_| draw.zipf(1_300, 1.3) == 0).count();
        assert!((5_000..6_500).contains(&first), "{first}");
    }

    #[test]
    fn a_weight_of_nothing_is_never_drawn() {
        let mut draw = Draw::new("weight", "", 0);
        assert!((0..1_000).all(|_| draw.weighted(&[('a', 1), ('b', 0), ('c', 2)]) != 'b'));
    }
}
