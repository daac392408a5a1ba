//! The page of a partner institution.

mod flows;
mod lists;
mod network;

use axum::{extract::Path, response::Response};
use graphql_client::GraphQLQuery;
use maud::{Markup, html};
use serde_json::{Value, json};

use super::{
    failure::Failure,
    language::Language,
    layout::Page,
    part::{self, facts, section},
    provenance,
    scalar::{Date, Decimal, RegionCode, Rupiah},
    structured::{named, thing},
    visit::Visit,
    vocabulary::{
        InstitutionKind, InstitutionOwnership, LinkageKind, LinkageStatus, PartnershipKind,
        PartnershipStatus, ProgramKind, ProgramStatus, Source, Unit, Word,
    },
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/institution/institution.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums(
        "InstitutionKind",
        "InstitutionOwnership",
        "Language",
        "LinkageKind",
        "LinkageStatus",
        "PartnershipKind",
        "PartnershipStatus",
        "ProgramKind",
        "ProgramStatus",
        "Source",
        "Unit"
    )
)]
struct Institution;

use institution::InstitutionInstitution as Profile;

pub(super) const DOCUMENTS: [&str; 2] = [institution::QUERY, flows::DOCUMENT];

pub(super) async fn show(visit: Visit, Path(slug): Path<String>) -> Response {
    visit.respond(page(&visit, slug).await)
}

async fn page(visit: &Visit, slug: String) -> Result<Page, Failure> {
    let variables = institution::Variables { slug, language: Some(visit.language) };
    let asked = visit.ask::<Institution>(variables).await?;
    let profile = asked.data.institution.ok_or_else(|| Failure::absent(&asked.origin.errors))?;
    let mut origins = vec![asked.origin];
    let language = visit.language;
    let mut flows = Vec::new();
    if profile.bought.total_count > 0 {
        let (flow, origin) = flows::bought(visit, &profile.id).await?;
        origins.push(origin);
        flows.push(section("buys", &language.text("institution-buys"), &flow));
    }
    if profile.sold.total_count > 0 {
        let (flow, origin) = flows::sold(visit, &profile.id).await?;
        origins.push(origin);
        flows.push(section("sells", &language.text("institution-sells"), &flow));
    }
    let trades = profile.recorded.total_count > 0;
    let main = html! {
        (lead(visit, &profile))
        (section("about", &language.text("about"), &about(visit, &profile)))
        @if trades { (section("network", &language.text("institution-network"), &network::show(visit, &profile))) }
        @for flow in &flows { (flow) }
        (lists::partnerships(visit, &profile))
        (lists::programs(visit, &profile))
        (section("officials", &language.text("institution-officials"), &lists::officials(visit, &profile)))
        (lists::children(visit, &profile))
    };
    let description = language.text_with(
        "institution-description",
        &[("name", &profile.name), ("kind", visit.label(&profile.kind))],
    );
    let regions = profile.region.iter().flat_map(|region| {
        let around = region.ancestors.iter().map(|region| (&region.name, &region.code));
        around.chain([(&region.name, &region.code)])
    });
    let trail = provenance::trail(visit, regions);
    let about = Page::of_record(&profile.source, Some(structured(&profile)));
    Ok(Page { title: profile.name, description, main, origins, trail, ..about })
}

fn lead(visit: &Visit, profile: &Profile) -> Markup {
    html! {
        section.lead {
            h1 { (profile.name) @if let Some(short) = &profile.short_name { " (" (short) ")" } }
            p {
                (visit.label(&profile.kind))
                @if let Some(ownership) = &profile.ownership { " · " (visit.label(ownership)) }
                @if let Some(region) = &profile.region { " · " (region.name) }
                " " (part::source(visit, &profile.source))
            }
        }
    }
}

fn about(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let region = html! {
        @if let Some(region) = &profile.region {
            a href=(visit.link(&format!("/wilayah/{}", region.code))) { (region.name) }
            @for around in region.ancestors.iter().rev() { ", " (around.name) }
        } @else {
            em { (text("provenance-no-place")) }
        }
    };
    html! {
        (facts(&[
            (&text("institution-kind"), Some(html! { (visit.label(&profile.kind)) })),
            (&text("institution-ownership"), profile.ownership.as_ref().map(|word| html! { (visit.label(word)) })),
            (&text("location"), Some(region)),
            (&text("institution-parent"), profile.parent.as_ref().map(|parent| html! {
                a href=(visit.link(&format!("/lembaga/{}", parent.slug))) { (parent.name) } " " (part::source(visit, &parent.source))
            })),
            (&text("institution-code"), profile.official_code.as_ref().map(|code| html! { (code) })),
            (&text("website"), profile.domain.as_ref().map(|domain| html! {
                a href={ "https://" (domain) } rel="noopener nofollow" { (domain) }
            })),
            (&text("institution-active"), (!profile.active).then(|| html! { (text("institution-inactive")) })),
        ]))
        (provenance::of_record(visit, &profile.source, profile.source_reference.as_deref(), profile.as_of.as_deref()))
    }
}

/// The type of schema.org that an institution of a kind has.
pub(super) fn type_of(kind: &InstitutionKind) -> &'static str {
    match kind.value() {
        "MINISTRY" | "AGENCY" | "REGIONAL_OFFICE" => "GovernmentOrganization",
        "UNIVERSITY" | "POLYTECHNIC" | "INSTITUTE" | "COLLEGE" | "ACADEMY" => "CollegeOrUniversity",
        "NGO" | "INTERNATIONAL_NGO" => "NGO",
        _ => "Organization",
    }
}

/// The institution, for search engines.
fn structured(profile: &Profile) -> Value {
    let parent = profile.parent.as_ref().filter(|parent| !provenance::is_synthetic(&parent.source));
    let known = json!({
        "name": profile.name,
        "alternateName": profile.short_name,
        "url": profile.domain.as_ref().map(|domain| format!("https://{domain}")),
        "location": profile.region.as_ref().map(|region| named("Place", &region.name)),
        "parentOrganization": parent.map(|parent| named("Organization", &parent.name)),
    });
    thing(type_of(&profile.kind), known)
}
