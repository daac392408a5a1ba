//! Search: from what somebody types to what they mean, ranked, the same on both engines.
//!
//! The text is understood first ([`question`]): words, titles, places. The engine's trigram index then finds at most
//! five hundred candidates ([`statement`]), and one function ranks them ([`rank`]). It names no noun: which are
//! searched, and how their names are spoken, is an [`Index`].

mod gram;
mod lexicon;
mod likeness;
mod page;
mod place;
mod question;
mod rank;
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
    page::Slice,
    place::PlaceNames,
    words::{Language, Title},
};
use self::{question::Question, rank::Candidate};

/// How many candidates are ranked, and at most found.
pub const CANDIDATES: usize = 500;

/// What is searched, and how names are spoken.
#[derive(Debug)]
pub struct Index {
    /// What the names of its tables begin with: `_entry`, and of FTS5 `_trigram`.
    pub name: &'static str,
    pub nouns: Vec<Indexed>,
    pub language: Language,
    pub places: PlaceNames,
    /// The table of regions, the column of their codes, and that of their folded names.
    pub regions: (fn() -> &'static Table, &'static str, &'static str),
    /// The ways to spell a text that may be somebody's code or number.
    pub spellings: fn(&str) -> Vec<String>,
}

/// A noun that is searched.
#[derive(Debug)]
pub struct Indexed {
    pub table: fn() -> &'static Table,
    /// The columns that name a single row to whoever knows the code; each has an index.
    pub codes: Vec<Column>,
    /// Whether its names are as good as codes; there are few rows then.
    pub named: bool,
}

impl Index {
    /// Whether a noun is in it.
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
    /// Only what lies in this region.
    pub within: Option<&'a str>,
    /// What rows must fit, beside being visible; there is then a single table.
    pub fits: Condition,
}

impl SearchFilter<'_> {
    fn covers(&self, table: &Table) -> bool {
        self.tables.iter().any(|covered| covered.name == table.name)
    }
}

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The place of its table among those that are searched.
    pub table: usize,
    pub key: Value,
    /// Its folded name: who scores the same is sorted by it.
    pub name: String,
    /// How well it answers, in thousandths.
    pub score: u32,
}

/// What a list is narrowed to and ranked by: the keys found, and how well each answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ranked {
    pub(super) text: String,
    pub(super) keys: Vec<Value>,
    pub(super) scores: Vec<Value>,
}

impl Ranked {
    /// Of what a text has found.
    #[must_use]
    pub fn new(text: String, found: Vec<Found>) -> Self {
        let (keys, scores) =
            found.into_iter().map(|found| (found.key, i64::from(found.score).into())).unzip();
        Self { text, keys, scores }
    }

    /// Whether there may be more than was looked at.
    pub(super) fn cut(&self) -> bool {
        self.keys.len() >= CANDIDATES
    }
}

/// What `text` finds, best first, then by name and key: at most [`CANDIDATES`] things.
///
/// # Errors
/// `BAD_USER_INPUT` for a text that is too long or holds a NUL.
pub async fn find(graph: &Graph, index: &Index, text: &str, filter: &SearchFilter<'_>) -> Result<Vec<Found>> {
    let lexicon = graph.lexicon(index).await?;
    let question = Question::read(text, index, &lexicon)?;
    if question.words.is_empty() || filter.tables.is_empty() {
        return Ok(Vec::new());
    }
    // The rows of what is found are read next.
    graph.reader().expect_several();
    let (sql, values) = statement::write(graph.reader(), index, &question, filter);
    let row = graph.reader().row(&sql, values).await?;
    let row = row.ok_or_else(|| super::Error::Internal("a search was answered without a row".into()))?;
    let list = |column: usize| lexicon::rows::<Candidate>(row.try_get_by_index(column)?);
    let (named, coded, placed) = (list(0)?, list(1)?, list(2)?);
    let tables: Vec<&str> = filter.tables.iter().map(|table| table.name.as_str()).collect();
    rank::rank(index, &question, &tables, coded, named.into_iter().chain(placed).collect())
}
