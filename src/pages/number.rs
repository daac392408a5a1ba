//! Numbers, dates and amounts of money in the form of a language.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use fixed_decimal::Decimal;
use icu_decimal::{DecimalFormatter, options::DecimalFormatterOptions};
use icu_locale_core::{Locale, locale};

use super::language::Language;

static INDONESIAN: LazyLock<Option<DecimalFormatter>> = LazyLock::new(|| formatter(locale!("id")));
static ENGLISH: LazyLock<Option<DecimalFormatter>> = LazyLock::new(|| formatter(locale!("en")));

fn formatter(locale: Locale) -> Option<DecimalFormatter> {
    DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default()).ok()
}

/// The texts of large amounts, from the largest: the number of zeros that they stand for, and the id of the text.
const SCALES: [(usize, &str); 3] = [(12, "rupiah-trillion"), (9, "rupiah-billion"), (6, "rupiah-million")];

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
    "month-10", "month-11", "month-12",
];

/// A decimal number of the API in thousandths, which are whole; digits beyond the third are cut.
pub(super) fn thousandths(decimal: &str) -> Option<i64> {
    let (whole, rest) = decimal.split_once('.').unwrap_or((decimal, ""));
    let rest: String = rest.chars().chain("000".chars()).take(3).collect();
    format!("{whole}{rest}").parse().ok()
}

impl Language {
    /// A whole number with separators of thousands: `1.234.567`.
    pub(super) fn number(self, number: i64) -> String {
        self.decimal(&number.to_string())
    }

    /// A decimal number as the API writes it, in the language's form: `12,5` for `12.5`.
    pub(super) fn decimal(self, text: &str) -> String {
        let formatter = match self {
            Self::Indonesian => &INDONESIAN,
            Self::English => &ENGLISH,
        };
        match (formatter.as_ref(), Decimal::try_from_str(text)) {
            (Some(formatter), Ok(decimal)) => formatter.format(&decimal).to_string(),
            _ => text.to_owned(),
        }
    }

    /// A share in percent, rounded to one digit after the point; `None` of nothing.
    pub(super) fn percent(self, part: i64, whole: i64) -> Option<String> {
        if whole == 0 {
            return None;
        }
        let tenths = (part * 2000 / whole + 1) / 2;
        Some(format!("{} %", self.decimal(&format!("{}.{}", tenths / 10, tenths % 10))))
    }

    /// A day, which the API writes as `2025-11-16`, in words: `16 November 2025`. Of a time, its day.
    pub(super) fn date(self, text: &str) -> String {
        let mut parts = text.get(..10).unwrap_or(text).splitn(3, '-');
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        let named = month.and_then(|month| MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?));
        match (year, named, day.and_then(|day| day.parse::<u8>().ok())) {
            (Some(year), Some(month), Some(day)) => {
                let (day, month) = (day.to_string(), self.text(month));
                self.text_with("date", &[("day", &day), ("month", &month), ("year", year)])
            }
            _ => text.to_owned(),
        }
    }

    /// A time in words, as clocks in Jakarta show it: `30 November 2026 pukul 07.29 WIB`.
    pub(super) fn time(self, at: DateTime<Utc>) -> String {
        let there = at + TimeDelta::hours(7);
        let (date, hour, minute) = (
            self.date(&there.format("%Y-%m-%d").to_string()),
            there.format("%H").to_string(),
            there.format("%M").to_string(),
        );
        self.text_with("time", &[("date", &date), ("hour", &hour), ("minute", &minute)])
    }

    /// A month, which the API writes as its first day: `November 2025`.
    pub(super) fn month(self, text: &str) -> String {
        let mut parts = text.splitn(3, '-');
        let (year, month) = (parts.next(), parts.next());
        let named = month.and_then(|month| MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?));
        match (year, named) {
            (Some(year), Some(month)) => format!("{} {year}", self.text(month)),
            _ => text.to_owned(),
        }
    }

    /// A month in short, which the API writes as its first day: `Nov 2025`.
    pub(super) fn month_in_short(self, text: &str) -> String {
        match self.month(text).split_once(' ') {
            Some((month, year)) => format!("{} {year}", month.chars().take(3).collect::<String>()),
            None => text.to_owned(),
        }
    }

    /// An amount in rupiah in short: `Rp 148,3 miliar`.
    pub(super) fn rupiah_in_short(self, amount: &str) -> String {
        let (sign, digits) = amount.strip_prefix('-').map_or(("", amount), |digits| ("-", digits));
        let scale = SCALES.iter().find(|(zeros, _)| digits.len() > *zeros);
        let Some((zeros, id)) = scale else { return self.rupiah_exact(amount) };
        let (whole, rest) = digits.split_at(digits.len() - zeros);
        // Cut, so that the short form never claims more than there is.
        let tenth = rest.get(..1).filter(|tenth| *tenth != "0");
        let short = tenth.map_or_else(|| whole.to_owned(), |tenth| format!("{whole}.{tenth}"));
        self.text_with(id, &[("amount", &self.decimal(&format!("{sign}{short}")))])
    }

    /// An amount in rupiah, to the last one: `Rp 148.312.000.000`.
    pub(super) fn rupiah_exact(self, amount: &str) -> String {
        format!("Rp\u{a0}{}", self.decimal(amount))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Language::{English, Indonesian},
        thousandths,
    };

    #[test]
    fn decimals_are_read_in_thousandths() {
        for (decimal, expected) in [
            ("12", Some(12000)),
            ("12.5", Some(12500)),
            ("0.042", Some(42)),
            ("1.23456", Some(1234)),
            ("", Some(0)),
            ("x", None),
        ] {
            assert_eq!(thousandths(decimal), expected, "{decimal}");
        }
    }

    #[test]
    fn numbers_have_the_separators_of_the_language() {
        assert_eq!(Indonesian.number(1_234_567), "1.234.567");
        assert_eq!(English.number(-1_234_567), "-1,234,567");
        assert_eq!(Indonesian.decimal("1234.50"), "1.234,50");
        assert_eq!(English.decimal("0.5"), "0.5");
    }

    #[test]
    fn shares_are_rounded_to_a_tenth_of_a_percent() {
        assert_eq!(Indonesian.percent(1, 3).as_deref(), Some("33,3 %"));
        assert_eq!(English.percent(2, 3).as_deref(), Some("66.7 %"));
        assert_eq!(English.percent(1, 0), None);
    }

    #[test]
    fn amounts_are_shortened_and_never_rounded_up() {
        for (amount, short) in [
            ("999999", "Rp\u{a0}999.999"),
            ("1000000", "Rp\u{a0}1 juta"),
            ("148399999999", "Rp\u{a0}148,3 miliar"),
            ("280000000000000", "Rp\u{a0}280 triliun"),
            ("-2500000", "Rp\u{a0}-2,5 juta"),
        ] {
            assert_eq!(Indonesian.rupiah_in_short(amount), short, "{amount}");
        }
        assert_eq!(English.rupiah_in_short("148399999999"), "Rp\u{a0}148.3 billion");
    }

    #[test]
    fn days_and_months_are_written_in_words() {
        assert_eq!(Indonesian.date("2025-11-06"), "6 November 2025");
        assert_eq!(Indonesian.date("2025-08-17T01:02:03Z"), "17 Agustus 2025");
        assert_eq!(English.month("2025-05-01"), "May 2025");
        let late = "2025-12-31T20:05:00Z".parse().unwrap();
        assert_eq!(Indonesian.time(late), "1 Januari 2026 pukul 03.05 WIB");
        assert_eq!(Indonesian.month_in_short("2025-08-01"), "Agu 2025");
    }
}
