//! The cooperatives that send participants to a batch.

use maud::{Markup, html};

use super::{
    super::{
        document::escaped,
        part::{self, Column, Table, section},
        visit::Visit,
    },
    Profile, of_batch,
};

/// The cooperatives that send participants; who they are is personal data.
pub(super) fn show(visit: &Visit, profile: &Profile) -> Markup {
    let (language, list) = (visit.language, &profile.placements);
    if list.nodes.is_empty() {
        return Markup::default();
    }
    let (cooperative, province, status) =
        (language.text("batch-cooperative"), language.text("province"), language.text("table-status"));
    let rows = list.nodes.iter().map(|placement| {
        vec![
            html! {
                a href=(visit.link(&format!("/koperasi/{}", placement.cooperative.slug))) { (placement.cooperative.name) }
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
        format!(
            "/export/placements.{format}?columns=cooperative.name,cooperative.region.province.name,status,source&where={}",
            escaped(&of_batch(profile))
        )
    };
    let content = html! {
        (table.show())
        p.soft { (language.counted("batch-placements-total", list.total_count)) }
        (part::downloads(language, file))
    };
    section("cooperatives", &language.text("batch-cooperatives"), &content)
}
