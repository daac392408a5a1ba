//! The lists of a region: its cooperatives with filters, its institutions, its batches.

use std::fmt::Write;

use maud::{Markup, html};

use super::{
    super::{
        document::escaped,
        parameter::parameter,
        part::{self, Column, Table},
        visit::Visit,
    },
    Answer, Place,
    figures::by_status,
};

/// What the list of cooperatives is narrowed to.
#[derive(Debug)]
pub(super) struct Narrowed {
    pub(super) status: Option<String>,
    pub(super) kind: Option<String>,
}

impl Narrowed {
    /// The filters of an address. What is no word of its vocabulary filters nothing.
    pub(super) fn of(visit: &Visit) -> Self {
        let word = |name, vocabulary| {
            let given = parameter(&visit.uri, name)?;
            visit.labels.words(vocabulary).any(|(word, _)| word == given).then_some(given)
        };
        Self { status: word("status", "CooperativeStatus"), kind: word("type", "CooperativeType") }
    }

    /// The address of the list with these filters.
    fn address(visit: &Visit, code: &str, parameters: &[(&str, Option<&str>)]) -> String {
        let given =
            parameters.iter().filter_map(|(name, value)| Some(format!("{name}={}", escaped((*value)?))));
        let query = given.collect::<Vec<_>>().join("&");
        let path = format!("/wilayah/{code}");
        let address = if query.is_empty() { path } else { format!("{path}?{query}") };
        format!("{}#cooperatives", visit.link(&address))
    }

    /// The condition of an export with the same rows.
    fn condition(&self, code: &str) -> String {
        let mut condition = format!("region: {{within: \"{code}\"}}");
        for (name, word) in [("status", &self.status), ("type", &self.kind)] {
            if let Some(word) = word {
                let _ = write!(condition, ", {name}: {{eq: {word}}}");
            }
        }
        format!("{{{condition}}}")
    }
}

pub(super) fn cooperatives(visit: &Visit, place: &Place, narrowed: &Narrowed, data: &Answer) -> Markup {
    let (language, list) = (visit.language, &place.cooperatives);
    let filtered = narrowed.status.is_some() || narrowed.kind.is_some();
    if list.total_count == 0 && !filtered {
        return html! { p { (language.text("region-no-cooperative")) } };
    }
    let (status, kind) = (narrowed.status.as_deref(), narrowed.kind.as_deref());
    let next = list.page_info.end_cursor.as_deref().filter(|_| list.page_info.has_next_page);
    let condition = narrowed.condition(&place.code);
    let columns = "slug,name,type,status,memberCount,region.code,region.name";
    let started = parameter(&visit.uri, "after").is_some();
    html! {
        @if filtered || list.total_count > 12 { (filters(visit, place, narrowed, data)) }
        @if list.total_count != 1 { p { (language.counted("cooperatives-found", list.total_count)) } }
        @if !list.nodes.is_empty() { (table(visit, place)) }
        @if started || next.is_some() {
            nav.pages aria-label=(language.text("search-pages")) {
                @if started { a href=(Narrowed::address(visit, &place.code, &[("status", status), ("type", kind)])) { (language.text("first-page")) } }
                @if next.is_some() {
                    a rel="next" href=(Narrowed::address(visit, &place.code, &[("status", status), ("type", kind), ("after", next)])) { (language.text("search-next")) }
                }
            }
        }
        (part::downloads(visit, |format| part::export("cooperatives", format, &condition, columns)))
    }
}

/// Links that narrow the list to a status or a type.
fn filters(visit: &Visit, place: &Place, narrowed: &Narrowed, data: &Answer) -> Markup {
    let language = visit.language;
    let (status, kind) = (narrowed.status.as_deref(), narrowed.kind.as_deref());
    let chip = |label: &str, current: bool, status: Option<&str>, kind: Option<&str>| {
        html! {
            li {
                @if current { span aria-current="true" { (label) } }
                @else { a rel="nofollow" href=(Narrowed::address(visit, &place.code, &[("status", status), ("type", kind)])) { (label) } }
            }
        }
    };
    let labels: Vec<(&str, &str)> = visit.labels.words("CooperativeStatus").collect();
    html! {
        nav aria-label=(language.text("search-narrow")) {
            ul.chips {
                (chip(&language.text("search-any-status"), status.is_none(), None, kind))
                @for (word, count, _) in by_status(visit, data) {
                    @let label = labels.iter().find(|(known, _)| *known == word).map_or(word.as_str(), |(_, label)| label);
                    // The numbers are of all types.
                    @let text = if kind.is_none() { format!("{label} ({})", language.number(count)) } else { label.to_owned() };
                    (chip(&text, status == Some(word.as_str()), Some(word.as_str()), kind))
                }
            }
            ul.chips {
                (chip(&language.text("any-type"), kind.is_none(), status, None))
                @for (word, label) in visit.labels.words("CooperativeType") {
                    (chip(label, kind == Some(word), status, Some(word)))
                }
            }
        }
    }
}

fn table(visit: &Visit, place: &Place) -> Markup {
    let language = visit.language;
    let rows = place.cooperatives.nodes.iter().map(|cooperative| {
        vec![
            html! {
                a href=(visit.link(&format!("/koperasi/{}", cooperative.slug))) { (cooperative.name) }
                " " (part::source(visit, &cooperative.source))
            },
            html! { a href=(visit.link(&format!("/wilayah/{}", cooperative.region.code))) { (cooperative.region.name) } },
            html! { (visit.label(&cooperative.type_)) },
            html! { (visit.label(&cooperative.status)) },
            language.known(cooperative.member_count.map(|members| language.whole(members))),
        ]
    });
    let (name, region, kind, status, members) = (
        language.text("kind-cooperative"),
        language.text("kind-region"),
        language.text("kind"),
        language.text("status"),
        language.text("members"),
    );
    let table = Table {
        caption: &language.text("cooperatives-caption"),
        columns: vec![
            Column::text(&name),
            Column::text(&region),
            Column::text(&kind),
            Column::text(&status),
            Column::number(&members),
        ],
        rows: rows.collect(),
    };
    table.show()
}

pub(super) fn institutions(visit: &Visit, place: &Place) -> Markup {
    let (language, list) = (visit.language, &place.institutions);
    let rows = list.nodes.iter().map(|institution| {
        vec![
            html! {
                a href=(visit.link(&format!("/lembaga/{}", institution.slug))) { (institution.name) }
                " " (part::source(visit, &institution.source))
            },
            html! { (visit.label(&institution.kind)) },
        ]
    });
    let (name, kind) = (language.text("kind-institution"), language.text("kind"));
    let table = Table {
        caption: &language.text("institutions-caption"),
        columns: vec![Column::text(&name), Column::text(&kind)],
        rows: rows.collect(),
    };
    let condition = format!("{{region: {{within: \"{}\"}}}}", place.code);
    html! {
        p { (language.counted("institutions-found", list.total_count)) }
        (table.show())
        (part::downloads(visit, |format| part::export("institutions", format, &condition, "slug,name,kind,region.name")))
    }
}

/// The columns of a file of batches.
const BATCHES: &str = "program.code,program.name,number,startsOn,endsOn,status,participantCount,source,asOf";

pub(super) fn batches(visit: &Visit, place: &Place) -> Markup {
    let (language, list) = (visit.language, &place.batches);
    let rows = list.nodes.iter().map(|batch| {
        let number = batch.number.to_string();
        vec![
            html! {
                a href=(visit.link(&format!("/gelombang/{}/{number}", batch.program.code))) {
                    (batch.program.name) ", " (language.text_with("batch-number", &[("number", &number)]))
                }
                " " (part::source(visit, &batch.source))
            },
            html! {
                @if let Some(day) = &batch.starts_on { (language.day(day)) }
                @if let Some(day) = &batch.ends_on { " – " (language.date(day)) }
            },
            html! { (visit.label(&batch.status)) },
            language.whole(batch.participant_count),
        ]
    });
    let condition = format!("{{provinces: {{some: {{code: {{eq: \"{}\"}}}}}}}}", place.code);
    let (batch, time, status, participants) = (
        language.text("batches"),
        language.text("time-of"),
        language.text("status"),
        language.text("noun-placement"),
    );
    let table = Table {
        caption: &language.text("batches-caption"),
        columns: vec![
            Column::text(&batch),
            Column::text(&time),
            Column::text(&status),
            Column::number(&participants),
        ],
        rows: rows.collect(),
    };
    html! {
        p { (language.counted("batches-found", list.total_count)) }
        (table.show())
        (part::downloads(visit, |format| part::export("internshipBatches", format, &condition, BATCHES)))
    }
}
