//! Validates the values in a document against the types of their positions.

use async_graphql::registry::{MetaType, MetaTypeName};
use async_graphql_value::Value;

use super::{Types, scalar, values::TypeMismatch};

/// Checks that a value is of a type. Variables in it are accepted; `usage` checks their types.
///
/// # Errors
/// The first part of the value that is not.
pub(super) fn fit(types: Types<'_>, expected: &str, value: &Value) -> Result<(), TypeMismatch> {
    match (MetaTypeName::create(expected), value) {
        (MetaTypeName::NonNull(_), Value::Null) => {
            Err(TypeMismatch::new(format!("is null; it must be {expected}")))
        }
        (_, Value::Null | Value::Variable(_)) => Ok(()),
        (MetaTypeName::NonNull(inner), value) => fit(types, inner, value),
        (MetaTypeName::List(inner), Value::List(items)) => {
            let mut items = items.iter().enumerate();
            items.try_for_each(|(at, item)| fit(types, inner, item).map_err(|mismatch| mismatch.under(at)))
        }
        // One value stands for a list of itself.
        (MetaTypeName::List(inner), one) => fit(types, inner, one),
        (MetaTypeName::Named(name), value) => match types.registry.types.get(name) {
            Some(MetaType::Enum { enum_values, .. }) => match value {
                Value::Enum(word) if enum_values.contains_key(word.as_str()) => Ok(()),
                Value::String(word) if enum_values.contains_key(word) => {
                    Err(TypeMismatch::new(format!("is a string; {word} is a value of {name} without quotes")))
                }
                Value::Enum(word) => Err(TypeMismatch::no_word(types, name, word, enum_values.keys())),
                Value::String(word) => Err(TypeMismatch::no_word(types, name, word, enum_values.keys())),
                _ => Err(TypeMismatch::new(format!("is not a value of the enum {name}"))),
            },
            Some(input @ MetaType::InputObject { .. }) => object(types, input, value),
            Some(MetaType::Scalar { .. }) => match value.clone().into_const() {
                Some(value) => scalar::fit(name, &value),
                None => Ok(()),
            },
            // What is no input type is reported where the variable is defined.
            _ => Ok(()),
        },
    }
}

fn object(types: Types<'_>, input: &MetaType, value: &Value) -> Result<(), TypeMismatch> {
    let MetaType::InputObject { name, input_fields, oneof, .. } = input else { return Ok(()) };
    let Value::Object(given) = value else {
        return Err(TypeMismatch::new(format!("is not an object; it must be {name}")));
    };
    if *oneof && (given.len() != 1 || given.values().any(|value| *value == Value::Null)) {
        return Err(TypeMismatch::not_one(name, input_fields.keys()));
    }
    for (field, value) in given {
        let Some(known) = input_fields.get(field.as_str()) else {
            return Err(TypeMismatch::no_field(types, name, field, input_fields.keys()));
        };
        fit(types, &known.ty, value).map_err(|mismatch| mismatch.under(field))?;
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
