//! Where a program takes place, and who organises, hosts and supports it.

use maud::{Markup, html};

use super::{
    super::{
        document::escaped,
        part::{self, section},
        provenance,
        visit::Visit,
    },
    Profile, program,
};
use program::{
    ProgramInternshipProgramHostOn as Kind,
    ProgramInternshipProgramHostOnCooperativeLinkagesNodes as Linkage,
    ProgramInternshipProgramHostOnCooperativeLinkagesNodesBuyerOn as Buyer,
    ProgramInternshipProgramHostOnCooperativeLinkagesNodesSupplierOn as Supplier,
};

/// The host, and the business that participants see there.
pub(super) fn host(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let Some(host) = &profile.host else { return Markup::default() };
    let cooperative = match &host.on {
        Kind::Cooperative(cooperative) => Some(cooperative),
        Kind::PartnerInstitution => None,
    };
    let content = html! {
        p {
            strong { (provenance::party(visit, cooperative.is_some(), &host.slug, &host.name)) }
            @if let Some(region) = &host.region {
                ", " a href=(visit.link(&format!("/wilayah/{}", region.code))) { (region.name) }
                @for around in region.ancestors.iter().rev() { ", " (around.name) }
            }
            @if let Some(cooperative) = cooperative { " " (part::source(visit, &cooperative.source)) }
        }
        @if let Some(cooperative) = cooperative.filter(|cooperative| !cooperative.linkages.nodes.is_empty()) {
            h3 { (language.text("program-host-business")) }
            ul.list {
                @for linkage in &cooperative.linkages.nodes { li { (business(visit, &host.slug, linkage)) } }
            }
        }
    };
    section("host", &language.text("host"), &content)
}

/// A linkage of the host, as its partner, what it is, and its source.
fn business(visit: &Visit, host: &str, linkage: &Linkage) -> Markup {
    let language = visit.language;
    let buys = linkage.buyer.slug == host;
    let (slug, name, is_cooperative) = if buys {
        let is_cooperative = matches!(linkage.supplier.on, Supplier::Cooperative);
        (&linkage.supplier.slug, &linkage.supplier.name, is_cooperative)
    } else {
        let is_cooperative = matches!(linkage.buyer.on, Buyer::Cooperative);
        (&linkage.buyer.slug, &linkage.buyer.name, is_cooperative)
    };
    html! {
        a href=(visit.link(&format!("/keterhubungan/{}", escaped(&linkage.code)))) {
            (language.text(if buys { "buys-from" } else { "sells-to" }))
        }
        " " (provenance::party(visit, is_cooperative, slug, name))
        @match &linkage.commodity {
            Some(commodity) => { ": " (commodity.name) },
            None => { ": " (visit.label(&linkage.kind)) },
        }
        " " (part::source(visit, &linkage.source))
    }
}

/// Institutions with their officials, and the host with its officers: names and offices only.
pub(super) fn people(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let organiser = &profile.organiser;
    // Nobody who exists carries out a program that is made up.
    let exists = !provenance::is_synthetic(&profile.source);
    let offices = profile.host.iter().filter_map(|host| host.region.as_ref()?.province.as_ref());
    let mut offices = offices.filter(|_| exists).flat_map(|province| &province.offices.nodes).peekable();
    html! {
        ul.list {
            li {
                (institution(visit, "organiser", &organiser.slug, &organiser.name))
                " " (part::source(visit, &organiser.source))
                @for official in organiser.officials.nodes.iter().filter(|_| exists) { (person(&official.name, &official.position)) }
            }
            @if let Some(host) = &profile.host {
                li {
                    @match &host.on {
                        Kind::Cooperative(cooperative) => {
                            (language.text("host")) ": "
                            (provenance::party(visit, true, &host.slug, &host.name))
                            " " (part::source(visit, &cooperative.source))
                            @for officer in cooperative.officers.nodes.iter().filter(|_| exists) {
                                (person(&officer.name, officer.title.as_deref().unwrap_or_else(|| visit.label(&officer.role))))
                            }
                        },
                        Kind::PartnerInstitution => (institution(visit, "host", &host.slug, &host.name)),
                    }
                }
            }
            @for supporter in &profile.supporters.edges {
                li {
                    (visit.label(&supporter.role)) ": "
                    (provenance::party(visit, false, &supporter.node.slug, &supporter.node.name))
                    " " span.soft { (visit.label(&supporter.node.kind)) }
                    " " (part::source(visit, &supporter.node.source))
                }
            }
        }
        (part::left_out(visit, profile.supporters.total_count, profile.supporters.edges.len()))
        @if offices.peek().is_some() {
            h3 { (language.text("program-office")) }
            ul.list {
                @for office in offices {
                    li {
                        (provenance::party(visit, false, &office.slug, &office.name))
                        " " (part::source(visit, &office.source))
                        @for official in &office.officials.nodes { (person(&official.name, &official.position)) }
                    }
                }
            }
        }
    }
}

fn institution(visit: &Visit, role: &'static str, slug: &str, name: &str) -> Markup {
    html! { (visit.language.text(role)) ": " (provenance::party(visit, false, slug, name)) }
}

fn person(name: &str, office: &str) -> Markup {
    html! { br; span { (name) } ", " span.soft { (office) } }
}
