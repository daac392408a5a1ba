//! The page of an internship program.

pub(super) mod batches;
mod host;
pub(super) mod participants;
mod wording;

use axum::{extract::Path, response::Response};
use graphql_client::GraphQLQuery;
use maud::{Markup, html};
use serde_json::{Value, json};

use super::{
    failure::Failure,
    institution,
    language::Language,
    layout::Page,
    part::{self, facts, section},
    provenance,
    scalar::{Date, RegionCode},
    structured::{named, thing},
    visit::Visit,
    vocabulary::{
        BatchStatus, InstitutionKind, LearningMethod, LinkageKind, OfficerRole, ProgramKind, ProgramStatus,
        Sector, Source, SupporterRole,
    },
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/program/program.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums(
        "BatchStatus",
        "InstitutionKind",
        "Language",
        "LearningMethod",
        "LinkageKind",
        "OfficerRole",
        "ProgramKind",
        "ProgramStatus",
        "Sector",
        "Source",
        "SupporterRole"
    )
)]
struct Program;

use program::ProgramInternshipProgram as Profile;

pub(super) const DOCUMENTS: [&str; 2] = [program::QUERY, participants::DOCUMENT];

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Response {
    visit.respond(page(&visit, code).await)
}

async fn page(visit: &Visit, code: String) -> Result<Page, Failure> {
    let variables = program::Variables { code, language: Some(visit.language) };
    let asked = visit.ask::<Program>(variables).await?;
    let profile = asked.data.internship_program.ok_or_else(|| Failure::absent(&asked.origin.errors))?;
    let mut origins = vec![asked.origin];
    let language = visit.language;
    let mut joined = None;
    if profile.participant_count > 0 {
        let ids = profile.batches.nodes.iter().map(|batch| batch.id.clone()).collect();
        let (participants, origin) = participants::of(visit, ids).await?;
        origins.push(origin);
        joined = Some(participants);
    }
    let main = html! {
        section.lead {
            h1 { (profile.name) }
            p {
                (visit.label(&profile.kind)) " · " (visit.label(&profile.status)) " · " (profile.fiscal_year)
                " " (part::source(visit, &profile.source))
            }
        }
        (section("about", &language.text("about"), &about(visit, &profile)))
        (section("batches", &language.text("program-batches"), &batches::show(visit, &profile)))
        (section("participants", &language.text("participants"), &participants(visit, &profile, joined)))
        (learning(visit, &profile))
        (host::host(visit, &profile))
        (section("people", &language.text("program-people"), &host::people(visit, &profile)))
    };
    let regions = profile.host.iter().filter_map(|host| host.region.as_ref()).flat_map(|region| {
        let around = region.ancestors.iter().map(|region| (&region.name, &region.code));
        around.chain([(&region.name, &region.code)])
    });
    let trail = provenance::trail(visit, regions);
    let year = profile.fiscal_year.to_string();
    let description = language.text_with(
        "program-description",
        &[("name", &profile.name), ("year", &year), ("organiser", &profile.organiser.name)],
    );
    let about = Page::of_record(&profile.source, Some(structured(&profile)));
    Ok(Page { title: profile.name, description, main, origins, trail, ..about })
}

fn about(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let day = |day: &Option<Date>| day.as_ref().map(|day| html! { (language.date(day)) });
    let number = |number: Option<i64>| number.map(|number| html! { (language.number(number)) });
    let host = profile.host.as_ref().map(|host| {
        let is_cooperative = matches!(host.on, program::ProgramInternshipProgramHostOn::Cooperative(_));
        provenance::party(visit, is_cooperative, &host.slug, &host.name)
    });
    html! {
        (facts(&[
            (&text("organiser"), Some(html! {
                (provenance::party(visit, false, &profile.organiser.slug, &profile.organiser.name))
                " " (part::source(visit, &profile.organiser.source))
            })),
            (&text("host"), host),
            (&text("program-sector"), Some(html! { (visit.label(&profile.sector)) })),
            (&text("starts"), day(&profile.starts_on)),
            (&text("ends"), day(&profile.ends_on)),
            (&text("program-target"), number(profile.target_participants)),
            (&text("program-target-provinces"), number(profile.target_provinces)),
            (&text("program-batch-count"), number(Some(profile.batches.total_count))),
            (&text("program-code"), Some(html! { code { (profile.code) } })),
        ]))
        @if !profile.partnerships.nodes.is_empty() {
            h3 { (text("program-agreements")) }
            ul.list {
                @for agreement in &profile.partnerships.nodes {
                    li { a href=(visit.link(&format!("/kemitraan/{}", agreement.id))) { (agreement.title) } " " (part::source(visit, &agreement.source)) }
                }
            }
            (part::left_out(visit, profile.partnerships.total_count, profile.partnerships.nodes.len()))
        }
        (provenance::of_record(visit, &profile.source, profile.source_reference.as_deref(), profile.as_of.as_deref()))
    }
}

/// How many take part of how many that it is for, and from where.
fn participants(visit: &Visit, profile: &Profile, joined: Option<participants::Joined>) -> Markup {
    let language = visit.language;
    let taken = language.number(profile.participant_count);
    let shown = i64::try_from(profile.batches.nodes.len()).unwrap_or(i64::MAX);
    let synthetic = joined.as_ref().is_some_and(|joined| joined.synthetic);
    let of = format!("program: {{code: {{eq: \"{}\"}}}}", profile.code);
    html! {
        p {
            @match profile.target_participants {
                Some(target) => (language.text_with("program-taken-of", &[("taken", &taken), ("target", &language.number(target))])),
                None => (language.text_with("program-taken", &[("taken", &taken)])),
            }
            @if synthetic { " " mark { (language.text("program-taken-made-up")) } }
        }
        @match joined {
            Some(joined) => {
                (participants::show(visit, &joined, &of))
                @if profile.batches.total_count > shown { p.soft { (language.text("program-participants-part")) } }
            }
            None => p.soft { (language.text("program-no-participants")) },
        }
    }
}

/// What is learned, what for, and how.
fn learning(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    if profile.topics.is_empty() && profile.goals.is_empty() && profile.methods.is_empty() {
        return Markup::default();
    }
    let texts = |texts: &[String]| {
        html! { ul.words { @for text in texts { li { (wording::shown(language, text)) } } } }
    };
    let content = html! {
        @if !profile.topics.is_empty() { h3 { (language.text("program-topics")) } (texts(&profile.topics)) }
        @if !profile.goals.is_empty() { h3 { (language.text("program-goals")) } (texts(&profile.goals)) }
        @if !profile.methods.is_empty() {
            h3 { (language.text("program-methods")) }
            ul.words {
                @for method in &profile.methods {
                    li { (visit.label(method)) }
                }
            }
        }
    };
    section("learning", &language.text("program-learning"), &content)
}

/// The program, for search engines.
fn structured(profile: &Profile) -> Value {
    let organiser = &profile.organiser;
    let kind = institution::type_of(&organiser.kind);
    let operator = named(kind, &organiser.name);
    let host = profile.host.as_ref().filter(|host| match &host.on {
        program::ProgramInternshipProgramHostOn::Cooperative(host) => !provenance::is_synthetic(&host.source),
        program::ProgramInternshipProgramHostOn::PartnerInstitution => true,
    });
    let host = host.map(|host| named("Organization", &host.name));
    let (service, providers) = match kind {
        "GovernmentOrganization" => ("GovernmentService", host.map(|host| vec![host])),
        _ => ("Service", Some(host.into_iter().chain([operator.clone()]).collect())),
    };
    let known = json!({
        "name": profile.name,
        "identifier": profile.code,
        "serviceType": profile.kind,
        "serviceOperator": (service == "GovernmentService").then_some(operator),
        "provider": providers,
        "areaServed": named("Country", "Indonesia"),
    });
    thing(service, known)
}
