//! The verbs of one noun in a row, by callers of several roles.

use async_graphql::{Request, Variables};
use serde_json::{Value as Json, json};
use simpul::{
    access::{GrantScope, Scope, Viewer},
    graph::{id, label::Language},
    http::CallerContext,
    registry::rules,
};
use uuid::Uuid;

use super::{Written, code, faults, with_role};

/// The verbs of one noun.
pub(super) struct Season<'a> {
    pub(super) written: &'a Written,
    /// The type of the record.
    pub(super) noun: &'static str,
    /// The field of the record in payloads.
    pub(super) field: &'static str,
    /// What is selected of it besides id, version and source.
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
    /// The answer to a document of this caller, in English, with the rows that its grants open.
    async fn answer(&self, viewer: &Viewer, document: &str, variables: Json) -> Json {
        let scope = Scope { viewer: viewer.scope(), ..Scope::default() };
        let context = CallerContext {
            viewer: viewer.clone(),
            scope,
            language: Language::En,
            ..CallerContext::default()
        };
        let request = Request::new(document).variables(Variables::from_json(variables));
        serde_json::to_value(&self.written.door.answer(request.into(), &context).await).unwrap()
    }

    /// The payload of a verb, or the answer where it has an error. `verb` is its name and the type of its input.
    pub(super) async fn send(&self, viewer: &Viewer, (verb, kind): (&str, &str), input: Json) -> Json {
        let Self { field, shown, .. } = self;
        let document = format!(
            "mutation($input: {kind}!) {{ {verb}(input: $input) {{
                 {field} {{ id version source {shown} }} userErrors {{ code field message rule }} replayed }} }}"
        );
        let answer = self.answer(viewer, &document, json!({ "input": input })).await;
        if answer.get("errors").is_some() { answer } else { answer["data"][verb].clone() }
    }

    /// The record with this id as a caller sees it; null where it does not.
    pub(super) async fn seen(&self, viewer: &Viewer, id: &Json) -> Json {
        let Self { noun, shown, .. } = self;
        let document = format!(
            "query($id: ID!) {{ node(id: $id) {{ ... on {noun} {{ id version source {shown} }} }} }}"
        );
        let answer = self.answer(viewer, &document, json!({ "id": id })).await;
        assert_eq!(answer.get("errors"), None, "{answer}");
        answer["data"]["node"].clone()
    }

    /// The record that a verb made or changed, as the ministry sees it.
    async fn written(&self, viewer: &Viewer, verb: (&str, &str), input: Json) -> Json {
        let id = input["id"].clone();
        let payload = self.send(viewer, verb, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{}: {payload}", verb.0);
        let row = self.seen(&super::ministry(), &id).await;
        let shown = &payload[self.field];
        assert!(shown.is_null() || *shown == row, "{}: {payload} {row}", verb.0);
        assert!(row["source"] == "API" || row["source"] == "SYNTHETIC", "{row}");
        row
    }

    /// The record that a verb makes, with an id that the caller made.
    pub(super) async fn make(&self, viewer: &Viewer, verb: (&str, &str), input: Json) -> Json {
        let key = format!("{} {}", self.noun, input["idempotencyKey"]);
        let key = key.bytes().fold(7_u128, |key, byte| key.wrapping_mul(257).wrapping_add(byte.into()));
        let id = id::encode(self.noun, &Uuid::from_u128(key).into());
        self.written(viewer, verb, with(json!({ "id": id.to_string() }), &input)).await
    }

    fn input(verb: &str, row: &Json, other: &Json) -> Json {
        let input = json!({ "idempotencyKey": format!("{verb} {} {}", row["id"], row["version"]), "id": row["id"],
                            "expectedVersion": row["version"] });
        with(input, other)
    }

    /// The record after a verb.
    pub(super) async fn lead(&self, viewer: &Viewer, verb: (&str, &str), row: &Json, other: Json) -> Json {
        self.written(viewer, verb, Self::input(verb.0, row, &other)).await
    }

    /// The codes and fields of a verb that is refused, each as `CODE field`.
    pub(super) async fn refused(
        &self,
        viewer: &Viewer,
        verb: (&str, &str),
        row: &Json,
        other: Json,
    ) -> Vec<String> {
        // A refusal is not remembered.
        let input = with(Self::input(verb.0, row, &other), &json!({ "idempotencyKey": "refused" }));
        told(&self.send(viewer, verb, input).await)
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
        let answer = self.answer(&super::ministry(), &document, json!({ "id": id })).await;
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
