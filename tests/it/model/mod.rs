//! A reference model: the registry as plain rows in memory, with the query language implemented by its description.
//!
//! Nothing here knows SQL, loaders or conditions. Rows are read with sea-orm, and everything is looked at one by one.

pub(crate) mod all_queries;
pub(crate) mod dimensions;
pub(crate) mod draw;
pub(crate) mod figures;
pub(crate) mod filter;
mod missing;
pub(crate) mod order;
mod read;
mod shape;
mod subtree;
pub(crate) mod yearly;

use std::collections::{BTreeMap, HashMap};

use async_graphql::registry::MetaType;

pub(crate) use read::read;
use shape::Shape;

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Cell {
    /// Numbers of any kind, in the smallest unit that their field has.
    Number(i128),
    Flag(bool),
    /// Words, codes and days; prose is folded.
    Text(String),
}

/// How a field's values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Prose,
    Code,
    Int,
    Rupiah,
    /// With so many decimal places.
    Decimal(u32),
    Day,
    /// In microseconds.
    Moment,
    Flag,
}

/// Whether a relation leads to one row, to many, or to one by its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    One,
    Many,
    /// Linkages: sales, then purchases.
    Sides,
}

/// A row: its id, its fields, and the rows it leads to.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) fields: HashMap<&'static str, Cell>,
    /// Prose as it is shown.
    pub(crate) prose: HashMap<&'static str, String>,
    pub(crate) related: HashMap<&'static str, Vec<usize>>,
}

/// All rows of a noun, with their fields and relations.
#[derive(Debug)]
pub(crate) struct Noun {
    pub(crate) name: &'static str,
    /// The prefix of the names of its input types.
    pub(crate) input: &'static str,
    /// Root field of its list, where it has one.
    pub(crate) list: Option<&'static str>,
    pub(crate) fields: Vec<(&'static str, Kind)>,
    /// Fields that lists are sorted by.
    pub(crate) sortable: Vec<&'static str>,
    /// Name, reach, and the noun at the other end, of those that conditions know.
    pub(crate) relations: Vec<(&'static str, Reach, &'static str)>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) nouns: Vec<Noun>,
}

impl Model {
    pub(crate) fn noun(&self, name: &str) -> &Noun {
        self.nouns.iter().find(|noun| noun.name == name).unwrap_or_else(|| panic!("no noun {name}"))
    }

    fn noun_mut(&mut self, name: &str) -> &mut Noun {
        self.nouns.iter_mut().find(|noun| noun.name == name).unwrap_or_else(|| panic!("no noun {name}"))
    }
}

impl Noun {
    fn new(shape: &Shape, types: &BTreeMap<String, MetaType>, rows: Vec<Row>) -> Self {
        let sided = matches!(shape.name, "Cooperative" | "PartnerInstitution");
        let ones = shape
            .ones
            .iter()
            .filter(|(relation, ..)| *relation != "firstParty")
            .map(|(relation, noun, _)| (*relation, Reach::One, *noun));
        // Conditions may ask for either of two rows.
        let either = (shape.name == "BusinessLinkage").then_some(("party", Reach::One, "Party"));
        // A region lies in one of each level, or is it.
        let levels = subtree::LEVELS.iter().filter(|_| shape.name == "Region");
        let levels = levels.map(|(relation, _)| (*relation, Reach::One, "Region"));
        let many = shape.many.iter().map(|(relation, noun)| match *relation {
            "linkages" if sided => ("linkages", Reach::Sides, *noun),
            relation => (relation, Reach::Many, *noun),
        });
        Self {
            name: shape.name,
            input: shape.input,
            list: shape.list,
            fields: shape.fields.iter().map(|(name, kind, _)| (*name, *kind)).collect(),
            sortable: order::sortable(types, shape),
            relations: ones.chain(either).chain(levels).chain(many).collect(),
            rows,
        }
    }

    pub(crate) fn kind(&self, field: &str) -> Option<Kind> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, kind)| *kind)
    }

    pub(crate) fn relation(&self, name: &str) -> Option<(Reach, &'static str)> {
        let known = self.relations.iter().find(|(known, ..)| *known == name);
        let known = known.map(|(_, reach, noun)| (*reach, *noun));
        known.or_else(|| (name == "firstParty").then_some((Reach::One, "Party")))
    }
}

impl Row {
    /// A field that is a text, and is there.
    pub(crate) fn text(&self, field: &str) -> &str {
        match &self.fields[field] {
            Cell::Text(text) => text,
            other => panic!("{other:?} is no text"),
        }
    }

    /// The rows that a relation leads to, on the side wanted.
    pub(crate) fn related(&self, relation: &str, side: Option<&str>) -> Vec<usize> {
        let of = |name: &str| self.related.get(name).cloned().unwrap_or_default();
        match (relation, side) {
            ("linkages", Some("SUPPLIER")) => of("sales"),
            ("linkages", Some("BUYER")) => of("purchases"),
            ("linkages", None)
                if self.related.contains_key("sales") || self.related.contains_key("purchases") =>
            {
                [of("sales"), of("purchases")].concat()
            }
            _ => of(relation),
        }
    }
}
