//! `GET /possible-types.json`: the object types of each interface and union, as Apollo Client's cache takes them.

use std::{collections::BTreeMap, sync::LazyLock};

use async_graphql::registry::{MetaType, Registry};
use axum::{http::HeaderMap, response::Response};
use serde_json::json;

use super::tagged::Tagged;
use crate::schema;

static POSSIBLE_TYPES: LazyLock<Tagged> = LazyLock::new(|| {
    Tagged::new("application/json; charset=utf-8", json!(possible_types(&schema::registry())).to_string())
});

pub(super) async fn read(headers: HeaderMap) -> Response {
    POSSIBLE_TYPES.response(&headers).await
}

/// The names of the object types of each interface and union, sorted.
fn possible_types(schema: &Registry) -> BTreeMap<&str, Vec<&str>> {
    let mut possible = BTreeMap::new();
    for (name, kind) in &schema.types {
        if let MetaType::Interface { possible_types, .. } | MetaType::Union { possible_types, .. } = kind {
            let mut names: Vec<_> = possible_types.iter().map(String::as_str).collect();
            names.sort_unstable();
            possible.insert(name.as_str(), names);
        }
    }
    possible
}
