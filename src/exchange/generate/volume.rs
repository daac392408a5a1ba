//! The number of rows to generate at each scale.

use std::{fmt, str::FromStr};

use crate::exchange::draw::{float, whole};

/// The scale of a generated registry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// About 2,000 cooperatives, chosen for demonstration.
    Demo,
    /// A fraction of the national registry, greater than 0 and at most 1.
    Fraction(f64),
    /// A cooperative in every village.
    National,
}

/// The error for a text that is not a scale.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither demo, national nor a fraction such as 0.1")]
pub struct UnknownScale(String);

impl FromStr for Scale {
    type Err = UnknownScale;

    fn from_str(text: &str) -> Result<Self, UnknownScale> {
        match text {
            "demo" => Ok(Self::Demo),
            "national" => Ok(Self::National),
            _ => match text.parse() {
                Ok(part) if part > 0.0 && part <= 1.0 => Ok(Self::Fraction(part)),
                _ => Err(UnknownScale(text.to_owned())),
            },
        }
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Demo => formatter.write_str("demo"),
            Self::Fraction(part) => write!(formatter, "{part}"),
            Self::National => formatter.write_str("national"),
        }
    }
}

/// The number of rows of the nouns that do not depend on others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Volume {
    pub(super) villages: usize,
    /// Cooperatives outside the Merah Putih program.
    pub(super) others: usize,
    /// Institutions in addition to the seeded ones.
    pub(super) campuses: usize,
    pub(super) offices: usize,
    pub(super) firms: usize,
    pub(super) programs: usize,
}

impl Volume {
    pub(super) fn of(scale: Scale) -> Self {
        let part = match scale {
            Scale::Demo => {
                let (villages, others, programs) = (1_880, 120, 36);
                return Self { villages, others, campuses: 40, offices: 70, firms: 90, programs };
            }
            Scale::Fraction(part) => part,
            Scale::National => 1.0,
        };
        let of = |nation: usize| usize::try_from(whole(float(nation) * part)).unwrap_or_default();
        Self {
            villages: of(83_404),
            others: of(6_000).max(20),
            campuses: of(6_700).saturating_sub(476),
            offices: of(552).max(38),
            firms: of(706).max(60),
            programs: of(1_200).max(12),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_survives_the_round_trip() {
        for text in ["demo", "national", "0.1", "1"] {
            assert_eq!(text.parse::<Scale>().unwrap().to_string(), text);
        }
        for text in ["", "0", "-0.1", "1.01", "NaN", "inf", "Demo"] {
            assert!(text.parse::<Scale>().is_err(), "{text}");
        }
    }

    #[test]
    fn national_is_the_scale_of_the_whole_country() {
        assert_eq!(Volume::of(Scale::Fraction(1.0)), Volume::of(Scale::National));
    }
}
