//! What fields and directives are given as arguments, in bytes: each value once for each place where it is used.

use std::collections::HashMap;

use async_graphql::{
    Positioned, Value as Constant, Variables,
    parser::types::{Directive, ExecutableDocument, Field},
};
use async_graphql_value::Value;

use super::{limit::MAX_VALUE_BYTES, price};
use crate::document::DocumentError;

/// Bytes that a number, a flag, a word of an enum, a list or an object counts.
const PLAIN: u64 = 8;

/// How many places variables stand in, and how many bytes all arguments have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Handed {
    /// Places where a variable stands.
    pub(super) uses: u64,
    /// Bytes of all values, those of variables included.
    pub(super) bytes: u64,
}

impl Handed {
    pub(super) fn add(&mut self, other: Self) {
        self.uses = self.uses.saturating_add(other.uses);
        self.bytes = self.bytes.saturating_add(other.bytes);
    }

    /// Refuses more bytes than fields may be given.
    pub(super) fn check(self) -> Result<(), DocumentError> {
        super::limit::check(
            "bytes of values, once for each place where one is used",
            self.bytes,
            MAX_VALUE_BYTES,
        )
    }

    /// Whether all of it is free, whichever operation is meant.
    pub(super) fn is_free(self) -> bool {
        self.bytes <= price::FREE_BYTES
    }

    /// Points for what goes beyond what is free.
    pub(super) fn points(self) -> u64 {
        self.bytes.saturating_sub(price::FREE_BYTES).div_ceil(price::BYTES_FOR_A_POINT)
    }
}

/// Bytes of each variable, with its default where no value came.
#[derive(Debug, Default)]
pub(super) struct Sizes<'a>(HashMap<&'a str, u64>);

impl<'a> Sizes<'a> {
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

    /// Bytes of the largest.
    pub(super) fn largest(&self) -> u64 {
        self.0.values().copied().max().unwrap_or_default()
    }

    /// What a field is given.
    pub(super) fn of_field(&self, field: &Field) -> Handed {
        let mut handed = Handed::default();
        for (_, value) in &field.arguments {
            handed.add(self.of_value(&value.node));
        }
        handed
    }

    /// What directives are given.
    pub(super) fn of_directives(&self, directives: &[Positioned<Directive>]) -> Handed {
        let mut handed = Handed::default();
        for (_, value) in directives.iter().flat_map(|directive| &directive.node.arguments) {
            handed.add(self.of_value(&value.node));
        }
        handed
    }

    fn of_value(&self, value: &Value) -> Handed {
        let mut handed = Handed { uses: 0, bytes: PLAIN };
        match value {
            Value::Variable(name) => {
                let bytes = self.0.get(name.as_str()).copied().unwrap_or(PLAIN);
                handed = Handed { uses: 1, bytes };
            }
            Value::String(text) => handed.bytes = text.len() as u64,
            Value::List(items) => items.iter().for_each(|item| handed.add(self.of_value(item))),
            Value::Object(fields) => fields.values().for_each(|field| handed.add(self.of_value(field))),
            _ => {}
        }
        handed
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
