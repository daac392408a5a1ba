//! Seeded random numbers. Each object draws from a stream of its own, so that the order of generation does not change
//! results.

use chrono::{Days, NaiveDate};
use rand::{Rng, SeedableRng, seq::index};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, LogNormal, Zipf};

use super::identity::digest;

/// The random stream of one object.
#[derive(Clone, Debug)]
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    pub(super) fn new(noun: &str, key: &str, seed: u64) -> Self {
        Self(ChaCha8Rng::from_seed(digest(&["draw", noun, key, &seed.to_string()])))
    }

    /// Returns true with a probability of `permille` in 1,000.
    pub(super) fn chance(&mut self, permille: u32) -> bool {
        self.0.random_range(0..1000) < permille
    }

    /// A random number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high.max(low))
    }

    /// A random count from `low` to `high`, both included.
    pub(super) fn count(&mut self, low: i32, high: i32) -> i32 {
        self.0.random_range(low..=high.max(low))
    }

    /// A random index into a list of `length`. The list must not be empty.
    pub(super) fn index(&mut self, length: usize) -> usize {
        self.0.random_range(0..length.max(1))
    }

    /// A random item of a list. The list must not be empty.
    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.index(list.len())]
    }

    /// A random item of a list, with a probability proportional to its weight. The list must not be empty.
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

    /// At most `amount` different indexes into a list of `length`, in random order.
    pub(super) fn sample(&mut self, length: usize, amount: usize) -> Vec<usize> {
        index::sample(&mut self.0, length, amount.min(length)).into_vec()
    }

    /// A random day from `first` to `last`, both included.
    pub(super) fn day(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let days = self.between(0, (last - first).num_days());
        first + Days::new(u64::try_from(days).unwrap_or_default())
    }

    /// A random index into a list of `length`, by Zipf's law: the n-th is drawn 1 / nˢ times as often as the first.
    pub(super) fn zipf(&mut self, length: usize, exponent: f64) -> usize {
        let drawn = Zipf::new(float(length), exponent).map_or(1.0, |zipf| zipf.sample(&mut self.0));
        usize::try_from(whole(drawn) - 1).unwrap_or_default().min(length.saturating_sub(1))
    }

    /// A random log-normal amount: half of all are below `median`, and few are far above it; at most `most`.
    pub(super) fn amount(&mut self, median: i64, spread: f64, most: i64) -> i64 {
        let factor = LogNormal::new(0.0, spread).map_or(1.0, |normal| normal.sample(&mut self.0));
        whole(factor * 1000.0).saturating_mul(median).saturating_div(1000).clamp(1, most)
    }
}

/// Rounds to the nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "saturates, and is far from the ends")]
pub(super) fn whole(number: f64) -> i64 {
    number.round() as i64
}

/// Converts a count to a floating-point number.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
pub(super) fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_stream_draws_the_same_numbers() {
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
    fn a_choice_of_weight_zero_is_never_drawn() {
        let mut draw = Draw::new("weight", "", 0);
        assert!((0..1_000).all(|_| draw.weighted(&[('a', 1), ('b', 0), ('c', 2)]) != 'b'));
    }
}
