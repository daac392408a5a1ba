//! What a search found: results of the three documents in one form.

use maud::{Markup, html};

use super::{
    super::{
        document::Origin,
        failure::Failure,
        part,
        visit::Visit,
        vocabulary::{Source, Word},
    },
    cooperatives::{self, SearchCooperatives, search_cooperatives},
    everything::{self, Search, search},
    filter::{Filters, Narrowed, Position},
    programs::{self, SearchPrograms, search_programs},
};

/// A page of results.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) total: i64,
    /// Whether there are more than were counted.
    pub(super) more: bool,
    /// Numbers by the values of `SearchType`; empty where the document does not say.
    pub(super) counts: Vec<(String, i64)>,
    pub(super) results: Vec<Item>,
    /// The cursors before and after this page.
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// A result.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) address: String,
    /// What it is, in words of vocabularies.
    pub(super) words: Vec<String>,
    /// Where it is, or who organises it.
    pub(super) place: String,
    pub(super) source: Option<Source>,
    /// Why it was found: fields and words.
    pub(super) matches: Vec<(String, String)>,
}

impl Item {
    pub(super) fn mark(&self, visit: &Visit) -> Markup {
        html! { @if let Some(source) = &self.source { " " (part::source(visit, source)) } }
    }
}

/// A region within those around it: the innermost first.
pub(super) fn place<'a>(name: &'a str, ancestors: impl DoubleEndedIterator<Item = &'a str>) -> String {
    let mut names = vec![name];
    names.extend(ancestors.rev());
    names.join(", ")
}

/// Executes the document that the filters ask for.
pub(super) async fn find(visit: &Visit, filters: &Filters) -> Result<(Found, Origin), Failure> {
    let (text, within) = (filters.text.clone(), filters.within.clone());
    let Position { first, after, last, before } = filters.position();
    match filters.narrowed() {
        None => {
            let types = filters.kind.map(|kind| vec![kind.into()]);
            let language = Some(visit.language);
            let variables = search::Variables { text, types, within, first, after, last, before, language };
            let asked = visit.ask::<Search>(variables).await?;
            Ok((everything::found(visit, asked.data), asked.origin))
        }
        Some(Narrowed::Cooperatives(status)) => {
            let variables =
                search_cooperatives::Variables { text, status, within, first, after, last, before };
            let asked = visit.ask::<SearchCooperatives>(variables).await?;
            Ok((cooperatives::found(visit, asked.data), asked.origin))
        }
        Some(Narrowed::Programs(status)) => {
            let variables = search_programs::Variables { text, status, first, after, last, before };
            let asked = visit.ask::<SearchPrograms>(variables).await?;
            Ok((programs::found(visit, asked.data), asked.origin))
        }
    }
}

/// A page of results without counts: of a list, whose type each document has its own of, and its nodes as results.
macro_rules! page_of {
    ($list:expr, $results:expr) => {{
        let (page, more) = ($list.page_info, $list.total_count_precision.value() != "EXACT");
        Found {
            total: $list.total_count,
            more,
            counts: Vec::new(),
            results: $results.collect(),
            before: page.start_cursor.filter(|_| page.has_previous_page),
            after: page.end_cursor.filter(|_| page.has_next_page),
        }
    }};
}
pub(super) use page_of;

pub(super) fn label<W: Word>(visit: &Visit, word: &W) -> String {
    visit.label(word).to_owned()
}
