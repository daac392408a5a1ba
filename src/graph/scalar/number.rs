//! The scalars `Rupiah` and `Decimal`, written as strings of digits.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

use super::text;

/// The most digits before and after the decimal point.
const WHOLE: usize = 25;
const FRACTION: usize = 12;

/// An amount in whole rupiah as a string, such as `"280000000000000"`: an optional minus sign and digits without
/// leading zeros. An integer is accepted as well [rupiah].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rupiah(pub i128);

impl From<i64> for Rupiah {
    fn from(rupiah: i64) -> Self {
        Self(rupiah.into())
    }
}

/// An amount in whole rupiah as a string, such as `"280000000000000"`: an optional minus sign and digits without
/// leading zeros. An integer is accepted as well [rupiah].
#[Scalar(name = "Rupiah")]
impl ScalarType for Rupiah {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = digits(value)?;
        match Decimal::read(&text).filter(|_| !text.contains('.')) {
            Some(Decimal { units, places: 0 }) => Ok(Self(units)),
            _ => Err(InputValueError::custom(format!(
                "an amount must be written like \"280000000\", with at most {WHOLE} digits without leading zeros"
            ))),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A decimal number as a string, such as `"12.5"` or `"-3"`: an optional minus sign, digits without leading zeros, and
/// an optional point followed by digits. An integer is accepted as well [desimal].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    units: i128,
    /// Number of decimal places.
    places: u32,
}

impl Decimal {
    #[must_use]
    pub fn thousandths(units: i64) -> Self {
        Self::of(units, 3)
    }

    /// Converts basis points to per cent.
    #[must_use]
    pub fn hundredths(units: i64) -> Self {
        Self::of(units, 2)
    }

    /// A number of units with this many decimal places.
    #[must_use]
    pub fn of(units: i64, places: u32) -> Self {
        Self { units: units.into(), places }
    }

    /// Converts to units with this many decimal places, rounded down, and returns whether that is exact. No column has more
    /// than three places.
    #[must_use]
    pub fn in_units(&self, places: u32) -> (i128, bool) {
        if places >= self.places {
            return (self.units * 10_i128.pow(places - self.places), true);
        }
        let scale = 10_i128.pow(self.places - places);
        (self.units.div_euclid(scale), self.units.rem_euclid(scale) == 0)
    }

    /// Parses a number, without trailing zeros.
    fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        let numeric = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
        let is_whole = !whole.is_empty() && whole.len() <= WHOLE && (whole == "0" || !whole.starts_with('0'));
        if !is_whole || !numeric(whole) || !numeric(fraction) {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let places = u32::try_from(fraction.len()).ok().filter(|_| fraction.len() <= FRACTION)?;
        let units: i128 = format!("{whole}{fraction}").parse().ok()?;
        let negative = text.starts_with('-');
        // Nothing is negative about zero.
        if negative && units == 0 {
            None
        } else {
            Some(Self { units: if negative { -units } else { units }, places })
        }
    }
}

/// A decimal number as a string, such as `"12.5"` or `"-3"`: an optional minus sign, digits without leading zeros, and
/// an optional point followed by digits. An integer is accepted as well [desimal].
#[Scalar(name = "Decimal")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let read = Self::read(&digits(value)?);
        read.ok_or_else(|| {
            InputValueError::custom(format!(
                "a decimal number must be written like \"12.5\", without leading zeros, with at most {WHOLE} digits before \
                 the point and {FRACTION} after it"
            ))
        })
    }

    fn to_value(&self) -> Value {
        let scale = 10_u128.pow(self.places);
        let (units, sign) = (self.units.unsigned_abs(), if self.units < 0 { "-" } else { "" });
        let text = format!("{sign}{}", units / scale);
        if self.places == 0 {
            return Value::String(text);
        }
        let width = self.places as usize;
        let text = format!("{text}.{:0width$}", units % scale);
        Value::String(text.trim_end_matches('0').trim_end_matches('.').to_owned())
    }
}

/// The digits of a string or an integer.
fn digits(value: Value) -> Result<String, String> {
    match value {
        Value::Number(number) if !number.is_f64() => Ok(number.to_string()),
        value => text(value),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{ScalarType, Value};

    use super::{Decimal, Rupiah};

    fn decimal(text: &str) -> Option<Decimal> {
        Decimal::parse(Value::String(text.into())).ok()
    }

    fn shown(decimal: Decimal) -> String {
        decimal.to_value().to_string()
    }

    #[test]
    fn a_decimal_is_written_without_trailing_zeros() {
        assert_eq!(shown(Decimal::thousandths(12_500)), "\"12.5\"");
        assert_eq!(shown(Decimal::thousandths(-5)), "\"-0.005\"");
        assert_eq!(shown(Decimal::hundredths(0)), "\"0\"");
        assert_eq!(shown(Decimal::of(100, 0)), "\"100\"");
        assert_eq!(shown(decimal("1.500000").unwrap()), "\"1.5\"");
    }

    #[test]
    fn a_number_reads_what_it_writes() {
        let mut seed = 1_u64;
        for _ in 0..10_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let units = i64::from_ne_bytes(seed.to_ne_bytes()) >> (seed % 64);
            for places in 0..=3 {
                let (number, whole) = (Decimal::of(units, places), Rupiah::from(units));
                let read = Decimal::parse(number.to_value()).unwrap();
                assert_eq!(read.in_units(3), number.in_units(3), "{number:?}");
                assert_eq!(Rupiah::parse(whole.to_value()).unwrap(), whole);
            }
        }
    }

    #[test]
    fn a_number_has_one_spelling_but_for_zeros_at_its_end() {
        for text in [
            "",
            "-",
            "+",
            "+1",
            "1.",
            ".5",
            "-.5",
            "007",
            "00",
            "-01",
            "1e3",
            "1,5",
            " 1",
            "1 ",
            "1.2.3",
            "١",
            "0x1",
            "--1",
            "1_000",
            "99999999999999999999999999",
            "0.1234567890123",
            "NaN",
        ] {
            assert_eq!(decimal(text), None, "{text}");
            assert!(Rupiah::parse(Value::String(text.into())).is_err(), "{text}");
        }
        assert!(Rupiah::parse(Value::String("1.5".into())).is_err());
        assert_eq!(decimal("0"), decimal("0.000000000000000"));
        assert_eq!(decimal("-2.5").unwrap().in_units(0), (-3, false), "rounded down");
        assert!(decimal("9999999999999999999999999.999").unwrap().in_units(3).1);
    }

    #[test]
    fn an_amount_has_no_point_and_zero_has_no_minus() {
        let amount = |text: &str| Rupiah::parse(Value::String(text.into())).ok();
        for text in ["1.0", "1.5", "0.0", "-0", "-0.0"] {
            assert_eq!(amount(text), None, "{text}");
        }
        assert_eq!((amount("0"), amount("-1")), (Some(Rupiah(0)), Some(Rupiah(-1))));
        assert_eq!((decimal("-0").map(shown), decimal("-0.0").map(shown)), (None, None));
    }
}
