//! The outlets and facilities of a cooperative.

use maud::{Markup, html};

use super::{Profile, export, left_out, marked};
use crate::pages::{
    part::{Column, Table, downloads},
    provenance,
    visit::Visit,
    vocabulary::Word,
};

pub(super) fn show(visit: &Visit, profile: &Profile) -> Option<Markup> {
    let units = &profile.business_units.nodes;
    if units.is_empty() {
        return None;
    }
    let language = visit.language;
    let text = |id| language.text(id);
    let (outlet, status, opened, premises, power, internet) = (
        text("outlet"),
        text("status"),
        text("outlet-opened"),
        text("outlet-premises"),
        text("outlet-power"),
        text("outlet-internet"),
    );
    let whether = |there: Option<bool>| {
        language.known(there.map(|there| html! { (text(if there { "yes" } else { "no" })) }))
    };
    let rows = units.iter().map(|unit| {
        let is_open = matches!(unit.status.value(), "OPEN" | "CLOSED");
        let opened = unit.opened_on.as_ref().map(|day| language.day(day));
        let built = unit.build_progress.filter(|built| *built < 100);
        vec![
            marked(visit, &html! { (visit.label(&unit.kind)) }, &unit.source),
            html! { (visit.label(&unit.status)) @if let Some(built) = built { " (" (built) " %)" } },
            if is_open { language.known(opened) } else { opened.unwrap_or_default() },
            language.known(unit.ownership.as_ref().map(|ownership| html! { (visit.label(ownership)) })),
            whether(unit.has_power),
            whether(unit.has_internet),
        ]
    });
    let table = Table {
        caption: &text("outlets-caption"),
        columns: [&outlet, &status, &opened, &premises, &power, &internet]
            .map(|name| Column::text(name))
            .into(),
        rows: rows.collect(),
    };
    let columns = "kind,status,openedOn,ownership,hasPower,hasInternet,buildProgress,source,asOf";
    let file = |format: &str| export(profile, "businessUnits", format, columns);
    Some(html! {
        (table.show())
        (left_out(visit, profile.business_units.total_count, units.len()))
        (downloads(visit, file))
        (provenance::of_block(visit, units.iter().map(|unit| (&unit.source, unit.as_of.as_ref()))))
    })
}
