//! What stands beneath an institution: its partners, agreements, programs, officials and parts.

use maud::{Markup, html};

use super::{
    super::{
        document::escaped,
        part::{self, Column, Table, section},
        picture::network::{self, Line, Network, Side},
        provenance,
        visit::Visit,
    },
    Profile, institution,
};

/// Whom it buys from and sells to: a picture, and a table of the largest of both.
pub(super) fn network(visit: &Visit, profile: &Profile) -> Markup {
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

fn party_link(visit: &Visit, slug: &str, is_cooperative: bool) -> String {
    visit.link(&format!("/{}/{slug}", if is_cooperative { "koperasi" } else { "lembaga" }))
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
        address: party_link(visit, slug, is_cooperative),
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
        html! { a href=(party_link(visit, slug, is_cooperative)) { (name) } " " (part::source(visit, &linkage.source)) },
        html! { a href=(visit.link(&format!("/keterhubungan/{}", escaped(&linkage.code)))) { (language.text(side)) } },
        html! { @match &linkage.commodity { Some(commodity) => (commodity.name), None => (visit.label(&linkage.kind)) } },
        html! { @if let Some(value) = &linkage.annual_value { (language.rupiah(value)) } },
        html! { (visit.label(&linkage.status)) },
    ]
}

pub(super) fn partnerships(visit: &Visit, profile: &Profile) -> Markup {
    let (language, list) = (visit.language, &profile.partnerships);
    if list.nodes.is_empty() {
        return Markup::default();
    }
    let (title, kind, parties, signed) = (
        language.text("table-partnership"),
        language.text("table-kind"),
        language.text("institution-parties"),
        language.text("table-signed-on"),
    );
    let rows = list.nodes.iter().map(|node| {
        let others = node.parties.iter().map(|party| &party.party).filter(|party| party.slug != profile.slug);
        vec![
            html! { a href=(visit.link(&format!("/kemitraan/{}", node.id))) { (node.title) } " " (part::source(visit, &node.source)) },
            html! { (visit.label(&node.kind)) " · " (visit.label(&node.status)) },
            html! {
                @for (at, party) in others.enumerate() {
                    @if at > 0 { ", " }
                    @let is_cooperative = matches!(party.on, institution::InstitutionInstitutionPartnershipsNodesPartiesPartyOn::Cooperative);
                    a href=(party_link(visit, &party.slug, is_cooperative)) { (party.name) }
                }
            },
            html! { @if let Some(day) = &node.signed_on { (language.date(day)) } },
        ]
    });
    let table = Table {
        caption: &language.text("institution-partnerships-caption"),
        columns: vec![
            Column::text(&title),
            Column::text(&kind),
            Column::text(&parties),
            Column::text(&signed),
        ],
        rows: rows.collect(),
        files: None,
    };
    let file = |format: &str| {
        let condition =
            format!("{{parties: {{some: {{institution: {{slug: {{eq: \"{}\"}}}}}}}}}}", profile.slug);
        format!(
            "/export/partnerships.{format}?columns=number,title,kind,status,signedOn,effectiveFrom,effectiveTo,value,source\
             &where={}",
            escaped(&condition)
        )
    };
    let content = html! {
        (table.show(language))
        p.soft { (language.counted("institution-partnerships-total", list.total_count)) }
        (part::downloads(language, file))
    };
    section("partnerships", &language.text("institution-partnerships"), &content)
}

pub(super) fn programs(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let organised = profile.organised_programs.nodes.iter();
    let hosted = profile.hosted_programs.nodes.iter();
    let supported = profile.supported_programs.nodes.iter();
    let roles = [
        ("institution-organises", profile.organised_programs.total_count),
        ("institution-hosts", profile.hosted_programs.total_count),
        ("institution-supports", profile.supported_programs.total_count),
    ];
    let rows: Vec<Vec<Markup>> = organised
        .map(|program| program_row(visit, "institution-organiser", program))
        .chain(hosted.map(|program| program_row(visit, "institution-host", program)))
        .chain(supported.map(|program| program_row(visit, "institution-supporter", program)))
        .collect();
    if rows.is_empty() {
        return Markup::default();
    }
    let (name, role, year, status, participants) = (
        language.text("table-program"),
        language.text("table-role"),
        language.text("year"),
        language.text("table-status"),
        language.text("table-participants"),
    );
    let table = Table {
        caption: &language.text("institution-programs-caption"),
        columns: vec![
            Column::text(&name),
            Column::text(&role),
            Column::text(&year),
            Column::text(&status),
            Column::number(&participants),
        ],
        rows,
        files: None,
    };
    let content = html! {
        (table.show(language))
        p.soft {
            @for (at, (id, number)) in roles.iter().filter(|(_, number)| *number > 0).enumerate() {
                @if at > 0 { " · " }
                (language.counted(id, *number))
            }
        }
    };
    section("programs", &language.text("institution-programs"), &content)
}

fn program_row(visit: &Visit, role: &'static str, program: &institution::Program) -> Vec<Markup> {
    let language = visit.language;
    vec![
        html! { a href=(visit.link(&format!("/program/{}", program.code))) { (program.name) } " " (part::source(visit, &program.source)) },
        html! { (language.text(role)) },
        html! { (program.fiscal_year) },
        html! { (visit.label(&program.kind)) " · " (visit.label(&program.status)) },
        html! { (language.number(program.participant_count)) },
    ]
}

pub(super) fn officials(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    if profile.officials.nodes.is_empty() {
        return Markup::default();
    }
    let content = html! {
        ul.list {
            @for official in &profile.officials.nodes {
                li { strong { (official.name) } " " span.soft { (official.position) } " " (part::source(visit, &official.source)) }
            }
        }
    };
    section("officials", &language.text("institution-officials"), &content)
}

pub(super) fn children(visit: &Visit, profile: &Profile) -> Markup {
    let (language, list) = (visit.language, &profile.children);
    if list.nodes.is_empty() {
        return Markup::default();
    }
    let content = html! {
        ul.list {
            @for child in &list.nodes {
                li { a href=(visit.link(&format!("/lembaga/{}", child.slug))) { (child.name) } " " (part::source(visit, &child.source)) }
            }
        }
        p.soft { (language.counted("institution-children-total", list.total_count)) }
    };
    section("children", &language.text("institution-children"), &content)
}
