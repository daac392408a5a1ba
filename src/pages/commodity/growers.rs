//! The cooperatives with the largest volumes of a commodity.

use maud::{Markup, html};

use super::{
    super::{
        part::{self, Column, Table},
        provenance::party,
        visit::Visit,
    },
    Thing,
};

pub(super) fn show(visit: &Visit, thing: &Thing) -> Markup {
    let (language, list) = (visit.language, &thing.volumes);
    let rows = list.nodes.iter().map(|grown| {
        let (region, unit) = (&grown.cooperative.region, visit.label(&grown.unit));
        vec![
            html! { (party(visit, true, &grown.cooperative.slug, &grown.cooperative.name)) " " (part::source(visit, &grown.source)) },
            html! {
                a href=(visit.link(&format!("/wilayah/{}", region.code))) { (region.name) }
                @for around in region.ancestors.iter().rev() { ", " (around.name) }
            },
            language.known(grown.annual_volume.as_ref().map(|volume| language.measure(volume, Some(unit)))),
            language.known(grown.annual_value.as_ref().map(|value| language.rupiah(value))),
        ]
    });
    let (name, region, volume, value) = (
        language.text("kind-cooperative"),
        language.text("kind-region"),
        language.text("volume"),
        language.text("value"),
    );
    let year = list.nodes.first().map_or(0, |grown| grown.year);
    let table = Table {
        caption: &language.text_with("growers-caption", &[("year", &year.to_string())]),
        columns: vec![
            Column::text(&name),
            Column::text(&region),
            Column::number(&volume),
            Column::number(&value),
        ],
        rows: rows.collect(),
    };
    let condition = format!("{{commodity: {{code: {{eq: \"{}\"}}}}, year: {{eq: {year}}}}}", thing.code);
    let columns = "cooperative.slug,cooperative.name,year,annualVolume,unit,annualValue";
    html! {
        p { (language.counted("growers-found", list.total_count)) }
        (table.show())
        (part::left_out(visit, list.total_count, list.nodes.len()))
        (part::downloads(visit, |format| part::export("cooperativeCommodities", format, &condition, columns)))
    }
}
