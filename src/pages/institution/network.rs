//! Whom an institution buys from and sells to.

use maud::{Markup, html};

use super::{
    super::{
        deal::{self, Deal},
        document::escaped,
        part::{self, Column, Table},
        picture::network::{self, Network, Side},
        provenance::{self, party_address},
        visit::Visit,
    },
    Profile, institution,
};

/// A linkage, and the partner at its other end.
#[derive(Clone, Copy)]
struct Partner<'a> {
    name: &'a str,
    slug: &'a str,
    is_cooperative: bool,
    linkage: &'a Linkage,
}

/// Whom it buys from and sells to: a picture, and a table of the largest of both.
pub(super) fn show(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let bought = profile.bought.nodes.iter().map(|node| Partner {
        name: &node.partner.name,
        slug: &node.partner.slug,
        is_cooperative: matches!(
            node.partner.on,
            institution::InstitutionInstitutionBoughtNodesPartnerOn::Cooperative
        ),
        linkage: &node.linkage,
    });
    let sold = profile.sold.nodes.iter().map(|node| Partner {
        name: &node.partner.name,
        slug: &node.partner.slug,
        is_cooperative: matches!(
            node.partner.on,
            institution::InstitutionInstitutionSoldNodesPartnerOn::Cooperative
        ),
        linkage: &node.linkage,
    });
    let (bought, sold): (Vec<Partner<'_>>, Vec<Partner<'_>>) = (bought.collect(), sold.collect());
    let title = language.text_with("network-of", &[("name", &profile.name)]);
    let picture = Network {
        id: "network-picture",
        title: &title,
        party: &profile.name,
        suppliers: side(visit, &bought, profile.bought.total_count),
        buyers: side(visit, &sold, profile.sold.total_count),
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

fn table(visit: &Visit, bought: &[Partner<'_>], sold: &[Partner<'_>]) -> Markup {
    let language = visit.language;
    let (partner, side, what, value, status) = (
        language.text("linkage-with"),
        language.text("institution-side"),
        language.text("commodity"),
        language.text("value"),
        language.text("status"),
    );
    let bought = bought.iter().map(|partner| row(visit, "institution-buys-from", partner));
    let sold = sold.iter().map(|partner| row(visit, "institution-sells-to", partner));
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

/// The lines of a side.
fn side(visit: &Visit, partners: &[Partner<'_>], total: i64) -> Side {
    let deals = partners.iter().map(|partner| Deal {
        name: partner.name,
        address: party_address(visit, partner.is_cooperative, partner.slug),
        goods: good(visit, partner.linkage),
        value: partner.linkage.annual_value.as_deref(),
        synthetic: provenance::is_synthetic(&partner.linkage.source),
    });
    deal::side(visit, deals, total)
}

fn good<'a>(visit: &'a Visit, linkage: &'a Linkage) -> &'a str {
    linkage.commodity.as_ref().map_or(visit.label(&linkage.kind), |commodity| &commodity.name)
}

fn row(visit: &Visit, side: &'static str, partner: &Partner<'_>) -> Vec<Markup> {
    let (language, linkage) = (visit.language, partner.linkage);
    vec![
        html! {
            (provenance::party(visit, partner.is_cooperative, partner.slug, partner.name)) " " (part::source(visit, &linkage.source))
        },
        html! { a href=(visit.link(&format!("/keterhubungan/{}", escaped(&linkage.code)))) { (language.text(side)) } },
        html! { (good(visit, linkage)) },
        language.known(linkage.annual_value.as_ref().map(|value| language.rupiah(value))),
        html! { (visit.label(&linkage.status)) },
    ]
}
