//! Caches the SQL text of a plan, for later requests with the same document.

use sea_orm::Value as SqlValue;

use super::{ColumnSet, Planned, StatementWriter};
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

impl StatementWriter<'_> {
    /// Writes what `write` writes, or copies its earlier text if that began in the same state.
    pub(super) fn once(
        &mut self,
        planned: &Planned,
        row: RowRead<'_>,
        t: &str,
        columns: ColumnSet,
        write: impl FnOnce(&mut Self),
    ) {
        let start = Start {
            engine: self.engine,
            scope: self.scope.shape(),
            row: t.to_owned(),
            index: row.index,
            columns,
            extras: row.extras.to_vec(),
            values: self.values.len(),
            aliases: self.aliases,
        };
        if let Some(known) = planned.text.get().filter(|known| known.start == start)
            && let Some(values) = self.values_of(known)
        {
            self.sql.push_str(&known.sql);
            self.values.extend(values);
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

    /// The values of a kept text, those of the scope as this request has them; none where they are not as many.
    fn values_of(&self, known: &PlanText) -> Option<Vec<SqlValue>> {
        let mut values = known.values.clone();
        for of_scope in &known.scope_values {
            let now = self.values_of_scope(of_scope);
            let at = of_scope.at.start - known.start.values..of_scope.at.end - known.start.values;
            values.get_mut(at).filter(|kept| kept.len() == now.len())?.clone_from_slice(&now);
        }
        Some(values)
    }
}
