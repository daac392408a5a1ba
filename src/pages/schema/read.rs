//! The schema, read once through the door: its types by name, and who uses each.

use std::collections::BTreeMap;

use async_graphql::Value;
use serde_json::json;

use super::{
    found::{Candidate, candidates},
    types::{Introspection, Kind, Type},
};

/// The document that reads the schema.
pub(super) const DOCUMENT: &str = include_str!("introspection.graphql");

/// The schema.
#[derive(Debug)]
pub(super) struct Schema {
    pub(super) query: String,
    /// By name, without those of introspection itself.
    pub(super) types: BTreeMap<String, Type>,
    uses: BTreeMap<String, Vec<Use>>,
    pub(super) candidates: Vec<Candidate>,
}

/// A place where a type is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) owner: String,
    /// A field of `owner`; without it, `owner` is a union that has the type, or implements it.
    pub(super) field: Option<String>,
    pub(super) argument: Option<String>,
}

impl Schema {
    /// Reads the data of an answer to [`DOCUMENT`].
    ///
    /// # Errors
    /// When it is another answer.
    pub(super) fn read(data: &Value) -> Result<Self, String> {
        let Introspection { schema } =
            serde_json::to_value(data).and_then(serde_json::from_value).map_err(|error| error.to_string())?;
        let own = schema.types.into_iter().filter(|each| !each.name.starts_with("__"));
        let types: BTreeMap<_, _> = own.map(|each| (each.name.clone(), each)).collect();
        let (uses, candidates) = (uses(&types), candidates(&types));
        Ok(Self { query: schema.query_type.name, types, uses, candidates })
    }

    /// Where a type is used.
    pub(super) fn uses_of(&self, name: &str) -> &[Use] {
        self.uses.get(name).map_or(&[], Vec::as_slice)
    }

    /// The types of a kind, sorted by name.
    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Type> {
        self.types.values().filter(move |each| each.kind == kind)
    }

    /// The names of fields with their types, for completion in the editor.
    pub(super) fn fields(&self) -> String {
        let composite = |each: &&Type| matches!(each.kind, Kind::Object | Kind::Interface | Kind::Union);
        let own = self.types.values().filter(composite);
        let types: BTreeMap<_, _> = own.map(|each| (each.name.as_str(), fields_of(each))).collect();
        json!({ "roots": { "query": self.query }, "types": types }).to_string()
    }
}

/// The names of a type's fields, with the names of their types.
fn fields_of(each: &Type) -> BTreeMap<&str, &str> {
    let own = each.fields.iter().flatten().map(|field| (field.name.as_str(), field.of.named()));
    own.chain([("__typename", "String")]).collect()
}

fn uses(types: &BTreeMap<String, Type>) -> BTreeMap<String, Vec<Use>> {
    let mut uses: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    let mut add = |used: &str, owner: &Type, field: Option<&str>, argument: Option<&str>| {
        let (field, argument) = (field.map(str::to_owned), argument.map(str::to_owned));
        let of = Use { owner: owner.name.clone(), field, argument };
        uses.entry(used.to_owned()).or_default().push(of);
    };
    for owner in types.values() {
        for field in owner.fields.iter().flatten() {
            add(field.of.named(), owner, Some(&field.name), None);
            for argument in &field.args {
                add(argument.of.named(), owner, Some(&field.name), Some(&argument.name));
            }
        }
        for field in owner.input_fields.iter().flatten() {
            add(field.of.named(), owner, Some(&field.name), None);
        }
        let unions = owner.possible_types.iter().flatten().filter(|_| owner.kind == Kind::Union);
        for one in unions.chain(owner.interfaces.iter().flatten()) {
            add(&one.name, owner, None, None);
        }
    }
    uses
}
