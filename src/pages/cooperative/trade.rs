//! To whom a cooperative sells and from whom it buys: a picture, and a table for each side.

use maud::{Markup, html};

use super::{Profile, Trader, address, cooperative::Linkage, left_out, marked, party};
use crate::pages::{
    deal::{self, Deal},
    part::{self, Column, Table, downloads},
    picture::network::{self, Network, Side},
    provenance,
    visit::Visit,
};

pub(super) fn show(visit: &Visit, profile: &Profile) -> Option<Markup> {
    let language = visit.language;
    let (sold, bought, others) = (&profile.sold, &profile.bought, &profile.others);
    let all = || sold.nodes.iter().chain(&bought.nodes).chain(&others.nodes);
    all().next()?;
    let name = profile.short_name.as_ref().unwrap_or(&profile.name);
    let picture = Network {
        id: "network",
        title: &language.text_with("network-of", &[("name", name)]),
        party: name,
        suppliers: side(visit, &bought.nodes, bought.total_count, |linkage| &linkage.supplier),
        buyers: side(visit, &sold.nodes, sold.total_count, |linkage| &linkage.buyer),
    };
    Some(html! {
        @if sold.nodes.len() + bought.nodes.len() > 0 { (network::figure(language, &picture)) }
        @if !sold.nodes.is_empty() {
            (table(visit, &language.text("sells-to"), &sold.nodes, |linkage| &linkage.buyer))
            (left_out(visit, sold.total_count, sold.nodes.len()))
            (downloads(visit, |format| file(profile, format, "supplier", "in")))
        }
        @if !bought.nodes.is_empty() {
            (table(visit, &language.text("buys-from"), &bought.nodes, |linkage| &linkage.supplier))
            (left_out(visit, bought.total_count, bought.nodes.len()))
            (downloads(visit, |format| file(profile, format, "buyer", "in")))
        }
        @if !others.nodes.is_empty() {
            details {
                summary { (language.counted("cooperative-other-linkages", others.total_count)) }
                (table(visit, &language.text("cooperative-other-caption"), &others.nodes, |linkage| {
                    if linkage.supplier.slug == profile.slug { &linkage.buyer } else { &linkage.supplier }
                }))
                (left_out(visit, others.total_count, others.nodes.len()))
                (downloads(visit, |format| file(profile, format, "party", "notIn")))
            }
        }
        (provenance::of_block(visit, all().map(|linkage| (&linkage.source, linkage.as_of.as_ref()))))
    })
}

/// The address of a file of its linkages on a side, those that run or those that do not.
fn file(profile: &Profile, format: &str, side: &str, runs: &str) -> String {
    let condition = format!(
        "{{{side}: {{cooperative: {{slug: {{eq: \"{}\"}}}}}}, status: {{{runs}: [TRIAL, ACTIVE, ON_HOLD]}}}}",
        profile.slug
    );
    let columns = "code,kind,status,supplier.name,buyer.name,commodity.name,annualVolume,unit,annualValue,startsOn,\
                   endsOn,source,asOf";
    part::export("linkages", format, &condition, columns)
}

/// The lines of a side.
fn side(visit: &Visit, linkages: &[Linkage], total: i64, other: impl Fn(&Linkage) -> &Trader) -> Side {
    let deals = linkages.iter().map(|linkage| Deal {
        name: &other(linkage).name,
        address: address(visit, other(linkage)),
        goods: linkage.commodity.as_ref().map_or(visit.label(&linkage.kind), |commodity| &commodity.name),
        value: linkage.annual_value.as_deref(),
        synthetic: provenance::is_synthetic(&linkage.source),
    });
    deal::side(visit, deals, total)
}

fn table(visit: &Visit, caption: &str, linkages: &[Linkage], other: impl Fn(&Linkage) -> &Trader) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let (with, linkage, goods, status, volume, value) = (
        text("linkage-with"),
        text("linkage"),
        text("linkage-goods"),
        text("status"),
        text("volume"),
        text("value"),
    );
    let rows = linkages.iter().map(|linkage| {
        let trader = other(linkage);
        let place = trader.region.as_ref().map(|region| region.name.as_str());
        let name = provenance::party_at(&party(visit, trader), place);
        let unit = linkage.unit.as_ref().map(|unit| visit.label(unit));
        let volume = linkage.annual_volume.as_ref().map(|volume| language.measure(volume, unit));
        vec![
            marked(visit, &name, &linkage.source),
            html! { a href=(visit.link(&format!("/keterhubungan/{}", linkage.code))) { (visit.label(&linkage.kind)) } },
            html! { @if let Some(commodity) = &linkage.commodity {
                a href=(visit.link(&format!("/komoditas/{}", commodity.code))) { (commodity.name) } } },
            html! { (visit.label(&linkage.status)) },
            // What trades no commodity has no volume.
            if linkage.commodity.is_some() { language.known(volume) } else { volume.unwrap_or_default() },
            language.known(linkage.annual_value.as_ref().map(|value| language.rupiah(value))),
        ]
    });
    let table = Table {
        caption,
        columns: vec![
            Column::text(&with),
            Column::text(&linkage),
            Column::text(&goods),
            Column::text(&status),
            Column::number(&volume),
            Column::number(&value),
        ],
        rows: rows.collect(),
    };
    table.show()
}
