//! Internship programs of one status that a search found.

use graphql_client::GraphQLQuery;

use super::{
    super::{
        visit::Visit,
        vocabulary::{CountPrecision, ProgramKind, ProgramStatus, Source, Word},
    },
    found::{Found, Item, label, page_of},
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/search/programs.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums("CountPrecision", "ProgramKind", "ProgramStatus", "Source")
)]
pub(super) struct SearchPrograms;

pub(in crate::pages) const DOCUMENT: &str = search_programs::QUERY;

pub(super) fn found(visit: &Visit, data: search_programs::ResponseData) -> Found {
    let list = data.internship_programs;
    let results = list.nodes.into_iter().map(|node| Item {
        address: visit.link(&format!("/program/{}", node.code)),
        name: node.name,
        words: vec![label(visit, &node.kind), label(visit, &node.status)],
        place: node.organiser.name,
        source: Some(node.source),
        matches: Vec::new(),
    });
    page_of!(list, results)
}
