//! Caches the SQL text of a plan, for later requests with the same document.

use super::{Mask, Planned, Writer};
use crate::graph::{
    load::{
        Table,
        question::{PlanText, Start},
    },
    order::Term,
};

/// How a row is read.
#[derive(Clone, Copy)]
pub(super) struct RowRead<'a> {
    pub(super) table: &'a Table,
    /// The table's index among those of the edge, and whether the row has to contain it.
    pub(super) index: usize,
    pub(super) tagged: bool,
    pub(super) order: &'a [Term],
    pub(super) extras: &'a [String],
}

impl Writer<'_> {
    /// Writes what `write` writes, or copies its earlier text if that began in the same state.
    pub(super) fn once(
        &mut self,
        planned: &Planned,
        row: RowRead<'_>,
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
        let text = PlanText { start, sql, values, scope_values, aliases: self.aliases };
        let bytes = text.bytes();
        // The first text is kept.
        if planned.text.set(text).is_ok() {
            self.selection.add_bytes(bytes);
        }
    }
}
