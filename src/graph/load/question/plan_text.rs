//! The text that was written of a plan, kept with it for the next request of the document.

use std::{ops::Range, sync::Arc};

use sea_orm::Value as SqlValue;

use crate::{
    access::Shape as ScopeShape,
    graph::load::{Column, Table, mask::Mask},
    store::Engine,
};

/// What a plan came to, and where.
#[derive(Debug)]
pub(in crate::graph::load) struct PlanText {
    pub(in crate::graph::load) start: Start,
    pub(in crate::graph::load) sql: String,
    pub(in crate::graph::load) values: Vec<SqlValue>,
    /// Which of the values the scope decides; they are bound anew for each request.
    pub(in crate::graph::load) scope_values: Vec<ScopeValues>,
    pub(in crate::graph::load) aliases: usize,
}

/// What the conditions of a plan take, for each byte of the text that they come to.
const CONDITION_BYTES: u64 = 8;

/// What a bound value takes, here and in its condition, besides its text.
const VALUE_BYTES: u64 = 256;

impl PlanText {
    /// Bytes that the text takes, with the conditions that it was written of.
    pub(in crate::graph::load) fn bytes(&self) -> u64 {
        let text = |value: &SqlValue| match value {
            SqlValue::String(Some(text)) => text.len() as u64,
            _ => 0,
        };
        let values = self.values.iter().map(|value| VALUE_BYTES + 2 * text(value));
        (1 + CONDITION_BYTES) * self.sql.len() as u64 + values.sum::<u64>() + size_of::<Self>() as u64
    }
}

/// What the text depends on, besides the plan and its document.
#[derive(Debug, PartialEq)]
pub(in crate::graph::load) struct Start {
    pub(in crate::graph::load) engine: Engine,
    pub(in crate::graph::load) scope: ScopeShape,
    pub(in crate::graph::load) row: String,
    pub(in crate::graph::load) index: usize,
    pub(in crate::graph::load) mask: Mask,
    pub(in crate::graph::load) extras: Vec<String>,
    pub(in crate::graph::load) values: usize,
    pub(in crate::graph::load) aliases: usize,
}

/// Under which names a row and its link stand in the text.
#[derive(Clone, Debug)]
pub(in crate::graph::load) struct RowContext {
    pub(in crate::graph::load) row: String,
    /// The link table's alias; none outside of the subquery that names the link's columns and what is sorted by.
    pub(in crate::graph::load) link: Option<String>,
    /// Whether it stands for few rows, whatever the values are that find them.
    pub(in crate::graph::load) narrow: bool,
    /// Whether it stands for the rows of the list itself, and not for others that its conditions look at.
    pub(in crate::graph::load) own: bool,
    /// Whether it stands for the rows of a list beneath one parent: few of them, and each once.
    pub(in crate::graph::load) listed: bool,
    /// What the row's codes begin with, by the conditions around the one that is written.
    pub(in crate::graph::load) bounds: Vec<(Column, Arc<str>)>,
    /// How many edges on the way from the list's row to it lead many rows to the same one.
    pub(in crate::graph::load) met: u8,
}

/// Values that the scope decides: where they stand among the bound values, and what binds them.
#[derive(Clone, Debug)]
pub(in crate::graph::load) struct ScopeValues {
    pub(in crate::graph::load) at: Range<usize>,
    pub(in crate::graph::load) table: &'static Table,
    pub(in crate::graph::load) context: RowContext,
}
