//! Parses the parameters of a GraphQL request from JSON. Unused members are not stored, and values are counted first.

use async_graphql::Variables;
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use crate::document::cost::limit::MAX_VALUES;

/// The parameters of a GraphQL request.
#[derive(Debug, Default)]
pub struct Parameters {
    pub query: Option<String>,
    pub operation_name: Option<String>,
    pub variables: Variables,
    /// `extensions.persistedQuery` of Apollo's protocol.
    pub persisted_query: Option<Value>,
    /// The id of a persisted document.
    pub document_id: Option<String>,
    /// The same, as Relay's clients send it; other values than strings are ignored.
    pub id: Option<String>,
    pub doc_id: Option<String>,
}

/// The parameters in JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Json<'a> {
    query: Option<String>,
    operation_name: Option<String>,
    #[serde(borrow)]
    variables: Option<&'a RawValue>,
    #[serde(borrow)]
    extensions: Option<&'a RawValue>,
    document_id: Option<String>,
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow, rename = "doc_id")]
    doc_id: Option<&'a RawValue>,
}

/// Why parameters cannot be parsed.
#[derive(Debug, thiserror::Error)]
pub enum ParameterError {
    #[error("a request must have at most {MAX_VALUES} values in its variables")]
    TooManyValues,
    #[error("{0}")]
    Malformed(String),
}

impl From<serde_json::Error> for ParameterError {
    fn from(error: serde_json::Error) -> Self {
        Self::Malformed(error.to_string())
    }
}

impl Parameters {
    /// Parses variables from a JSON object.
    ///
    /// # Errors
    /// When the text is no such object, or holds too many values.
    pub fn variables(json: &str) -> Result<Variables, ParameterError> {
        variables(json)
    }

    /// Parses the parameters from a JSON object.
    ///
    /// # Errors
    /// When the text is no such object, or its variables hold too many values.
    pub fn parse(json: &str) -> Result<Self, ParameterError> {
        // serde would accept a list of values as well.
        if !is_object(json) {
            return Err(ParameterError::Malformed("it is not an object".to_owned()));
        }
        let Json { query, operation_name, variables, extensions, document_id, id, doc_id } =
            serde_json::from_str(json)?;
        let text = |json: Option<&RawValue>| json.and_then(|json| serde_json::from_str(json.get()).ok());
        Ok(Self {
            query,
            operation_name: operation_name.filter(|name| !name.is_empty()),
            variables: variables.map(|json| self::variables(json.get())).transpose()?.unwrap_or_default(),
            persisted_query: extensions.map(|json| persisted_query(json.get())).transpose()?.flatten(),
            document_id,
            id: text(id),
            doc_id: text(doc_id),
        })
    }
}

/// Parses the variables of a request.
///
/// # Errors
/// When they are no JSON object, or hold too many values.
pub(in crate::http) fn variables(json: &str) -> Result<Variables, ParameterError> {
    check_values(json)?;
    Ok(serde_json::from_str(json)?)
}

/// Parses `extensions.persistedQuery` from `extensions`.
///
/// # Errors
/// When `extensions` are no JSON object, or it holds too many values.
pub(in crate::http) fn persisted_query(json: &str) -> Result<Option<Value>, ParameterError> {
    #[derive(Default, Deserialize)]
    struct Extensions<'a> {
        #[serde(borrow, rename = "persistedQuery")]
        persisted_query: Option<&'a RawValue>,
    }
    if json.trim_ascii() == "null" {
        return Ok(None);
    }
    if !is_object(json) {
        return Err(ParameterError::Malformed("`extensions` is not an object".to_owned()));
    }
    let known: Extensions<'_> = serde_json::from_str(json)?;
    let Some(persisted) = known.persisted_query else { return Ok(None) };
    check_values(persisted.get())?;
    Ok(serde_json::from_str(persisted.get())?)
}

/// Whether a JSON text is an object.
pub(in crate::http) fn is_object(json: &str) -> bool {
    json.trim_ascii_start().starts_with('{')
}

/// Refuses too many values: in memory, each takes many times its bytes in JSON.
fn check_values(json: &str) -> Result<(), ParameterError> {
    if values(json) > MAX_VALUES { Err(ParameterError::TooManyValues) } else { Ok(()) }
}

/// How many values a JSON value holds.
fn values(json: &str) -> usize {
    let (mut count, mut opened, mut quoted, mut escaped) = (0, false, false, false);
    for byte in json.bytes() {
        if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if !byte.is_ascii_whitespace() {
            // One before each comma, and one before the end of each non-empty list or object.
            count += usize::from(byte == b',' || (opened && !matches!(byte, b']' | b'}')));
            opened = matches!(byte, b'[' | b'{');
            quoted = byte == b'"';
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::values;

    fn counted(value: &Value) -> usize {
        match value {
            Value::Array(items) => items.iter().map(|item| 1 + counted(item)).sum(),
            Value::Object(members) => members.values().map(|member| 1 + counted(member)).sum(),
            _ => 0,
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(json!(null)),
            any::<i32>().prop_map(|number| json!(number)),
            "[a\\[\\]{},:\"\\\\ ]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[a\\[,\"\\\\]{0,3}", inner, 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn values_are_counted_without_being_parsed(value in value()) {
            prop_assert_eq!(values(&value.to_string()), counted(&value));
            prop_assert_eq!(values(&serde_json::to_string_pretty(&value).unwrap()), counted(&value));
        }
    }
}
