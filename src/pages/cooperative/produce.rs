//! What a cooperative grows, catches or makes.

use maud::{Markup, html};

use super::{Profile, left_out, marked};
use crate::pages::{
    part::{self, Column, Table, downloads},
    provenance,
    visit::Visit,
};

pub(super) fn show(visit: &Visit, profile: &Profile) -> Option<Markup> {
    let grown = &profile.commodities.nodes;
    if grown.is_empty() {
        return None;
    }
    let language = visit.language;
    let text = |id| language.text(id);
    let (commodity, year, volume, area, workers, value) = (
        text("commodity"),
        text("year"),
        text("volume"),
        text("commodity-area"),
        text("commodity-workers"),
        text("value"),
    );
    let rows = grown.iter().map(|grown| {
        let unit = visit.label(&grown.unit);
        let volume = grown.annual_volume.as_ref().map(|volume| language.measure(volume, Some(unit)));
        let link = html! { a href=(visit.link(&format!("/komoditas/{}", grown.commodity.code))) { (grown.commodity.name) } };
        vec![
            marked(visit, &link, &grown.source),
            html! { (grown.year) },
            language.known(volume),
            language.known(grown.area_hectares.as_ref().map(|area| language.measure(area, Some("ha")))),
            language.known(grown.worker_count.map(|workers| language.whole(workers))),
            language.known(grown.annual_value.as_ref().map(|value| language.rupiah(value))),
        ]
    });
    let table = Table {
        caption: &text("commodities-caption"),
        columns: vec![
            Column::text(&commodity),
            Column::text(&year),
            Column::number(&volume),
            Column::number(&area),
            Column::number(&workers),
            Column::number(&value),
        ],
        rows: rows.collect(),
    };
    let columns = "commodity.code,commodity.name,year,annualVolume,unit,areaHectares,workerCount,annualValue,source,asOf";
    // The latest year with data, which all rows here are of.
    let year = grown.iter().map(|grown| grown.year).max().unwrap_or_default();
    let condition = format!("{{cooperative: {{slug: {{eq: \"{}\"}}}}, year: {{eq: {year}}}}}", profile.slug);
    let file = |format: &str| part::export("cooperativeCommodities", format, &condition, columns);
    Some(html! {
        (table.show())
        (left_out(visit, profile.commodities.total_count, grown.len()))
        (downloads(visit, file))
        (provenance::of_block(visit, grown.iter().map(|grown| (&grown.source, grown.as_of.as_ref()))))
    })
}
