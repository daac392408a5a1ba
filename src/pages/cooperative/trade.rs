//! To whom a cooperative sells and from whom it buys: a picture, and a table for each side.

use maud::{Markup, html};

use super::{Profile, Trader, address, cooperative::Linkage, left_out, marked, party};
use crate::pages::{
    part::{self, Column, Table, downloads},
    picture::network::{self, Line, Network, Side},
    provenance,
    visit::Visit,
};

/// How many lines a side of the picture has.
const DRAWN: usize = 9;

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

/// The lines of a side: what goes between the same two parties and has the same origin is one; what was published is first.
fn side(visit: &Visit, linkages: &[Linkage], total: i64, other: impl Fn(&Linkage) -> &Trader) -> Side {
    let mut sums: Vec<(&Trader, bool, Option<i64>, Vec<&Linkage>)> = Vec::new();
    for linkage in linkages {
        let (trader, synthetic) = (other(linkage), provenance::is_synthetic(&linkage.source));
        let value: Option<i64> = linkage.annual_value.as_ref().and_then(|value| value.parse().ok());
        match sums.iter_mut().find(|(known, made_up, ..)| known.slug == trader.slug && *made_up == synthetic)
        {
            Some((_, _, sum, of)) => {
                *sum = match (*sum, value) {
                    (Some(sum), Some(value)) => Some(sum.saturating_add(value)),
                    (sum, value) => sum.or(value),
                };
                of.push(linkage);
            }
            None => sums.push((trader, synthetic, value, vec![linkage])),
        }
    }
    sums.sort_by_key(|(_, synthetic, value, _)| (*synthetic, std::cmp::Reverse(*value)));
    sums.truncate(DRAWN);
    let drawn: usize = sums.iter().map(|(.., of)| of.len()).sum();
    let lines = sums.into_iter().map(|(trader, synthetic, value, of)| Line {
        name: trader.name.clone(),
        address: address(visit, trader),
        detail: detail(visit, value, &of),
        value,
        synthetic,
    });
    Side { lines: lines.collect(), others: total - i64::try_from(drawn).unwrap_or(total) }
}

/// For how much a year, and what.
fn detail(visit: &Visit, value: Option<i64>, linkages: &[&Linkage]) -> String {
    let mut goods: Vec<&str> = Vec::new();
    for linkage in linkages {
        let good = linkage.commodity.as_ref().map_or(visit.label(&linkage.kind), |commodity| &commodity.name);
        if !goods.contains(&good) {
            goods.push(good);
        }
    }
    let goods = goods.join(", ");
    match value {
        Some(value) => format!("{} · {goods}", visit.language.rupiah_in_short(&value.to_string())),
        None => goods,
    }
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
        vec![
            marked(visit, &name, &linkage.source),
            html! { a href=(visit.link(&format!("/keterhubungan/{}", linkage.code))) { (visit.label(&linkage.kind)) } },
            html! { @if let Some(commodity) = &linkage.commodity {
                a href=(visit.link(&format!("/komoditas/{}", commodity.code))) { (commodity.name) } } },
            html! { (visit.label(&linkage.status)) },
            language.known(linkage.annual_volume.as_ref().map(|volume| language.measure(volume, unit))),
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
