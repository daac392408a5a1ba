//! The names of rows in a statement.

use crate::graph::{filter::Expression, load::Column};

/// Under which names a row and its link stand in the text.
#[derive(Clone)]
pub(super) struct Scope {
    pub(super) row: String,
    /// The link table's alias; none outside of the subquery that names the link's columns and what is sorted by.
    pub(super) link: Option<String>,
    /// Whether it stands for few rows, whatever the values are that find them.
    pub(super) narrow: bool,
}

impl Scope {
    pub(super) fn outside(row: String) -> Self {
        Self { row, link: None, narrow: false }
    }

    pub(super) fn column(&self, column: &Column) -> String {
        match &self.link {
            Some(link) if column.on_link => format!("{link}.{}", column.name),
            None if column.on_link => format!("{}.link_{}", self.row, column.name),
            _ => format!("{}.{}", self.row, column.name),
        }
    }

    /// What the term at `index` of an order is called; computed ones have a name outside only.
    pub(super) fn sorted_by(&self, by: &Expression, index: usize) -> String {
        match by {
            Expression::Column(column) => self.column(column),
            _ => format!("{}.sort_{index}", self.row),
        }
    }
}
