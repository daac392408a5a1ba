//! The months of a linkage: a chart of their values, and a table.

use maud::{Markup, html};

use super::Trade;
use crate::pages::{
    number::thousandths,
    part::{self, Column, Table, downloads},
    picture::bars::{self, Bar, Bars},
    provenance,
    visit::Visit,
};

/// The latest months; `None` where there are none.
pub(super) fn show(visit: &Visit, trade: &Trade) -> Option<Markup> {
    let months = &trade.months.nodes;
    if months.is_empty() {
        return None;
    }
    let condition = format!("{{linkage: {{code: {{eq: \"{}\"}}}}}}", trade.code);
    let columns = "linkage.code,month,volume,linkage.unit,value,deliveryCount,rejectedPercent,source,asOf";
    Some(html! {
        div.beside {
            (chart(visit, trade))
            div { (table(visit, trade)) }
        }
        (part::left_out(visit, trade.months.total_count, months.len()))
        (downloads(visit, |format| part::export("linkageMonths", format, &condition, columns)))
        (provenance::of_block(visit, months.iter().map(|month| (&month.source, month.as_of.as_ref()))))
    })
}

/// The value of each month, the earliest first; of the volume where no month has a value.
fn chart(visit: &Visit, trade: &Trade) -> Markup {
    let language = visit.language;
    let months = &trade.months.nodes;
    let valued = months.iter().any(|month| month.value.is_some());
    let unit = trade.unit.as_ref().map_or("", |unit| visit.label(unit));
    let bars = months.iter().rev().map(|month| {
        let figure = if valued { month.value.as_ref() } else { month.volume.as_ref() };
        let shown = figure.map(|figure| {
            if valued {
                language.rupiah_exact(figure)
            } else {
                format!("{} {unit}", language.decimal(figure))
            }
        });
        Bar {
            label: language.month_in_short(&month.month),
            value: figure.and_then(|figure| thousandths(figure)),
            shown: shown.unwrap_or_else(|| language.text("not-reported").into_owned()),
            synthetic: provenance::is_synthetic(&month.source),
        }
    });
    let title = language.text(if valued { "linkage-months-value" } else { "linkage-months-volume" });
    bars::figure(&Bars { id: "months-chart", title: &title, list: bars.collect() })
}

fn table(visit: &Visit, trade: &Trade) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let (month, volume, value, deliveries, rejected) = (
        text("month"),
        text("month-volume"),
        text("amount"),
        text("month-deliveries"),
        text("month-rejected"),
    );
    let unit = trade.unit.as_ref().map(|unit| visit.label(unit));
    let rows = trade.months.nodes.iter().map(|of| {
        vec![
            html! { (language.month_of(&of.month)) " " (part::source(visit, &of.source)) },
            language.known(of.volume.as_ref().map(|volume| language.measure(volume, unit))),
            language.known(of.value.as_ref().map(|value| language.amount(value))),
            language.known(of.delivery_count.map(|deliveries| language.whole(deliveries))),
            language
                .known(of.rejected_percent.as_ref().map(|rejected| language.measure(rejected, Some("%")))),
        ]
    });
    let numbers = [&volume, &value, &deliveries, &rejected].map(|name| Column::number(name));
    let table = Table {
        caption: &text("linkage-months-caption"),
        columns: [Column::text(&month)].into_iter().chain(numbers).collect(),
        rows: rows.collect(),
    };
    table.show()
}
