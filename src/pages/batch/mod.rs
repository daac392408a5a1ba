//! The page of an internship batch.

mod cooperatives;

use axum::{extract::Path, response::Response};
use graphql_client::GraphQLQuery;
use maud::{Markup, html};
use serde_json::{Value, json};

use super::{
    document::escaped,
    failure::Failure,
    layout::Page,
    part::{self, Column, Table, facts, section},
    picture::timeline::{self, Span, Timeline},
    program::{
        batches::{address, name, period},
        participants,
    },
    provenance,
    scalar::{Date, Decimal, RegionCode},
    structured::{named, thing},
    visit::Visit,
    vocabulary::{BatchStatus, LearningMethod, PlacementStatus, ProgramKind, Source},
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/batch/batch.graphql",
    response_derives = "Debug",
    extern_enums("BatchStatus", "LearningMethod", "PlacementStatus", "ProgramKind", "Source")
)]
struct Batch;

use batch::BatchInternshipBatch as Profile;

pub(super) const DOCUMENT: &str = batch::QUERY;

pub(super) async fn show(visit: Visit, Path((program, number)): Path<(String, String)>) -> Response {
    visit.respond(page(&visit, program, &number).await)
}

async fn page(visit: &Visit, program: String, number: &str) -> Result<Page, Failure> {
    // Numbers of the schema have 32 bits; an address with any other is of no batch.
    let number = number.parse::<i32>().map_err(|_| Failure::NotFound)?;
    let asked = visit.ask::<Batch>(batch::Variables { program, number: number.into() }).await?;
    let profile = asked.data.internship_batch.ok_or_else(|| Failure::absent(&asked.origin.errors))?;
    let mut origins = vec![asked.origin];
    let language = visit.language;
    let mut joined = None;
    if profile.participant_count > 0 {
        let (participants, origin) = participants::of(visit, vec![profile.id.clone()]).await?;
        origins.push(origin);
        joined = Some(participants);
    }
    let title = format!("{}: {}", profile.program.name, name(visit, profile.number));
    let main = html! {
        section.lead {
            h1 { (name(visit, profile.number)) }
            p {
                a href=(visit.link(&format!("/program/{}", escaped(&profile.program.code)))) { (profile.program.name) }
                " · " (visit.label(&profile.status)) " " (part::source(visit, &profile.source))
            }
        }
        (section("about", &language.text("about"), &about(visit, &profile)))
        (section("time", &language.text("time-of"), &time(visit, &profile)))
        (section("sessions", &language.text("batch-sessions"), &sessions(visit, &profile)))
        @if let Some(joined) = &joined {
            (section("participants", &language.text("participants"), &participants::show(visit, joined, &key(&profile))))
        }
        (cooperatives::show(visit, &profile))
    };
    let days = period(visit, profile.starts_on.as_deref(), profile.ends_on.as_deref());
    let description = language.text_with("batch-description", &[("name", &title), ("days", &days)]);
    let trail = vec![(
        profile.program.name.clone(),
        visit.link(&format!("/program/{}", escaped(&profile.program.code))),
    )];
    let about = Page::of_record(&profile.source, Some(structured(&profile, &title)));
    Ok(Page { title, description, main, origins, trail, ..about })
}

fn about(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let host = profile.host.as_ref().map(|host| {
        let is_cooperative = matches!(host.on, batch::BatchInternshipBatchHostOn::Cooperative);
        provenance::party(visit, is_cooperative, &host.slug, &host.name)
    });
    let place = html! {
        @if let Some(place) = &profile.place {
            a href=(visit.link(&format!("/wilayah/{}", place.code))) { (place.name) }
            @for around in place.ancestors.iter().rev() { ", " (around.name) }
        } @else {
            em { (text("provenance-no-place")) }
        }
    };
    let provinces = (!profile.provinces.is_empty()).then(|| {
        html! {
            @for (at, province) in profile.provinces.iter().enumerate() {
                @if at > 0 { ", " }
                a href=(visit.link(&format!("/wilayah/{}", province.code))) { (province.name) }
            }
        }
    });
    let seats = language.known(profile.capacity.map(|capacity| language.whole(capacity)));
    let organiser = &profile.program.organiser;
    html! {
        (facts(&[
            (&text("time-of"), Some(html! { (period(visit, profile.starts_on.as_deref(), profile.ends_on.as_deref())) })),
            (&text("batch-opened"), profile.opened_on.as_ref().map(|day| html! { (language.date(day)) })),
            (&text("place"), Some(place)),
            (&text("host"), host),
            (&text("organiser"), Some(provenance::party(visit, false, &organiser.slug, &organiser.name))),
            (&text("batch-capacity"), Some(seats)),
            (&text("batch-taken"), Some(html! { (language.number(profile.participant_count)) })),
            (&text("batch-provinces"), provinces),
        ]))
        (provenance::of_record(visit, &profile.source, profile.source_reference.as_deref(), profile.as_of.as_deref()))
    }
}

/// This batch among those of its program.
fn time(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let code = &profile.program.code;
    let title = language.text("program-batches-picture");
    let batches = &profile.program.batches.nodes;
    let spans = batches.iter().map(|batch| {
        let own = batch.number == profile.number;
        Span {
            label: format!(
                "{}: {}",
                name(visit, batch.number),
                period(visit, batch.starts_on.as_deref(), batch.ends_on.as_deref())
            ),
            from: batch.starts_on.clone(),
            to: batch.ends_on.clone(),
            marked: profile.opened_on.clone().filter(|_| own),
            synthetic: provenance::is_synthetic(&batch.source),
        }
    });
    let picture = Timeline { id: "batches-picture", title: &title, spans: spans.collect() };
    html! {
        (timeline::figure(language, &picture))
        ul.chips {
            @for batch in batches {
                @let current = (batch.number == profile.number).then_some("page");
                li { a href=(address(visit, code, batch.number)) aria-current=[current] { (name(visit, batch.number)) } }
            }
        }
        (part::left_out(visit, profile.program.batches.total_count, batches.len()))
    }
}

fn sessions(visit: &Visit, profile: &Profile) -> Markup {
    let (language, list) = (visit.language, &profile.sessions);
    if list.nodes.is_empty() {
        return html! { p.soft { (language.text("batch-no-sessions")) } };
    }
    let (day, topic, method, hours) = (
        language.text("batch-day"),
        language.text("batch-topic"),
        language.text("batch-method"),
        language.text("batch-hours"),
    );
    let rows = list.nodes.iter().map(|session| {
        vec![
            html! { (language.day(&session.held_on)) " " (part::source(visit, &session.source)) },
            html! { (session.topic) },
            html! { (visit.label(&session.method)) },
            language.quantity(&session.hours),
        ]
    });
    let table = Table {
        caption: &language.text("batch-sessions-caption"),
        columns: vec![
            Column::text(&day),
            Column::text(&topic),
            Column::text(&method),
            Column::number(&hours),
        ],
        rows: rows.collect(),
    };
    let file = |format: &str| {
        part::export("trainingSessions", format, &rows_of(profile), "heldOn,topic,method,hours,source")
    };
    html! {
        (table.show())
        (part::left_out(visit, list.total_count, list.nodes.len()))
        (part::downloads(visit, file))
    }
}

/// The condition on this batch.
fn key(profile: &Profile) -> String {
    format!("number: {{eq: {}}}, program: {{code: {{eq: \"{}\"}}}}", profile.number, profile.program.code)
}

/// The condition on rows of this batch.
fn rows_of(profile: &Profile) -> String {
    format!("{{batch: {{{}}}}}", key(profile))
}

/// The batch, for search engines.
fn structured(profile: &Profile, title: &str) -> Value {
    let known = json!({
        "name": title,
        "startDate": profile.starts_on,
        "endDate": profile.ends_on,
        "maximumAttendeeCapacity": profile.capacity,
        "location": profile.place.as_ref().map(|place| named("Place", &place.name)),
        "organizer": named("Organization", &profile.program.organiser.name),
    });
    thing("EducationEvent", known)
}
