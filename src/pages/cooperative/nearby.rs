//! Who buys, in the same province, what a cooperative grows: the second document of its page.

use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::{Profile, marked};
use crate::pages::{
    document::{Origin, escaped},
    failure::Failure,
    language::Language,
    part::{Column, Table},
    provenance,
    scalar::{Date, Decimal, RegionCode, Rupiah},
    visit::Visit,
    vocabulary::{Source, Unit},
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/cooperative/nearby.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums("Language", "Source", "Unit")
)]
struct Nearby;

use nearby::{NearbyLinkagesNodes as Linkage, Neighbour, NeighbourOn};

pub(in crate::pages) const DOCUMENT: &str = nearby::QUERY;

/// Linkages of others in the same province, for the same commodities.
#[derive(Debug)]
pub(super) struct Near {
    linkages: Vec<Linkage>,
    /// Whether there are smaller ones than these.
    more: bool,
    pub(super) origin: Origin,
}

/// Asks for them, if the cooperative grows anything.
pub(super) async fn ask(visit: &Visit, profile: &Profile) -> Result<Option<Near>, Failure> {
    let grown = profile.commodities.nodes.iter().map(|grown| grown.commodity.code.clone());
    let commodities: Vec<String> = grown.collect();
    if commodities.is_empty() {
        return Ok(None);
    }
    let province = profile.region.ancestors.first().map_or(&profile.region.code, |region| &region.code);
    let variables = nearby::Variables {
        commodities,
        within: province.clone(),
        party: profile.id.clone(),
        language: Some(visit.language),
    };
    let asked = visit.ask::<Nearby>(variables).await?;
    let own = |linkage: &Linkage| {
        profile.sold.nodes.iter().any(|sold| {
            let good = sold.commodity.as_ref().map(|commodity| &commodity.code);
            sold.buyer.slug == linkage.buyer.slug
                && good == linkage.commodity.as_ref().map(|commodity| &commodity.code)
        })
    };
    let list = asked.data.linkages;
    let more = list.page_info.has_next_page;
    let linkages = list.nodes.into_iter().filter(|linkage| !own(linkage)).collect();
    Ok(Some(Near { linkages, more, origin: asked.origin }))
}

pub(super) fn show(visit: &Visit, profile: &Profile, near: &Near) -> Markup {
    let language = visit.language;
    let place = profile.region.ancestors.first().map_or(&profile.region.name, |region| &region.name);
    html! {
        h3 { (language.text_with("cooperative-near", &[("place", place)])) }
        @if near.linkages.is_empty() && !near.more {
            p { (language.text("cooperative-near-none")) }
        } @else if near.linkages.is_empty() {
            p { (language.text("cooperative-near-own")) }
        } @else {
            p { (language.text("cooperative-near-why")) }
            (table(visit, place, &near.linkages))
            @if near.more { p.soft { (language.text("cooperative-near-more")) } }
            (provenance::of_block(visit, near.linkages.iter().map(|linkage| (&linkage.source, linkage.as_of.as_ref()))))
        }
        p.files { a href=(near.origin.in_editor()) rel="nofollow" { (language.text("as-graphql")) } }
    }
}

fn table(visit: &Visit, place: &str, linkages: &[Linkage]) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let (buyer, goods, from, volume, value, linkage) = (
        text("buyer"),
        text("linkage-goods"),
        text("cooperative-near-from"),
        text("volume"),
        text("value"),
        text("linkage"),
    );
    let rows = linkages.iter().map(|linkage| {
        vec![
            marked(visit, &party(visit, &linkage.buyer), &linkage.source),
            html! { @if let Some(commodity) = &linkage.commodity {
                a href=(visit.link(&format!("/komoditas/{}", escaped(&commodity.code)))) { (commodity.name) } } },
            party(visit, &linkage.supplier),
            html! { @if let Some(volume) = &linkage.annual_volume {
                (language.decimal(volume)) @if let Some(unit) = &linkage.unit { " " (visit.label(unit)) } } },
            html! { @if let Some(value) = &linkage.annual_value { (language.rupiah(value)) } },
            html! { a href=(visit.link(&format!("/keterhubungan/{}", escaped(&linkage.code)))) { (linkage.code) } },
        ]
    });
    let table = Table {
        caption: &language.text_with("cooperative-near-caption", &[("place", place)]),
        columns: vec![
            Column::text(&buyer),
            Column::text(&goods),
            Column::text(&from),
            Column::number(&volume),
            Column::number(&value),
            Column::text(&linkage),
        ],
        rows: rows.collect(),
    };
    table.show()
}

/// A party as a link, with its place.
fn party(visit: &Visit, party: &Neighbour) -> Markup {
    let address = provenance::party_address(visit, matches!(party.on, NeighbourOn::Cooperative), &party.slug);
    html! {
        a href=(address) { (party.name) }
        @if let Some(region) = &party.region { " " small.at { (region.name) } }
    }
}
