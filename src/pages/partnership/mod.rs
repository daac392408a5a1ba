//! The page of an agreement: its contents, its parties, its term, and what rests on it.

mod resting;

use axum::{extract::Path, response::Response};
use graphql_client::GraphQLQuery;
use maud::{Markup, html};
use serde_json::{Value, json};

use super::{
    document::escaped,
    failure::Failure,
    language::Language,
    layout::Page,
    part::{self, Column, Table, facts, section},
    provenance,
    scalar::{Date, Rupiah},
    structured::{named, thing},
    visit::Visit,
    vocabulary::{
        AgreementContent, LinkageKind, LinkageStatus, PartnershipKind, PartnershipLanguage,
        PartnershipPattern, PartnershipStatus, PartyRole, ProgramKind, ProgramStatus, Source,
    },
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/partnership/partnership.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums(
        "AgreementContent",
        "Language",
        "LinkageKind",
        "LinkageStatus",
        "PartnershipKind",
        "PartnershipLanguage",
        "PartnershipPattern",
        "PartnershipStatus",
        "PartyRole",
        "ProgramKind",
        "ProgramStatus",
        "Source"
    )
)]
struct Partnership;

use partnership::{Agreement, PartnershipPartnership as Contract, Party, PartyOn};

pub(super) const DOCUMENT: &str = partnership::QUERY;

/// What PP 7/2021 art. 117 demands of an agreement, in its order.
const DEMANDED: [&str; 7] = [
    "IDENTITIES",
    "BUSINESS_ACTIVITY",
    "RIGHTS_AND_DUTIES",
    "DEVELOPMENT",
    "TERM",
    "PAYMENT",
    "DISPUTE_SETTLEMENT",
];

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Response {
    visit.respond(page(&visit, id).await)
}

async fn page(visit: &Visit, id: String) -> Result<Page, Failure> {
    let variables = partnership::Variables { id, language: Some(visit.language) };
    let asked = visit.ask::<Partnership>(variables).await?;
    // What is no id at all is an address that leads nowhere.
    let contract = asked.data.partnership.ok_or_else(|| Failure::absent(&asked.origin.errors))?;
    let text = |id| visit.language.text(id);
    let parties: Vec<&str> = contract.parties.iter().map(|of| of.party.name.as_str()).collect();
    let description = visit.language.text_with(
        "partnership-description",
        &[
            ("kind", visit.label(&contract.kind)),
            ("number", &contract.number),
            ("parties", &parties.join(", ")),
        ],
    );
    let main = html! {
        (lead(visit, &contract))
        (section("about", &text("partnership-terms"), &terms(visit, &contract)))
        (section("parties", &text("partnership-parties"), &party_table(visit, &contract)))
        (section("contents", &text("partnership-contents"), &contents(visit, &contract)))
        (section("resting", &text("partnership-resting"), &resting::show(visit, &contract)))
    };
    let about = Page::of_record(&contract.source, Some(structured(&contract)));
    Ok(Page { title: contract.title, description, main, origins: vec![asked.origin], ..about })
}

fn lead(visit: &Visit, contract: &Contract) -> Markup {
    html! {
        section.lead {
            h1 { (contract.title) }
            p { (visit.label(&contract.kind)) " · " (contract.number) }
            p { (visit.label(&contract.status)) " " (part::source(visit, &contract.source)) }
        }
    }
}

fn terms(visit: &Visit, contract: &Contract) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let day = |day: &Option<String>| day.as_ref().map(|day| html! { (language.date(day)) });
    let status =
        html! { span title=[visit.labels.description(&contract.status)] { (visit.label(&contract.status)) } };
    html! {
        (facts(&[
            (&text("partnership-number"), Some(html! { (contract.number) })),
            (&text("kind"), Some(html! { (visit.label(&contract.kind)) })),
            (&text("linkage-pattern"), contract.pattern.as_ref().map(|pattern| html! { (visit.label(pattern)) })),
            (&text("status"), Some(status)),
            (&text("partnership-signed"), day(&contract.signed_on)),
            (&text("partnership-from"), day(&contract.effective_from)),
            (&text("partnership-until"), day(&contract.effective_to)),
            (&text("amount"), contract.value.as_ref().map(|value| language.rupiah(value))),
            (&text("language"), Some(html! { (visit.label(&contract.language)) })),
            (&text("partnership-scope"), contract.scope.as_ref().map(|scope| html! { (scope) })),
            (&text("partnership-parent"), contract.parent.as_ref().map(|parent| link(visit, parent))),
        ]))
        (provenance::of_record(visit, &contract.source, contract.source_reference.as_deref(), contract.as_of.as_deref()))
    }
}

/// Another agreement, as a link.
fn link(visit: &Visit, agreement: &Agreement) -> Markup {
    let address = visit.link(&format!("/kemitraan/{}", escaped(&agreement.id)));
    html! { a href=(address) { (agreement.title) } " " (part::source(visit, &agreement.source)) }
}

fn party_table(visit: &Visit, contract: &Contract) -> Markup {
    let text = |id| visit.language.text(id);
    let (name, role, place) = (text("party"), text("role"), text("place"));
    let rows = contract.parties.iter().map(|of| {
        vec![
            party(visit, &of.party),
            html! { (visit.label(&of.role)) },
            html! { @if let Some(region) = &of.party.region { (region.name) } },
        ]
    });
    let table = Table {
        caption: &text("partnership-parties-caption"),
        columns: [&name, &role, &place].map(|name| Column::text(name)).into(),
        rows: rows.collect(),
    };
    let columns = "number,parties.role,parties.party.name,parties.party.region.name,source";
    let file = |format: &str| {
        let condition = resting::itself(contract);
        format!("{}&expand=parties", part::export("partnerships", format, &condition, columns))
    };
    html! { (table.show()) (part::downloads(visit, file)) }
}

fn party(visit: &Visit, party: &Party) -> Markup {
    provenance::party(visit, matches!(party.on, PartyOn::Cooperative), &party.slug, &party.name)
}

/// The agreement, for search engines: a document of schema.org.
fn structured(contract: &Contract) -> Value {
    let parties = contract.parties.iter().map(|of| named("Organization", &of.party.name));
    let known = json!({
        "name": contract.title,
        "identifier": contract.number,
        "abstract": contract.scope,
        "dateCreated": contract.signed_on,
        "contributor": parties.collect::<Vec<_>>(),
    });
    thing("DigitalDocument", known)
}

/// The seven contents that the law demands, and whether the agreement has each.
fn contents(visit: &Visit, contract: &Contract) -> Markup {
    let text = |id| visit.language.text(id);
    if contract.contents.is_empty() {
        return html! { p { (text("partnership-contents-unknown")) } };
    }
    let has = |content: &AgreementContent| contract.contents.contains(content);
    html! {
        p { (text("partnership-contents-why")) }
        ul.checks {
            @for content in DEMANDED.map(AgreementContent::from) {
                li class=(if has(&content) { "there" } else { "absent" }) {
                    span title=[visit.labels.description(&content)] { (visit.label(&content)) } ": "
                    (text(if has(&content) { "partnership-content-there" } else { "partnership-content-lacking" }))
                }
            }
        }
    }
}
