//! Who holds the offices of a cooperative: names and offices only.

use maud::{Markup, html};

use super::{Profile, left_out, marked};
use crate::pages::{
    part::{Column, Table},
    provenance,
    visit::Visit,
};

pub(super) fn show(visit: &Visit, profile: &Profile) -> Option<Markup> {
    let officers = &profile.officers.nodes;
    if officers.is_empty() {
        return None;
    }
    let language = visit.language;
    let text = |id| language.text(id);
    let (name, office, body, since) =
        (text("officer"), text("officer-office"), text("officer-body"), text("officer-since"));
    let rows = officers.iter().map(|officer| {
        let role = visit.label(&officer.role);
        vec![
            marked(visit, &html! { (officer.name) }, &officer.source),
            html! { (officer.title.as_deref().unwrap_or(role)) },
            html! { (visit.label(&officer.body)) },
            html! { @if let Some(day) = &officer.starts_on { (language.day(day)) } },
        ]
    });
    let table = Table {
        caption: &text("officers-caption"),
        columns: [&name, &office, &body, &since].map(|name| Column::text(name)).into(),
        rows: rows.collect(),
    };
    Some(html! {
        (table.show())
        (left_out(visit, profile.officers.total_count, officers.len()))
        (provenance::of_block(visit, officers.iter().map(|officer| (&officer.source, officer.as_of.as_ref()))))
    })
}
