//! Writes the SQL that finds candidates: entries with most of the trigrams, with exactly this code, and with a property
//! that was asked for. Both engines count the same and cut at the same entry.
//!
//! The statement has a list of numbers of entries for each way to find some. Each entry that any list of an index has is
//! then read once, and what several lists need is selected once.

mod codes;
mod entries;
mod linked;
mod names;
mod narrow;
mod question;
mod related;

use std::{fmt::Write, mem};

use sea_orm::{Value as SqlValue, sea_query::ArrayType};

use super::{
    Index, Indexed, Lexicon, Search, SearchFilter, gram,
    property::Trait,
    search_text::{Reading, SearchText},
};
use crate::{
    access::Scope,
    graph::load::{Kind, Table},
    store::{Engine, Reader},
};

/// The length of the code of a province, by which an index of entries is sorted by size.
const PROVINCE: usize = 2;

/// The least number of trigrams to search for: with fewer, no word of an entry is similar to any wanted word.
const FEWEST: usize = 4;

/// The least entries that a reading by synonyms may look at.
const FEWEST_ENTRIES: u32 = 400;

/// The limit of a list that is not cut off.
const MANY: usize = i32::MAX as usize;

/// The most lists that are one compound of SELECTs; engines limit their number.
const COMPOUND: usize = 200;

/// How candidates were found, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoundBy {
    /// The whole text is their code.
    Code,
    /// A word of the text is their code.
    Number,
    /// By names or properties.
    Words,
}

/// Writes the statement. Its single row has two values for each index: the entries found as a JSON list, each with how
/// it was found, and how many lists were cut off.
pub(super) fn write(
    reader: &Reader,
    (search, lexicon): (&Search, &Lexicon),
    search_text: &SearchText,
    frequencies: &[(&Index, &gram::Frequencies)],
    filter: &SearchFilter<'_>,
) -> (String, Vec<SqlValue>) {
    let mut writer = SearchWriter {
        engine: reader.engine(),
        scope: reader.scope().clone(),
        search,
        lexicon,
        index: "",
        nouns: &[],
        links: links(search_text),
        parties: false,
        aside: "",
        sql: String::new(),
        values: Vec::new(),
        lists: Vec::new(),
        tables: Vec::new(),
        linked: Vec::new(),
        has_parties: false,
    };
    let mut columns = Vec::new();
    for (nth, (index, frequencies)) in frequencies.iter().enumerate() {
        writer.index = index.name;
        writer.nouns = &index.nouns;
        writer.parties =
            index.nouns.iter().any(|noun| !noun.related.is_empty() && filter.covers(noun.table()));
        writer.of_index((nth, index), search_text, frequencies, filter);
        columns.extend(writer.entries());
    }
    let tables = match writer.tables.join(", ") {
        tables if tables.is_empty() => String::new(),
        tables => format!("WITH {tables} "),
    };
    (format!("{tables}SELECT {}", columns.join(", ")), writer.values)
}

/// The most candidates of a reading by its names: most for the first reading, and of the first index.
const fn limit(index: usize, reading: usize) -> usize {
    match (index, reading) {
        (0, 0) => super::CANDIDATES,
        (_, 0) => 200,
        _ => 150,
    }
}

/// The most entries that a reading may look at in an index. Synonyms are spelled as names are, so that few are enough.
fn budget(reading: usize, readings: usize) -> u32 {
    let others = u32::try_from(readings).unwrap_or(1).saturating_sub(1).max(1);
    if reading == 0 { gram::BUDGET } else { (gram::BUDGET / 2 / others).max(FEWEST_ENTRIES) }
}

/// The different links that any reading names; each has a bit in the candidates.
pub(super) fn links(search_text: &SearchText) -> Vec<Vec<String>> {
    let mut links: Vec<Vec<String>> = Vec::new();
    for one in search_text.readings.iter().flat_map(Reading::links) {
        if let Trait::Linked(codes) = one
            && !links.contains(codes)
        {
            links.push(codes.clone());
        }
    }
    links.truncate(8);
    links
}

struct SearchWriter<'a> {
    engine: Engine,
    scope: Scope,
    search: &'a Search,
    lexicon: &'a Lexicon,
    index: &'static str,
    /// The nouns of the index.
    nouns: &'a [Indexed],
    links: Vec<Vec<String>>,
    /// Whether candidates have the names of related rows.
    parties: bool,
    /// Put before the noun of entries, to find them by another index.
    aside: &'static str,
    sql: String,
    values: Vec<SqlValue>,
    /// The lists of numbers of entries of this index.
    lists: Vec<String>,
    /// Common table expressions: what several lists select from.
    tables: Vec<String>,
    /// The things whose linked entries of this index are such a table.
    linked: Vec<(&'static str, Vec<String>)>,
    /// Whether the names of related rows are such a table.
    has_parties: bool,
}

impl SearchWriter<'_> {
    /// Writes the lists of one index.
    fn of_index(
        &mut self,
        (nth, index): (usize, &Index),
        search_text: &SearchText,
        frequencies: &gram::Frequencies,
        filter: &SearchFilter<'_>,
    ) {
        for (at, reading) in search_text.readings.iter().enumerate() {
            let limit = limit(nth, at);
            match search_text.letter() {
                Some(letter) if at == 0 => {
                    self.list(FoundBy::Words, limit, |writer| writer.begun(letter, filter, limit));
                }
                _ if !reading.names() => {}
                _ => {
                    let grams = reading.grams(frequencies, budget(at, search_text.readings.len()));
                    self.list(FoundBy::Words, limit, |writer| writer.named(reading, &grams, filter, limit));
                }
            }
        }
        let nouns = index.nouns.iter().filter(|noun| filter.covers(noun.table()));
        let nouns: Vec<_> = nouns.filter(|noun| noun.named || !noun.codes.is_empty()).collect();
        if !nouns.is_empty() {
            let spellings = &search_text.spellings;
            self.list(FoundBy::Code, MANY, |writer| writer.coded(&nouns, spellings, filter));
            if !search_text.numbers.is_empty() {
                let numbers: Vec<String> =
                    search_text.numbers.iter().flat_map(|number| number.spellings.clone()).collect();
                let numbers = &numbers;
                self.list(FoundBy::Number, MANY, |writer| writer.coded(&nouns, numbers, filter));
            }
        }
        if index.nouns.iter().any(|noun| noun.table().name.as_str() == self.search.region_noun) {
            self.mentioned(search_text, filter);
        } else {
            // Synonyms of one thing ask the same.
            let mut known: Vec<&Reading> = Vec::new();
            for reading in &search_text.readings {
                if !reading.asks || known.iter().all(|other| !reading.asks_as(other)) {
                    let elsewhere = known.iter().all(|other| other.asked() != reading.asked());
                    self.asked(reading, filter, elsewhere);
                    known.push(reading);
                }
            }
        }
    }

    /// Adds a list of the numbers of entries, of which at most `limit` are found.
    fn list(&mut self, found: FoundBy, limit: usize, entries: impl FnOnce(&mut Self)) {
        entries(self);
        let entries = mem::take(&mut self.sql);
        let nth = self.lists.len();
        self.lists.push(format!(
            "SELECT {nth} AS list, {limit} AS most, {} AS found, l.number FROM ({entries}) l",
            found as u8
        ));
    }

    /// Adds a common table expression.
    fn table(&mut self, name: &str, rows: impl FnOnce(&mut Self)) {
        let list = mem::take(&mut self.sql);
        rows(self);
        let rows = mem::replace(&mut self.sql, list);
        self.tables.push(format!("{name} AS MATERIALIZED ({rows})"));
    }

    fn limit(&mut self, limit: usize) {
        let _ = write!(self.sql, " LIMIT {limit}");
    }

    fn bind(&mut self, text: &str) -> String {
        self.bind_value(text.into())
    }

    fn bind_value(&mut self, value: SqlValue) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// Binds a list as one value, so that its length does not change the text of the statement.
    fn bind_list(&mut self, texts: &[String]) -> String {
        self.values.push(match self.engine {
            Engine::Postgres => {
                let texts = texts.iter().map(|text| text.as_str().into()).collect();
                SqlValue::Array(ArrayType::String, Some(Box::new(texts)))
            }
            Engine::Sqlite => serde_json::Value::from(texts).to_string().into(),
        });
        format!("${}", self.values.len())
    }

    fn any_of(&self, list: &str) -> String {
        match self.engine {
            Engine::Postgres => format!("= ANY({list})"),
            Engine::Sqlite => format!("IN (SELECT value FROM json_each({list}))"),
        }
    }
}

/// The column of an entry with the key of its row.
fn key(table: &Table) -> &'static str {
    match table.key[0].kind {
        Kind::Uuid => "id",
        _ => "code",
    }
}
