//! The batches of a program on a time line, and in a table.

use maud::{Markup, html};

use super::{
    super::{
        document::escaped,
        part::{self, Column, Table},
        picture::timeline::{self, Span, Timeline},
        provenance,
        visit::Visit,
    },
    Profile, program,
};

type Batch = program::ProgramInternshipProgramBatchesNodes;

pub(super) fn show(visit: &Visit, profile: &Profile) -> Markup {
    let (language, list) = (visit.language, &profile.batches);
    if list.nodes.is_empty() {
        return html! { p { (language.text("program-no-batches")) } };
    }
    let title = language.text("program-batches-picture");
    let spans = list.nodes.iter().map(|batch| Span {
        label: format!(
            "{}: {}",
            name(visit, batch.number),
            period(visit, batch.starts_on.as_deref(), batch.ends_on.as_deref())
        ),
        from: batch.starts_on.clone(),
        to: batch.ends_on.clone(),
        marked: batch.opened_on.clone(),
        synthetic: provenance::is_synthetic(&batch.source),
    });
    let picture = Timeline { id: "batches-picture", title: &title, spans: spans.collect() };
    let (batch, days, status, seats, participants, provinces) = (
        language.text("batch"),
        language.text("time-of"),
        language.text("status"),
        language.text("batch-capacity"),
        language.text("participants"),
        language.text("batch-provinces"),
    );
    let table = Table {
        caption: &language.text("program-batches-caption"),
        columns: vec![
            Column::text(&batch),
            Column::text(&days),
            Column::text(&status),
            Column::number(&seats),
            Column::number(&participants),
            Column::text(&provinces),
        ],
        rows: list.nodes.iter().map(|batch| row(visit, &profile.code, batch)).collect(),
    };
    let file = |format: &str| {
        let condition = format!("{{program: {{code: {{eq: \"{}\"}}}}}}", profile.code);
        let columns = "number,startsOn,openedOn,endsOn,status,capacity,participantCount,place.name,source";
        part::export("internshipBatches", format, &condition, columns)
    };
    html! {
        (timeline::figure(language, &picture))
        (table.show())
        (part::left_out(visit, list.total_count, list.nodes.len()))
        (part::downloads(visit, file))
    }
}

fn row(visit: &Visit, code: &str, batch: &Batch) -> Vec<Markup> {
    let language = visit.language;
    vec![
        html! { a href=(address(visit, code, batch.number)) { (name(visit, batch.number)) } " " (part::source(visit, &batch.source)) },
        days(visit, batch.starts_on.as_deref(), batch.ends_on.as_deref()),
        html! { (visit.label(&batch.status)) },
        language.known(batch.capacity.map(|seats| language.whole(seats))),
        language.whole(batch.participant_count),
        html! {
            @for (at, province) in batch.provinces.iter().enumerate() {
                @if at > 0 { ", " }
                a href=(visit.link(&format!("/wilayah/{}", province.code))) { (province.name) }
            }
        },
    ]
}

/// What a batch is called: its number within its program.
pub(in crate::pages) fn name(visit: &Visit, number: i64) -> String {
    visit.language.text_with("batch-number", &[("number", &number.to_string())])
}

pub(in crate::pages) fn address(visit: &Visit, code: &str, number: i64) -> String {
    visit.link(&format!("/gelombang/{}/{number}", escaped(code)))
}

/// The days of a batch in words, with the first of them as the value of a cell.
pub(in crate::pages) fn days(visit: &Visit, from: Option<&str>, to: Option<&str>) -> Markup {
    let words = period(visit, from, to);
    html! { @if let Some(day) = from { time datetime=(day) { (words) } } @else { span.soft.unknown { (words) } } }
}

/// The days of a batch in words.
pub(in crate::pages) fn period(visit: &Visit, from: Option<&str>, to: Option<&str>) -> String {
    let language = visit.language;
    match (from, to) {
        (Some(from), Some(to)) if from != to => {
            language.text_with("batch-from-to", &[("from", &language.date(from)), ("to", &language.date(to))])
        }
        (Some(day), _) => language.date(day),
        (None, _) => language.text("batch-unscheduled").into_owned(),
    }
}
