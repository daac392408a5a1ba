//! A generated document as a tree, before it is written as text.

use serde_json::Value as Json;

use crate::model::{
    dimensions::{Dimension, Figured},
    order::Order,
};

#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) roots: Vec<Field>,
    pub(super) trap: Trap,
}

/// The part of a document that must be refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Trap {
    None,
    /// A value that is written as none of its type may be.
    Malformed,
    /// The second time: a cursor of another list without conditions and order.
    Foreign,
}

/// A field under a key.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) key: String,
    pub(super) directive: Directive,
    pub(super) place: Place,
    pub(super) what: What,
}

/// The directive of a field that decides whether it is in the answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Directive {
    None,
    /// Whether it is `@skip`, whether its value is a variable, and whether the field is there.
    Given {
        skip: bool,
        variable: bool,
        there: bool,
    },
}

/// How a field is placed in its selection: directly, or in a fragment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Plain,
    /// In `... {}`, or `... on Type {}`.
    Inline {
        typed: bool,
    },
    /// In a fragment with a name.
    Named,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Leaf(&'static str),
    /// A relation to one row, and its noun.
    One(&'static str, &'static str, Vec<Field>),
    /// A relation to a party: what is asked of any, of cooperatives, and of institutions.
    Party(&'static str, [Vec<Field>; 3]),
    Many(Many),
    Figures(Figures),
    /// `node(id:)`: noun and place of the row.
    Node(&'static str, usize, Vec<Field>),
}

/// A list, at the root or of a row.
#[derive(Clone, Debug)]
pub(super) struct Many {
    /// Tells the lists of a document apart.
    pub(super) number: usize,
    pub(super) field: &'static str,
    pub(super) noun: &'static str,
    pub(super) arguments: Arguments,
    pub(super) total: bool,
    pub(super) page_info: bool,
    pub(super) nodes: Vec<Field>,
    pub(super) edges: Vec<Field>,
    /// Whether the field is written twice, with a part of its selection each time.
    pub(super) split: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Arguments {
    pub(super) side: Option<&'static str>,
    pub(super) filter: Given<Json>,
    pub(super) search: Given<String>,
    pub(super) order: Given<Vec<Order>>,
    /// Whether the page is counted from the front.
    pub(super) forward: bool,
    pub(super) size: Given<usize>,
    pub(super) cursor: Given<Cursor>,
}

/// An argument's value, if it has one, and how it is passed.
#[derive(Clone, Debug)]
pub(super) struct Given<T> {
    pub(super) value: Option<T>,
    pub(super) passing: Passing,
    /// Whether no value is passed as null, and not left out.
    pub(super) null: bool,
}

impl<T> Given<T> {
    pub(super) fn absent() -> Self {
        Self { value: None, passing: Passing::Literal, null: false }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Passing {
    Literal,
    Variable,
    /// A variable that is left out, and has the value as its default.
    Default,
}

/// A cursor that an answer had.
#[derive(Clone, Debug)]
pub(super) struct Cursor {
    pub(super) text: String,
    /// The list that it came with, and the row's place among its noun's.
    pub(super) list: usize,
    pub(super) at: usize,
}

/// Figures at the root.
#[derive(Clone)]
pub(super) struct Figures {
    pub(super) figured: &'static Figured,
    pub(super) filter: Given<Json>,
    pub(super) by: Given<Vec<Dimension>>,
    /// Of one measure, if any: how a statistic of it, or the number of rows, must be.
    pub(super) having: Given<Json>,
    /// The measure and the statistic of it that decide the order, and whether the largest comes first.
    pub(super) order: Option<(&'static str, &'static str, bool)>,
    /// The percentile that is selected, in hundredths of a per cent.
    pub(super) percentile: usize,
    pub(super) size: Given<usize>,
    pub(super) measures: Vec<&'static str>,
}

impl std::fmt::Debug for Figures {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.figured.field)
    }
}
