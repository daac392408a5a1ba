//! Checks values of scalars, and says with an example what is expected instead.

use async_graphql::{ScalarType, Value};

use super::values::TypeMismatch;
use crate::graph::scalar::{Date, DateTime, Decimal, RegionCode, Rupiah};

/// Checks a value of a scalar; unknown scalars check theirs themselves.
///
/// # Errors
/// When it is no such value.
pub(super) fn fit(name: &str, value: &Value) -> Result<(), TypeMismatch> {
    let (fits, expected) = match name {
        "Int" => {
            let Value::Number(number) = value else {
                return Err(TypeMismatch::new("is not of type Int; an integer such as 20 is expected"));
            };
            let whole = number.as_i64().filter(|_| !number.is_f64());
            (whole.is_some_and(|whole| i32::try_from(whole).is_ok()), "is not a 32-bit integer")
        }
        "Float" => {
            (matches!(value, Value::Number(_)), "is not of type Float; a number such as 12.5 is expected")
        }
        "String" => (
            matches!(value, Value::String(_)),
            "is not of type String; a text in quotation marks is expected",
        ),
        "ID" => {
            let number = matches!(value, Value::Number(number) if !number.is_f64());
            (number || matches!(value, Value::String(_)), "is not of type ID")
        }
        "Boolean" => {
            (matches!(value, Value::Boolean(_)), "is not of type Boolean; true or false is expected")
        }
        "Date" => (parses::<Date>(value), "is not a Date; a day such as \"2025-11-16\" is expected"),
        "DateTime" => (
            parses::<DateTime>(value),
            "is not a DateTime; a time with seconds and zone such as \"2025-11-16T01:00:00Z\" is expected",
        ),
        "Rupiah" => (
            parses::<Rupiah>(value),
            "is not of type Rupiah; an amount in whole rupiah such as \"280000000\" is expected, with at most 25 digits",
        ),
        "Decimal" => (
            parses::<Decimal>(value),
            "is not of type Decimal; a number such as \"12.5\" is expected, with at most 25 digits before the point and 12 after it",
        ),
        "RegionCode" => {
            (parses::<RegionCode>(value), "is not a RegionCode; a code such as \"32.04\" is expected")
        }
        _ => return Ok(()),
    };
    let of_value = ["Date", "DateTime", "Rupiah", "Decimal", "RegionCode"].contains(&name);
    if fits { Ok(()) } else { Err(TypeMismatch::new(expected).of_value(of_value)) }
}

fn parses<S: ScalarType>(value: &Value) -> bool {
    S::parse(value.clone()).is_ok()
}
