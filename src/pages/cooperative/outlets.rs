//! The outlets and facilities of a cooperative.

use maud::{Markup, html};

use super::{Profile, export, left_out, marked};
use crate::pages::{
    part::{Column, Table, downloads},
    provenance,
    visit::Visit,
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
    let whether = |there: Option<bool>| match there {
        Some(true) => text("yes"),
        Some(false) => text("no"),
        None => text("unknown"),
    };
    let rows = units.iter().map(|unit| {
        let built = unit.build_progress.filter(|built| *built < 100);
        vec![
            marked(visit, &html! { (visit.label(&unit.kind)) }, &unit.source),
            html! { (visit.label(&unit.status)) @if let Some(built) = built { " (" (built) " %)" } },
            html! { @if let Some(day) = &unit.opened_on { (language.day(day)) } },
            html! { @if let Some(ownership) = &unit.ownership { (visit.label(ownership)) } },
            html! { (whether(unit.has_power)) },
            html! { (whether(unit.has_internet)) },
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
        (downloads(language, file))
        (provenance::of_block(visit, units.iter().map(|unit| (&unit.source, unit.as_of.as_ref()))))
    })
}
