//! Cooperatives of one status that a search found.

use graphql_client::GraphQLQuery;

use super::{
    super::{
        scalar::RegionCode,
        visit::Visit,
        vocabulary::{CooperativeStatus, CooperativeType, CountPrecision, Source, Word},
    },
    found::{Found, Item, label, page_of, place},
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/search/cooperatives.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums("CooperativeStatus", "CooperativeType", "CountPrecision", "Source")
)]
pub(super) struct SearchCooperatives;

pub(in crate::pages) const DOCUMENT: &str = search_cooperatives::QUERY;

pub(super) fn found(visit: &Visit, data: search_cooperatives::ResponseData) -> Found {
    let list = data.cooperatives;
    let results = list.nodes.into_iter().map(|node| Item {
        address: visit.link(&format!("/koperasi/{}", node.slug)),
        name: node.name,
        words: vec![label(visit, &node.type_), label(visit, &node.status)],
        place: place(&node.region.name, node.region.ancestors.iter().map(|region| region.name.as_str())),
        source: Some(node.source),
        matches: Vec::new(),
    });
    page_of!(list, results)
}
