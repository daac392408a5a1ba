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

/// How many pages of the search are read; results beyond them stand without their reasons.
const PAGES: usize = 3;

/// Adds to results of one status why they were found; the origins of what was asked for it.
pub(super) async fn add(
    visit: &Visit,
    filters: &Filters,
    items: &mut [Item],
) -> Result<Vec<Origin>, Failure> {
    let (mut origins, mut after) = (Vec::new(), None);
    while origins.len() < PAGES && items.iter().any(|item| item.matches.is_empty()) {
        let variables = search_reasons::Variables {
            text: filters.text.clone(),
            types: filters.kind.map(|kind| vec![kind.into()]),
            within: filters.within.clone(),
            after,
        };
        let asked = visit.ask::<SearchReasons>(variables).await?;
        let list = asked.data.search;
        origins.push(asked.origin);
        for edge in list.edges {
            let path = match edge.node {
                Node::Cooperative(found) => format!("/koperasi/{}", found.slug),
                Node::InternshipProgram(found) => format!("/program/{}", found.code),
                _ => continue,
            };
            let address = visit.link(&path);
            if let Some(item) = items.iter_mut().find(|item| item.address == address) {
                let matches =
                    edge.match_.into_iter().map(|why| (field(visit.language, &why.field), why.text));
                item.matches = matches.collect();
            }
        }
        after = list.page_info.end_cursor.filter(|_| list.page_info.has_next_page);
        if after.is_none() {
            break;
        }
    }
    Ok(origins)
}
