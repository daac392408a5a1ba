//! Writes the SQL that finds candidates: entries with most of the trigrams, with exactly this code, and with a property
//! that was asked for. Both engines count the same and cut at the same entry.

mod question;

use std::fmt::Write;

use sea_orm::{Value as SqlValue, sea_query::ArrayType};

use super::{
    Index, Indexed, Lexicon, Search, SearchFilter,
    gram::{self, Gram},
    property::Trait,
    search_text::{Reading, SearchText},
};
use crate::{
    access::Scope,
    graph::{
        filter::Condition,
        load::{Kind, Table, VisibleRows},
    },
    store::{Engine, Reader},
};

/// The columns of each entry, in the order of [`super::rank::Candidate`]; links and names of related rows follow.
const COLUMNS: [&str; 10] =
    ["noun", "id", "code", "name", "other_name", "region_code", "size", "kind", "community_base", "program"];

/// The length of the code of a province, by which an index of entries is sorted by size.
const PROVINCE: usize = 2;

/// The least number of trigrams to search for: with fewer, no word of an entry is similar to any wanted word.
const FEWEST: usize = 4;

/// The least entries that a reading by synonyms may look at.
const FEWEST_ENTRIES: u32 = 400;

/// How candidates were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoundBy {
    /// The whole text is their code.
    Code,
    /// A word of the text is their code.
    Number,
    /// By names or properties.
    Words,
}

/// A list of candidates in the statement's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CandidateList {
    pub(super) found: FoundBy,
    /// The number of candidates at which it was cut off.
    pub(super) limit: usize,
}

/// Writes the statement. Its single row has a JSON list for each of the returned lists.
pub(super) fn write(
    reader: &Reader,
    (search, lexicon): (&Search, &Lexicon),
    search_text: &SearchText,
    frequencies: &[(&Index, &gram::Frequencies)],
    filter: &SearchFilter<'_>,
) -> (String, Vec<SqlValue>, Vec<CandidateList>) {
    let mut writer = SearchWriter {
        engine: reader.engine(),
        scope: *reader.scope(),
        search,
        lexicon,
        index: "",
        links: links(search_text),
        parties: false,
        aside: "",
        sql: "SELECT ".to_owned(),
        values: Vec::new(),
        lists: Vec::new(),
    };
    for (nth, (index, frequencies)) in frequencies.iter().enumerate() {
        writer.index = index.name;
        writer.parties =
            index.nouns.iter().any(|noun| !noun.related.is_empty() && filter.covers(noun.table()));
        for (at, reading) in search_text.readings.iter().enumerate() {
            let limit = limit(nth, at);
            match search_text.letter() {
                Some(letter) if at == 0 => {
                    writer.list(FoundBy::Words, limit, |writer| writer.begun(letter, filter, limit));
                }
                _ if !reading.names() => {}
                _ => {
                    let grams = reading.grams(frequencies, budget(at, search_text.readings.len()));
                    writer.list(FoundBy::Words, limit, |writer| writer.named(reading, &grams, filter, limit));
                }
            }
        }
        let nouns = index.nouns.iter().filter(|noun| filter.covers(noun.table()));
        let nouns: Vec<_> = nouns.filter(|noun| noun.named || !noun.codes.is_empty()).collect();
        if !nouns.is_empty() {
            let spellings = &search_text.spellings;
            writer.list(FoundBy::Code, usize::MAX, |writer| writer.coded(&nouns, spellings, filter));
            if !search_text.numbers.is_empty() {
                let numbers: Vec<String> =
                    search_text.numbers.iter().flat_map(|number| number.spellings.clone()).collect();
                let numbers = &numbers;
                writer.list(FoundBy::Number, usize::MAX, |writer| writer.coded(&nouns, numbers, filter));
            }
        }
        if index.nouns.iter().any(|noun| noun.table().name.as_str() == search.region_noun) {
            writer.mentioned(search_text, filter);
        } else {
            // Synonyms of one thing ask the same.
            let mut known: Vec<&Reading> = Vec::new();
            for reading in &search_text.readings {
                if !reading.asks || known.iter().all(|other| !reading.asks_as(other)) {
                    let elsewhere = known.iter().all(|other| other.asked() != reading.asked());
                    writer.asked(reading, filter, elsewhere);
                    known.push(reading);
                }
            }
        }
    }
    if writer.lists.is_empty() {
        writer.sql.push('1');
    }
    (writer.sql, writer.values, writer.lists)
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
    links: Vec<Vec<String>>,
    /// Whether candidates have the names of related rows.
    parties: bool,
    /// Put before the noun of entries, to find them by another index.
    aside: &'static str,
    sql: String,
    values: Vec<SqlValue>,
    lists: Vec<CandidateList>,
}

impl SearchWriter<'_> {
    fn list(&mut self, found: FoundBy, limit: usize, entries: impl FnOnce(&mut Self)) {
        if !self.lists.is_empty() {
            self.sql.push_str(", ");
        }
        self.lists.push(CandidateList { found, limit });
        let (list, array) = match self.engine {
            Engine::Postgres => ("json_agg", "json_build_array"),
            Engine::Sqlite => ("json_group_array", "json_array"),
        };
        let _ = write!(self.sql, "CAST((SELECT {list}({array}(");
        for column in COLUMNS {
            match (self.engine, column) {
                (Engine::Sqlite, "id") => self.sql.push_str("hex(f.id)"),
                (_, "region_code") => self.place("f"),
                _ => {
                    let _ = write!(self.sql, "f.{column}");
                }
            }
            self.sql.push_str(", ");
        }
        self.sql.push('0');
        for (bit, codes) in self.links.clone().iter().enumerate() {
            self.sql.push_str(" + CASE WHEN ");
            self.linked(codes, "f");
            let _ = write!(self.sql, " THEN {} ELSE 0 END", 1 << bit);
        }
        self.sql.push_str(", ");
        self.related("f");
        self.sql.push_str(")) FROM (");
        entries(self);
        self.sql.push_str(") f) AS TEXT)");
    }

    /// Selects entries with any of the trigrams, those with most of all first.
    fn named(
        &mut self,
        reading: &Reading,
        (sought, counted): &(Vec<Gram>, Vec<Gram>),
        filter: &SearchFilter<'_>,
        limit: usize,
    ) {
        let _ = write!(
            self.sql,
            "SELECT e.* FROM (SELECT e.number FROM \
             (SELECT e.number, e.noun, e.id, e.code, e.name, e.words, e.size, "
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
        let _ = write!(self.sql, ") s JOIN {}_entry e ON e.number = s.number", self.index);
    }

    /// Selects entries whose names start with a letter.
    fn begun(&mut self, letter: char, filter: &SearchFilter<'_>, limit: usize) {
        let next = char::from_u32(u32::from(letter) + 1).unwrap_or(letter);
        let bounds = [letter, next].map(|letter| self.bind(&format!(" {letter}")));
        let _ = write!(
            self.sql,
            "SELECT e.* FROM {}_entry e WHERE e.words >= {} AND e.words < {}",
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
        // Few numbers of trigrams make few texts, which engines keep; no entry holds a bar.
        let missing = counted.len().next_multiple_of(4) - counted.len();
        let grams = counted.iter().map(|gram| gram::text(*gram));
        for gram in grams.chain(std::iter::repeat_n("|".to_owned(), missing)) {
            let gram = self.bind(&gram);
            let _ = write!(self.sql, " + CASE WHEN {position}(e.words, {gram}) > 0 THEN 1 ELSE 0 END");
        }
        for (at, mention) in reading.mentions.iter().enumerate() {
            let codes = self.bind_list(&mention.codes);
            let codes = self.any_of(&codes);
            let lies = [2, 5, 8].map(|rung| format!("substr(e.region_code, 1, {rung}) {codes}")).join(" OR ");
            let _ = write!(self.sql, " + CASE WHEN {lies} THEN {} ELSE 0 END", reading.worth(at));
        }
        counted.len()
    }

    /// Selects entries with exactly this code, number or slug.
    fn coded(&mut self, nouns: &[&Indexed], spellings: &[String], filter: &SearchFilter<'_>) {
        self.sql.push_str("SELECT e.* FROM (");
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

    /// Restricts entries to the searched nouns and the region.
    fn among(&mut self, filter: &SearchFilter<'_>) {
        let nouns: Vec<String> = filter.tables.iter().map(|table| table.name.as_str().to_owned()).collect();
        let nouns = self.bind_list(&nouns);
        let nouns = self.any_of(&nouns);
        let _ = write!(self.sql, " AND {}e.noun {nouns}", self.aside);
        if let Some(region) = filter.within {
            self.sql.push_str(" AND ");
            self.inside(region);
        }
    }

    fn inside(&mut self, region: &str) {
        if region.len() == PROVINCE {
            let region = self.bind(region);
            let _ = write!(self.sql, "substr(e.region_code, 1, {PROVINCE}) = {region}");
            return;
        }
        let region = self.bind(region);
        let _ = write!(self.sql, "(e.region_code >= {region} AND e.region_code < {region} || '/')");
    }

    /// Restricts entries to rows that are visible and match. Each row is looked up by its key: a join may read the
    /// whole table instead.
    fn fitting(&mut self, filter: &SearchFilter<'_>) {
        for table in &filter.tables {
            let rows = self.rows(table, &filter.fits);
            let Some(fits) = rows.condition else { continue };
            let (noun, own, key) = (table.name.as_str(), table.key[0].name, key(table));
            let _ = write!(
                self.sql,
                " AND (e.noun <> '{noun}' OR \
                 (SELECT CASE WHEN {fits} THEN 1 ELSE 0 END FROM {} WHERE x.{own} = e.{key}) = 1)",
                rows.source
            );
        }
    }

    /// The rows `x` of a table that the scope shows and that fit.
    fn rows(&mut self, table: &'static Table, fits: &Condition) -> VisibleRows {
        VisibleRows::of(self.engine, &self.scope, (table, "x"), fits, &mut self.values)
    }

    fn limit(&mut self, limit: usize) {
        let _ = write!(self.sql, " LIMIT {limit}");
    }

    fn bind(&mut self, text: &str) -> String {
        self.values.push(text.into());
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
