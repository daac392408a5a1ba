//! The conditions on related rows that the schema offers.

use std::{collections::BTreeMap, sync::OnceLock};

use async_graphql::registry::{MetaField, MetaType, MetaTypeName};
use serde_json::{Value, json};
use simpul::schema;

/// A condition of a `where` on the rows that are related to it.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) name: String,
    /// The `where` of the related rows.
    pub(crate) of: String,
    /// Whether there may be many, so that it is asked for some, none, every or a number of them.
    pub(crate) many: bool,
}

/// The relations of a `where`.
pub(crate) fn of(r#where: &str) -> Vec<Relation> {
    let relation = |(name, kind): (String, String)| {
        let some = inputs(&kind).into_iter().find(|(name, _)| name == "some");
        let many = some.is_some();
        let of = some.map_or(kind, |(_, of)| of);
        let related = of.ends_with("Where") && !["and", "or", "not"].contains(&name.as_str());
        related.then_some(Relation { name, of, many })
    };
    inputs(r#where).into_iter().filter_map(relation).collect()
}

/// The lists at the root that need no argument, with the names of their `where`.
pub(crate) fn lists() -> Vec<(String, String)> {
    let Some(MetaType::Object { fields, .. }) = types().get("Query") else { panic!("no queries") };
    let list = |field: &MetaField| {
        let filter = field.args.get("where")?;
        let needs = field.args.values().any(|argument| argument.ty.ends_with('!'));
        let pages = field.args.contains_key("first") && !field.args.contains_key("groupBy") && !needs;
        pages.then(|| (field.name.clone(), bare(&filter.ty)))
    };
    fields.values().filter_map(list).collect()
}

impl Relation {
    /// Conditions on the related rows that match all, none, and some of them.
    pub(crate) fn typical(&self) -> Vec<Value> {
        let mut typical = vec![json!({}), json!({ "or": [] })];
        let words = inputs(&self.of)
            .into_iter()
            .find(|(name, _)| ["status", "kind", "level"].contains(&name.as_str()));
        if let Some((name, kind)) = words {
            let term = inputs(&kind).into_iter().find(|(name, _)| name == "eq").map(|(_, term)| term);
            if let Some(MetaType::Enum { enum_values, .. }) = term.and_then(|term| types().get(&term)) {
                let words: Vec<_> = enum_values.keys().collect();
                typical.push(json!({ &name: { "eq": words[1] } }));
                typical.push(json!({ &name: { "in": [words[0], words[words.len() / 2]] } }));
            }
        }
        typical
    }
}

/// The fields of an input and their types.
fn inputs(name: &str) -> Vec<(String, String)> {
    match types().get(name) {
        Some(MetaType::InputObject { input_fields, .. }) => {
            input_fields.values().map(|field| (field.name.clone(), bare(&field.ty))).collect()
        }
        _ => Vec::new(),
    }
}

fn bare(kind: &str) -> String {
    MetaTypeName::concrete_typename(kind).to_owned()
}

fn types() -> &'static BTreeMap<String, MetaType> {
    static TYPES: OnceLock<BTreeMap<String, MetaType>> = OnceLock::new();
    TYPES.get_or_init(|| schema::registry().types)
}
