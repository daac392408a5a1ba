//! Parts of statements that are written once: a document that comes again says the same of the rows that it plans for.

use sea_orm::Value as SqlValue;

use super::{Mask, Planned, Table, Writer};
use crate::{graph::order::Term, store::Engine};

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
    aliases: usize,
}

/// What the text depends on, besides the plan and its document.
#[derive(Debug, PartialEq)]
struct Start {
    engine: Engine,
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
            row: t.to_owned(),
            index: row.index,
            mask,
            extras: row.extras.to_vec(),
            values: self.values.len(),
            aliases: self.aliases,
        };
        if let Some(known) = planned.text.get().filter(|known| known.start == start) {
            self.sql.push_str(&known.sql);
            self.values.extend_from_slice(&known.values);
            self.aliases = known.aliases;
            return;
        }
        let before = self.sql.len();
        write(self);
        let (sql, values) = (self.sql[before..].to_owned(), self.values[start.values..].to_vec());
        // Whoever was first keeps its place.
        let _ = planned.text.set(Written { start, sql, values, aliases: self.aliases });
    }
}
