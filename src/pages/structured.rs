//! Data for search engines: JSON-LD with the vocabulary of schema.org.

use serde_json::{Map, Value, json};

/// A thing by its type and its name.
pub(super) fn named(kind: &str, name: &str) -> Value {
    json!({ "@type": kind, "name": name })
}

/// A thing of a type with what is known of it.
pub(super) fn thing(kind: &str, known: Value) -> Value {
    let mut thing = Map::from_iter([
        ("@context".to_owned(), json!("https://schema.org")),
        ("@type".to_owned(), json!(kind)),
    ]);
    if let Value::Object(known) = known {
        thing.extend(known);
    }
    without_nulls(Value::Object(thing))
}

/// What is not known is left out.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let known = fields.into_iter().filter(|(_, value)| !value.is_null());
            known.map(|(name, value)| (name, without_nulls(value))).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::thing;

    #[test]
    fn what_is_not_known_is_left_out() {
        let known =
            json!({ "name": "a", "email": null, "address": { "postalCode": null, "addressCountry": "ID" } });
        let expected = json!({
            "@context": "https://schema.org", "@type": "Organization", "name": "a", "address": { "addressCountry": "ID" },
        });
        assert_eq!(thing("Organization", known), expected);
    }
}
