//! The value of an argument, whether it is a literal, a variable, or a variable's default.

use std::cell::Cell;

use async_graphql::{
    Name, Number, Positioned, Value as Constant, Variables,
    parser::types::{Directive, Field, VariableDefinition},
};
use async_graphql_value::Value;

use super::limit::{MAX_VALUE_DEPTH, MAX_VALUES};
use crate::document::{DocumentError, grouped};

/// The value of an argument; never null.
#[derive(Clone, Copy, Debug)]
pub(super) enum ArgumentValue<'a> {
    Literal(&'a Value),
    Variable(&'a Constant),
}

/// The variables of an operation, with their values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bindings<'a> {
    /// Whether the value of any of them was used.
    pub(super) used: &'a Cell<bool>,
    pub(super) variables: &'a Variables,
    pub(super) definitions: &'a [Positioned<VariableDefinition>],
}

impl<'a> Bindings<'a> {
    fn resolve(self, value: &'a Value) -> Option<ArgumentValue<'a>> {
        match value {
            Value::Null => None,
            Value::Variable(name) => self.variable(name),
            value => Some(ArgumentValue::Literal(value)),
        }
    }

    fn variable(self, name: &str) -> Option<ArgumentValue<'a>> {
        self.used.set(true);
        let default = || {
            let definition = self.definitions.iter().find(|definition| definition.node.name.node == name)?;
            definition.node.default_value.as_ref().map(|default| &default.node)
        };
        constant(self.variables.get(name).or_else(default)?)
    }

    /// An argument of a field; null counts as absent.
    pub(super) fn argument(self, field: &'a Field, name: &str) -> Option<ArgumentValue<'a>> {
        self.resolve(&field.get_argument(name)?.node)
    }

    /// Whether `@skip` or `@include` leave the selection out.
    pub(super) fn skip(self, directives: &'a [Positioned<Directive>]) -> bool {
        directives.iter().any(|directive| {
            let condition = directive.node.get_argument("if").and_then(|value| self.resolve(&value.node));
            let holds = condition.and_then(ArgumentValue::boolean);
            match directive.node.name.node.as_str() {
                "skip" => holds == Some(true),
                "include" => holds == Some(false),
                _ => false,
            }
        })
    }

    /// The items of a list; a single value is a list of one.
    pub(super) fn items(self, value: ArgumentValue<'a>) -> Vec<ArgumentValue<'a>> {
        match value {
            ArgumentValue::Literal(Value::List(items)) => {
                items.iter().filter_map(|item| self.resolve(item)).collect()
            }
            ArgumentValue::Variable(Constant::List(items)) => items.iter().filter_map(constant).collect(),
            one => vec![one],
        }
    }

    /// The fields of an object that have a value.
    pub(super) fn fields(self, value: ArgumentValue<'a>) -> Vec<(&'a str, ArgumentValue<'a>)> {
        match value {
            ArgumentValue::Literal(Value::Object(fields)) => {
                let field =
                    |(name, value): (&'a Name, &'a Value)| Some((name.as_str(), self.resolve(value)?));
                fields.iter().filter_map(field).collect()
            }
            ArgumentValue::Variable(Constant::Object(fields)) => {
                fields.iter().filter_map(|(name, value)| Some((name.as_str(), constant(value)?))).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn constant(value: &Constant) -> Option<ArgumentValue<'_>> {
    (*value != Constant::Null).then_some(ArgumentValue::Variable(value))
}

impl ArgumentValue<'_> {
    /// How many items a list has.
    pub(super) fn length(self) -> Option<u64> {
        match self {
            Self::Literal(Value::List(items)) => Some(items.len() as u64),
            Self::Variable(Constant::List(items)) => Some(items.len() as u64),
            _ => None,
        }
    }

    /// The number, clamped to 0..=`most`; what is no number counts as `most`.
    pub(super) fn clamped(self, most: u64) -> u64 {
        let (Self::Literal(Value::Number(number)) | Self::Variable(Constant::Number(number))) = self else {
            return most;
        };
        let negative = number.as_f64().is_some_and(|number| number < 0.0);
        if negative { 0 } else { Number::as_u64(number).unwrap_or(most).min(most) }
    }

    /// The value of an enum, which is a string in variables.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Literal(Value::Enum(word)) | Self::Variable(Constant::Enum(word)) => Some(word),
            Self::Literal(Value::String(word)) | Self::Variable(Constant::String(word)) => Some(word),
            _ => None,
        }
    }

    fn boolean(self) -> Option<bool> {
        match self {
            Self::Literal(Value::Boolean(value)) | Self::Variable(Constant::Boolean(value)) => Some(*value),
            _ => None,
        }
    }
}

/// Refuses variables that are nested too deeply, or hold too many values, counted once for each use in the document:
/// each use gets a copy.
///
/// # Errors
/// `DEPTH_LIMIT_EXCEEDED` or `DOCUMENT_LIMIT_EXCEEDED`.
pub(super) fn check(document: &str, variables: &Variables) -> Result<(), DocumentError> {
    let mut total = 0_usize;
    for (name, value) in variables.iter() {
        let values = size(name, value)?;
        // The uses of a small one need not be counted: they are bounded too. Its definition is no use.
        let named = if values < 100 { 1 } else { document.matches(&format!("${name}")).count() };
        total = total.saturating_add(values.saturating_mul(named.saturating_sub(1).max(1)));
    }
    if total <= MAX_VALUES {
        return Ok(());
    }
    let (total, most) = (grouped(total as u64), grouped(MAX_VALUES as u64));
    Err(DocumentError::too_large(format!(
        "the variables have {total} values, counted once for each use; at most {most}"
    )))
}

/// How many values a value holds, itself included.
fn size(name: &str, value: &Constant) -> Result<usize, DocumentError> {
    let (mut values, mut open) = (0, vec![(value, 0)]);
    while let Some((value, depth)) = open.pop() {
        values += 1;
        if depth > MAX_VALUE_DEPTH {
            return Err(DocumentError::too_deep(format!(
                "variable `{name}` is nested more than {MAX_VALUE_DEPTH} deep"
            )));
        }
        match value {
            Constant::List(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Constant::Object(fields) => open.extend(fields.values().map(|field| (field, depth + 1))),
            _ => {}
        }
    }
    Ok(values)
}
