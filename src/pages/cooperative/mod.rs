//! The page of a cooperative.

use axum::{extract::Path, response::Response};
use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::{
    failure::Failure,
    language::Language,
    layout::Page,
    part::{self, Column, Table, facts, section},
    scalar::{Date, Decimal, RegionCode, Rupiah},
    visit::Visit,
    vocabulary::{
        CommunityBase, CooperativeForm, CooperativeProgram, CooperativeStatus, CooperativeType, OfficerRole,
        Source, Unit,
    },
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/cooperative/cooperative.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums(
        "CommunityBase",
        "CooperativeForm",
        "CooperativeProgram",
        "CooperativeStatus",
        "CooperativeType",
        "Language",
        "OfficerRole",
        "Source",
        "Unit"
    )
)]
struct Cooperative;

use cooperative::CooperativeCooperative as Profile;

pub(super) const DOCUMENT: &str = cooperative::QUERY;

pub(super) async fn show(visit: Visit, Path(slug): Path<String>) -> Response {
    visit.respond(page(&visit, slug).await)
}

async fn page(visit: &Visit, slug: String) -> Result<Page, Failure> {
    let variables = cooperative::Variables { slug, language: Some(visit.language) };
    let asked = visit.ask::<Cooperative>(variables).await?;
    let profile = asked.data.cooperative.ok_or(Failure::NotFound)?;
    let trail = profile
        .region
        .ancestors
        .iter()
        .map(|region| (region.name.clone(), visit.link(&format!("/wilayah/{}", region.code))));
    let trail = trail.collect();
    let main = html! {
        section.lead {
            h1 { (profile.name) }
            p { (visit.label(&profile.status)) " · " (visit.label(&profile.type_)) " · " (profile.region.name) " " (part::source(visit, &profile.source)) }
        }
        (section("about", &visit.language.text("about"), &about(visit, &profile)))
        @if !profile.commodities.nodes.is_empty() {
            (section("commodities", &visit.language.text("commodities"), &commodities(visit, &profile)))
        }
    };
    Ok(Page { title: profile.name, main, origins: vec![asked.origin], trail, ..Page::default() })
}

fn about(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    facts(&[
        (&text("registration-number"), profile.registration_number.as_ref().map(|number| html! { (number) })),
        (&text("form"), Some(html! { (visit.label(&profile.form)) })),
        (&text("community-base"), Some(html! { (visit.label(&profile.community_base)) })),
        (&text("established"), profile.established_on.as_ref().map(|day| html! { (language.date(day)) })),
        (&text("members"), profile.member_count.map(|count| html! { (language.number(count)) })),
        (&text("address"), profile.address.as_ref().map(|address| html! { (address) })),
    ])
}

fn commodities(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let (commodity, year, volume, value) =
        (language.text("commodity"), language.text("year"), language.text("volume"), language.text("value"));
    let rows = profile.commodities.nodes.iter().map(|grown| {
        vec![
            html! { a href=(visit.link(&format!("/komoditas/{}", grown.commodity.code))) { (grown.commodity.name) } " " (part::source(visit, &grown.source)) },
            html! { (grown.year) },
            html! { @if let Some(volume) = &grown.annual_volume { (language.decimal(volume)) " " (visit.label(&grown.unit)) } },
            html! { @if let Some(value) = &grown.annual_value { (language.rupiah(value)) } },
        ]
    });
    let table = Table {
        caption: &language.text("commodities-caption"),
        columns: vec![
            Column::text(&commodity),
            Column::text(&year),
            Column::number(&volume),
            Column::number(&value),
        ],
        rows: rows.collect(),
        files: None,
    };
    table.show(language)
}
