//! Whom an institution buys from and sells to.

use maud::{Markup, html};

use super::{
    super::{
        document::escaped,
        part::{self, Column, Table},
        picture::network::{self, Line, Network, Side},
        provenance::{self, party_address},
        visit::Visit,
    },
    Profile, institution,
};

/// The most lines of a side of the picture.
const DRAWN: usize = 9;

/// A linkage, and the partner at its other end.
#[derive(Clone, Copy)]
struct Deal<'a> {
    name: &'a str,
    slug: &'a str,
    is_cooperative: bool,
    linkage: &'a Linkage,
}

/// Whom it buys from and sells to: a picture, and a table of the largest of both.
pub(super) fn show(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let bought = profile.bought.nodes.iter().map(|node| Deal {
        name: &node.partner.name,
        slug: &node.partner.slug,
        is_cooperative: matches!(
            node.partner.on,
            institution::InstitutionInstitutionBoughtNodesPartnerOn::Cooperative
        ),
        linkage: &node.linkage,
    });
    let sold = profile.sold.nodes.iter().map(|node| Deal {
        name: &node.partner.name,
        slug: &node.partner.slug,
        is_cooperative: matches!(
            node.partner.on,
            institution::InstitutionInstitutionSoldNodesPartnerOn::Cooperative
        ),
        linkage: &node.linkage,
    });
    let (bought, sold): (Vec<Deal<'_>>, Vec<Deal<'_>>) = (bought.collect(), sold.collect());
    let title = language.text_with("network-of", &[("name", &profile.name)]);
    let picture = Network {
        id: "network-picture",
        title: &title,
        party: &profile.name,
        suppliers: joined(visit, &bought, profile.bought.total_count),
        buyers: joined(visit, &sold, profile.sold.total_count),
    };
    let running = profile.bought.total_count + profile.sold.total_count;
    html! {
        @if running > 0 {
            p.soft { (language.text("institution-running-only")) }
            (network::figure(language, &picture))
            (table(visit, &bought, &sold))
            (part::left_out(visit, running, bought.len() + sold.len()))
            (part::downloads(visit, |format| file(&profile.slug, format, ", status: {in: [TRIAL, ACTIVE, ON_HOLD]}")))
        }
        p.soft { (language.counted("institution-linkages", profile.recorded.total_count)) }
        (part::downloads_of(visit, &language.text("download-all"), |format| file(&profile.slug, format, "")))
    }
}

fn table(visit: &Visit, bought: &[Deal<'_>], sold: &[Deal<'_>]) -> Markup {
    let language = visit.language;
    let (partner, side, what, value, status) = (
        language.text("linkage-with"),
        language.text("institution-side"),
        language.text("commodity"),
        language.text("value"),
        language.text("status"),
    );
    let bought = bought.iter().map(|deal| row(visit, "institution-buys-from", deal));
    let sold = sold.iter().map(|deal| row(visit, "institution-sells-to", deal));
    let table = Table {
        caption: &language.text("institution-linkages-caption"),
        columns: vec![
            Column::text(&partner),
            Column::text(&side),
            Column::text(&what),
            Column::number(&value),
            Column::text(&status),
        ],
        rows: bought.chain(sold).collect(),
    };
    table.show()
}

/// The address of a file of its linkages, which may be narrowed.
fn file(slug: &str, format: &str, narrowed: &str) -> String {
    let condition = format!("{{party: {{institution: {{slug: {{eq: \"{slug}\"}}}}}}{narrowed}}}");
    let columns = "code,kind,status,supplier.name,buyer.name,commodity.name,annualVolume,unit,annualValue,startsOn,\
                   endsOn,source";
    part::export("linkages", format, &condition, columns)
}

type Linkage = institution::Linkage;

/// The lines of a side: what goes between the same two parties and has the same origin is one; what was published is first.
fn joined(visit: &Visit, deals: &[Deal<'_>], total: i64) -> Side {
    let mut sums: Vec<(Deal<'_>, bool, Option<i64>, Vec<Deal<'_>>)> = Vec::new();
    for deal in deals {
        let synthetic = provenance::is_synthetic(&deal.linkage.source);
        let value: Option<i64> = deal.linkage.annual_value.as_ref().and_then(|value| value.parse().ok());
        match sums.iter_mut().find(|(known, made_up, ..)| known.slug == deal.slug && *made_up == synthetic) {
            Some((_, _, sum, of)) => {
                *sum = match (*sum, value) {
                    (Some(sum), Some(value)) => Some(sum.saturating_add(value)),
                    (sum, value) => sum.or(value),
                };
                of.push(*deal);
            }
            None => sums.push((*deal, synthetic, value, vec![*deal])),
        }
    }
    sums.sort_by_key(|(_, synthetic, value, _)| (*synthetic, std::cmp::Reverse(*value)));
    sums.truncate(DRAWN);
    let drawn: usize = sums.iter().map(|(.., of)| of.len()).sum();
    let lines = sums.into_iter().map(|(deal, synthetic, value, of)| Line {
        name: deal.name.to_owned(),
        address: party_address(visit, deal.is_cooperative, deal.slug),
        detail: detail(visit, value, &of),
        value,
        synthetic,
    });
    Side { lines: lines.collect(), others: total - i64::try_from(drawn).unwrap_or(total) }
}

/// What goes between the two, and for how much a year.
fn detail(visit: &Visit, value: Option<i64>, deals: &[Deal<'_>]) -> String {
    let mut goods: Vec<&str> = Vec::new();
    for deal in deals {
        let good = good(visit, deal.linkage);
        if !goods.contains(&good) {
            goods.push(good);
        }
    }
    let goods = goods.join(", ");
    match value {
        Some(value) => format!("{goods} · {}", visit.language.rupiah_in_short(&value.to_string())),
        None => goods,
    }
}

fn good<'a>(visit: &'a Visit, linkage: &'a Linkage) -> &'a str {
    linkage.commodity.as_ref().map_or(visit.label(&linkage.kind), |commodity| &commodity.name)
}

fn row(visit: &Visit, side: &'static str, deal: &Deal<'_>) -> Vec<Markup> {
    let (language, linkage) = (visit.language, deal.linkage);
    vec![
        html! {
            (provenance::party(visit, deal.is_cooperative, deal.slug, deal.name)) " " (part::source(visit, &linkage.source))
        },
        html! { a href=(visit.link(&format!("/keterhubungan/{}", escaped(&linkage.code)))) { (language.text(side)) } },
        html! { (good(visit, linkage)) },
        language.known(linkage.annual_value.as_ref().map(|value| language.rupiah(value))),
        html! { (visit.label(&linkage.status)) },
    ]
}
