//! The scalars of the schema: moments, days, money and decimals, exact in JSON.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime as ChronoDateTime, Datelike, NaiveDate, SecondsFormat, Utc};

/// A moment, RFC 3339 in UTC, such as `2025-11-16T01:00:00Z` [waktu].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub ChronoDateTime<Utc>);

impl DateTime {
    /// From microseconds since 1970.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(ChronoDateTime::from_timestamp_micros(micros).unwrap_or_default())
    }
}

/// A moment, RFC 3339 in UTC, such as `2025-11-16T01:00:00Z` [waktu].
#[Scalar(name = "DateTime", specified_by_url = "https://scalars.graphql.org/andimarek/date-time")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value)?;
        let moment = ChronoDateTime::parse_from_rfc3339(&text)?;
        Ok(Self(moment.with_timezone(&Utc)))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// A day, ISO 8601, such as `2025-11-16` [tanggal].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

/// A day, ISO 8601, such as `2025-11-16` [tanggal].
#[Scalar(name = "Date", specified_by_url = "https://scalars.graphql.org/andimarek/local-date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let date = NaiveDate::parse_from_str(&text(value)?, "%Y-%m-%d")?;
        // Days are compared as text by one engine, so a year has four digits.
        if (1..=9999).contains(&date.year()) {
            Ok(Self(date))
        } else {
            Err(InputValueError::custom("a year lies between 1 and 9999"))
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%d").to_string())
    }
}

/// Whole rupiah as a string of digits, such as `"280000000000000"`; a leading minus where a value may be negative
/// [rupiah].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rupiah(pub i64);

/// Whole rupiah as a string of digits, such as `"280000000000000"`; a leading minus where a value may be negative
/// [rupiah].
#[Scalar(name = "Rupiah")]
impl ScalarType for Rupiah {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(text(value)?.parse()?))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A decimal number as a string, such as `"12.5"` [desimal].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal {
    units: i64,
    /// How many of the units' last digits stand behind the point.
    places: u32,
}

impl Decimal {
    #[must_use]
    pub fn thousandths(units: i64) -> Self {
        Self { units, places: 3 }
    }

    /// Per cent, from basis points.
    #[must_use]
    pub fn hundredths(units: i64) -> Self {
        Self { units, places: 2 }
    }

    /// A whole number of so many decimal places.
    #[must_use]
    pub fn of(units: i64, places: u32) -> Self {
        Self { units, places }
    }

    /// In whole units of so many decimal places, rounded down, and whether nothing was rounded away; none where they
    /// would be too many.
    #[must_use]
    pub fn in_units(&self, places: u32) -> Option<(i64, bool)> {
        if places >= self.places {
            let scale = 10_i64.checked_pow(places - self.places)?;
            return Some((self.units.checked_mul(scale)?, true));
        }
        let scale = 10_i64.checked_pow(self.places - places)?;
        Some((self.units.div_euclid(scale), self.units.rem_euclid(scale) == 0))
    }
}

/// A decimal number as a string, such as `"12.5"` [desimal].
#[Scalar(name = "Decimal")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value)?;
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let well_formed = fraction.len() <= 3 && fraction.bytes().all(|digit| digit.is_ascii_digit());
        if !well_formed || text.ends_with('.') {
            return Err(InputValueError::custom("at most three places behind the point"));
        }
        Ok(Self::thousandths(format!("{whole}{fraction:0<3}").parse()?))
    }

    fn to_value(&self) -> Value {
        let scale = 10_u64.pow(self.places);
        let (units, sign) = (self.units.unsigned_abs(), if self.units < 0 { "-" } else { "" });
        let width = self.places as usize;
        let text = format!("{sign}{}.{:0width$}", units / scale, units % scale);
        Value::String(text.trim_end_matches('0').trim_end_matches('.').to_owned())
    }
}

/// A `GeoJSON` geometry, RFC 7946, such as `{"type": "Point", "coordinates": [107.435, -7.099]}`.
#[derive(Clone, Debug, PartialEq)]
pub struct GeoJson(pub Value);

/// A `GeoJSON` geometry, RFC 7946, such as `{"type": "Point", "coordinates": [107.435, -7.099]}`.
#[Scalar(name = "GeoJSON", specified_by_url = "https://www.rfc-editor.org/rfc/rfc7946")]
impl ScalarType for GeoJson {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::Object(_) => Ok(Self(value)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        self.0.clone()
    }
}

/// Official region code: two digits a rung, four for a village, joined by dots, such as `32.04.05.2001`
/// [kode wilayah].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionCode(pub String);

/// Official region code: two digits a rung, four for a village, joined by dots, such as `32.04.05.2001`
/// [kode wilayah].
#[Scalar(name = "RegionCode")]
impl ScalarType for RegionCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value)?;
        let rungs: Vec<&str> = text.split('.').collect();
        let well_formed = rungs.len() <= 4
            && rungs.iter().enumerate().all(|(index, rung)| {
                rung.len() == if index == 3 { 4 } else { 2 }
                    && rung.bytes().all(|digit| digit.is_ascii_digit())
            });
        if well_formed {
            Ok(Self(text))
        } else {
            Err(InputValueError::custom("not a region code such as 32.04"))
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

fn text(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(format!("a string is expected, not {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(decimal: Decimal) -> String {
        decimal.to_value().to_string()
    }

    #[test]
    fn a_decimal_is_written_without_trailing_zeros() {
        assert_eq!(shown(Decimal::thousandths(12_500)), "\"12.5\"");
        assert_eq!(shown(Decimal::thousandths(-5)), "\"-0.005\"");
        assert_eq!(shown(Decimal::hundredths(0)), "\"0\"");
    }

    #[test]
    fn a_decimal_reads_what_it_writes() {
        for text in ["0", "-0.005", "12.5", "7"] {
            let decimal = Decimal::parse(Value::String(text.into())).unwrap();
            assert_eq!(decimal.to_value(), Value::String(text.into()));
        }
        assert!(Decimal::parse(Value::String("1.2345".into())).is_err());
    }

    #[test]
    fn a_region_code_has_two_digits_a_rung_and_four_for_a_village() {
        for (code, fits) in
            [("32", true), ("32.04.05.2001", true), ("32.4", false), ("", false), ("32.04.", false)]
        {
            assert_eq!(RegionCode::parse(Value::String(code.into())).is_ok(), fits, "{code}");
        }
    }
}
