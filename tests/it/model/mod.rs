//! The registry as plain rows in memory, and the query language read off its description: what the engines are held to.
//!
//! Nothing here knows SQL, loaders or conditions. Rows are read with sea-orm, and everything is looked at one by one.

pub(crate) mod draw;
mod fits;
mod inside;
mod read;
pub(crate) mod ways;

use std::collections::HashMap;

pub(crate) use read::read;

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
    Flag,
}

/// Whether a relation leads to one row or to many, or to the one by the side it stands on.
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
    pub(crate) related: HashMap<&'static str, Vec<usize>>,
}

/// All rows of a noun, and what can be asked of them.
#[derive(Debug)]
pub(crate) struct Noun {
    pub(crate) name: &'static str,
    /// Root fields of its list and its figures, where it has them.
    pub(crate) list: Option<&'static str>,
    pub(crate) fields: Vec<(&'static str, Kind)>,
    /// Name, reach, and the noun at the other end; either of two rows is one.
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
}

impl Noun {
    pub(crate) fn kind(&self, field: &str) -> Option<Kind> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, kind)| *kind)
    }

    pub(crate) fn relation(&self, name: &str) -> Option<(Reach, &'static str)> {
        let found = self.relations.iter().find(|(known, ..)| *known == name);
        found.map(|(_, reach, noun)| (*reach, *noun))
    }
}

impl Row {
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
