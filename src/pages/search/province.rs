//! Where a search is narrowed to: a region, and links to provinces.

use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::{
    super::{failure::Failure, scalar::RegionCode, visit::Visit},
    filter::{Filters, lies_in_regions},
};
use crate::http::Once;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/search/place.graphql",
    response_derives = "Debug"
)]
struct SearchPlace;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/search/provinces.graphql",
    response_derives = "Debug"
)]
struct Provinces;

pub(super) const OF_A_PLACE: &str = search_place::QUERY;
pub(super) const ALL: &str = provinces::QUERY;

/// The codes and names of all provinces, which change by law only.
static PROVINCES: Once<Vec<(String, String)>> = Once::new();

/// Links that narrow a search to a province, or widen it.
pub(super) async fn links(visit: &Visit, filters: &Filters) -> Result<Markup, Failure> {
    if !filters.kind.is_none_or(lies_in_regions) {
        return Ok(Markup::default());
    }
    let around = match &filters.within {
        Some(code) => around(visit, code.clone()).await?,
        None => Vec::new(),
    };
    let language = visit.language;
    let provinces = all(visit).await;
    Ok(html! {
        @if !around.is_empty() {
            ul.chips {
                li { a href=(filters.with_within(None).address(visit)) { (language.text("search-all-indonesia")) } }
                @for (at, (code, name)) in around.iter().enumerate() {
                    @let current = (at + 1 == around.len()).then_some("true");
                    li { a href=(filters.with_within(Some(code)).address(visit)) aria-current=[current] { (name) } }
                }
            }
        }
        @if !provinces.is_empty() {
            details.provinces {
                summary { (language.text("search-province")) }
                ul.chips {
                    @for (code, name) in provinces {
                        @let current = around.iter().any(|(known, _)| known == code).then_some("true");
                        li { a href=(filters.with_within(Some(code)).address(visit)) aria-current=[current] { (name) } }
                    }
                }
            }
        }
    })
}

/// The codes and names of all provinces, which the node asks for once.
pub(in crate::pages) async fn all(visit: &Visit) -> &'static [(String, String)] {
    let load = async {
        let answer = visit.for_the_node::<Provinces>(provinces::Variables {}).await?;
        let all: Vec<_> = answer.regions.nodes.into_iter().map(|region| (region.code, region.name)).collect();
        (!all.is_empty()).then_some(all)
    };
    PROVINCES.get(load).await.map_or(&[], Vec::as_slice)
}

/// A region and those around it: codes and names, the outermost first.
async fn around(visit: &Visit, code: RegionCode) -> Result<Vec<(String, String)>, Failure> {
    let asked = visit.ask::<SearchPlace>(search_place::Variables { code }).await?;
    let Some(region) = asked.data.region else { return Ok(Vec::new()) };
    let ancestors = region.ancestors.into_iter().map(|region| (region.code, region.name));
    Ok(ancestors.chain([(region.code, region.name)]).collect())
}
