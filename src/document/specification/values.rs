//! Coerces variables to their types before anything is executed.

use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::VariableDefinition,
    registry::{MetaType, MetaTypeName},
};

use super::{Types, scalar};
use crate::document::DocumentError;

/// Gives each defined variable its value, coerced to its type, or its default.
///
/// # Errors
/// One for each variable that has no such value.
pub(super) fn coerce(
    types: Types<'_>,
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
            (Some(value), _) => of_type(types, &written, value),
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

    /// An input object has a field that its type does not have.
    pub(super) fn no_field<'n>(
        types: Types<'_>,
        of: &str,
        field: &str,
        known: impl Iterator<Item = &'n String>,
    ) -> Self {
        let alike = types.suggest(field, known);
        Self::new(format!("has a field `{field}` that {of} does not have{alike}"))
    }

    /// A word is no value of an enum.
    pub(super) fn no_word<'n>(
        types: Types<'_>,
        of: &str,
        word: &str,
        known: impl Iterator<Item = &'n String>,
    ) -> Self {
        let alike = types.suggest(word, known);
        Self::new(format!("is `{word}`, which is not a value of the enum {of}{alike}"))
    }

    /// A `@oneOf` input object does not have exactly one field.
    pub(super) fn not_one<'n>(of: &str, known: impl Iterator<Item = &'n String>) -> Self {
        let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
        Self::new(format!("must give exactly one of {}, not null, as {of}", known.join(", ")))
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

fn of_type(types: Types<'_>, written: &str, value: Value) -> Result<Value, TypeMismatch> {
    match (MetaTypeName::create(written), value) {
        (MetaTypeName::NonNull(_), Value::Null) => {
            Err(TypeMismatch::new(format!("is null; it must be {written}")))
        }
        (_, Value::Null) => Ok(Value::Null),
        (MetaTypeName::NonNull(inner), value) => of_type(types, inner, value),
        (MetaTypeName::List(inner), Value::List(items)) => {
            let items = items.into_iter().enumerate();
            let items =
                items.map(|(at, item)| of_type(types, inner, item).map_err(|mismatch| mismatch.under(at)));
            items.collect::<Result<_, _>>().map(Value::List)
        }
        // One value stands for a list of itself.
        (MetaTypeName::List(inner), one) => Ok(Value::List(vec![of_type(types, inner, one)?])),
        (MetaTypeName::Named(name), value) => match types.registry.types.get(name) {
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
                Value::String(word) => Err(TypeMismatch::no_word(types, name, &word, enum_values.keys())),
                _ => Err(TypeMismatch::new(format!("is not a value of the enum {name}"))),
            },
            Some(input @ MetaType::InputObject { .. }) => object(types, input, value),
            // What is no input type is validation's to report.
            _ => Ok(value),
        },
    }
}

/// The value of a scalar, where JSON has several spellings of it in one.
fn scalar(name: &str, value: Value) -> Result<Value, TypeMismatch> {
    let value = match (name, value) {
        ("Int", Value::Number(number)) => {
            #[expect(clippy::cast_possible_truncation, reason = "the guard says that there is no fraction")]
            let whole = number.as_f64().filter(|number| number.fract() == 0.0).map(|number| number as i64);
            number.as_i64().or(whole).map_or(Value::Number(number), Value::from)
        }
        (_, value) => value,
    };
    scalar::fit(name, &value)?;
    Ok(match (name, value) {
        ("ID", Value::Number(number)) => Value::String(number.to_string()),
        (_, value) => value,
    })
}

fn object(types: Types<'_>, input: &MetaType, value: Value) -> Result<Value, TypeMismatch> {
    let MetaType::InputObject { name, input_fields, oneof, .. } = input else { return Ok(value) };
    let Value::Object(mut given) = value else {
        return Err(TypeMismatch::new(format!("is not an object; it must be {name}")));
    };
    if let Some(unknown) = given.keys().find(|field| !input_fields.contains_key(field.as_str())) {
        return Err(TypeMismatch::no_field(types, name, unknown, input_fields.keys()));
    }
    if *oneof && (given.len() != 1 || given.values().any(|value| *value == Value::Null)) {
        return Err(TypeMismatch::not_one(name, input_fields.keys()));
    }
    for field in input_fields.values() {
        let name = field.name.as_str();
        match given.get_mut(name) {
            Some(value) => {
                let raw = std::mem::take(value);
                *value = of_type(types, &field.ty, raw).map_err(|mismatch| mismatch.under(name))?;
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
