//! What stands beneath an institution: its agreements, programs, officials and parts.

use maud::{Markup, html};

use super::{
    super::{
        part::{self, Column, Table, section},
        provenance,
        visit::Visit,
    },
    Profile, institution,
};

/// The columns of a file of programs.
const PROGRAMS: &str =
    "code,name,kind,status,fiscalYear,organiser.name,host.name,participantCount,source,asOf";

pub(super) fn partnerships(visit: &Visit, profile: &Profile) -> Markup {
    let (language, list) = (visit.language, &profile.partnerships);
    if list.nodes.is_empty() {
        return Markup::default();
    }
    let (title, kind, parties, signed) = (
        language.text("partnership"),
        language.text("kind"),
        language.text("institution-parties"),
        language.text("partnership-signed"),
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
                    (provenance::party(visit, is_cooperative, &party.slug, &party.name))
                }
            },
            language.known(node.signed_on.as_ref().map(|day| language.day(day))),
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
    };
    let file = |format: &str| {
        let condition =
            format!("{{parties: {{some: {{institution: {{slug: {{eq: \"{}\"}}}}}}}}}}", profile.slug);
        let columns = "number,title,kind,status,signedOn,effectiveFrom,effectiveTo,value,source";
        part::export("partnerships", format, &condition, columns)
    };
    let content = html! {
        (table.show())
        p.soft { (language.counted("institution-partnerships-total", list.total_count)) }
        (part::downloads(visit, file))
    };
    section("partnerships", &language.text("partnerships"), &content)
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
        language.text("program"),
        language.text("role"),
        language.text("year"),
        language.text("status"),
        language.text("participants"),
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
    };
    let slug = &profile.slug;
    let condition = format!(
        "{{or: [{{organiser: {{slug: {{eq: \"{slug}\"}}}}}}, {{host: {{institution: {{slug: {{eq: \"{slug}\"}}}}}}}}, \
         {{supporters: {{some: {{slug: {{eq: \"{slug}\"}}}}}}}}]}}"
    );
    let content = html! {
        (table.show())
        p.soft {
            @for (at, (id, number)) in roles.iter().filter(|(_, number)| *number > 0).enumerate() {
                @if at > 0 { " · " }
                (language.counted(id, *number))
            }
        }
        (part::downloads(visit, |format| part::export("internshipPrograms", format, &condition, PROGRAMS)))
    };
    section("programs", &language.text("kind-program"), &content)
}

fn program_row(visit: &Visit, role: &'static str, program: &institution::Program) -> Vec<Markup> {
    let language = visit.language;
    vec![
        html! { a href=(visit.link(&format!("/program/{}", program.code))) { (program.name) } " " (part::source(visit, &program.source)) },
        html! { (language.text(role)) },
        html! { (program.fiscal_year) },
        html! { (visit.label(&program.kind)) " · " (visit.label(&program.status)) },
        language.whole(program.participant_count),
    ]
}

pub(super) fn officials(visit: &Visit, profile: &Profile) -> Markup {
    if profile.officials.nodes.is_empty() {
        return html! { p { (visit.language.text("officials-unknown")) } };
    }
    html! {
        ul.list {
            @for official in &profile.officials.nodes {
                li { strong { (official.name) } " " span.soft { (official.position) } " " (part::source(visit, &official.source)) }
            }
        }
        (part::left_out(visit, profile.officials.total_count, profile.officials.nodes.len()))
    }
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
