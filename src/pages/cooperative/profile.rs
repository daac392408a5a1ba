//! Who a cooperative is, where it is, and at which stage of its life.

use maud::{Markup, html};

use super::Profile;
use crate::pages::{
    part::{self, facts},
    picture::map,
    provenance,
    visit::Visit,
    vocabulary::{CooperativeStatus, Word},
};

/// The stages of a cooperative's life, in their order.
const STAGES: [&str; 5] = ["PLANNED", "DELIBERATED", "IN_NOTARY", "LEGAL_ENTITY", "OPERATING"];

/// Its place and the places above it, the smallest first.
pub(super) fn place(profile: &Profile) -> String {
    let above = profile.region.ancestors.iter().rev().map(|region| region.name.as_str());
    std::iter::once(profile.region.name.as_str()).chain(above).collect::<Vec<_>>().join(", ")
}

pub(super) fn lead(visit: &Visit, profile: &Profile) -> Markup {
    html! {
        section.lead {
            h1 { (profile.name) }
            p {
                (visit.label(&profile.type_)) " · " (place(profile)) " " (part::source(visit, &profile.source))
            }
            (stages(visit, profile))
            @if let Some(successor) = &profile.successor {
                p { (visit.language.text("cooperative-successor")) " "
                    a href=(provenance::party_address(visit, true, &successor.slug)) { (successor.name) } }
            }
        }
    }
}

/// The stages up to operation, with its own; a status beside them, such as inactive, stands last, after the stages that
/// the record proves.
fn stages(visit: &Visit, profile: &Profile) -> Markup {
    let status = &profile.status;
    let own = STAGES.iter().position(|stage| *stage == status.value());
    let is_legal = profile.legal_entity_on.is_some() || profile.legal_entity_number.is_some();
    let proved = is_legal.then(|| STAGES.iter().position(|stage| *stage == "LEGAL_ENTITY")).flatten();
    let reached = own.or(proved);
    html! {
        ol.stages aria-label=(visit.language.text("cooperative-stages")) {
            @for (at, stage) in STAGES.iter().enumerate() {
                @let word = CooperativeStatus::from(*stage);
                li class=[reached.is_some_and(|reached| at <= reached).then_some("reached")] aria-current=[(own == Some(at)).then_some("step")] {
                    span title=[visit.labels.description(&word)] { (visit.label(&word)) }
                }
            }
            @if own.is_none() { li.halted aria-current="step" { span title=[visit.labels.description(status)] { (visit.label(status)) } } }
        }
    }
}

pub(super) fn about(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let plain = |value: &Option<String>| value.as_ref().map(|value| html! { (value) });
    let day = |day: &Option<String>| day.as_ref().map(|day| html! { (language.date(day)) });
    let members = html! {
        (language.known(profile.member_count.map(|count| language.whole(count))))
        @if let Some(day) = &profile.member_count_on {
            " " small { (language.text_with("as-of", &[("date", &language.date(day))])) }
        }
    };
    html! {
        (facts(&[
            (&text("cooperative-short-name"), plain(&profile.short_name)),
            (&text("registration-number"), plain(&profile.registration_number)),
            (&text("cooperative-legal-number"), plain(&profile.legal_entity_number)),
            (&text("cooperative-business-number"), plain(&profile.business_number)),
            (&text("program"), Some(html! { (visit.label(&profile.program)) })),
            (&text("form"), Some(html! { (visit.label(&profile.form)) })),
            (&text("community-base"), Some(html! { (visit.label(&profile.community_base)) })),
            (&text("cooperative-formation"), profile.formation_model.as_ref().map(|model| html! { (visit.label(model)) })),
            (&text("established"), day(&profile.established_on)),
            (&text("cooperative-legal-on"), day(&profile.legal_entity_on)),
            (&text("members"), Some(members)),
            (&text("cooperative-principal-saving"), profile.principal_saving.as_ref().map(|saving| language.rupiah(saving))),
            (&text("cooperative-mandatory-saving"), profile.mandatory_saving.as_ref().map(|saving| language.rupiah(saving))),
            (&text("cooperative-phone"), plain(&profile.phone)),
            (&text("cooperative-email"), plain(&profile.email)),
            (&text("website"), profile.website.as_ref().map(|site| website(site))),
        ]))
        (provenance::of_record(visit, &profile.source, profile.source_reference.as_deref(), profile.as_of.as_deref()))
    }
}

/// A web address: a link where it is one of the web.
fn website(site: &str) -> Markup {
    html! {
        @if site.starts_with("https://") || site.starts_with("http://") { a href=(site) rel="noreferrer nofollow" { (site) } }
        @else { (site) }
    }
}

/// Its place in the tree of regions, its address, and how exact its location is.
pub(super) fn location(visit: &Visit, profile: &Profile) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let region = &profile.region;
    let tree = html! {
        a href=(visit.link(&format!("/wilayah/{}", region.code))) { (region.name) }
        @for above in region.ancestors.iter().rev() {
            ", " a href=(visit.link(&format!("/wilayah/{}", above.code))) { (above.name) }
        }
    };
    let point = profile.location.as_ref().map(|point| {
        let degrees = |degrees: f64| language.decimal(&format!("{degrees:.3}"));
        html! { (degrees(point.latitude)) "; " (degrees(point.longitude)) }
    });
    let precision = profile.location.as_ref().map(|point| {
        html! { span title=[visit.labels.description(&point.precision)] { (visit.label(&point.precision)) } }
    });
    let facts = facts(&[
        (&text("address"), profile.address.as_ref().map(|address| html! { (address) })),
        (visit.label(&region.kind), Some(tree)),
        (&text("cooperative-region-code"), Some(html! { (region.code) })),
        (&text("cooperative-postal-code"), region.postal_code.as_ref().map(|code| html! { (code) })),
        (&text("cooperative-point"), point),
        (&text("cooperative-precision"), precision),
    ]);
    let title = language.text_with("cooperative-map", &[("place", &place(profile))]);
    html! {
        @if let Some(point) = &profile.location {
            div.beside { (map::place("map", &title, (point.latitude, point.longitude), point.approximate)) (facts) }
        } @else {
            (facts)
            p.soft { (text("cooperative-no-point")) }
        }
    }
}
