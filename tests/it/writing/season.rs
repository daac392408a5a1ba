//! The verbs of one noun in a row, by callers of several roles.

use serde_json::{Value as Json, json};
use simpul::{
    access::{GrantScope, Viewer},
    registry::rules,
};
use uuid::Uuid;

use super::{Written, code, faults, with_role};

/// The verbs of one noun.
pub(super) struct Season<'a> {
    pub(super) written: &'a Written,
    /// The field of the record in payloads.
    pub(super) field: &'static str,
    /// What is selected of it besides id, version, status and source.
    pub(super) shown: &'static str,
}

/// The members of two objects; those of the second replace those of the first.
pub(super) fn with(mut object: Json, other: &Json) -> Json {
    object.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
    object
}

/// The key in a global id.
pub(super) fn key_of(id: &Json) -> Uuid {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id.as_str().unwrap()).unwrap()).unwrap();
    text.split_once(':').unwrap().1.parse().unwrap()
}

/// A caller who acts for this cooperative or institution.
pub(super) fn acting_for(role: entity::vocabulary::Role, id: &Json) -> Viewer {
    with_role(&format!("{role:?}"), role, GrantScope::Party(key_of(id)))
}

impl Season<'_> {
    /// The payload of a verb, or the answer where it has an error. `verb` is its name and the type of its input.
    pub(super) async fn send(&self, viewer: &Viewer, (verb, kind): (&str, &str), input: Json) -> Json {
        let Self { field, shown, .. } = self;
        let document = format!(
            "mutation($input: {kind}!) {{ {verb}(input: $input) {{
                 {field} {{ id version source {shown} }} userErrors {{ code field message rule }} replayed }} }}"
        );
        let answer = self.written.answer(viewer, &document, json!({ "input": input })).await;
        if answer.get("errors").is_some() { answer } else { answer["data"][verb].clone() }
    }

    /// The record that a verb makes.
    pub(super) async fn make(&self, viewer: &Viewer, verb: (&str, &str), input: Json) -> Json {
        let payload = self.send(viewer, verb, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{}: {payload}", verb.0);
        payload[self.field].clone()
    }

    fn input(verb: &str, row: &Json, other: &Json) -> Json {
        let input = json!({ "idempotencyKey": format!("{verb} {} {}", row["id"], row["version"]), "id": row["id"],
                            "expectedVersion": row["version"] });
        with(input, other)
    }

    /// The record after a verb.
    pub(super) async fn lead(&self, viewer: &Viewer, verb: (&str, &str), row: &Json, other: Json) -> Json {
        self.make(viewer, verb, Self::input(verb.0, row, &other)).await
    }

    /// The codes and fields of a verb that is refused, each as `CODE field`.
    pub(super) async fn refused(
        &self,
        viewer: &Viewer,
        verb: (&str, &str),
        row: &Json,
        other: Json,
    ) -> Vec<String> {
        let payload = self.send(viewer, verb, Self::input(verb.0, row, &other)).await;
        told(&payload)
    }

    /// Asserts that a caller may not use a verb on a record.
    pub(super) async fn forbidden(&self, viewer: &Viewer, verb: (&str, &str), row: &Json, other: Json) {
        let answer = self.send(viewer, verb, Self::input(verb.0, row, &other)).await;
        assert_eq!(code(&answer), "FORBIDDEN", "{}: {answer}", verb.0);
    }

    /// The names of the fields that each entry of a record's history tells, latest first, as the ministry sees them.
    pub(super) async fn history(&self, noun: &str, id: &Json) -> Vec<(String, Vec<String>)> {
        let document = format!(
            "query($id: ID!) {{ node(id: $id) {{ ... on {noun} {{ history(first: 50) {{ nodes {{ verb changes {{ field }} }} }} }} }} }}"
        );
        let answer = self.written.answer(&super::ministry(), &document, json!({ "id": id })).await;
        let nodes =
            answer["data"]["node"]["history"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
        let field = |change: &Json| change["field"].as_str().unwrap().to_owned();
        let entry = |node: &Json| {
            let fields = node["changes"].as_array().unwrap().iter().map(field).collect();
            (node["verb"].as_str().unwrap_or_default().to_owned(), fields)
        };
        nodes.iter().map(entry).collect()
    }

    /// Asserts that no row breaks a rule.
    pub(super) async fn keeps_every_rule(&self) {
        for rule in rules::all() {
            let offenders = rule.offenders(&self.written.database).await.unwrap();
            assert!(offenders.is_empty(), "{}: {offenders:?}", rule.code);
        }
    }
}

/// The codes and fields of a payload's errors, each as `CODE field`; the rule instead of the field where there is one.
pub(super) fn told(payload: &Json) -> Vec<String> {
    let found = faults(payload).into_iter().zip(payload["userErrors"].as_array().unwrap());
    let told = |((code, field), error): ((String, String), &Json)| {
        format!("{code} {}", error["rule"].as_str().unwrap_or(&field))
    };
    found.map(told).collect()
}
