//! The page of a region: its place in the country, figures, the coverage of its parts, cooperatives, institutions,
//! linkages and batches.

mod figures;
mod kept;
mod level;
mod lists;
mod parts;
mod trade;
mod villages;

use axum::{Extension, extract::Path, response::Response};
use graphql_client::GraphQLQuery;
use maud::{Markup, html};
use serde_json::{Value, json};

use self::level::Level;
use super::{
    document::Origin,
    failure::Failure,
    layout::Page,
    parameter::parameter,
    part::section,
    picture::map,
    scalar::{Date, DateTime, RegionCode, Rupiah},
    visit::Visit,
    vocabulary::{
        BatchStatus, CooperativeStatus, CooperativeType, InstitutionKind, RegionKind, RegionLevel, Source,
    },
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/region/region.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums(
        "BatchStatus",
        "CooperativeStatus",
        "CooperativeType",
        "InstitutionKind",
        "RegionKind",
        "RegionLevel",
        "Source"
    )
)]
struct Region;

use region::{RegionRegion as Place, ResponseData as Answer};

pub(super) use kept::Figures;

pub(super) const DOCUMENTS: [&str; 5] =
    [region::QUERY, kept::DOCUMENT, parts::DOCUMENT, villages::DOCUMENT, trade::DOCUMENT];

pub(super) async fn show(
    Extension(figures): Extension<Figures>,
    visit: Visit,
    Path(code): Path<String>,
) -> Response {
    visit.respond(page(&visit, &figures, code).await)
}

async fn page(visit: &Visit, figures: &Figures, code: String) -> Result<Page, Failure> {
    let level = Level::of(&code).ok_or(Failure::NotFound)?;
    let narrowed = lists::Narrowed::of(visit);
    let variables = region::Variables {
        code: code.clone(),
        status: narrowed.status.as_deref().map(Into::into),
        type_: narrowed.kind.as_deref().map(Into::into),
        after: parameter(&visit.uri, "after"),
    };
    let is_first = variables.after.is_none();
    let is_whole = is_first && variables.status.is_none() && variables.type_.is_none();
    let kept = figures.of(visit, level, &code).await?;
    let (asked, parts, trade) = tokio::join!(
        visit.given::<Region>(kept.region.filter(|_| is_whole), variables),
        parts::ask(visit, level, &code, kept.parts),
        trade::show(visit, &code, kept.trade)
    );
    let asked = asked.map_err(|failure| if is_first { failure.of_unknown_key() } else { failure })?;
    let data = &asked.data;
    let errors = &asked.origin.errors;
    let why = || if is_first { Failure::absent(errors) } else { Failure::failed(errors) };
    let place = data.region.as_ref().ok_or_else(why)?;
    let (parts, trade) = (parts?, trade?);
    let language = visit.language;
    let (parts, parts_origin) = parts.unzip();
    let parts = parts.map(|found| parts::show(visit, &code, found, figures::is_made_up(data)));
    let main = html! {
        (lead(visit, place))
        (section("figures", &language.text("home-figures"), &figures::show(visit, place, data, asked.computed_at())))
        @if let Some(parts) = &parts { (section("coverage", &language.text("coverage"), parts)) }
        (section("cooperatives", &language.text("kind-cooperative"), &lists::cooperatives(visit, place, &narrowed, data)))
        @if let Some((Some(trade), _)) = &trade { (section("linkages", &language.text("linkages"), trade)) }
        @if place.institutions.total_count > 0 { (section("institutions", &language.text("kind-institution"), &lists::institutions(visit, place))) }
        @if place.batches.total_count > 0 { (section("batches", &language.text("batches"), &lists::batches(visit, place))) }
        @if level == Level::Village { (section("place", &language.text("location"), &location(visit, place))) }
    };
    let others = [parts_origin, trade.map(|(_, origin)| origin)].into_iter().flatten();
    let origins: Vec<Origin> = std::iter::once(asked.origin.clone()).chain(others).collect();
    let kind = visit.label(&place.kind);
    let around =
        place.ancestors.iter().rev().map(|region| region.name.as_str()).collect::<Vec<_>>().join(", ");
    let within = if around.is_empty() { "Indonesia" } else { &around };
    Ok(Page {
        title: named(visit, place),
        description: language
            .text_with("region-description", &[("name", &place.name), ("kind", kind), ("within", within)]),
        structured: Some(structured(place)),
        trail: trail(visit, place),
        main,
        origins,
        ..Page::default()
    })
}

/// The name with its kind, where the name does not say it: `Kecamatan Ciwidey`.
fn named(visit: &Visit, place: &Place) -> String {
    let kind = visit.label(&place.kind);
    if place.name.starts_with("Kabupaten") || place.name.starts_with("Kota ") {
        place.name.clone()
    } else {
        visit.language.text_with("region-named", &[("kind", kind), ("name", &place.name)])
    }
}

fn lead(visit: &Visit, place: &Place) -> Markup {
    let language = visit.language;
    html! {
        section.lead {
            h1 { (named(visit, place)) }
            p {
                (language.text_with("region-code", &[("code", &place.code)]))
                @if let Some(postal) = &place.postal_code { " · " (language.text_with("postal-code", &[("code", postal)])) }
            }
        }
    }
}

fn trail(visit: &Visit, place: &Place) -> Vec<(String, String)> {
    let indonesia = ("Indonesia".to_owned(), visit.link("/"));
    let above = place.ancestors.iter();
    let above = above.map(|region| (region.name.clone(), visit.link(&format!("/wilayah/{}", region.code))));
    std::iter::once(indonesia).chain(above).collect()
}

/// Where a village is, on a map of the country.
fn location(visit: &Visit, place: &Place) -> Markup {
    let language = visit.language;
    let title = language.text_with("place-on-map", &[("name", &place.name)]);
    html! {
        @match &place.location {
            Some(point) => {
                (map::place("place-map", &title, (point.latitude, point.longitude), point.approximate))
                @if point.approximate { p.soft { (language.text("place-approximate")) } }
            }
            None => p.soft { (language.text("place-unknown")) }
        }
    }
}

/// The region, for search engines.
fn structured(place: &Place) -> Value {
    let around =
        place.ancestors.last().map(|region| json!({ "@type": "AdministrativeArea", "name": region.name }));
    let country = || json!({ "@type": "Country", "name": "Indonesia" });
    json!({
        "@context": "https://schema.org",
        "@type": "AdministrativeArea",
        "name": place.name,
        "identifier": place.code,
        "containedInPlace": around.unwrap_or_else(country),
        "geo": place.location.as_ref().map(|point| json!({
            "@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude,
        })),
    })
}
