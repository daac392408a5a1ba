//! What a cooperative lacks: demanded outlets, buyers for what it grows, reports, and facts that nobody published.

use maud::{Markup, html};

use super::{
    Profile,
    cooperative::CooperativeCooperativeBusinessUnitsNodes as Outlet,
    cooperative::CooperativeCooperativeCommoditiesNodes as Grown,
    nearby::{self, Near},
};
use crate::pages::{
    coverage, part, provenance,
    visit::Visit,
    vocabulary::{BusinessUnitKind, Word},
};

/// The outlets that the national program demands of each of its cooperatives.
const DEMANDED: [&str; 8] =
    ["OFFICE", "GROCERY", "PHARMACY", "CLINIC", "SAVINGS_LOANS", "WAREHOUSE", "COLD_STORAGE", "LOGISTICS"];

/// For how many years a missing report is stated.
const YEARS: i64 = 5;

/// The outlets that its program demands of a cooperative.
pub(super) fn demanded(profile: &Profile) -> &'static [&'static str] {
    if coverage::exists(&profile.status) && profile.program.value() != "GENERAL" { &DEMANDED } else { &[] }
}

/// The demanded outlets that are not open, each with the one that is planned, being built or closed.
pub(super) fn outlets(profile: &Profile) -> Vec<(BusinessUnitKind, Option<&Outlet>)> {
    let units = &profile.business_units.nodes;
    let of = |kind: &'static str| units.iter().filter(move |unit| unit.kind.value() == kind);
    demanded(profile)
        .iter()
        .filter(|kind| of(kind).all(|unit| unit.status.value() != "OPEN"))
        .map(|kind| (BusinessUnitKind::from(*kind), of(kind).next()))
        .collect()
}

pub(super) fn show(visit: &Visit, profile: &Profile, as_of: Option<&str>, near: Option<&Near>) -> Markup {
    let (outlets, unsold) = (outlets(profile), unsold(profile));
    let (reports, facts) = (reports(profile, as_of), facts(profile));
    let text = |id| visit.language.text(id);
    let nothing = outlets.is_empty() && unsold.is_empty() && reports.is_empty() && facts.is_empty();
    html! {
        @if nothing { p { (text("missing-nothing")) } } @else { p.soft { (text("missing-note")) } }
        @if !outlets.is_empty() {
            h3 { (text("missing-outlets")) }
            p { (visit.language.text_with("missing-outlets-why", &[("program", visit.label(&profile.program))])) }
            ul.lacking { @for (kind, unit) in &outlets { li { (outlet(visit, kind, *unit)) } } }
        }
        @if !reports.is_empty() {
            h3 { (text("missing-reports")) }
            p { (text("missing-reports-why")) }
            ul.lacking { @for year in &reports { li { (year) } } }
        }
        @if !facts.is_empty() {
            h3 { (text("missing-facts")) }
            ul.lacking { @for fact in &facts { li { (text(fact)) } } }
        }
        @if !unsold.is_empty() {
            h3 { (text("missing-buyers")) }
            ul.lacking {
                @for grown in &unsold {
                    li {
                        a href=(visit.link(&format!("/komoditas/{}", grown.commodity.code))) { (grown.commodity.name) }
                        @if provenance::is_synthetic(&grown.source) { " " (part::source(visit, &grown.source)) }
                    }
                }
            }
        }
        @if let Some(near) = near { (nearby::show(visit, profile, near)) }
    }
}

/// A demanded outlet, and how far it is.
fn outlet(visit: &Visit, kind: &BusinessUnitKind, unit: Option<&Outlet>) -> Markup {
    html! {
        strong title=[visit.labels.description(kind)] { (visit.label(kind)) } ": "
        @match unit {
            Some(unit) => {
                (visit.label(&unit.status))
                @if let Some(built) = unit.build_progress { " (" (built) " %)" }
            }
            None => { (visit.language.text("missing-outlet")) }
        }
    }
}

/// What it grows without a linkage to a buyer; nothing where that cannot be known: some of its linkages are not in the
/// answer, or one is for no particular commodity.
fn unsold(profile: &Profile) -> Vec<&Grown> {
    let linkages = &profile.sold;
    let are_all = i64::try_from(linkages.nodes.len()).is_ok_and(|shown| shown >= linkages.total_count);
    if !are_all || linkages.nodes.iter().any(|linkage| linkage.commodity.is_none()) {
        return Vec::new();
    }
    let sold = |grown: &Grown| {
        let goods = profile.sold.nodes.iter().filter_map(|linkage| linkage.commodity.as_ref());
        goods.into_iter().any(|commodity| commodity.code == grown.commodity.code)
    };
    profile.commodities.nodes.iter().filter(|grown| !sold(grown)).collect()
}

/// The book years of the last five without a report. It is due in the first half of the next year (UU 25/1992 art. 26).
fn reports(profile: &Profile, as_of: Option<&str>) -> Vec<i64> {
    let reported: Vec<i64> = profile.annual_reports.nodes.iter().map(|report| report.book_year).collect();
    let founded = profile.legal_entity_on.as_ref().or(profile.established_on.as_ref());
    // Where nobody published when it was founded, its first report shows that it was there.
    let first = founded.and_then(|day| part_of(day, 0, 4)).or_else(|| reported.iter().min().copied());
    let now = as_of.and_then(|time| Some((part_of(time, 0, 4)?, part_of(time, 5, 7)?)));
    let (Some(first), Some((year, month))) = (first, now) else { return Vec::new() };
    if !coverage::exists(&profile.status) {
        return Vec::new();
    }
    let last = if month > 6 { year - 1 } else { year - 2 };
    (first.max(last - YEARS + 1)..=last).rev().filter(|year| !reported.contains(year)).collect()
}

/// A number in a date.
fn part_of(date: &str, from: usize, to: usize) -> Option<i64> {
    date.get(from..to)?.parse().ok()
}

/// The names of facts that nobody published.
fn facts(profile: &Profile) -> Vec<&'static str> {
    let founded = profile.established_on.is_some() || profile.legal_entity_on.is_some();
    let known = [
        ("registration-number", profile.registration_number.is_some()),
        ("cooperative-legal-number", profile.legal_entity_number.is_some()),
        ("established", founded),
        ("members", profile.member_count.is_some()),
        ("address", profile.address.is_some()),
        ("cooperative-phone", profile.phone.is_some() || profile.email.is_some()),
    ];
    known.into_iter().filter(|(_, is_known)| !is_known).map(|(name, _)| name).collect()
}
