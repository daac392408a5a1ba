//! Checks values of the specification's scalars, and says with an example what is expected instead.

use async_graphql::Value;

use super::values::TypeMismatch;

/// Checks a value of a scalar of the specification; others are parsed when they are used.
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
        _ => return Ok(()),
    };
    if fits { Ok(()) } else { Err(TypeMismatch::new(expected)) }
}
