//! The scalars `Date` and `DateTime`.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime as ChronoDateTime, Datelike, NaiveDate, SecondsFormat, TimeDelta, Utc};

use super::text;

/// The formats of both: a `0` stands for a digit.
const DAY: &str = "0000-00-00";
const SECOND: &str = "0000-00-00T00:00:00";

/// Nanoseconds of a microsecond.
const NANOS: u32 = 1_000;

/// A date and time in RFC 3339, such as `2025-11-16T01:00:00Z` or `2025-11-16T08:00:00.25+07:00`. The `T`, the seconds
/// and the time zone are required; results are in UTC [waktu].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub ChronoDateTime<Utc>);

impl DateTime {
    /// From microseconds since 1970.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(ChronoDateTime::from_timestamp_micros(micros).unwrap_or_default())
    }

    /// Microseconds since 1970, rounded down, and whether nothing was rounded away.
    #[must_use]
    pub fn micros(&self) -> (i64, bool) {
        (self.0.timestamp_micros(), self.0.timestamp_subsec_nanos().is_multiple_of(NANOS))
    }

    /// Parses a date and time. A fraction finer than a nanosecond counts as one nanosecond, so that it stays between
    /// two microseconds.
    fn read(text: &str) -> Option<Self> {
        let rest = text.get(SECOND.len()..).filter(|_| has_form(&text[..SECOND.len()], SECOND))?;
        let digits = rest
            .strip_prefix('.')
            .map_or(0, |fraction| 1 + fraction.bytes().take_while(u8::is_ascii_digit).count());
        let (fraction, zone) = rest.split_at(digits);
        if digits == 1 || !(zone == "Z" || has_form(zone, "+00:00") || has_form(zone, "-00:00")) {
            return None;
        }
        let moment = ChronoDateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc);
        let finer = fraction.bytes().skip(10).any(|digit| digit != b'0');
        let moment = if finer && moment.timestamp_subsec_nanos().is_multiple_of(NANOS) {
            moment + TimeDelta::nanoseconds(1)
        } else {
            moment
        };
        Some(Self(moment))
    }
}

/// A date and time in RFC 3339, such as `2025-11-16T01:00:00Z` or `2025-11-16T08:00:00.25+07:00`. The `T`, the seconds
/// and the time zone are required; results are in UTC [waktu].
#[Scalar(name = "DateTime", specified_by_url = "https://scalars.graphql.org/andimarek/date-time")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let read = Self::read(&text(value)?);
        read.ok_or_else(|| InputValueError::custom("a DateTime must be written like 2025-11-16T01:00:00Z"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// A date in ISO 8601, such as `2025-11-16`: year, month and day in four, two and two digits, from year 1 to 9999
/// [tanggal].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

/// A date in ISO 8601, such as `2025-11-16`: year, month and day in four, two and two digits, from year 1 to 9999
/// [tanggal].
#[Scalar(name = "Date", specified_by_url = "https://scalars.graphql.org/andimarek/local-date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value)?;
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
        let day = day.filter(|day| has_form(&text, DAY) && day.year() >= 1);
        day.map(Self).ok_or_else(|| InputValueError::custom("a Date must be written like 2025-11-16"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%d").to_string())
    }
}

/// Whether a text has the given form: a digit for each zero, and otherwise the same characters.
fn has_form(text: &str, form: &str) -> bool {
    let fits =
        |(letter, wanted): (u8, u8)| if wanted == b'0' { letter.is_ascii_digit() } else { letter == wanted };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    use async_graphql::{ScalarType, Value};
    use chrono::NaiveDate;

    use super::{Date, DateTime};

    fn moment(text: &str) -> Option<(i64, bool)> {
        DateTime::parse(Value::String(text.into())).ok().map(|moment| moment.micros())
    }

    fn day(text: &str) -> Option<NaiveDate> {
        Date::parse(Value::String(text.into())).ok().map(|day| day.0)
    }

    #[test]
    fn a_day_has_one_spelling() {
        for text in [
            "25-11-16",
            "2025-1-5",
            "+2025-01-05",
            "2025-01-05 ",
            " 2025-01-05",
            "2025-02-29",
            "0000-01-01",
            "02025-01-05",
            "2025/01/05",
            "20250105",
            "2025-01-05T00:00:00Z",
            "",
            "２025-01-05",
            "-001-01-05",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
        let mut one = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
        while one.to_string().len() == 10 {
            let written = Date(one).to_value();
            assert_eq!(Date::parse(written.clone()).unwrap().0, one, "{written}");
            one = one + chrono::Days::new(97);
        }
    }

    #[test]
    fn a_moment_reads_what_it_writes_and_has_seconds_and_a_zone() {
        for micros in [0, 1, -1, 1_763_254_800_000_000, 1_763_254_800_000_001, -62_135_596_800_000_000] {
            let written = DateTime::from_micros(micros).to_value();
            assert_eq!(DateTime::parse(written.clone()).unwrap().micros(), (micros, true), "{written}");
        }
        assert_eq!(moment("1970-01-01T07:00:00.5+07:00"), Some((500_000, true)));
        for text in [
            "2025-11-16",
            "2025-11-16 01:00:00Z",
            "2025-11-16t01:00:00z",
            "2025-11-16T01:00Z",
            "2025-11-16T01:00:00",
            "2025-11-16T01:00:00.Z",
            "2025-11-16T01:00:00+0700",
            "2025-11-16T01:00:00+07",
            "2025-11-16T24:00:00Z",
            "2025-11-16T01:00:00,5Z",
            " 2025-11-16T01:00:00Z",
            "2025-11-16T01:00:00Z ",
            "2025-11-16T01:00:00é",
            "",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_between_two_microseconds_equals_neither() {
        assert_eq!(moment("1970-01-01T00:00:00.0000001Z"), Some((0, false)));
        assert_eq!(moment("1970-01-01T00:00:00.0000010000000001Z"), Some((1, false)));
        assert_eq!(moment("1970-01-01T00:00:00.000001000000000Z"), Some((1, true)));
        assert_eq!(moment("1969-12-31T23:59:59.9999999999Z"), Some((-1, false)));
    }
}
