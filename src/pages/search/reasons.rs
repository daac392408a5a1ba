//! Why results of one status were found: a list narrowed by a status does not say it, so the search itself is asked.

use std::collections::HashMap;

use graphql_client::GraphQLQuery;

use super::{
    super::{
        document::Origin,
        scalar::RegionCode,
        visit::Visit,
        vocabulary::{SearchField, SearchType},
    },
    everything::field,
    filter::Filters,
    found::Item,
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/search/reasons.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums("SearchField", "SearchType")
)]
struct SearchReasons;

use search_reasons::SearchReasonsSearchEdgesNode as Node;

pub(in crate::pages) const DOCUMENT: &str = search_reasons::QUERY;

/// Why the most relevant results of every status were found, by the addresses of their pages.
#[derive(Debug)]
pub(super) struct Reasons(HashMap<String, Vec<(String, String)>>);

/// Asks for the reasons of results that a status narrows; none where they say it themselves, and where that fails:
/// the results are shown without them.
pub(super) async fn ask(visit: &Visit, filters: &Filters) -> Option<(Reasons, Origin)> {
    filters.narrowed()?;
    let variables = search_reasons::Variables {
        text: filters.text.clone(),
        types: filters.kind.map(|kind| vec![kind.into()]),
        within: filters.within.clone(),
    };
    let asked = visit.ask::<SearchReasons>(variables).await.ok()?;
    let reasons = asked.data.search.edges.into_iter().filter_map(|edge| {
        let path = match edge.node {
            Node::Cooperative(found) => format!("/koperasi/{}", found.slug),
            Node::InternshipProgram(found) => format!("/program/{}", found.code),
            _ => return None,
        };
        let matches = edge.match_.into_iter().map(|why| (field(visit.language, &why.field), why.text));
        Some((visit.link(&path), matches.collect()))
    });
    Some((Reasons(reasons.collect()), asked.origin))
}

impl Reasons {
    /// Adds to results why they were found; those that are not among the most relevant have the words of their names.
    pub(super) fn add(mut self, visit: &Visit, filters: &Filters, items: &mut [Item]) {
        for item in items {
            let words = in_name(&filters.text, &item.name);
            let by_name = || vec![(field(visit.language, &"NAME".into()), words)];
            item.matches = self.0.remove(&item.address).unwrap_or_else(by_name);
            item.matches.retain(|(_, words)| !words.is_empty());
        }
    }
}

/// The words of a name that begin with words of a text.
fn in_name(text: &str, name: &str) -> String {
    let sought: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let is_sought = |word: &&str| sought.iter().any(|sought| word.to_lowercase().starts_with(sought));
    name.split_whitespace().filter(is_sought).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::in_name;

    #[test]
    fn the_words_of_a_name_that_were_sought_are_a_reason() {
        assert_eq!(in_name("merah  KOP", "Koperasi Desa Merah Putih"), "Koperasi Merah");
        assert_eq!(in_name("kopi", "Koperasi Desa"), "");
    }
}
