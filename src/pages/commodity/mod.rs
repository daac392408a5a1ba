//! The page of a commodity: who grows it where, and who buys it; and the list of all commodities.

mod growers;
mod list;
mod provinces;
mod trade;

use axum::{Extension, extract::Path, response::Response};
use graphql_client::GraphQLQuery;
use maud::html;
use serde_json::json;

use self::provinces::Provinces;
use super::{
    failure::Failure,
    language::Language,
    layout::Page,
    part::section,
    provenance,
    scalar::{DateTime, Decimal, RegionCode, Rupiah},
    visit::Visit,
    vocabulary::{CommodityCategory, Source, Unit},
};

pub(super) use list::show as list;
pub(super) use provinces::Figures;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/commodity/commodity.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums("CommodityCategory", "Source", "Unit")
)]
struct Commodity;

use commodity::CommodityCommodity as Thing;

pub(super) const DOCUMENTS: [&str; 3] = [commodity::QUERY, provinces::DOCUMENT, list::DOCUMENT];

pub(super) async fn show(
    Extension(figures): Extension<Figures>,
    visit: Visit,
    Path(code): Path<String>,
) -> Response {
    visit.respond(page(&visit, &figures, code).await)
}

async fn page(visit: &Visit, figures: &Figures, code: String) -> Result<Page, Failure> {
    let code = list::known(&code).ok_or(Failure::NotFound)?;
    let figures = if let Some(known) = figures.known(&code) {
        known
    } else {
        // A reader pays to learn whether there is the commodity before anything is computed for nobody's points.
        let first = commodity::Variables { code: code.clone(), year: None };
        let first = visit.ask::<Commodity>(first).await?;
        first.data.commodity.ok_or_else(|| Failure::absent(&first.origin.errors))?;
        figures.of(&code)
    };
    let computed = provinces::computed(visit, &figures, &code).await?;
    let grown = Provinces::of(&computed);
    let asked = visit.ask::<Commodity>(commodity::Variables { code, year: grown.year }).await?;
    let thing = asked.data.commodity.as_ref().ok_or_else(|| Failure::absent(&asked.origin.errors))?;
    let language = visit.language;
    let (name, other) = names(language, thing);
    let made_up = thing.volumes.nodes.iter().any(|grown| provenance::is_synthetic(&grown.source));
    let main = html! {
        section.lead {
            h1 { (capitalised(name)) }
            p {
                span lang=(if language == Language::English { "id" } else { "en" }) { (other) }
                " · " (visit.label(&thing.category)) " · " (language.text_with("commodity-code", &[("code", &thing.code)]))
            }
        }
        (section("where", &language.text("grown-where"), &provinces::show(visit, &grown, thing, made_up)))
        @if !thing.volumes.nodes.is_empty() { (section("growers", &language.text("growers"), &growers::show(visit, thing))) }
        (section("buyers", &language.text("commodity-buyers"), &trade::show(visit, thing, &asked.data)))
    };
    let structured = json!({
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "name": name,
        "alternateName": other,
        "termCode": thing.code,
        "inDefinedTermSet": language.text("kind-commodity"),
    });
    Ok(Page {
        title: capitalised(name),
        description: language.text_with("commodity-description", &[("name", name)]),
        structured: Some(structured),
        trail: vec![(language.text("kind-commodity").into_owned(), visit.link("/komoditas"))],
        origins: vec![asked.origin, computed.value.origin.clone()],
        main,
        ..Page::default()
    })
}

/// The name in the reader's language, and in the other.
fn names(language: Language, thing: &Thing) -> (&str, &str) {
    match language {
        Language::Indonesian => (&thing.indonesian, &thing.english),
        Language::English => (&thing.english, &thing.indonesian),
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
