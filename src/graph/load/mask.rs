//! Which columns of its rows a document can look at.
//!
//! Two paths of a document may reach one row, and whichever is read first brings its columns. So what counts is which
//! fields a document names anywhere, never where it names them.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};

use super::{Column, Table, plan::Plan};
use crate::graph::{filter::Expression, order::Term};

/// Some columns of a table, by their places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mask(u64);

impl Mask {
    const ALL: Self = Self(u64::MAX);

    pub(super) fn of<'a>(columns: impl IntoIterator<Item = &'a Column>) -> Self {
        columns.into_iter().fold(Self::default(), |mask, column| mask.with(column.index))
    }

    fn with(self, index: usize) -> Self {
        Self(self.0 | 1 << index)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has(self, index: usize) -> bool {
        self.0 & 1 << index != 0
    }
}

/// The fields that a document names.
#[derive(Debug, Default)]
pub struct Mentioned {
    /// None stands for all there are.
    names: Option<HashSet<String>>,
    selections: u64,
    /// What that comes to, by table.
    masks: Mutex<HashMap<&'static str, Mask>>,
}

impl Mentioned {
    /// All fields that stand anywhere in a document.
    #[must_use]
    pub fn in_document(document: &ExecutableDocument) -> Self {
        let (mut names, mut selections) = (HashSet::new(), 0);
        let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set);
        let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set);
        for set in operations.chain(fragments) {
            selections += gather(&set.node, &mut names);
        }
        Self { names: Some(names), selections, masks: Mutex::default() }
    }

    /// How many selections there are in the document.
    #[must_use]
    pub fn selections(&self) -> u64 {
        self.selections
    }

    /// The columns that these fields read of a table's rows, with what its rows are found and sorted by.
    pub(super) fn columns(&self, table: &Table, order: &[Term], plan: &Plan, index: usize) -> Mask {
        let sorted = order.iter().filter_map(|term| match &term.by {
            Expression::Column(column) if !column.on_link => Some(column),
            _ => None,
        });
        let onward = plan.of(index).iter().map(|branch| &branch.from);
        self.read(table).and(Mask::of(sorted)).and(Mask::of(onward))
    }

    fn read(&self, table: &Table) -> Mask {
        let Some(names) = &self.names else { return Mask::ALL };
        let mut masks = self.masks.lock().unwrap_or_else(PoisonError::into_inner);
        *masks.entry(table.name).or_insert_with(|| {
            let read = table.reads.iter().filter(|(field, _)| names.contains(*field));
            read.fold(Mask::of(&table.key), |mask, (_, columns)| mask.and(*columns))
        })
    }
}

fn gather(set: &SelectionSet, names: &mut HashSet<String>) -> u64 {
    let mut selections = 0;
    for item in &set.items {
        selections += 1 + match &item.node {
            Selection::Field(field) => {
                names.insert(field.node.name.node.to_string());
                gather(&field.node.selection_set.node, names)
            }
            Selection::InlineFragment(fragment) => gather(&fragment.node.selection_set.node, names),
            // Gathered where it is defined.
            Selection::FragmentSpread(_) => 0,
        };
    }
    selections
}

/// What fields may be called that read this column and nothing else: as it is itself, without the unit that it is
/// kept in, or without what makes it a key.
pub(super) fn readers(column: &Column) -> impl Iterator<Item = String> {
    const SUFFIXES: [&str; 4] = ["", "_id", "_code", "_milli"];
    let name = column.name;
    SUFFIXES.iter().filter_map(move |suffix| name.strip_suffix(suffix)).map(in_camel_case)
}

fn in_camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut field = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        field.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        field.push_str(letters.as_str());
    }
    field
}
