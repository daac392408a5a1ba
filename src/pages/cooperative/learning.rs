//! Internships of a cooperative: the batches in which its people learn, and the programs that it hosts.

use maud::{Markup, html};

use super::{
    Profile, cooperative::CooperativeCooperativePlacementsNodes as Seat, export, left_out, marked, party,
};
use crate::pages::{
    document::escaped,
    part::{self, Column, Table, downloads},
    program::batches,
    provenance,
    visit::Visit,
};

/// The columns of a file of the programs that it hosts.
const HOSTED: &str = "code,name,kind,fiscalYear,organiser.name,participantCount,status,source,asOf";

pub(super) fn show(visit: &Visit, profile: &Profile) -> Option<Markup> {
    let (seats, hosted) = (&profile.placements, &profile.hosted_programs);
    if seats.nodes.is_empty() && hosted.nodes.is_empty() {
        return None;
    }
    let records = hosted
        .nodes
        .iter()
        .map(|program| (&program.source, program.as_of.as_ref()))
        .chain(seats.nodes.iter().map(|seat| (&seat.source, seat.as_of.as_ref())));
    let columns = "batch.program.code,batch.program.name,batch.number,batch.startsOn,status,source,asOf";
    let file = |format: &str| export(profile, "placements", format, columns);
    let hosting = format!("{{host: {{cooperative: {{slug: {{eq: \"{}\"}}}}}}}}", profile.slug);
    Some(html! {
        @if !hosted.nodes.is_empty() {
            (hosted_table(visit, profile))
            (left_out(visit, hosted.total_count, hosted.nodes.len()))
            (downloads(visit, |format| part::export("internshipPrograms", format, &hosting, HOSTED)))
        }
        @if !seats.nodes.is_empty() {
            (placements(visit, profile))
            (left_out(visit, seats.total_count, seats.nodes.len()))
            (downloads(visit, file))
        }
        (provenance::of_block(visit, records))
    })
}

/// The programs whose people it teaches.
fn hosted_table(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let (program, kind, year, organiser, participants, status) = (
        text("program"),
        text("kind"),
        text("year"),
        text("organiser"),
        text("participants"),
        text("status"),
    );
    let rows = profile.hosted_programs.nodes.iter().map(|program| {
        let name =
            html! { a href=(visit.link(&format!("/program/{}", escaped(&program.code)))) { (program.name) } };
        vec![
            marked(visit, &name, &program.source),
            html! { (visit.label(&program.kind)) },
            html! { (program.fiscal_year) },
            provenance::party(visit, false, &program.organiser.slug, &program.organiser.name),
            language.whole(program.participant_count),
            html! { (visit.label(&program.status)) },
        ]
    });
    let table = Table {
        caption: &text("cooperative-hosted"),
        columns: vec![
            Column::text(&program),
            Column::text(&kind),
            Column::text(&year),
            Column::text(&organiser),
            Column::number(&participants),
            Column::text(&status),
        ],
        rows: rows.collect(),
    };
    table.show()
}

/// The seats of its people in batches of others, a row for those of a batch with one status; who they are is not public.
fn placements(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let (batch, program, host, starts, seats, status) =
        (text("batch"), text("program"), text("host"), text("time-of"), text("participants"), text("status"));
    let rows = together(&profile.placements.nodes).into_iter().map(|(seat, count)| {
        let (program, number) = (&seat.batch.program, seat.batch.number);
        let (address, name) = (batches::address(visit, &program.code, number), batches::name(visit, number));
        vec![
            marked(visit, &html! { a href=(address) { (name) } }, &seat.source),
            html! { a href=(visit.link(&format!("/program/{}", escaped(&program.code)))) { (program.name) } },
            html! { @if let Some(host) = &seat.batch.host { (party(visit, host)) } },
            batches::days(visit, seat.batch.starts_on.as_deref(), seat.batch.ends_on.as_deref()),
            language.whole(count),
            html! { (visit.label(&seat.status)) },
        ]
    });
    let texts = [&batch, &program, &host, &starts].map(|name| Column::text(name));
    let table = Table {
        caption: &text("cooperative-placements"),
        columns: texts.into_iter().chain([Column::number(&seats), Column::text(&status)]).collect(),
        rows: rows.collect(),
    };
    table.show()
}

/// The first seat of each batch and status, with the number of such seats.
fn together(seats: &[Seat]) -> Vec<(&Seat, i64)> {
    let mut kinds: Vec<(&Seat, i64)> = Vec::new();
    for seat in seats {
        let alike = |known: &Seat| {
            known.batch.program.code == seat.batch.program.code
                && (known.batch.number, &known.status, &known.source)
                    == (seat.batch.number, &seat.status, &seat.source)
        };
        match kinds.iter_mut().find(|(known, _)| alike(known)) {
            Some((_, count)) => *count += 1,
            None => kinds.push((seat, 1)),
        }
    }
    kinds
}
