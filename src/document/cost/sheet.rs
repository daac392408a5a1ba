//! The schema, as the pass reads it: what each field leads to and each argument does, told by their shapes.
//!
//! No type is known by its name. A page is what has `nodes` and `pageInfo`; a filter is what has `and`, `or` and
//! `not`; a relation has `some`, `none` and `every`. What the schema gains tomorrow is priced without a change here.

mod input;
mod output;
mod related;

use std::collections::{BTreeSet, HashMap};

use async_graphql::registry::{MetaType, MetaTypeName, Registry};

pub(super) use input::{InputKind, Inputs};

use super::price::{DISTINCT, MEASURE};
use related::Relations;

/// A type that has fields, by its place in the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TypeId(usize);

/// A type of arguments, by its place in the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct InputId(usize);

/// All types of the schema.
#[derive(Debug)]
pub(super) struct Sheet {
    types: Vec<Type>,
    names: HashMap<String, TypeId>,
    pub(super) inputs: Inputs,
    relations: Relations,
    /// Where reading begins.
    pub(super) root: Option<TypeId>,
}

/// A type that has fields.
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

/// A field, by what it costs.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) shape: Shape,
    /// What is selected from, beneath it.
    pub(super) of: Option<TypeId>,
    /// Whether that is a row.
    pub(super) row: bool,
    /// How many rows a page of it is chosen from, or figures are taken of.
    pub(super) among: u64,
    /// Whether the schema says so.
    pub(super) stated: bool,
    pub(super) arguments: Vec<Argument>,
}

/// How many of what a field holds.
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
    /// The type inside a list or a non-null type of the schema: there is one every other time.
    Inner,
    /// A plain list, of so many.
    List(u64),
    /// A page of a list: at most so many rows under `nodes` and `edges`.
    Page { most: u64, figures: bool },
    /// The rows of a page.
    Rows,
    /// The length of a list.
    Count,
}

/// An argument that makes a difference to the price.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) role: Role,
}

/// What an argument does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// `first`, `last`: how many, and how many when it is absent.
    Size { default: Option<u64> },
    /// `ids`: as many as are named.
    Ids,
    /// `where`, `having`.
    Filter(InputId),
    /// `orderBy`: the words that name fields of the row itself.
    Order { input: InputId, plain: Option<BTreeSet<String>> },
    /// `after`, `before`.
    Cursor,
    /// `groupBy`.
    Dimensions,
    /// `search`, `text`.
    Words,
    /// `maxDepth`, and how far when it is absent.
    Steps { default: u64 },
}

impl Sheet {
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

    /// The rows of figures that a field holds, if it holds any.
    pub(super) fn figures_row(&self, field: &Field) -> Option<TypeId> {
        match field.shape {
            Shape::Figures => field.of,
            Shape::Page { figures: true, .. } => self.field(field.of?, "nodes")?.of,
            _ => None,
        }
    }

    /// What the figure `name` of such a row costs for each thousand rows that it is taken of: a count of different
    /// values, or sum, average and extremes.
    pub(super) fn figure(&self, row: TypeId, name: &str) -> Option<u64> {
        match self.get(row) {
            Type::Object { figures: true, fields, .. } if !["keys", "count"].contains(&name) => {
                let field = fields.get(name)?;
                Some(if field.shape == Shape::Leaf { DISTINCT } else { MEASURE })
            }
            _ => None,
        }
    }

    /// The figure that a word of an order is about, such as `BUYER_COUNT` or `VALUE_SUM`, and what it costs.
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

    /// How many related rows the relation `name` of a filter on so many rows looks at.
    pub(super) fn related(&self, filter: InputId, name: &str, rows: u64) -> u64 {
        self.relations.get(&(filter, name.to_owned())).map_or(rows, |related| related.of(rows))
    }

    /// Whether an object of type `of` is also what a fragment is on.
    pub(super) fn is(&self, of: TypeId, on: &str) -> bool {
        self.names.get(on).is_some_and(|on| {
            *on == of || matches!(self.get(*on), Type::Abstract(possible) if possible.contains(&of))
        })
    }
}

/// A name or a word without what tells `MEMBER_COUNT` from `memberCount`.
fn letters(text: &str) -> String {
    text.replace('_', "").to_ascii_lowercase()
}

/// Whether a word such as `LINKAGE_COUNT` begins with one of the rows that a relation such as `linkages` names.
pub(super) fn begins_with(word: &str, relation: &str) -> bool {
    let (word, many) = (letters(word), letters(relation));
    let one = many.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let one = one.as_deref().or_else(|| many.strip_suffix("ses")).or_else(|| many.strip_suffix('s'));
    word.starts_with(one.unwrap_or(&many))
}

/// The name inside of `[Name!]!`.
fn bare(written: &str) -> &str {
    MetaTypeName::concrete_typename(written)
}

fn is_list(written: &str) -> bool {
    MetaTypeName::create(written).is_list()
}

fn kind<'a>(registry: &'a Registry, written: &str) -> Option<&'a MetaType> {
    registry.types.get(bare(written))
}
