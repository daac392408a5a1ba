//! Who holds the offices of a cooperative: names and offices only.

use maud::{Markup, html};

use super::{Profile, left_out, marked};
use crate::pages::{
    part::{Column, Table, downloads, expanded},
    provenance,
    visit::Visit,
};

pub(super) fn show(visit: &Visit, profile: &Profile) -> Markup {
    let officers = &profile.officers.nodes;
    if officers.is_empty() {
        return html! { p { (visit.language.text("officers-unknown")) } };
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
            language.known(officer.starts_on.as_ref().map(|day| language.day(day))),
        ]
    });
    let table = Table {
        caption: &text("officers-caption"),
        columns: [&name, &office, &body, &since].map(|name| Column::text(name)).into(),
        rows: rows.collect(),
    };
    html! {
        (table.show())
        (left_out(visit, profile.officers.total_count, officers.len()))
        (downloads(visit, |format| expanded(format, &document(&profile.slug), "officers")))
        (provenance::of_block(visit, officers.iter().map(|officer| (&officer.source, officer.as_of.as_ref()))))
    }
}

/// The document of a file of those in office; names of persons are in no list at the root.
fn document(slug: &str) -> String {
    format!(
        "{{ cooperatives(where: {{slug: {{eq: \"{slug}\"}}}}) {{ nodes {{ officers(where: {{status: {{eq: ACTIVE}}}}) \
         {{ nodes {{ name title body role startsOn source asOf }} }} }} }} }}"
    )
}
