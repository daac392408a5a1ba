//! Why a document is not executed, as data.

use std::collections::BTreeMap;

use async_graphql::{Pos, Value};

/// An error in a document or in its variables, or a limit that they exceed.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentError {
    /// The documented code of `extensions.code`.
    pub code: &'static str,
    pub message: String,
    /// Positions in the document.
    pub locations: Vec<Pos>,
    /// Other members of `extensions`.
    pub details: BTreeMap<&'static str, Value>,
}

impl DocumentError {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), locations: Vec::new(), details: BTreeMap::new() }
    }

    /// The text breaks the grammar.
    pub(super) fn parse(message: impl Into<String>) -> Self {
        Self::new("GRAPHQL_PARSE_FAILED", message)
    }

    /// The document breaks a validation rule.
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new("GRAPHQL_VALIDATION_FAILED", message)
    }

    /// The document is valid, its variables are not.
    pub(super) fn bad_input(message: impl Into<String>) -> Self {
        Self::new("BAD_USER_INPUT", message)
    }

    /// Something is nested too deeply.
    pub(super) fn too_deep(message: impl Into<String>) -> Self {
        Self::new("DEPTH_LIMIT_EXCEEDED", message)
    }

    /// A size limit is exceeded, independent of the cost.
    pub(super) fn too_large(message: impl Into<String>) -> Self {
        Self::new("DOCUMENT_LIMIT_EXCEEDED", message)
    }

    /// The price exceeds the caller's limit.
    pub(super) fn too_expensive(message: impl Into<String>) -> Self {
        Self::new("COST_LIMIT_EXCEEDED", message)
    }

    /// Adds positions in the document.
    pub(super) fn at(mut self, locations: impl IntoIterator<Item = Pos>) -> Self {
        self.locations.extend(locations);
        self
    }

    /// Adds a member of `extensions`.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.details.insert(name, value.into());
        self
    }
}

/// Formats `1234567` as `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
