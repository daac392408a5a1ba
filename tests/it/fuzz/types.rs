//! The types of the schema, read by introspection.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::support::Registry;

/// The schema's types, by name.
pub(crate) struct Types(BTreeMap<String, Json>);

impl Types {
    pub(crate) async fn ask(registry: &Registry) -> Self {
        let kind = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
        let document = format!(
            "{{ __schema {{ types {{ kind name possibleTypes {{ name }}
                 fields {{ name args {{ name type {{ {kind} }} }} type {{ {kind} }} }}
                 inputFields {{ name type {{ {kind} }} }} enumValues {{ name }} }} }} }}"
        );
        let data = registry.data(&document).await;
        let types = data["__schema"]["types"].as_array().unwrap().iter().cloned();
        Self(types.map(|kind| (kind["name"].as_str().unwrap().to_owned(), kind)).collect())
    }

    /// `OBJECT`, `ENUM` and so on.
    pub(crate) fn kind(&self, name: &str) -> &str {
        self.0[name]["kind"].as_str().unwrap()
    }

    /// The `fields` or `inputFields` of a type.
    pub(crate) fn fields(&self, name: &str, which: &str) -> Vec<Json> {
        self.0[name][which].as_array().cloned().unwrap_or_default()
    }

    /// The names of the possible types of an interface or a union.
    pub(crate) fn possible(&self, name: &str) -> Vec<String> {
        let possible = self.0[name]["possibleTypes"].as_array().into_iter().flatten();
        possible.map(|kind| kind["name"].as_str().unwrap().to_owned()).collect()
    }

    /// The words of an enum.
    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        let values = self.0[name]["enumValues"].as_array().into_iter().flatten();
        values.map(|value| value["name"].as_str().unwrap().to_owned()).collect()
    }

    /// The name inside of `[Name!]!`.
    pub(crate) fn named(kind: &Json) -> &str {
        let mut kind = kind;
        while matches!(kind["kind"].as_str().unwrap(), "NON_NULL" | "LIST") {
            kind = &kind["ofType"];
        }
        kind["name"].as_str().unwrap()
    }

    /// The pages at the root that need no argument, each with the type of its rows.
    pub(crate) fn lists(&self) -> Vec<(String, String)> {
        let free = self.fields("Query", "fields").into_iter().filter(|list| {
            let arguments = list["args"].as_array().unwrap();
            arguments.iter().all(|argument| argument["type"]["kind"] != "NON_NULL")
        });
        let page = |list: Json| {
            let page = Self::named(&list["type"]);
            let nodes = self.fields(page, "fields").into_iter().find(|field| field["name"] == "nodes")?;
            Some((list["name"].as_str()?.to_owned(), Self::named(&nodes["type"]).to_owned()))
        };
        free.filter(|list| Self::named(&list["type"]).ends_with("Connection")).filter_map(page).collect()
    }

    /// The input types of conditions on a row.
    pub(crate) fn wheres(&self) -> Vec<&str> {
        let is_where = |name: &&str| {
            let names: Vec<Json> =
                self.fields(name, "inputFields").iter().map(|field| field["name"].clone()).collect();
            ["and", "or", "not"].iter().all(|name| names.iter().any(|known| known == name))
        };
        self.0.keys().map(String::as_str).filter(is_where).collect()
    }
}
