//! Who buys a commodity, and its linkages of the greatest value.

use maud::{Markup, html};

use super::{
    super::{
        part::{self, Column, Table},
        visit::Visit,
        vocabulary::Source,
    },
    Thing, commodity, party,
};

use commodity::{
    CommodityBuyersNodesKeyNode as Node, CommodityTrader as Trader, CommodityTraderOn as TraderOn,
};

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
            html! { (language.number(buyer.count)) },
            html! {
                @if let Some(value) = &buyer.annual_value.sum { (language.rupiah(value)) }
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
        vec![
            html! {
                a href=(visit.link(&format!("/keterhubungan/{}", linkage.code))) { (linkage.code) }
                " " (part::source(visit, &linkage.source))
            },
            trader(visit, &linkage.supplier),
            trader(visit, &linkage.buyer),
            html! {
                @if let Some(volume) = &linkage.annual_volume {
                    (language.decimal(volume)) @if let Some(unit) = &linkage.unit { " " (visit.label(unit)) }
                }
            },
            html! { @if let Some(value) = &linkage.annual_value { (language.rupiah(value)) } },
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
    let condition = format!("{{commodity: {{code: {{eq: \"{}\"}}}}, status: {{eq: ACTIVE}}}}", thing.code);
    let columns = "code,supplier.name,buyer.name,annualVolume,unit,annualValue,startsOn";
    html! {
        (table.show())
        (part::downloads(language, |format| part::export("linkages", format, &condition, columns)))
    }
}

fn trader(visit: &Visit, trader: &Trader) -> Markup {
    party(visit, matches!(trader.on, TraderOn::Cooperative), &trader.slug, &trader.name)
}
