//! The home page: the box, the registry in figures, the coverage of provinces, what is new, and the ways in.

mod coverage;
mod figures;
mod news;
mod origin;
mod ways;

use std::time::Duration;

use axum::{Extension, response::Response};
use graphql_client::GraphQLQuery;
use maud::{Markup, html};
use serde_json::json;
use tokio::time::timeout;

use super::{
    document::{Asked, Origin},
    failure::Failure,
    find,
    layout::Page,
    part::section,
    scalar::{DateTime, RegionCode, Rupiah},
    visit::Visit,
    vocabulary::Source,
};
use crate::http::Kept;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/home/home.graphql",
    response_derives = "Debug",
    extern_enums("Source")
)]
struct Home;

pub(super) const DOCUMENT: &str = home::QUERY;

/// How long a reader waits for figures that were never computed.
const PATIENCE: Duration = Duration::from_millis(60);

/// The figures of a node, which it computes for all readers.
pub(super) type Figures = Kept<Asked<home::ResponseData>>;

pub(super) async fn show(Extension(figures): Extension<Figures>, visit: Visit) -> Response {
    visit.respond(page(&visit, &figures).await)
}

async fn page(visit: &Visit, figures: &Figures) -> Result<Page, Failure> {
    // The first reader after the start of the node need not wait for the figures either.
    let Ok(computed) = timeout(PATIENCE, visit.kept::<Home>(figures, home::Variables {})).await else {
        return Ok(without_figures(visit));
    };
    let computed = computed?;
    let (data, language) = (&computed.value.data, visit.language);
    let main = html! {
        (introduction(visit))
        (section("figures", &language.text("home-figures"), &figures::show(visit, data, computed.at)))
        (section("coverage", &language.text("coverage"), &coverage::show(visit, data)))
        (section("new", &language.text("home-new"), &news::show(visit, data)))
        (section("ways", &language.text("home-ways"), &ways::show(visit)))
        (section("origin", &language.text("origin"), &origin::show(visit, data)))
    };
    let structured = json!({
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": "Simpul",
        "description": language.text("home-lead"),
        "inLanguage": language.code(),
        "spatialCoverage": { "@type": "Country", "name": "Indonesia" },
        "dateModified": data.registry.data_as_of,
    });
    Ok(Page {
        title: language.text("home-title").into_owned(),
        description: language.text("home-lead").into_owned(),
        main,
        origins: vec![shown(&computed.value)],
        structured: Some(structured),
        ..Page::default()
    })
}

/// The origin of the figures, as the page states it.
fn shown(asked: &Asked<home::ResponseData>) -> Origin {
    let origin = asked.origin.clone();
    Origin {
        // Figures do not say that they count made-up records.
        synthetic: origin::any_is_made_up(&asked.data),
        // The page names the host of its request, which a shared cache may ignore.
        private: true,
        ..origin
    }
}

/// The page while its figures are computed for the first time.
fn without_figures(visit: &Visit) -> Page {
    let language = visit.language;
    let main = html! {
        (introduction(visit))
        (section("figures", &language.text("home-figures"), &html! { p { (language.text("home-computing")) } }))
        (section("ways", &language.text("home-ways"), &ways::show(visit)))
    };
    Page {
        title: language.text("home-title").into_owned(),
        description: language.text("home-lead").into_owned(),
        main,
        ..Page::default()
    }
}

fn introduction(visit: &Visit) -> Markup {
    let language = visit.language;
    html! {
        section.lead.front {
            h1 { (language.text("home-title")) }
            p { (language.text("home-lead")) }
            (find::form(language, &visit.uri, "q", ""))
            p.examples {
                (language.text("home-examples")) " "
                @for (at, example) in EXAMPLES.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href=(visit.link(&format!("/cari?q={}", example.replace(' ', "+")))) { (example) }
                }
            }
        }
    }
}

const EXAMPLES: [&str; 4] = ["Al-Ittifaq", "Ciwidey", "kopi", "Jawa Barat"];

/// Whether some records of a noun are made up.
fn is_made_up(data: &home::ResponseData, noun: &str) -> bool {
    data.registry
        .counts
        .iter()
        .any(|count| count.noun == noun && count.count > 0 && origin::is_made_up(count))
}

/// All records of a noun.
fn total(data: &home::ResponseData, noun: &str) -> i64 {
    data.registry.counts.iter().filter(|count| count.noun == noun).map(|count| count.count).sum()
}
