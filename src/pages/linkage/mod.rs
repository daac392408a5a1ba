//! The page of a linkage: what goes from a supplier to a buyer, month by month.

mod months;
mod structured;

use axum::{extract::Path, response::Response};
use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::{
    document::escaped,
    failure::Failure,
    language::Language,
    layout::Page,
    part::{self, facts, section},
    provenance,
    scalar::{Date, Decimal, RegionCode, Rupiah},
    visit::Visit,
    vocabulary::{
        LinkageKind, LinkageStatus, PartnershipKind, PartnershipPattern, PartnershipStatus, Source, Unit,
    },
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/linkage/linkage.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums(
        "Language",
        "LinkageKind",
        "LinkageStatus",
        "PartnershipKind",
        "PartnershipPattern",
        "PartnershipStatus",
        "Source",
        "Unit"
    )
)]
struct Linkage;

use linkage::{LinkageLinkage as Trade, LinkageLinkagePartnership as Agreement, Trader, TraderOn};

pub(super) const DOCUMENT: &str = linkage::QUERY;

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Response {
    visit.respond(page(&visit, code).await)
}

async fn page(visit: &Visit, code: String) -> Result<Page, Failure> {
    let variables = linkage::Variables { code, language: Some(visit.language) };
    let asked = visit.ask::<Linkage>(variables).await?;
    let trade = asked.data.linkage.ok_or_else(|| Failure::absent(&asked.origin.errors))?;
    let language = visit.language;
    let text = |id| language.text(id);
    let name = name(visit, &trade);
    let main = html! {
        (lead(visit, &trade, &name))
        (section("about", &text("linkage-terms"), &terms(visit, &trade)))
        @if let Some(months) = months::show(visit, &trade) { (section("months", &text("linkage-months"), &months)) }
        (section("partnership", &text("partnership"), &agreement(visit, trade.partnership.as_ref())))
    };
    let between = format!("{} → {}", trade.supplier.name, trade.buyer.name);
    Ok(Page {
        title: format!("{name}: {between}"),
        description: language.text_with(
            "linkage-description",
            &[("name", &name), ("supplier", &trade.supplier.name), ("buyer", &trade.buyer.name)],
        ),
        main,
        origins: vec![asked.origin],
        ..Page::of_record(&trade.source, structured::sale(visit, &trade))
    })
}

/// Its kind, and what is traded.
fn name(visit: &Visit, trade: &Trade) -> String {
    let kind = visit.label(&trade.kind);
    match &trade.commodity {
        Some(commodity) => format!("{kind} · {}", commodity.name),
        None => kind.to_owned(),
    }
}

fn lead(visit: &Visit, trade: &Trade, name: &str) -> Markup {
    html! {
        section.lead {
            h1 { (name) }
            p {
                (party(visit, &trade.supplier)) " → " (party(visit, &trade.buyer))
            }
            p { (visit.label(&trade.status)) " " (part::source(visit, &trade.source)) }
        }
    }
}

/// A party as a link, with its place.
fn party(visit: &Visit, party: &Trader) -> Markup {
    html! {
        (provenance::party(visit, matches!(party.on, TraderOn::Cooperative), &party.slug, &party.name))
        @if let Some(region) = &party.region {
            " " small { a href=(visit.link(&format!("/wilayah/{}", region.code))) { (region.name) } }
        }
    }
}

fn terms(visit: &Visit, trade: &Trade) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let day = |day: &Option<String>| day.as_ref().map(|day| html! { (language.date(day)) });
    let commodity = trade.commodity.as_ref().map(|commodity| {
        html! { a href=(visit.link(&format!("/komoditas/{}", escaped(&commodity.code)))) { (commodity.name) } }
    });
    let volume = trade.annual_volume.as_ref().map(|volume| {
        html! { (language.decimal(volume)) @if let Some(unit) = &trade.unit { " " (visit.label(unit)) } }
    });
    let status =
        html! { span title=[visit.labels.description(&trade.status)] { (visit.label(&trade.status)) } };
    let term = trade.payment_term_days.map(|days| html! { (language.counted("days", days)) });
    html! {
        (facts(&[
            (&text("supplier"), Some(party(visit, &trade.supplier))),
            (&text("buyer"), Some(party(visit, &trade.buyer))),
            (&text("linkage-goods"), commodity),
            (&text("status"), Some(status)),
            (&text("linkage-pattern"), Some(html! { (visit.label(&trade.pattern)) })),
            (&text("volume"), volume),
            (&text("value"), trade.annual_value.as_ref().map(|value| language.rupiah(value))),
            (&text("starts"), day(&trade.starts_on)),
            (&text("ends"), day(&trade.ends_on)),
            (&text("linkage-exclusive"), Some(html! { (text(if trade.exclusive { "yes" } else { "no" })) })),
            (&text("linkage-payment"), term),
            (&text("linkage-code"), Some(html! { (trade.code) })),
        ]))
        (provenance::of_record(visit, &trade.source, trade.source_reference.as_deref(), trade.as_of.as_deref()))
    }
}

/// The agreement that it rests on.
fn agreement(visit: &Visit, agreement: Option<&Agreement>) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let Some(agreement) = agreement else { return html! { p { (text("linkage-no-partnership")) } } };
    let address = visit.link(&format!("/kemitraan/{}", escaped(&agreement.id)));
    html! {
        p { a href=(address) { (agreement.title) } " " (part::source(visit, &agreement.source)) }
        (facts(&[
            (&text("partnership-number"), Some(html! { (agreement.number) })),
            (&text("kind"), Some(html! { (visit.label(&agreement.kind)) })),
            (&text("status"), Some(html! { (visit.label(&agreement.status)) })),
            (&text("partnership-signed"), agreement.signed_on.as_ref().map(|day| html! { (language.date(day)) })),
            (&text("partnership-until"), agreement.effective_to.as_ref().map(|day| html! { (language.date(day)) })),
        ]))
    }
}
