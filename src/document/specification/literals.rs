//! Validates the values in a document against the types of their positions.

use async_graphql::registry::{MetaType, MetaTypeName, Registry};
use async_graphql_value::Value;

use super::values::TypeMismatch;

/// Checks that a value is of a type. Variables in it are accepted; `usage` checks their types.
///
/// # Errors
/// The first part of the value that is not.
pub(super) fn fit(registry: &Registry, expected: &str, value: &Value) -> Result<(), TypeMismatch> {
    match (MetaTypeName::create(expected), value) {
        (MetaTypeName::NonNull(_), Value::Null) => {
            Err(TypeMismatch::new(format!("is null; it must be {expected}")))
        }
        (_, Value::Null | Value::Variable(_)) => Ok(()),
        (MetaTypeName::NonNull(inner), value) => fit(registry, inner, value),
        (MetaTypeName::List(inner), Value::List(items)) => {
            let mut items = items.iter().enumerate();
            items.try_for_each(|(at, item)| fit(registry, inner, item).map_err(|mismatch| mismatch.under(at)))
        }
        // One value stands for a list of itself.
        (MetaTypeName::List(inner), one) => fit(registry, inner, one),
        (MetaTypeName::Named(name), value) => match registry.types.get(name) {
            Some(MetaType::Enum { enum_values, .. }) => match value {
                Value::Enum(word) if enum_values.contains_key(word.as_str()) => Ok(()),
                Value::String(word) if enum_values.contains_key(word) => {
                    Err(TypeMismatch::new(format!("is a string; {word} is a value of {name} without quotes")))
                }
                _ => Err(TypeMismatch::new(format!("is not a value of the enum {name}"))),
            },
            Some(input @ MetaType::InputObject { .. }) => object(registry, input, value),
            Some(MetaType::Scalar { .. }) => scalar(name, value),
            // What is no input type is reported where the variable is defined.
            _ => Ok(()),
        },
    }
}

/// Checks the scalars of the specification; others check their values themselves.
fn scalar(name: &str, value: &Value) -> Result<(), TypeMismatch> {
    let fits = match (name, value) {
        ("Int", Value::Number(number)) => {
            let whole = number.as_i64().filter(|_| !number.is_f64());
            if whole.and_then(|whole| i32::try_from(whole).ok()).is_none() {
                return Err(TypeMismatch::new("is not a 32-bit integer"));
            }
            true
        }
        ("ID", Value::Number(number)) => !number.is_f64(),
        ("Float", Value::Number(_))
        | ("String" | "ID", Value::String(_))
        | ("Boolean", Value::Boolean(_)) => true,
        (name, _) => !["Int", "Float", "String", "ID", "Boolean"].contains(&name),
    };
    if fits { Ok(()) } else { Err(TypeMismatch::new(format!("is not of type {name}"))) }
}

fn object(registry: &Registry, input: &MetaType, value: &Value) -> Result<(), TypeMismatch> {
    let MetaType::InputObject { name, input_fields, oneof, .. } = input else { return Ok(()) };
    let Value::Object(given) = value else {
        return Err(TypeMismatch::new(format!("is not an object; it must be {name}")));
    };
    if *oneof && (given.len() != 1 || given.values().any(|value| *value == Value::Null)) {
        return Err(TypeMismatch::new(format!(
            "must have exactly one field of {name}, and its value must not be null"
        )));
    }
    for (field, value) in given {
        let Some(known) = input_fields.get(field.as_str()) else {
            return Err(TypeMismatch::new(format!("has a field `{field}` that {name} does not have")));
        };
        fit(registry, &known.ty, value).map_err(|mismatch| mismatch.under(field))?;
    }
    for field in input_fields.values() {
        let needed = field.ty.ends_with('!') && field.default_value.is_none();
        if needed && !given.contains_key(field.name.as_str()) {
            let mismatch = TypeMismatch::new(format!("has no value; it must be {}", field.ty));
            return Err(mismatch.under(&field.name));
        }
    }
    Ok(())
}
