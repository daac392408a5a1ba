//! What a caller gives for an argument, wherever it stands: in the document, in a variable, in a variable's default.

use std::cell::Cell;

use async_graphql::{
    Name, Number, Positioned, Value as Constant, Variables,
    parser::types::{Directive, Field, VariableDefinition},
};
use async_graphql_value::Value;

use super::limit::{MAX_VALUE_DEPTH, MAX_VALUES};
use crate::document::{DocumentError, grouped};

/// A value, written in the document or bound to a variable; never null.
#[derive(Clone, Copy, Debug)]
pub(super) enum Given<'a> {
    Written(&'a Value),
    Bound(&'a Constant),
}

/// The variables of an operation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bindings<'a> {
    /// Whether any of them was looked at.
    pub(super) looked_at: &'a Cell<bool>,
    pub(super) variables: &'a Variables,
    pub(super) definitions: &'a [Positioned<VariableDefinition>],
}

impl<'a> Bindings<'a> {
    fn written(self, value: &'a Value) -> Option<Given<'a>> {
        match value {
            Value::Null => None,
            Value::Variable(name) => self.bound(name),
            value => Some(Given::Written(value)),
        }
    }

    fn bound(self, name: &str) -> Option<Given<'a>> {
        self.looked_at.set(true);
        let default = || {
            let definition = self.definitions.iter().find(|definition| definition.node.name.node == name)?;
            definition.node.default_value.as_ref().map(|default| &default.node)
        };
        constant(self.variables.get(name).or_else(default)?)
    }

    /// An argument of a field; absent and null are the same here.
    pub(super) fn argument(self, field: &'a Field, name: &str) -> Option<Given<'a>> {
        self.written(&field.get_argument(name)?.node)
    }

    /// Whether the directives leave the selection out.
    pub(super) fn skip(self, directives: &'a [Positioned<Directive>]) -> bool {
        directives.iter().any(|directive| {
            let condition = directive.node.get_argument("if").and_then(|value| self.written(&value.node));
            let holds = condition.and_then(Given::boolean);
            match directive.node.name.node.as_str() {
                "skip" => holds == Some(true),
                "include" => holds == Some(false),
                _ => false,
            }
        })
    }

    /// The items of a list; one value stands for a list of itself.
    pub(super) fn items(self, given: Given<'a>) -> Vec<Given<'a>> {
        match given {
            Given::Written(Value::List(items)) => {
                items.iter().filter_map(|item| self.written(item)).collect()
            }
            Given::Bound(Constant::List(items)) => items.iter().filter_map(constant).collect(),
            one => vec![one],
        }
    }

    /// The fields of an object that have a value.
    pub(super) fn fields(self, given: Given<'a>) -> Vec<(&'a str, Given<'a>)> {
        match given {
            Given::Written(Value::Object(fields)) => {
                let field =
                    |(name, value): (&'a Name, &'a Value)| Some((name.as_str(), self.written(value)?));
                fields.iter().filter_map(field).collect()
            }
            Given::Bound(Constant::Object(fields)) => {
                fields.iter().filter_map(|(name, value)| Some((name.as_str(), constant(value)?))).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn constant(value: &Constant) -> Option<Given<'_>> {
    (*value != Constant::Null).then_some(Given::Bound(value))
}

impl Given<'_> {
    /// How many items a list has.
    pub(super) fn length(self) -> Option<u64> {
        match self {
            Self::Written(Value::List(items)) => Some(items.len() as u64),
            Self::Bound(Constant::List(items)) => Some(items.len() as u64),
            _ => None,
        }
    }

    /// A number between 0 and `most`; whatever is none counts as `most`.
    pub(super) fn clamped(self, most: u64) -> u64 {
        let (Self::Written(Value::Number(number)) | Self::Bound(Constant::Number(number))) = self else {
            return most;
        };
        let negative = number.as_f64().is_some_and(|number| number < 0.0);
        if negative { 0 } else { Number::as_u64(number).unwrap_or(most).min(most) }
    }

    /// The word of an enum, which variables write as a string.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Written(Value::Enum(word)) | Self::Bound(Constant::Enum(word)) => Some(word),
            Self::Written(Value::String(word)) | Self::Bound(Constant::String(word)) => Some(word),
            _ => None,
        }
    }

    fn boolean(self) -> Option<bool> {
        match self {
            Self::Written(Value::Boolean(value)) | Self::Bound(Constant::Boolean(value)) => Some(*value),
            _ => None,
        }
    }
}

/// Refuses variables that nest too deeply, or hold too much for as often as the document names them: each place where
/// one is named gets a copy.
///
/// # Errors
/// `DEPTH_LIMIT_EXCEEDED` or `DOCUMENT_LIMIT_EXCEEDED`.
pub(super) fn check(document: &str, variables: &Variables) -> Result<(), DocumentError> {
    let mut total = 0_usize;
    for (name, value) in variables.iter() {
        let values = size(name, value)?;
        // A short one is not worth counting: what names it is bounded too. It is named once where it is declared.
        let named = if values < 100 { 1 } else { document.matches(&format!("${name}")).count() };
        total = total.saturating_add(values.saturating_mul(named.saturating_sub(1).max(1)));
    }
    if total <= MAX_VALUES {
        return Ok(());
    }
    let (total, most) = (grouped(total as u64), grouped(MAX_VALUES as u64));
    Err(DocumentError::too_large(format!(
        "the variables hold {total} values, one for each place where it is used; at most {most}"
    )))
}

/// How many values there are inside of one, itself included.
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
