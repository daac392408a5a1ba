//! Full-text search with typing errors, ranked the same on both engines.
//!
//! The text is parsed first ([`search_text`]): words, titles, names of regions. The engine's trigram index then finds at most five
//! hundred candidates ([`statement`]), and one function ranks them ([`rank`]). It names no noun: which nouns are
//! searched, and how names are written, is defined by an [`Index`].

mod gram;
mod lexicon;
mod likeness;
mod matches;
mod rank;
mod region_names;
mod search_text;
mod statement;
mod words;

use super::{
    Result,
    filter::Condition,
    load::{Column, Graph, Table},
    value::Value,
};

pub use self::{
    lexicon::Lexicon,
    matches::Slice,
    region_names::RegionNameRules,
    words::{Language, Title},
};
use self::{rank::Candidate, search_text::SearchText};

/// The most candidates that are ranked and returned.
pub const CANDIDATES: usize = 500;

/// A search index: the nouns that it covers, and the rules of their names.
#[derive(Debug)]
pub struct Index {
    /// Prefix of the names of its tables: `_entry`, and `_trigram` for FTS5.
    pub name: &'static str,
    pub nouns: Vec<Indexed>,
    pub language: Language,
    pub region_names: RegionNameRules,
    /// The table of regions, its code column, and its column of folded names.
    pub regions: (fn() -> &'static Table, &'static str, &'static str),
    /// The ways to spell a text that may be a code or a number.
    pub spellings: fn(&str) -> Vec<String>,
}

/// A noun in the index.
#[derive(Debug)]
pub struct Indexed {
    pub table: fn() -> &'static Table,
    /// The columns of unique codes; each has an index.
    pub codes: Vec<Column>,
    /// Whether its names identify rows like codes; such a noun has few rows.
    pub named: bool,
}

impl Index {
    /// Whether it covers a noun.
    #[must_use]
    pub fn covers(&self, table: &Table) -> bool {
        self.nouns.iter().any(|noun| noun.table().name == table.name)
    }
}

impl Indexed {
    fn table(&self) -> &'static Table {
        (self.table)()
    }
}

/// What a search is narrowed to.
#[derive(Clone, Debug)]
pub struct SearchFilter<'a> {
    /// The nouns that are searched.
    pub tables: Vec<&'static Table>,
    /// Only rows inside this region.
    pub within: Option<&'a str>,
    /// A condition on the rows, besides visibility; then there is a single table.
    pub fits: Condition,
}

impl SearchFilter<'_> {
    fn covers(&self, table: &Table) -> bool {
        self.tables.iter().any(|covered| covered.name == table.name)
    }
}

/// A search result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index of its table in the scope.
    pub table: usize,
    pub key: Value,
    /// Its folded name, which breaks ties of the score.
    pub name: String,
    /// Its relevance, in thousandths.
    pub score: u32,
}

/// The results that a list is filtered and sorted by: keys and scores.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ranked {
    pub(super) text: String,
    pub(super) keys: Vec<Value>,
    pub(super) scores: Vec<Value>,
}

impl Ranked {
    /// The ranking made of search results.
    #[must_use]
    pub fn new(text: String, found: Vec<Found>) -> Self {
        let (keys, scores) =
            found.into_iter().map(|found| (found.key, i64::from(found.score).into())).unzip();
        Self { text, keys, scores }
    }

    /// Whether there may be more results than were looked at.
    pub(super) fn cut(&self) -> bool {
        self.keys.len() >= CANDIDATES
    }
}

/// Searches for `text`. Results are sorted by score, then by name and key; there are at most [`CANDIDATES`].
///
/// # Errors
/// `BAD_USER_INPUT` for a text that is too long or contains a NUL.
pub async fn find(graph: &Graph, index: &Index, text: &str, filter: &SearchFilter<'_>) -> Result<Vec<Found>> {
    let lexicon = graph.lexicon(index).await?;
    let search_text = SearchText::read(text, index, &lexicon)?;
    if search_text.words.is_empty() || filter.tables.is_empty() {
        return Ok(Vec::new());
    }
    // The rows of what is found are read next.
    graph.reader().expect_several();
    let (sql, values) = statement::write(graph.reader(), index, &search_text, filter);
    let row = graph.reader().row(&sql, values).await?;
    let row = row.ok_or_else(|| super::Error::Internal("a search was answered without a row".into()))?;
    let list = |column: usize| lexicon::rows::<Candidate>(row.try_get_by_index(column)?);
    let (named, coded, in_regions) = (list(0)?, list(1)?, list(2)?);
    let tables: Vec<&str> = filter.tables.iter().map(|table| table.name.as_str()).collect();
    rank::rank(index, &search_text, &tables, coded, named.into_iter().chain(in_regions).collect())
}
