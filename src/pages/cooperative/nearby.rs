//! Who buys, in the same province, what a cooperative grows: the second document of its page.

use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::{Profile, marked};
use crate::pages::{
    document::{Origin, escaped},
    failure::Failure,
    language::Language,
    part::{self, Column, Table},
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

const COLUMNS: &str =
    "code,buyer.name,commodity.name,supplier.name,annualVolume,unit,annualValue,source,asOf";

/// Linkages of others in the same province, for the same commodities.
#[derive(Debug)]
pub(super) struct Near {
    linkages: Vec<Linkage>,
    /// Whether buyers that the cooperative sells to already were left out.
    without_own: bool,
    /// The condition on all of them, as that of an export.
    condition: String,
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
    let condition = condition(profile, &commodities, province);
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
    let (more, all) = (list.page_info.has_next_page, list.nodes.len());
    let linkages: Vec<Linkage> = list.nodes.into_iter().filter(|linkage| !own(linkage)).collect();
    let without_own = linkages.len() < all;
    Ok(Some(Near { linkages, without_own, condition, more, origin: asked.origin }))
}

/// What the document asks for, as the condition of an export.
fn condition(profile: &Profile, commodities: &[String], within: &str) -> String {
    let (party, commodities) = (&profile.id, serde_json::json!(commodities));
    format!(
        "{{kind: {{eq: OFFTAKE}}, status: {{in: [TRIAL, ACTIVE]}}, commodity: {{code: {{in: {commodities}}}}}, \
         supplier: {{id: {{ne: \"{party}\"}}, region: {{within: \"{within}\"}}}}, buyer: {{id: {{ne: \"{party}\"}}}}}}"
    )
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
            (part::downloads(visit, |format| part::export("linkages", format, &near.condition, COLUMNS)))
            @if near.without_own { p.soft { (language.text("cooperative-near-files")) } }
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
        let unit = linkage.unit.as_ref().map(|unit| visit.label(unit));
        vec![
            marked(visit, &party(visit, &linkage.buyer), &linkage.source),
            html! { @if let Some(commodity) = &linkage.commodity {
                a href=(visit.link(&format!("/komoditas/{}", escaped(&commodity.code)))) { (commodity.name) } } },
            party(visit, &linkage.supplier),
            language.known(linkage.annual_volume.as_ref().map(|volume| language.measure(volume, unit))),
            language.known(linkage.annual_value.as_ref().map(|value| language.rupiah(value))),
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
    let is_cooperative = matches!(party.on, NeighbourOn::Cooperative);
    let link = provenance::party(visit, is_cooperative, &party.slug, &party.name);
    provenance::party_at(&link, party.region.as_ref().map(|region| region.name.as_str()))
}
