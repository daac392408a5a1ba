//! The parameters of a GraphQL request, read from JSON: what is not used is not kept, and what is kept is counted first.

use async_graphql::Variables;
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::{Value, value::RawValue};

/// How many values the variables of a request may hold, used or not. Each takes many times the bytes that it came as.
const MAX_VALUES: usize = 20_000;

/// The parameters of a GraphQL request, as they come over the wire.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameters {
    pub query: Option<String>,
    pub operation_name: Option<String>,
    #[serde(default, deserialize_with = "in_json::variables")]
    pub variables: Variables,
    /// What Apollo's clients say of a persisted document.
    #[serde(rename = "extensions", default, deserialize_with = "in_json::persisted")]
    pub persisted: Option<Value>,
    /// The id of a persisted document.
    pub document_id: Option<String>,
    /// What Relay's clients were taught to send instead; anything else under these names means nothing here.
    #[serde(default, deserialize_with = "in_json::text")]
    pub id: Option<String>,
    #[serde(rename = "doc_id", default, deserialize_with = "in_json::text")]
    pub doc_id: Option<String>,
}

impl Parameters {
    /// Reads an object in JSON.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(json: &str) -> Result<Self, String> {
        // A list of the members' values would do as well for the library.
        if !is_object(json) {
            return Err("it is not an object".to_owned());
        }
        serde_json::from_str(json).map_err(|error| error.to_string())
    }
}

/// Reads the variables of a request.
///
/// # Errors
/// What is wrong with them.
pub(in crate::http) fn variables(json: &str) -> Result<Variables, String> {
    few(json)?;
    serde_json::from_str(json).map_err(|error| error.to_string())
}

/// Reads `extensions`, of which one is known here.
///
/// # Errors
/// What is wrong with them.
pub(in crate::http) fn persisted(json: &str) -> Result<Option<Value>, String> {
    #[derive(Default, Deserialize)]
    struct Extensions<'a> {
        #[serde(borrow, rename = "persistedQuery")]
        persisted: Option<&'a RawValue>,
    }
    if json.trim_ascii() == "null" {
        return Ok(None);
    }
    if !is_object(json) {
        return Err("`extensions` are not an object".to_owned());
    }
    let known: Extensions<'_> = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let Some(persisted) = known.persisted else { return Ok(None) };
    few(persisted.get())?;
    serde_json::from_str(persisted.get()).map_err(|error| error.to_string())
}

/// The same, of members of an object in JSON.
mod in_json {
    use super::{Deserialize, Deserializer, Error, RawValue, Value, Variables};

    pub(super) fn variables<'de, D: Deserializer<'de>>(json: D) -> Result<Variables, D::Error> {
        super::variables(<&RawValue>::deserialize(json)?.get()).map_err(Error::custom)
    }

    pub(super) fn persisted<'de, D: Deserializer<'de>>(json: D) -> Result<Option<Value>, D::Error> {
        super::persisted(<&RawValue>::deserialize(json)?.get()).map_err(Error::custom)
    }

    pub(super) fn text<'de, D: Deserializer<'de>>(json: D) -> Result<Option<String>, D::Error> {
        Ok(serde_json::from_str(<&RawValue>::deserialize(json)?.get()).ok())
    }
}

/// Whether a text in JSON is that of an object.
pub(in crate::http) fn is_object(json: &str) -> bool {
    json.trim_ascii_start().starts_with('{')
}

fn few(json: &str) -> Result<(), String> {
    if values(json) > MAX_VALUES { Err(format!("it holds more than {MAX_VALUES} values")) } else { Ok(()) }
}

/// How many values stand within one in JSON.
fn values(json: &str) -> usize {
    let (mut count, mut opened, mut quoted, mut escaped) = (0, false, false, false);
    for byte in json.bytes() {
        if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if !byte.is_ascii_whitespace() {
            // One before each comma, and one before the end of all that is not empty.
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
        fn values_are_counted_without_being_made(value in value()) {
            prop_assert_eq!(values(&value.to_string()), counted(&value));
            prop_assert_eq!(values(&serde_json::to_string_pretty(&value).unwrap()), counted(&value));
        }
    }
}
