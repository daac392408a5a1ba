//! The size of arguments in bytes: each value counts once for each use.

use std::collections::HashMap;

use async_graphql::{
    Positioned, Value as Constant, Variables,
    parser::types::{Directive, ExecutableDocument, Field},
};
use async_graphql_value::Value;

use super::{limit::MAX_VALUE_BYTES, price};
use crate::document::DocumentError;

/// Bytes that a number, a boolean, an enum value, a list or an object counts.
const PLAIN: u64 = 8;

/// The size of arguments, and how often they use variables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ValueBytes {
    /// Uses of variables.
    pub(super) uses: u64,
    /// Bytes of all values, those of variables included.
    pub(super) bytes: u64,
}

impl ValueBytes {
    pub(super) fn add(&mut self, other: Self) {
        self.uses = self.uses.saturating_add(other.uses);
        self.bytes = self.bytes.saturating_add(other.bytes);
    }

    /// Refuses more bytes than arguments may have.
    pub(super) fn check(self) -> Result<(), DocumentError> {
        super::limit::check(
            "bytes of argument values, counted once for each use",
            self.bytes,
            MAX_VALUE_BYTES,
        )
    }

    /// Whether all of it is free, whichever operation is selected.
    pub(super) fn is_free(self) -> bool {
        self.bytes <= price::FREE_BYTES
    }

    /// Points for the bytes that are not free.
    pub(super) fn points(self) -> u64 {
        self.bytes.saturating_sub(price::FREE_BYTES).div_ceil(price::BYTES_FOR_A_POINT)
    }
}

/// The size of each variable in bytes, of its default where it has no value.
#[derive(Debug, Default)]
pub(super) struct VariableSizes<'a>(HashMap<&'a str, u64>);

impl<'a> VariableSizes<'a> {
    pub(super) fn of(document: &'a ExecutableDocument, variables: &'a Variables) -> Self {
        let mut sizes = HashMap::new();
        for (_, operation) in document.operations.iter() {
            for definition in operation.node.variable_definitions.iter().map(|definition| &definition.node) {
                let default = definition.default_value.as_ref().map_or(0, |value| constant(&value.node));
                let size = sizes.entry(definition.name.node.as_str()).or_default();
                *size = default.max(*size);
            }
        }
        sizes.extend(variables.iter().map(|(name, value)| (name.as_str(), constant(value))));
        Self(sizes)
    }

    /// The size of the largest variable.
    pub(super) fn largest(&self) -> u64 {
        self.0.values().copied().max().unwrap_or_default()
    }

    /// The size of a field's arguments.
    pub(super) fn of_field(&self, field: &Field) -> ValueBytes {
        let mut value_bytes = ValueBytes::default();
        for (_, value) in &field.arguments {
            value_bytes.add(self.of_value(&value.node));
        }
        value_bytes
    }

    /// The size of the arguments of directives.
    pub(super) fn of_directives(&self, directives: &[Positioned<Directive>]) -> ValueBytes {
        let mut value_bytes = ValueBytes::default();
        for (_, value) in directives.iter().flat_map(|directive| &directive.node.arguments) {
            value_bytes.add(self.of_value(&value.node));
        }
        value_bytes
    }

    fn of_value(&self, value: &Value) -> ValueBytes {
        let mut value_bytes = ValueBytes { uses: 0, bytes: PLAIN };
        match value {
            Value::Variable(name) => {
                let bytes = self.0.get(name.as_str()).copied().unwrap_or(PLAIN);
                value_bytes = ValueBytes { uses: 1, bytes };
            }
            Value::String(text) => value_bytes.bytes = text.len() as u64,
            Value::List(items) => items.iter().for_each(|item| value_bytes.add(self.of_value(item))),
            Value::Object(fields) => fields.values().for_each(|field| value_bytes.add(self.of_value(field))),
            _ => {}
        }
        value_bytes
    }
}

fn constant(value: &Constant) -> u64 {
    match value {
        Constant::String(text) => text.len() as u64,
        Constant::List(items) => PLAIN + items.iter().map(constant).sum::<u64>(),
        Constant::Object(fields) => PLAIN + fields.values().map(constant).sum::<u64>(),
        _ => PLAIN,
    }
}
