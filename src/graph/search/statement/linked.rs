//! Writes the SQL about the things that entries are linked with, such as the commodities of cooperatives.

use std::fmt::Write;

use super::SearchWriter;
use crate::store::Engine;

/// The most things that are looked up one by one in the links of an entry.
const MANY_THINGS: usize = 4;

impl SearchWriter<'_> {
    /// Writes whether an entry is linked with any of these things.
    pub(super) fn linked(&mut self, codes: &[String], entry: &str) {
        let (table, row, code) = self.search.links.table;
        // PostgreSQL would make EXISTS a join that reads all links of the things, and takes an equation for rarely true.
        // SQLite would look up each thing of an entry by itself: for many, reading all of the entry takes less time.
        let aside = if self.engine == Engine::Sqlite && codes.len() > MANY_THINGS { "+" } else { "" };
        let codes = self.bind_list(codes);
        let codes = self.any_of(&codes);
        let rows = self.rows(table(), &(self.search.links.considered)());
        let visible = rows.condition.map_or_else(String::new, |visible| format!(" AND {visible}"));
        let _ = write!(
            self.sql,
            "(SELECT 1 FROM {} WHERE x.{row} = {entry}.id AND {aside}x.{code} {codes}{visible} LIMIT 1) IS NOT NULL",
            rows.source
        );
    }

    /// Returns what all entries of this index are selected from that are linked with any of these things. The entries of
    /// few things are selected once for each, whatever the number of lists and the sets of things that they are in.
    pub(super) fn all_linked(&mut self, codes: &[String]) -> String {
        let few = codes.len() <= MANY_THINGS;
        let tables: Vec<String> =
            codes.chunks(if few { 1 } else { codes.len() }).map(|codes| self.linked_table(codes)).collect();
        match tables.as_slice() {
            [table] => table.clone(),
            tables => {
                let tables = tables.iter().map(|table| format!("SELECT * FROM {table}"));
                format!("({})", tables.collect::<Vec<_>>().join(" UNION "))
            }
        }
    }

    fn linked_table(&mut self, codes: &[String]) -> String {
        let of_this = |known: &(&str, Vec<String>)| known.0 == self.index && known.1 == codes;
        if let Some(at) = self.linked.iter().position(of_this) {
            return format!("linked{at}");
        }
        let name = format!("linked{}", self.linked.len());
        self.linked.push((self.index, codes.to_vec()));
        self.table(&name, |writer| {
            let (table, row, code) = writer.search.links.table;
            let codes = writer.bind_list(codes);
            let codes = writer.any_of(&codes);
            let rows = writer.rows(table(), &(writer.search.links.considered)());
            let visible = rows.condition.map_or_else(String::new, |visible| format!(" AND {visible}"));
            let _ = write!(
                writer.sql,
                "SELECT e.* FROM {}_entry e WHERE e.id IN (SELECT x.{row} FROM {} WHERE x.{code} {codes}{visible})",
                writer.index, rows.source
            );
        });
        name
    }
}
