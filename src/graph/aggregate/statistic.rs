//! Statistics of a measure, and percentiles by nearest rank.

use async_graphql::{Enum, ScalarType, Value as GraphqlValue};

use crate::graph::{Error, Result, scalar::Decimal};

/// The most different percentiles in one query of figures, because PostgreSQL's functions take at most 100 arguments.
pub(super) const MAX_PERCENTILES: usize = 20;

/// A statistic of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graph) enum Statistic {
    /// Number of rows with a value.
    Count,
    SumHigh,
    SumLow,
    Average,
    Minimum,
    Maximum,
    Median,
    /// Why the others are null although rows have values: several units, or several years.
    Mixed,
}

impl Statistic {
    pub(in crate::graph) const ALL: [Self; 8] = [
        Self::Count,
        Self::SumHigh,
        Self::SumLow,
        Self::Average,
        Self::Minimum,
        Self::Maximum,
        Self::Median,
        Self::Mixed,
    ];

    /// The letters that the names of its columns begin with, in the same order.
    pub(super) const LETTERS: [&str; Self::ALL.len()] = ["c", "s", "t", "a", "l", "h", "e", "x"];

    /// The statistics that a field of a measure is computed from. An average is computed from sum and count after the
    /// statement, which computes one only to compare it.
    pub(super) fn shown_in(field: &str) -> &'static [Self] {
        match field {
            "count" => &[Self::Count],
            "sum" => &[Self::SumHigh, Self::SumLow],
            "average" => &[Self::SumHigh, Self::SumLow, Self::Count],
            "minimum" => &[Self::Minimum],
            "maximum" => &[Self::Maximum],
            "median" => &[Self::Median],
            "nullReason" => &[Self::Count, Self::Mixed],
            _ => &[],
        }
    }
}

/// Why the figures of a measure are null in a group [alasan kosong].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum NullReason {
    /// No row has a value [tidak ada isian].
    NoValues,
    /// The values are in several units: group or narrow by unit [satuan bercampur].
    MixedUnits,
    /// The values are of several years, and each row is about a whole year: group or narrow by year [beberapa tahun].
    SeveralYears,
}

impl NullReason {
    /// The number of the reason in the statistic [`Statistic::Mixed`].
    pub(in crate::graph) const MIXED_UNITS: i64 = 1;
    pub(in crate::graph) const SEVERAL_YEARS: i64 = 2;

    pub(super) fn of(count: i64, mixed: Option<i64>) -> Option<Self> {
        match mixed {
            _ if count == 0 => Some(Self::NoValues),
            Some(Self::MIXED_UNITS) => Some(Self::MixedUnits),
            Some(_) => Some(Self::SeveralYears),
            None => None,
        }
    }
}

/// A percentile by nearest rank: of n sorted values, the one at the position p · n / 100, rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::graph) struct Percentile {
    /// Per cent, in hundredths, so that positions are computed exactly.
    pub(in crate::graph) hundredths: i64,
}

impl Percentile {
    pub(in crate::graph) const MEDIAN: Self = Self { hundredths: 5_000 };

    /// The percentile above which no value lies, in hundredths of a per cent.
    pub(in crate::graph) const MOST: i64 = 10_000;

    /// Reads the argument `p`, in per cent.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when it is out of range or has more than two decimals.
    pub(super) fn of(p: f64) -> Result<Self> {
        // The shortest decimal number that denotes this float is what the caller wrote.
        let written = Decimal::parse(GraphqlValue::String(p.to_string())).ok();
        let hundredths = written.map(|p| p.in_units(2)).filter(|(_, exact)| *exact);
        let hundredths = hundredths.and_then(|(hundredths, _)| i64::try_from(hundredths).ok());
        let hundredths = hundredths.filter(|hundredths| (1..=Self::MOST).contains(hundredths));
        hundredths.map(|hundredths| Self { hundredths }).ok_or_else(|| {
            Error::bad_input(format!(
                "`p` of `percentile` must be above 0 and at most 100, with at most two decimals, not {p}"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Percentile;

    #[test]
    fn a_percentile_is_above_0_and_at_most_100_with_two_decimals() {
        for (p, hundredths) in [(0.01, 1), (7.0, 700), (50.0, 5_000), (99.99, 9_999), (100.0, 10_000)] {
            assert_eq!(Percentile::of(p).unwrap(), Percentile { hundredths }, "{p}");
        }
        assert_eq!(Percentile::of(50.0).unwrap(), Percentile::MEDIAN);
        for p in
            [0.0, -0.0, -1.0, 0.001, 0.009, 33.333, 100.01, 1e300, f64::MIN_POSITIVE, f64::INFINITY, f64::NAN]
        {
            let refused = Percentile::of(p).unwrap_err().to_string();
            assert!(refused.contains("above 0 and at most 100"), "{p}: {refused}");
        }
    }
}
