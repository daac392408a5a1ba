//! Parts of statements that are written once: a document that comes again says the same of the rows that it plans for.

use sea_orm::Value as SqlValue;

use super::{Mask, Planned, Writer, source::ScopeValues};
use crate::{
    access::Shape as ScopeShape,
    graph::{load::Table, order::Term},
    store::Engine,
};

/// What a row is read as.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) table: &'a Table,
    /// The table's place among those of the edge, and whether the row has to say so.
    pub(super) index: usize,
    pub(super) tagged: bool,
    pub(super) order: &'a [Term],
    pub(super) extras: &'a [String],
}

/// What a plan came to, and where.
#[derive(Debug)]
pub(in crate::graph::load) struct Written {
    start: Start,
    sql: String,
    values: Vec<SqlValue>,
    /// Which of the values the scope decides; they are bound anew for each request.
    scope_values: Vec<ScopeValues>,
    aliases: usize,
}

/// What the conditions of a plan take, for each byte of the text that they come to.
const CONDITION_BYTES: u64 = 8;

/// What a bound value takes, here and in its condition, besides its text.
const VALUE_BYTES: u64 = 256;

impl Written {
    /// Bytes that the text takes, with the conditions that it was written of.
    fn bytes(&self) -> u64 {
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
struct Start {
    engine: Engine,
    scope: ScopeShape,
    row: String,
    index: usize,
    mask: Mask,
    extras: Vec<String>,
    values: usize,
    aliases: usize,
}

impl Writer<'_> {
    /// Writes what `write` writes: as it was written before, if that began at such a place too.
    pub(super) fn once(
        &mut self,
        planned: &Planned,
        row: Row<'_>,
        t: &str,
        mask: Mask,
        write: impl FnOnce(&mut Self),
    ) {
        let start = Start {
            engine: self.engine,
            scope: self.scope.shape(),
            row: t.to_owned(),
            index: row.index,
            mask,
            extras: row.extras.to_vec(),
            values: self.values.len(),
            aliases: self.aliases,
        };
        if let Some(known) = planned.text.get().filter(|known| known.start == start) {
            self.sql.push_str(&known.sql);
            let first = self.values.len();
            self.values.extend_from_slice(&known.values);
            for of_scope in &known.scope_values {
                let values = self.values_of_scope(of_scope);
                self.values.splice(of_scope.at.clone(), values);
            }
            debug_assert_eq!(self.values.len(), first + known.values.len());
            self.aliases = known.aliases;
            return;
        }
        let (before, scope_values) = (self.sql.len(), self.scope_values.len());
        write(self);
        let scope_values = self.scope_values[scope_values..].to_vec();
        let (sql, values) = (self.sql[before..].to_owned(), self.values[start.values..].to_vec());
        let written = Written { start, sql, values, scope_values, aliases: self.aliases };
        let bytes = written.bytes();
        // Whoever was first keeps its place.
        if planned.text.set(written).is_ok() {
            self.outline.add_bytes(bytes);
        }
    }
}
