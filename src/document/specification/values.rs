//! Coerces variables to their types before anything is executed.

use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::VariableDefinition,
    registry::{MetaType, MetaTypeName, Registry},
};

use crate::document::DocumentError;

/// Gives each defined variable its value, coerced to its type, or its default.
///
/// # Errors
/// One for each variable that has no such value.
pub(super) fn coerce(
    registry: &Registry,
    definitions: &[Positioned<VariableDefinition>],
    variables: &mut Variables,
) -> Result<(), Vec<DocumentError>> {
    let mut errors = Vec::new();
    let mut coerced = Variables::default();
    for definition in definitions {
        let (pos, definition) = (definition.pos, &definition.node);
        let (name, written) = (&definition.name.node, definition.var_type.node.to_string());
        let default = definition.default_value.as_ref().map(|value| value.node.clone());
        let value = match (variables.remove(name), default) {
            (Some(value), _) => of_type(registry, &written, value),
            (None, Some(default)) => Ok(default),
            (None, None) if definition.var_type.node.nullable => continue,
            (None, None) => Err(TypeMismatch::new(format!("has no value; it must be {written}"))),
        };
        match value {
            Ok(value) => drop(coerced.insert(name.clone(), value)),
            Err(mismatch) => {
                errors.push(DocumentError::bad_input(format!("variable `${name}{mismatch}")).at([pos]));
            }
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    *variables = coerced;
    Ok(())
}

/// A value that does not match its type: where in it, and why.
#[derive(Debug)]
pub(super) struct TypeMismatch {
    path: String,
    what: String,
}

impl TypeMismatch {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { path: String::new(), what: what.into() }
    }

    pub(super) fn under(mut self, path: impl std::fmt::Display) -> Self {
        self.path.insert_str(0, &format!(".{path}"));
        self
    }
}

impl std::fmt::Display for TypeMismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}` {}", self.path, self.what)
    }
}

fn of_type(registry: &Registry, written: &str, value: Value) -> Result<Value, TypeMismatch> {
    match (MetaTypeName::create(written), value) {
        (MetaTypeName::NonNull(_), Value::Null) => {
            Err(TypeMismatch::new(format!("is null; it must be {written}")))
        }
        (_, Value::Null) => Ok(Value::Null),
        (MetaTypeName::NonNull(inner), value) => of_type(registry, inner, value),
        (MetaTypeName::List(inner), Value::List(items)) => {
            let items = items.into_iter().enumerate();
            let items =
                items.map(|(at, item)| of_type(registry, inner, item).map_err(|mismatch| mismatch.under(at)));
            items.collect::<Result<_, _>>().map(Value::List)
        }
        // One value stands for a list of itself.
        (MetaTypeName::List(inner), one) => Ok(Value::List(vec![of_type(registry, inner, one)?])),
        (MetaTypeName::Named(name), value) => match registry.types.get(name) {
            Some(MetaType::Scalar { is_valid, .. }) => {
                let value = scalar(name, value)?;
                match is_valid {
                    // The library takes a negative number for no Int, where the first type called so has none.
                    Some(is_valid) if name != "Int" && !is_valid(&value) => {
                        Err(TypeMismatch::new(format!("is not a value of {name}")))
                    }
                    _ => Ok(value),
                }
            }
            Some(MetaType::Enum { enum_values, .. }) => match value {
                Value::String(word) if enum_values.contains_key(&word) => Ok(Value::Enum(Name::new(word))),
                _ => Err(TypeMismatch::new(format!("is not a value of the enum {name}"))),
            },
            Some(input @ MetaType::InputObject { .. }) => object(registry, input, value),
            // What is no input type is validation's to report.
            _ => Ok(value),
        },
    }
}

fn scalar(name: &str, value: Value) -> Result<Value, TypeMismatch> {
    match (name, &value) {
        ("Int", Value::Number(number)) => {
            #[expect(clippy::cast_possible_truncation, reason = "the guard says that there is no fraction")]
            let whole = number.as_i64().or_else(|| {
                number.as_f64().filter(|number| number.fract() == 0.0).map(|number| number as i64)
            });
            let whole = whole.and_then(|whole| i32::try_from(whole).ok());
            whole.map(Value::from).ok_or_else(|| TypeMismatch::new("is not a 32-bit integer"))
        }
        ("Float", Value::Number(_))
        | ("String" | "ID", Value::String(_))
        | ("Boolean", Value::Boolean(_)) => Ok(value),
        ("ID", Value::Number(number)) if !number.is_f64() => Ok(Value::String(number.to_string())),
        ("Int" | "Float" | "String" | "ID" | "Boolean", _) => {
            Err(TypeMismatch::new(format!("is not of type {name}")))
        }
        _ => Ok(value),
    }
}

fn object(registry: &Registry, input: &MetaType, value: Value) -> Result<Value, TypeMismatch> {
    let MetaType::InputObject { name, input_fields, oneof, .. } = input else { return Ok(value) };
    let Value::Object(mut given) = value else {
        return Err(TypeMismatch::new(format!("is not an object; it must be {name}")));
    };
    if let Some(unknown) = given.keys().find(|field| !input_fields.contains_key(field.as_str())) {
        return Err(TypeMismatch::new(format!("has a field `{unknown}` that {name} does not have")));
    }
    if *oneof && (given.len() != 1 || given.values().any(|value| *value == Value::Null)) {
        return Err(TypeMismatch::new(format!(
            "must have exactly one field of {name}, and its value must not be null"
        )));
    }
    for field in input_fields.values() {
        let name = field.name.as_str();
        match given.get_mut(name) {
            Some(value) => {
                let raw = std::mem::take(value);
                *value = of_type(registry, &field.ty, raw).map_err(|mismatch| mismatch.under(name))?;
            }
            None if field.ty.ends_with('!') && field.default_value.is_none() => {
                let mismatch = TypeMismatch::new(format!("has no value; it must be {}", field.ty));
                return Err(mismatch.under(name));
            }
            None => {}
        }
    }
    Ok(Value::Object(given))
}
