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

/// Whom it buys from and sells to: a picture, and a table of the largest of both.
pub(super) fn show(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let side = |lines: Vec<Line>, total: i64| {
        let drawn = i64::try_from(lines.len()).unwrap_or(total);
        Side { lines, others: (total - drawn).max(0) }
    };
    let bought = profile.bought.nodes.iter().map(|node| {
        line(
            visit,
            &node.partner.name,
            &node.partner.slug,
            is_cooperative_supplier(&node.partner.on),
            &node.linkage,
        )
    });
    let sold = profile.sold.nodes.iter().map(|node| {
        line(
            visit,
            &node.partner.name,
            &node.partner.slug,
            is_cooperative_buyer(&node.partner.on),
            &node.linkage,
        )
    });
    let title = language.text_with("institution-network-of", &[("name", &profile.name)]);
    let picture = Network {
        id: "network-picture",
        title: &title,
        party: &profile.name,
        suppliers: side(bought.collect(), profile.bought.total_count),
        buyers: side(sold.collect(), profile.sold.total_count),
    };
    let (partner, side, what, value, status) = (
        language.text("table-partner"),
        language.text("institution-side"),
        language.text("commodity"),
        language.text("value"),
        language.text("table-status"),
    );
    let bought = profile.bought.nodes.iter().map(|node| {
        let partner = (
            node.partner.name.as_str(),
            node.partner.slug.as_str(),
            is_cooperative_supplier(&node.partner.on),
        );
        row(visit, "institution-buys-from", partner, &node.linkage)
    });
    let sold = profile.sold.nodes.iter().map(|node| {
        let partner =
            (node.partner.name.as_str(), node.partner.slug.as_str(), is_cooperative_buyer(&node.partner.on));
        row(visit, "institution-sells-to", partner, &node.linkage)
    });
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
        files: None,
    };
    let total = profile.bought.total_count + profile.sold.total_count;
    html! {
        (network::figure(language, &picture))
        (table.show(language))
        p.soft { (language.counted("institution-linkages", total)) }
        (part::downloads(language, |format| linkages_file(&profile.slug, format)))
    }
}

/// The address of all linkages of an institution as a file.
fn linkages_file(slug: &str, format: &str) -> String {
    let condition = format!("{{party: {{institution: {{slug: {{eq: \"{slug}\"}}}}}}}}");
    format!(
        "/export/linkages.{format}?columns=code,kind,status,supplier.name,buyer.name,commodity.name,annualVolume,unit,\
         annualValue,startsOn,endsOn,source&where={}",
        escaped(&condition)
    )
}

type Linkage = institution::Linkage;

fn is_cooperative_supplier(on: &institution::InstitutionInstitutionBoughtNodesPartnerOn) -> bool {
    matches!(on, institution::InstitutionInstitutionBoughtNodesPartnerOn::Cooperative)
}

fn is_cooperative_buyer(on: &institution::InstitutionInstitutionSoldNodesPartnerOn) -> bool {
    matches!(on, institution::InstitutionInstitutionSoldNodesPartnerOn::Cooperative)
}

fn line(visit: &Visit, name: &str, slug: &str, is_cooperative: bool, linkage: &Linkage) -> Line {
    let what = linkage.commodity.as_ref().map_or(visit.label(&linkage.kind), |commodity| &commodity.name);
    let value = linkage.annual_value.as_ref();
    let detail = match value {
        Some(value) => format!("{what} · {}", visit.language.rupiah_in_short(value)),
        None => what.to_owned(),
    };
    Line {
        name: name.to_owned(),
        address: party_address(visit, is_cooperative, slug),
        detail,
        value: value.and_then(|value| value.parse().ok()),
        synthetic: provenance::is_synthetic(&linkage.source),
    }
}

fn row(
    visit: &Visit,
    side: &'static str,
    (name, slug, is_cooperative): (&str, &str, bool),
    linkage: &Linkage,
) -> Vec<Markup> {
    let language = visit.language;
    vec![
        html! { a href=(party_address(visit, is_cooperative, slug)) { (name) } " " (part::source(visit, &linkage.source)) },
        html! { a href=(visit.link(&format!("/keterhubungan/{}", escaped(&linkage.code)))) { (language.text(side)) } },
        html! { @match &linkage.commodity { Some(commodity) => (commodity.name), None => (visit.label(&linkage.kind)) } },
        html! { @if let Some(value) = &linkage.annual_value { (language.rupiah(value)) } },
        html! { (visit.label(&linkage.status)) },
    ]
}
