//! Who buys a commodity, and its linkages of the greatest value.

use maud::{Markup, html};

use super::{
    super::{
        part::{self, Column, Table},
        provenance::party,
        visit::Visit,
        vocabulary::Source,
    },
    Thing, commodity,
};

use commodity::{
    CommodityBuyersNodesKeyNode as Node, CommodityTrader as Trader, CommodityTraderOn as TraderOn,
};

/// The groups of a file of buyers, and their figures.
const BUYERS: (&str, &str) = ("BUYER,SOURCE", "count,annualValue.sum");

/// The condition on its active linkages, as that of an export.
fn condition(thing: &Thing) -> String {
    format!("{{commodity: {{code: {{eq: \"{}\"}}}}, status: {{eq: ACTIVE}}}}", thing.code)
}

pub(super) fn show(visit: &Visit, thing: &Thing, data: &commodity::ResponseData) -> Markup {
    let language = visit.language;
    html! {
        @if data.buyers.nodes.is_empty() {
            p { (language.text("nobody-buys")) }
        } @else {
            p {
                (language.counted("buyers-found", data.bought.nodes.first().map_or(0, |all| all.buyer_count)))
                @if let Some(day) = &data.buyers.as_of { " " span.soft { "(" (language.text_with("as-of-date", &[("date", &language.date(day))])) ")" } }
            }
            (buyers(visit, data))
            (part::left_out(visit, data.buyers.total_count, data.buyers.nodes.len()))
            (part::downloads(visit, |format| part::figures("linkageAggregate", format, &condition(thing), BUYERS)))
            (linkages(visit, thing))
        }
    }
}

fn buyers(visit: &Visit, data: &commodity::ResponseData) -> Markup {
    let language = visit.language;
    let rows = data.buyers.nodes.iter().map(|buyer| {
        let label = buyer.key.label.as_deref().unwrap_or_default();
        let shown = match &buyer.key.node {
            Some(Node::Cooperative(known)) => {
                html! { (party(visit, true, &known.slug, label)) " " (part::source(visit, &known.source)) }
            }
            Some(Node::PartnerInstitution(known)) => {
                html! { (party(visit, false, &known.slug, label)) " " (part::source(visit, &known.source)) }
            }
            _ => html! { (label) },
        };
        vec![
            shown,
            language.whole(buyer.count),
            html! {
                (language.known(buyer.annual_value.sum.as_ref().map(|value| language.rupiah(value))))
                @if let Some(source) = &buyer.source.value { " " (part::source(visit, &Source::from(source.as_str()))) }
            },
        ]
    });
    let (name, linkages, value) =
        (language.text("buyer"), language.text("active-linkages"), language.text("value"));
    let table = Table {
        caption: &language.text("buyers-caption"),
        columns: vec![Column::text(&name), Column::number(&linkages), Column::number(&value)],
        rows: rows.collect(),
    };
    table.show()
}

fn linkages(visit: &Visit, thing: &Thing) -> Markup {
    let (language, list) = (visit.language, &thing.linkages);
    let rows = list.nodes.iter().map(|linkage| {
        let unit = linkage.unit.as_ref().map(|unit| visit.label(unit));
        vec![
            html! {
                a href=(visit.link(&format!("/keterhubungan/{}", linkage.code))) { (linkage.code) }
                " " (part::source(visit, &linkage.source))
            },
            trader(visit, &linkage.supplier),
            trader(visit, &linkage.buyer),
            language.known(linkage.annual_volume.as_ref().map(|volume| language.measure(volume, unit))),
            language.known(linkage.annual_value.as_ref().map(|value| language.rupiah(value))),
        ]
    });
    let (code, supplier, buyer, volume, value) = (
        language.text("linkage"),
        language.text("supplier"),
        language.text("buyer"),
        language.text("volume"),
        language.text("value"),
    );
    let table = Table {
        caption: &language.text("commodity-linkages-caption"),
        columns: vec![
            Column::text(&code),
            Column::text(&supplier),
            Column::text(&buyer),
            Column::number(&volume),
            Column::number(&value),
        ],
        rows: rows.collect(),
    };
    let columns = "code,supplier.name,buyer.name,annualVolume,unit,annualValue,startsOn";
    html! {
        (table.show())
        (part::left_out(visit, list.total_count, list.nodes.len()))
        (part::downloads(visit, |format| part::export("linkages", format, &condition(thing), columns)))
    }
}

fn trader(visit: &Visit, trader: &Trader) -> Markup {
    party(visit, matches!(trader.on, TraderOn::Cooperative), &trader.slug, &trader.name)
}
