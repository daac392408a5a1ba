//! Writes the SQL that finds entries by their codes, and the regions that a text names.

use std::fmt::Write;

use super::{FoundBy, MANY, SearchWriter, key};
use crate::graph::{
    filter::Condition,
    search::{Indexed, SearchFilter, search_text::SearchText},
};

/// The most regions of one name.
const SOME: usize = 150;

impl SearchWriter<'_> {
    /// Selects entries with exactly this code, number or slug.
    pub(super) fn coded(&mut self, nouns: &[&Indexed], spellings: &[String], filter: &SearchFilter<'_>) {
        self.sql.push_str("SELECT e.number FROM (");
        let spellings = self.bind_list(spellings);
        let spellings = self.any_of(&spellings);
        let index = self.index;
        let codes = nouns.iter().flat_map(|noun| noun.codes.iter().map(|code| (noun.table(), code.name)));
        let codes = codes.map(|(table, code)| (table, format!("x.{code} {spellings}")));
        let named = nouns
            .iter()
            .filter(|noun| noun.named)
            .map(|noun| (noun.table(), format!("(y.name {spellings} OR y.other_name {spellings})")));
        for (at, (table, found)) in codes.chain(named).enumerate() {
            self.sql.push_str(if at == 0 { "" } else { " UNION " });
            let (own, key) = (table.key[0].name, key(table));
            let rows = self.rows(table, &Condition::always());
            let _ = write!(
                self.sql,
                "SELECT y.number FROM {} JOIN {index}_entry y ON y.{key} = x.{own} \
                 WHERE y.{key} IS NOT NULL AND {found}",
                rows.source
            );
            if let Some(visible) = rows.condition {
                let _ = write!(self.sql, " AND {visible}");
            }
        }
        let _ = write!(self.sql, ") c JOIN {index}_entry e ON e.number = c.number WHERE 1 = 1");
        self.among(filter);
        self.fitting(filter);
    }

    /// Selects the regions that any reading names.
    pub(super) fn mentioned(&mut self, search_text: &SearchText, filter: &SearchFilter<'_>) {
        let mentions = search_text.readings.iter().flat_map(|reading| &reading.mentions);
        let mut codes: Vec<String> =
            mentions.flat_map(|mention| mention.codes.iter().take(SOME).cloned()).collect();
        codes.sort();
        codes.dedup();
        if codes.is_empty() {
            return;
        }
        self.list(FoundBy::Words, MANY, |writer| {
            let codes = writer.bind_list(&codes);
            let codes = writer.any_of(&codes);
            let _ = write!(writer.sql, "SELECT e.number FROM {}_entry e WHERE e.code {codes}", writer.index);
            writer.among(filter);
            writer.fitting(filter);
        });
    }
}
