//! Why results of one status were found: a list narrowed by a status does not say it, so the search itself is asked.

use graphql_client::GraphQLQuery;

use super::{
    super::{
        document::Origin,
        failure::Failure,
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

/// Adds to results of one status why they were found. The search has the most relevant of every status: what is not
/// among them has the words of its name.
pub(super) async fn add(visit: &Visit, filters: &Filters, items: &mut [Item]) -> Result<Origin, Failure> {
    let variables = search_reasons::Variables {
        text: filters.text.clone(),
        types: filters.kind.map(|kind| vec![kind.into()]),
        within: filters.within.clone(),
    };
    let asked = visit.ask::<SearchReasons>(variables).await?;
    for edge in asked.data.search.edges {
        let path = match edge.node {
            Node::Cooperative(found) => format!("/koperasi/{}", found.slug),
            Node::InternshipProgram(found) => format!("/program/{}", found.code),
            _ => continue,
        };
        let address = visit.link(&path);
        if let Some(item) = items.iter_mut().find(|item| item.address == address) {
            let matches = edge.match_.into_iter().map(|why| (field(visit.language, &why.field), why.text));
            item.matches = matches.collect();
        }
    }
    for item in items.iter_mut().filter(|item| item.matches.is_empty()) {
        let words = in_name(&filters.text, &item.name);
        if !words.is_empty() {
            item.matches = vec![(field(visit.language, &"NAME".into()), words)];
        }
    }
    Ok(asked.origin)
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
