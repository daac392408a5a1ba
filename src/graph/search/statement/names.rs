//! Writes the SQL that finds entries by their names: by trigrams, or by a first letter.

use std::fmt::Write;

use sea_orm::Value as SqlValue;

use super::{FEWEST, SearchWriter};
use crate::{
    graph::search::{
        SearchFilter,
        gram::{self, Gram},
        search_text::Reading,
    },
    store::Engine,
};

/// The lengths of the codes of regions, except villages.
const RUNGS: [usize; 3] = [2, 5, 8];

impl SearchWriter<'_> {
    /// Selects entries with any of the trigrams, those with most of all first.
    pub(super) fn named(
        &mut self,
        reading: &Reading,
        (sought, counted): &(Vec<Gram>, Vec<Gram>),
        filter: &SearchFilter<'_>,
        limit: usize,
    ) {
        let _ = write!(
            self.sql,
            "SELECT e.number FROM (SELECT e.number, e.noun, e.id, e.code, e.name, e.words, e.size, "
        );
        let most = self.shared(reading, counted);
        self.sql.push_str(" AS shared FROM ");
        match self.engine {
            Engine::Sqlite => {
                let grams = sought.iter().map(|gram| format!("\"{}\"", gram::text(*gram)));
                let grams = self.bind(&grams.collect::<Vec<_>>().join(" OR "));
                let _ = write!(
                    self.sql,
                    "{index}_trigram CROSS JOIN {index}_entry e ON e.number = {index}_trigram.rowid \
                     WHERE {index}_trigram MATCH {grams}",
                    index = self.index
                );
            }
            Engine::Postgres => {
                let grams = sought.iter().map(|gram| format!("%{}%", gram::text(*gram)));
                let grams = self.bind_list(&grams.collect::<Vec<_>>());
                let _ = write!(self.sql, "{}_entry e WHERE e.words LIKE ANY({grams})", self.index);
            }
        }
        self.among(filter);
        // A limit that nothing reaches, or engines would count once to filter and once more to sort.
        let _ = write!(self.sql, " LIMIT {}) e WHERE e.shared >= {}", u32::MAX, most.div_ceil(FEWEST));
        self.fitting(filter);
        self.sql
            .push_str(" ORDER BY e.shared DESC, length(e.words), e.size DESC, e.name, e.noun, e.id, e.code");
        self.limit(limit);
    }

    /// Selects entries whose names start with a letter.
    pub(super) fn begun(&mut self, letter: char, filter: &SearchFilter<'_>, limit: usize) {
        let next = char::from_u32(u32::from(letter) + 1).unwrap_or(letter);
        let bounds = [letter, next].map(|letter| self.bind(&format!(" {letter}")));
        let _ = write!(
            self.sql,
            "SELECT e.number FROM {}_entry e WHERE e.words >= {} AND e.words < {}",
            self.index, bounds[0], bounds[1]
        );
        self.among(filter);
        self.fitting(filter);
        self.sql.push_str(" ORDER BY e.words, e.name, e.noun, e.id, e.code");
        self.limit(limit);
    }

    /// Writes the number of matching trigrams of an entry, plus the bonus for its region. Returns the maximum.
    fn shared(&mut self, reading: &Reading, counted: &[Gram]) -> usize {
        self.sql.push('0');
        let position = match self.engine {
            Engine::Postgres => "strpos",
            Engine::Sqlite => "instr",
        };
        // Few numbers of trigrams make few texts, which engines keep; nothing holds null.
        let missing = counted.len().next_multiple_of(4) - counted.len();
        let grams = counted.iter().map(|gram| SqlValue::from(gram::text(*gram)));
        for gram in grams.chain(std::iter::repeat_n(SqlValue::String(None), missing)) {
            let gram = self.bind_value(gram);
            let _ = write!(self.sql, " + CASE WHEN {position}(e.words, {gram}) > 0 THEN 1 ELSE 0 END");
        }
        for (at, mention) in reading.mentions.iter().enumerate() {
            let rungs = RUNGS.iter().filter(|rung| mention.codes.iter().any(|code| code.len() == **rung));
            let rungs: Vec<usize> = rungs.copied().collect();
            if rungs.is_empty() {
                continue;
            }
            let codes = self.bind_list(&mention.codes);
            let codes = self.any_of(&codes);
            let lies = rungs.iter().map(|rung| format!("substr(e.region_code, 1, {rung}) {codes}"));
            let lies = lies.collect::<Vec<_>>().join(" OR ");
            let _ = write!(self.sql, " + CASE WHEN {lies} THEN {} ELSE 0 END", reading.worth(at));
        }
        counted.len()
    }
}
