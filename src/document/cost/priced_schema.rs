//! The schema, classified for pricing: the shape of each field and the role of each argument.
//!
//! No type is known by its name. A type with `nodes` and `pageInfo` is a page; one with `and`, `or` and `not` is a
//! filter; one with `some`, `none` and `every` is a relation. New types of the schema are priced without a change here.

mod input;
mod output;
mod related;

use std::collections::{BTreeSet, HashMap};

use async_graphql::registry::{MetaType, MetaTypeName, Registry};

pub(super) use input::{InputKind, Inputs};

use super::price::{DISTINCT, MEASURE};
use related::Relations;

/// The fields of a measure for which its values are sorted.
const RANKS: [&str; 2] = ["median", "percentile"];

/// The number of a composite type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TypeId(usize);

/// The number of an input type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct InputId(usize);

/// The types of a schema.
#[derive(Debug)]
pub(super) struct PricedSchema {
    types: Vec<Type>,
    names: HashMap<String, TypeId>,
    pub(super) inputs: Inputs,
    relations: Relations,
    /// The query type.
    pub(super) root: Option<TypeId>,
    /// The mutation type.
    pub(super) verbs: Option<TypeId>,
}

/// A composite type.
#[derive(Debug)]
pub(super) enum Type {
    Object {
        fields: HashMap<String, Field>,
        /// Whether it is a page of a list.
        page: bool,
        /// Whether it is a row of figures.
        figures: bool,
    },
    /// An interface or a union, and the types that it may be.
    Abstract(Vec<TypeId>),
}

/// A field, as far as its price depends on it.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) shape: Shape,
    /// The composite type that it leads to.
    pub(super) of: Option<TypeId>,
    /// Whether that type is a row.
    pub(super) row: bool,
    /// How many rows a page of it is chosen from, or figures are taken of.
    pub(super) chosen_from: u64,
    /// Whether the schema states that number.
    pub(super) stated: bool,
    pub(super) arguments: Vec<Argument>,
}

/// The shape of what a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A scalar, or several.
    Leaf,
    /// One object.
    One,
    /// One row of figures.
    Figures,
    /// The description of the schema.
    Introspection,
    /// `ofType` of introspection, which half of the types have.
    Inner,
    /// A plain list, of this length.
    List(u64),
    /// A page of a list: at most this many rows under `nodes` and `edges`.
    Page { most: u64, figures: bool },
    /// The rows of a page.
    Rows,
    /// The length of a list.
    Count,
}

/// An argument that affects the price.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) role: Role,
}

/// The role of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// `first`, `last`, with the default.
    Size { default: Option<u64> },
    /// `ids`: one item for each.
    Ids,
    /// `where`, `having`.
    Filter(InputId),
    /// `orderBy`; `plain` are the order fields that the row itself has.
    Order { input: InputId, plain: Option<BTreeSet<String>> },
    /// `after`, `before`.
    Cursor,
    /// `groupBy`.
    Dimensions,
    /// `search`, `text`.
    Search,
    /// `maxDepth`, with the default.
    Steps { default: u64 },
}

impl PricedSchema {
    pub(super) fn of(registry: &Registry) -> Self {
        output::read(registry)
    }

    pub(super) fn get(&self, of: TypeId) -> &Type {
        &self.types[of.0]
    }

    pub(super) fn field(&self, of: TypeId, name: &str) -> Option<&Field> {
        match self.get(of) {
            Type::Object { fields, .. } => fields.get(name),
            Type::Abstract(_) => None,
        }
    }

    /// Whether `of` is a page of a list.
    pub(super) fn is_page(&self, of: TypeId) -> bool {
        matches!(self.get(of), Type::Object { page: true, .. })
    }

    /// The type of the rows of figures that a field holds, if it holds any.
    pub(super) fn figures_row(&self, field: &Field) -> Option<TypeId> {
        match field.shape {
            Shape::Figures => field.of,
            Shape::Page { figures: true, .. } => self.field(field.of?, "nodes")?.of,
            _ => None,
        }
    }

    /// The price of the figure `name` per thousand rows: a count of distinct values, or sum, average and extremes.
    pub(super) fn figure(&self, row: TypeId, name: &str) -> Option<u64> {
        match self.get(row) {
            Type::Object { figures: true, fields, .. } if !["keys", "key", "count"].contains(&name) => {
                let field = fields.get(name)?;
                Some(if field.shape == Shape::Leaf { DISTINCT } else { MEASURE })
            }
            _ => None,
        }
    }

    /// Whether a field is a median or percentile, which needs sorted values.
    pub(super) fn is_rank(&self, of: TypeId, name: &str) -> bool {
        let Type::Object { fields, .. } = self.get(of) else { return false };
        RANKS.contains(&name) && RANKS.iter().all(|rank| fields.contains_key(*rank))
    }

    /// The figure of an order field, such as `BUYER_COUNT` or `VALUE_SUM`, and its price.
    pub(super) fn figure_of_word(&self, row: TypeId, word: &str) -> Option<(&str, u64)> {
        let Type::Object { fields, .. } = self.get(row) else { return None };
        let word = letters(word);
        let about = fields.iter().filter(|(name, field)| match field.shape {
            Shape::Leaf => letters(name) == word,
            _ => word.starts_with(&letters(name)),
        });
        let (name, _) = about.max_by_key(|(name, _)| name.len())?;
        Some((name, self.figure(row, name)?))
    }

    /// How many related rows the relation `name` of a filter on this many rows reads.
    pub(super) fn related(&self, filter: InputId, name: &str, rows: u64) -> u64 {
        self.relations.get(&(filter, name.to_owned())).map_or(rows, |related| related.of(rows))
    }

    /// Whether a fragment on the type `on` applies to objects of type `of`.
    pub(super) fn is(&self, of: TypeId, on: &str) -> bool {
        self.names.get(on).is_some_and(|on| {
            *on == of || matches!(self.get(*on), Type::Abstract(possible) if possible.contains(&of))
        })
    }
}

/// A normal form in which `MEMBER_COUNT` equals `memberCount`.
fn letters(text: &str) -> String {
    text.replace('_', "").to_ascii_lowercase()
}

/// Whether an order field such as `LINKAGE_COUNT` begins with the singular of a relation such as `linkages`.
pub(super) fn begins_with(word: &str, relation: &str) -> bool {
    let (word, many) = (letters(word), letters(relation));
    let one = many.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let one = one.as_deref().or_else(|| many.strip_suffix("ses")).or_else(|| many.strip_suffix('s'));
    word.starts_with(one.unwrap_or(&many))
}

/// The name in `[Name!]!`.
fn bare(written: &str) -> &str {
    MetaTypeName::concrete_typename(written)
}

fn is_list(written: &str) -> bool {
    MetaTypeName::create(written).is_list()
}

fn kind<'a>(registry: &'a Registry, written: &str) -> Option<&'a MetaType> {
    registry.types.get(bare(written))
}
