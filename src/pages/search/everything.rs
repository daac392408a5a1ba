//! Results of every kind, with why they were found.

use graphql_client::GraphQLQuery;

use super::{
    super::{
        language::Language,
        scalar::RegionCode,
        visit::Visit,
        vocabulary::{
            CommodityCategory, CooperativeStatus, CooperativeType, CountPrecision, InstitutionKind,
            ProgramKind, ProgramStatus, RegionKind, SearchField, SearchType, Source, Word,
        },
    },
    found::{Found, Item, label, page_of, place},
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/search/search.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums(
        "CommodityCategory",
        "CooperativeStatus",
        "CooperativeType",
        "CountPrecision",
        "InstitutionKind",
        "Language",
        "ProgramKind",
        "ProgramStatus",
        "RegionKind",
        "SearchField",
        "SearchType",
        "Source"
    )
)]
pub(super) struct Search;

pub(in crate::pages) const DOCUMENT: &str = search::QUERY;

use search::SearchSearchEdgesNode as Node;

pub(super) fn found(visit: &Visit, data: search::ResponseData) -> Found {
    let list = data.search;
    let results = list.edges.into_iter().map(|edge| {
        let matches = edge.match_.into_iter().map(|why| (field(visit.language, &why.field), why.text));
        Item { matches: matches.collect(), ..result(visit, edge.node) }
    });
    let counts = list.counts.iter().map(|count| (count.type_.value().to_owned(), count.count)).collect();
    Found { counts, ..page_of!(list, results) }
}

fn result(visit: &Visit, node: Node) -> Item {
    let (name, path, words, place, source) = match node {
        Node::Cooperative(found) => (
            found.name,
            format!("/koperasi/{}", found.slug),
            vec![label(visit, &found.cooperative_type), label(visit, &found.cooperative_status)],
            place(&found.place.name, found.place.ancestors.iter().map(|region| region.name.as_str())),
            Some(found.source),
        ),
        Node::PartnerInstitution(found) => (
            found.name,
            format!("/lembaga/{}", found.slug),
            vec![label(visit, &found.institution_kind)],
            found.seat.map_or_else(String::new, |seat| {
                place(&seat.name, seat.ancestors.iter().map(|region| region.name.as_str()))
            }),
            Some(found.source),
        ),
        Node::InternshipProgram(found) => (
            found.name,
            format!("/program/{}", found.program_code),
            vec![label(visit, &found.program_kind), label(visit, &found.program_status)],
            found.organiser.name,
            Some(found.source),
        ),
        Node::Commodity(found) => (
            found.commodity_name,
            format!("/komoditas/{}", found.commodity_code),
            vec![visit.language.text("kind-commodity").into_owned(), label(visit, &found.category)],
            String::new(),
            None,
        ),
        Node::Region(found) => (
            found.name,
            format!("/wilayah/{}", found.region_code),
            vec![label(visit, &found.region_kind)],
            found.ancestors.iter().rev().map(|region| region.name.as_str()).collect::<Vec<_>>().join(", "),
            None,
        ),
    };
    Item { name, address: visit.link(&path), words, place, source, matches: Vec::new() }
}

/// What a field is called whose words matched.
pub(super) fn field(language: Language, field: &SearchField) -> String {
    let id = match field.value() {
        "NAME" => "search-by-name",
        "OTHER_NAME" => "search-by-other-name",
        "CODE" => "search-by-code",
        "REGION" => "search-by-region",
        "KIND" => "search-by-kind",
        "COMMUNITY_BASE" => "search-by-community",
        "PROGRAM" => "search-by-program",
        "COMMODITY" => "search-by-commodity",
        "PARTY" => "search-by-party",
        other => return other.to_owned(),
    };
    language.text(id).into_owned()
}
