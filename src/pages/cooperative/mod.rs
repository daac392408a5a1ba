//! The page of a cooperative.

mod figures;
mod learning;
mod missing;
mod nearby;
mod outlets;
mod partnerships;
mod people;
mod produce;
mod profile;
mod reports;
mod structured;
mod trade;

use axum::{extract::Path, response::Response};
use graphql_client::GraphQLQuery;
use maud::{Markup, html};

pub(super) use self::nearby::DOCUMENT as NEARBY;
use super::{
    failure::Failure,
    language::Language,
    layout::Page,
    part::{self, left_out, section},
    provenance,
    scalar::{Date, DateTime, Decimal, RegionCode, Rupiah},
    visit::Visit,
    vocabulary::{
        BusinessUnitKind, BusinessUnitStatus, CommunityBase, CooperativeForm, CooperativeProgram,
        CooperativeStatus, CooperativeType, FormationModel, HealthStatus, LinkageKind, LinkageStatus,
        LocationPrecision, OfficerBody, OfficerRole, Ownership, PartnershipKind, PartnershipStatus,
        PlacementStatus, ProgramKind, ProgramStatus, RegionKind, Source, Unit,
    },
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/cooperative/cooperative.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums(
        "BusinessUnitKind",
        "BusinessUnitStatus",
        "CommunityBase",
        "CooperativeForm",
        "CooperativeProgram",
        "CooperativeStatus",
        "CooperativeType",
        "FormationModel",
        "HealthStatus",
        "Language",
        "LinkageKind",
        "LinkageStatus",
        "LocationPrecision",
        "OfficerBody",
        "OfficerRole",
        "Ownership",
        "PartnershipKind",
        "PartnershipStatus",
        "PlacementStatus",
        "ProgramKind",
        "ProgramStatus",
        "RegionKind",
        "Source",
        "Unit"
    )
)]
struct Cooperative;

use cooperative::{CooperativeCooperative as Profile, Trader, TraderOn};

pub(super) const DOCUMENT: &str = cooperative::QUERY;

pub(super) async fn show(visit: Visit, Path(slug): Path<String>) -> Response {
    visit.respond(page(&visit, slug).await)
}

async fn page(visit: &Visit, slug: String) -> Result<Page, Failure> {
    let variables = cooperative::Variables { slug, language: Some(visit.language) };
    let asked = visit.ask::<Cooperative>(variables).await?;
    let as_of = asked.data.registry.data_as_of;
    let mut profile = asked.data.cooperative.ok_or_else(|| Failure::absent(&asked.origin.errors))?;
    published_first(&mut profile);
    let near = nearby::ask(visit, &profile).await?;
    let main = main(visit, &profile, as_of.as_deref(), near.as_ref());
    let description = visit.language.text_with(
        "cooperative-description",
        &[("name", &profile.name), ("place", &profile::place(&profile))],
    );
    let around = profile.region.ancestors.iter().map(|region| (&region.name, &region.code));
    let trail = provenance::trail(visit, around.chain([(&profile.region.name, &profile.region.code)]));
    let about = Page::of_record(&profile.source, Some(structured::organization(&profile)));
    let origins = [Some(asked.origin), near.map(|near| near.origin)].into_iter().flatten().collect();
    Ok(Page { title: profile.name, description, main, origins, trail, ..about })
}

fn main(visit: &Visit, profile: &Profile, as_of: Option<&str>, near: Option<&nearby::Near>) -> Markup {
    let text = |id| visit.language.text(id);
    let part = |id: &str, heading: &str, content: Option<Markup>| {
        html! { @if let Some(content) = content { (section(id, heading, &content)) } }
    };
    html! {
        (profile::lead(visit, profile))
        (figures::show(visit, profile))
        (section("about", &text("about"), &profile::about(visit, profile)))
        (section("where", &text("location"), &profile::location(visit, profile)))
        (part("outlets", &text("outlets"), outlets::show(visit, profile)))
        (section("people", &text("noun-officer"), &people::show(visit, profile)))
        (part("commodities", &text("commodities"), produce::show(visit, profile)))
        (part("trade", &text("cooperative-trade"), trade::show(visit, profile)))
        (section("missing", &text("cooperative-missing"), &missing::show(visit, profile, as_of, near)))
        (part("learning", &text("cooperative-learning"), learning::show(visit, profile)))
        (part("reports", &text("noun-report"), reports::show(visit, profile)))
        (part("partnerships", &text("partnerships"), partnerships::show(visit, profile)))
    }
}

/// Puts what was published before what is made up.
fn published_first(profile: &mut Profile) {
    let made_up = provenance::is_synthetic;
    profile.sold.nodes.sort_by_key(|linkage| made_up(&linkage.source));
    profile.bought.nodes.sort_by_key(|linkage| made_up(&linkage.source));
    profile.others.nodes.sort_by_key(|linkage| made_up(&linkage.source));
    profile.hosted_programs.nodes.sort_by_key(|program| made_up(&program.source));
}

/// The name of a party, as a link to its page.
fn party(visit: &Visit, trader: &Trader) -> Markup {
    provenance::party(visit, matches!(trader.on, TraderOn::Cooperative), &trader.slug, &trader.name)
}

/// The address of a party's page.
fn address(visit: &Visit, trader: &Trader) -> String {
    provenance::party_address(visit, matches!(trader.on, TraderOn::Cooperative), &trader.slug)
}

/// The name of a record with the mark of its source.
fn marked(visit: &Visit, name: &Markup, source: &Source) -> Markup {
    html! { (name) " " (part::source(visit, source)) }
}

/// The address of a file with all its records of a list.
fn export(profile: &Profile, list: &str, format: &str, columns: &str) -> String {
    let condition = format!("{{cooperative: {{slug: {{eq: \"{}\"}}}}}}", profile.slug);
    part::export(list, format, &condition, columns)
}
