//! Labels of values, in English and Indonesian.

use async_graphql::Enum;
use entity::vocabulary::label::Text;

use super::aggregate::Period;

/// Language of a name, a label or a description [bahasa].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum Language {
    /// Indonesian [bahasa Indonesia].
    #[default]
    Id,
    /// English [bahasa Inggris].
    En,
}

impl Language {
    /// The text in this language.
    #[must_use]
    pub fn of(self, text: &Text) -> &str {
        match self {
            Self::Id => &text.indonesian,
            Self::En => &text.english,
        }
    }

    /// The label of a truth value.
    #[must_use]
    pub fn truth(self, value: bool) -> &'static str {
        match (self, value) {
            (Self::Id, true) => "Ya",
            (Self::Id, false) => "Tidak",
            (Self::En, true) => "Yes",
            (Self::En, false) => "No",
        }
    }

    /// The label of a year, quarter or month: `2025-Q4` is `Triwulan IV 2025` or `Quarter 4 2025`, `2025-11` is
    /// `November 2025`.
    #[must_use]
    pub fn period(self, value: &str, period: Period) -> String {
        let Some((year, part)) = value.split_once('-') else { return value.to_owned() };
        let index =
            part.trim_start_matches('Q').parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let name = index.and_then(|index| match (period, self) {
            (Period::Year, _) => None,
            (Period::Quarter, Self::Id) => QUARTERS.get(index).map(|quarter| format!("Triwulan {quarter}")),
            (Period::Quarter, Self::En) => Some(format!("Quarter {}", index + 1)),
            (Period::Month, Self::Id) => INDONESIAN_MONTHS.get(index).map(|month| (*month).to_owned()),
            (Period::Month, Self::En) => MONTHS.get(index).map(|month| (*month).to_owned()),
        });
        name.map_or_else(|| value.to_owned(), |name| format!("{name} {year}"))
    }
}

const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];

const INDONESIAN_MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_labelled_in_both_languages() {
        assert_eq!(Language::Id.period("2025", Period::Year), "2025");
        assert_eq!(Language::Id.period("2025-Q4", Period::Quarter), "Triwulan IV 2025");
        assert_eq!(Language::En.period("2025-Q4", Period::Quarter), "Quarter 4 2025");
        assert_eq!(Language::Id.period("2025-05", Period::Month), "Mei 2025");
        assert_eq!(Language::En.period("2025-05", Period::Month), "May 2025");
    }
}
