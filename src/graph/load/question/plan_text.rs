//! The SQL text of a plan, kept with it for later requests with the same document.

use std::{ops::Range, sync::Arc};

use sea_orm::Value as SqlValue;

use crate::{
    access::ScopeShape,
    graph::load::{Column, Table, column_set::ColumnSet},
    store::Engine,
};

/// The SQL text of a plan, with its bound values and the state in which it was written.
#[derive(Debug)]
pub(in crate::graph::load) struct PlanText {
    pub(in crate::graph::load) start: Start,
    pub(in crate::graph::load) sql: String,
    pub(in crate::graph::load) values: Vec<SqlValue>,
    /// The bound values that depend on the scope. They are bound again for each request.
    pub(in crate::graph::load) scope_values: Vec<ScopeValues>,
    pub(in crate::graph::load) aliases: usize,
}

/// The memory that the conditions of a plan take, for each byte of their SQL text.
const CONDITION_BYTES: u64 = 8;

/// The memory that a bound value takes, here and in its condition, besides its text.
const VALUE_BYTES: u64 = 256;

impl PlanText {
    /// The bytes that the text takes, with the conditions that it was written from.
    pub(in crate::graph::load) fn bytes(&self) -> u64 {
        let text = |value: &SqlValue| match value {
            SqlValue::String(Some(text)) => text.len() as u64,
            _ => 0,
        };
        let values = self.values.iter().map(|value| VALUE_BYTES + 2 * text(value));
        (1 + CONDITION_BYTES) * self.sql.len() as u64
            + values.sum::<u64>()
            + size_of::<Self>() as u64
            + (size_of::<ScopeValues>() * self.scope_values.len()) as u64
    }
}

/// What the text depends on besides the plan and its document.
#[derive(Debug, PartialEq)]
pub(in crate::graph::load) struct Start {
    pub(in crate::graph::load) engine: Engine,
    pub(in crate::graph::load) scope: ScopeShape,
    pub(in crate::graph::load) row: String,
    pub(in crate::graph::load) index: usize,
    pub(in crate::graph::load) columns: ColumnSet,
    pub(in crate::graph::load) extras: Vec<String>,
    pub(in crate::graph::load) values: usize,
    pub(in crate::graph::load) aliases: usize,
}

/// The names of a row and its link in the SQL text.
#[derive(Clone, Debug)]
pub(in crate::graph::load) struct RowContext {
    pub(in crate::graph::load) row: String,
    /// The alias of the link table; none outside of the subquery that names the link's columns and computed sort
    /// values.
    pub(in crate::graph::load) link: Option<String>,
    /// Whether the list has few rows for any bound values.
    pub(in crate::graph::load) narrow: bool,
    /// Whether the row belongs to the list itself, not to other rows that its conditions read.
    pub(in crate::graph::load) own: bool,
    /// Whether the row belongs to a list beneath one parent: such lists are short, and have each row once.
    pub(in crate::graph::load) listed: bool,
    /// Known prefixes of the row's codes, from the conditions around the one that is written.
    pub(in crate::graph::load) bounds: Vec<(Column, Arc<str>)>,
    /// The number of edges between the list's row and this one that lead several rows to the same one.
    pub(in crate::graph::load) met: u8,
}

/// Bound values that depend on the scope: their positions, and the condition that binds them.
#[derive(Clone, Debug)]
pub(in crate::graph::load) struct ScopeValues {
    pub(in crate::graph::load) at: Range<usize>,
    pub(in crate::graph::load) table: &'static Table,
    pub(in crate::graph::load) context: RowContext,
}
