//! Why a document is not executed.

use std::collections::BTreeMap;

use async_graphql::{Name, Value};

/// A refusal, as the caller reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The documented code of `extensions.code`.
    pub code: &'static str,
    pub message: String,
    /// What stands beside the code in `extensions`.
    pub details: BTreeMap<&'static str, Value>,
}

impl Refusal {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: BTreeMap::new() }
    }

    pub(super) fn unreadable(message: impl Into<String>) -> Self {
        Self::new("GRAPHQL_PARSE_FAILED", message)
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new("GRAPHQL_VALIDATION_FAILED", message)
    }

    pub(super) fn deep(message: impl Into<String>) -> Self {
        Self::new("DEPTH_LIMIT_EXCEEDED", message)
    }

    pub(super) fn large(message: impl Into<String>) -> Self {
        Self::new("DOCUMENT_LIMIT_EXCEEDED", message)
    }

    /// An answer that has more bytes than it may; `widest` is the path of the field that takes most of it.
    #[must_use]
    pub fn answer(limit: u32, widest: Vec<String>) -> Self {
        let message = format!(
            "the response has more than {} bytes, most of them in `{}`; select less",
            grouped(limit.into()),
            widest.join(".")
        );
        let widest = Value::List(widest.into_iter().map(Value::String).collect());
        let field = Value::Object([(Name::new("path"), widest)].into_iter().collect());
        Self::large(message).with("widest", field).with("limit", limit)
    }

    pub(super) fn dear(message: impl Into<String>) -> Self {
        Self::new("COST_LIMIT_EXCEEDED", message)
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.details.insert(name, value.into());
        self
    }
}

/// `1234567` as `1,234,567`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
