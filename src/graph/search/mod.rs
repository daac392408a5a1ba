//! Full-text search with typing errors, ranked the same on both engines.
//!
//! The text is parsed first ([`search_text`]): its readings, with words, titles, names of regions and of properties. The
//! engine's trigram index and the columns of the entries then find candidates ([`statement`]), and one function ranks
//! them ([`rank`]). It names no noun: which nouns are searched, and how names are written, is defined by a [`Search`].

mod gram;
mod lexicon;
mod likeness;
mod matches;
mod numbers;
mod property;
mod rank;
mod region_names;
mod score;
mod search_text;
mod shared;
mod statement;
mod synonyms;
mod words;

use std::{ops::Range, sync::Arc};

use async_graphql::Enum;

use super::{
    Result,
    filter::Condition,
    load::{Column, Graph, Table},
    scheduling::blocking,
    value::Value,
};

pub use self::{
    lexicon::Lexicon,
    matches::Slice,
    property::{Links, Named, Trait, Vocabulary},
    region_names::RegionNameRules,
    search_text::{MOST_WORDS, word_count},
    shared::Searches,
    synonyms::Synonyms,
    words::{Language, Title},
};
use self::{
    rank::{Candidate, Ranking},
    search_text::SearchText,
};

/// The most candidates by the names of one index.
pub const CANDIDATES: usize = 500;

/// What is searched, and the rules of its names.
#[derive(Debug)]
pub struct Search {
    pub indexes: Vec<Index>,
    pub language: Language,
    pub region_names: RegionNameRules,
    /// The name of the table of regions.
    pub region_noun: &'static str,
    /// The table of regions, with its columns of the code, the folded name and the code of the region above.
    pub regions: (fn() -> &'static Table, [&'static str; 3]),
    pub links: Links,
    /// What words stand for and name.
    pub vocabulary: fn() -> &'static Vocabulary,
    /// The ways to spell a text that may be a code or a number.
    pub spellings: fn(&str) -> Vec<String>,
}

/// A search index: the nouns whose entries are in its tables.
#[derive(Debug)]
pub struct Index {
    /// Prefix of the names of its tables: `_entry`, and `_trigram` for FTS5.
    pub name: &'static str,
    pub nouns: Vec<Indexed>,
}

/// A noun in the index.
#[derive(Debug)]
pub struct Indexed {
    pub table: fn() -> &'static Table,
    /// The columns of codes; each has an index.
    pub codes: Vec<Column>,
    /// Whether its names identify rows like codes; such a noun has few rows.
    pub named: bool,
    /// Rows whose names also find a row, such as the organiser of a program; a noun with such rows has few.
    pub related: Vec<RelatedNames>,
}

/// The names of a related row.
#[derive(Debug)]
pub struct RelatedNames {
    /// The column with the key of the related row.
    pub column: &'static str,
    pub table: fn() -> &'static Table,
    /// Its columns of folded names.
    pub names: Vec<&'static str>,
    /// Its column of the region, if what is found lies there too.
    pub region: Option<&'static str>,
}

/// A field that matches words of a search text [isian yang cocok].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enum)]
#[graphql(name = "SearchField")]
pub enum MatchField {
    /// Its name [nama].
    Name,
    /// Its short name, its English name or the code of a program [nama lain].
    OtherName,
    /// Its code, number, slug, domain or postal code [kode].
    Code,
    /// Its region, a region around it, or one nearby; of a program, the region of its host [wilayah].
    #[graphql(name = "REGION")]
    Place,
    /// Type of a cooperative, kind of an institution or a program, or category of a commodity [jenis].
    Kind,
    /// Community of a cooperative [basis komunitas].
    CommunityBase,
    /// National program of a cooperative [program].
    Program,
    /// A commodity that a cooperative handled in its latest year [komoditas].
    #[graphql(name = "COMMODITY")]
    Link,
    /// Organiser or host of a program [penyelenggara atau tuan rumah].
    Party,
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
    /// Index of its table in the filter.
    pub table: usize,
    pub key: Value,
    /// Its folded name, which breaks ties of the relevance.
    pub name: String,
    /// Its score, and what ranks it among equal ones, as one number.
    pub relevance: u64,
    /// The fields that match words of the text, with the ranges of these words.
    pub why: Vec<(MatchField, Range<usize>)>,
}

/// All results of a search, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    pub found: Vec<Found>,
    /// Whether there may be more results, because candidates were cut off.
    pub cut: bool,
    /// The words of the text.
    pub typed: Vec<String>,
}

/// The results that a list is filtered and sorted by: keys and scores.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ranked {
    pub(super) text: String,
    pub(super) keys: Vec<Value>,
    pub(super) scores: Vec<Value>,
    /// Whether there may be more results than were looked at.
    pub(super) cut: bool,
}

impl Ranked {
    /// The ranking by a blank text, which is no search.
    #[must_use]
    pub fn blank() -> Self {
        Self { text: String::new(), keys: Vec::new(), scores: Vec::new(), cut: false }
    }

    /// Whether the text is blank.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// The ranking made of search results.
    #[must_use]
    pub fn new(text: String, results: &Results) -> Self {
        let relevance = |found: &Found| i64::try_from(found.relevance).unwrap_or_default().into();
        let (keys, scores) = results.found.iter().map(|found| (found.key.clone(), relevance(found))).unzip();
        Self { text, keys, scores, cut: results.cut }
    }
}

/// Searches for `text`. Results are sorted by relevance, then by name and key. The same search in one request is made
/// once.
///
/// # Errors
/// `BAD_USER_INPUT` for a text that is too long or contains a NUL.
pub async fn find(
    graph: &Graph,
    search: &Search,
    text: &str,
    filter: &SearchFilter<'_>,
) -> Result<Arc<Results>> {
    let cell = graph.searches().cell(text, filter);
    let find = async || look(graph, search, text, filter).await.map(Arc::new);
    cell.get_or_try_init(find).await.cloned()
}

async fn look(graph: &Graph, search: &Search, text: &str, filter: &SearchFilter<'_>) -> Result<Results> {
    let lexicon = graph.lexicon(search).await?;
    let tables: Vec<&str> = filter.tables.iter().map(|table| table.name.as_str()).collect();
    let search_text = SearchText::read(text, search, &lexicon, &tables)?;
    let indexes = search.indexes.iter().filter(|index| filter.tables.iter().any(|table| index.covers(table)));
    let indexes: Vec<_> = indexes.map(|index| (index, lexicon.frequencies(index.name))).collect();
    if search_text.typed.is_empty() || indexes.is_empty() {
        return Ok(Results::default());
    }
    // The rows of what is found are read next.
    graph.reader().expect_several();
    let (sql, values) = statement::write(graph.reader(), (search, &lexicon), &search_text, &indexes, filter);
    let row = graph.reader().row(&sql, values).await?;
    let row = row.ok_or_else(|| super::Error::Internal("a search was answered without a row".into()))?;
    let (mut candidates, mut cut) = ([Vec::new(), Vec::new(), Vec::new()], false);
    for index in 0..indexes.len() {
        for (found, candidate) in lexicon::rows::<(usize, Candidate)>(row.try_get_by_index(2 * index)?)? {
            candidates[found.min(statement::FoundBy::Words as usize)].push(candidate);
        }
        cut |= row.try_get_by_index::<i64>(2 * index + 1)? > 0;
    }
    let links = statement::links(&search_text);
    let ranking = Ranking { search, lexicon: &lexicon, search_text: &search_text, links };
    let (found, cut) = blocking(|| ranking.rank(&tables, candidates, cut))?;
    Ok(Results { found, cut, typed: search_text.typed })
}
