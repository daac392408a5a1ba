//! The scalars of the schema: moments, days, money and decimals, exact in JSON.
//!
//! Each has one spelling, which its description gives; any other input is refused.

mod moment;
mod number;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

pub use self::{
    moment::{Date, DateTime},
    number::{Decimal, Rupiah},
};

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

/// Official region code, such as `32.04.05.2001`: two digits for each level, four for a village, separated by dots
/// [kode wilayah].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionCode(pub String);

/// Official region code, such as `32.04.05.2001`: two digits for each level, four for a village, separated by dots
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
            Err(InputValueError::custom("a RegionCode must be written like 32.04"))
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

    #[test]
    fn a_region_code_has_two_digits_a_rung_and_four_for_a_village() {
        for (code, fits) in
            [("32", true), ("32.04.05.2001", true), ("32.4", false), ("", false), ("32.04.", false)]
        {
            assert_eq!(RegionCode::parse(Value::String(code.into())).is_ok(), fits, "{code}");
        }
    }
}
