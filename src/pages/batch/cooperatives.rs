//! The cooperatives that send participants to a batch.

use maud::{Markup, html};

use super::{
    super::{
        part::{self, Column, Table, section},
        provenance,
        visit::Visit,
    },
    Profile, rows_of,
};

/// The cooperatives that send participants; who they are is personal data.
pub(super) fn show(visit: &Visit, profile: &Profile) -> Markup {
    let (language, list) = (visit.language, &profile.placements);
    if list.nodes.is_empty() {
        return Markup::default();
    }
    let (cooperative, province, status) =
        (language.text("cooperative"), language.text("province"), language.text("status"));
    let rows = list.nodes.iter().map(|placement| {
        vec![
            html! {
                (provenance::party(visit, true, &placement.cooperative.slug, &placement.cooperative.name))
                " " (part::source(visit, &placement.source))
            },
            html! {
                @if let Some(province) = &placement.cooperative.region.province {
                    a href=(visit.link(&format!("/wilayah/{}", province.code))) { (province.name) }
                }
            },
            html! { (visit.label(&placement.status)) },
        ]
    });
    let table = Table {
        caption: &language.text("batch-cooperatives-caption"),
        columns: vec![Column::text(&cooperative), Column::text(&province), Column::text(&status)],
        rows: rows.collect(),
    };
    let file = |format: &str| {
        let columns = "cooperative.name,cooperative.region.province.name,status,source";
        part::export("placements", format, &rows_of(profile), columns)
    };
    let content = html! {
        (table.show())
        p.soft { (language.counted("batch-placements-total", list.total_count)) }
        (part::downloads(visit, file))
    };
    section("cooperatives", &language.text("batch-cooperatives"), &content)
}
