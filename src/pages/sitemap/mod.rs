//! `/robots.txt`, `/sitemap.xml` and its parts: the addresses of all pages about records that are not made up,
//! for search engines.
//!
//! A part is made from pages of a list, by the node itself: at national size its 80 parts take about 20 seconds together,
//! the largest one second. Each is kept for six hours, in about ten megabytes for all; one is made at a time.

mod part;

use std::{fmt::Write, sync::Arc, time::Duration};

use axum::{
    Extension, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::sync::Mutex;

pub(super) use self::part::DOCUMENTS;
use self::part::{Entry, Index, Part};
use super::{failure::Failure, search::province, visit::Visit};
use crate::http::{Computed, Kept, KeptBy, Node};

/// How long a part is kept.
const KEPT: Duration = Duration::from_hours(6);

/// The most addresses of a part, by the protocol of sitemaps.
const MAX_ADDRESSES: usize = 50_000;

/// Pages that are not about a record.
const OTHERS: [&str; 3] = ["/", "/cari", "/data"];

/// The routes for search engines.
pub(super) fn routes() -> Router<Node> {
    Router::new()
        .route("/robots.txt", get(robots))
        .route("/sitemap.xml", get(index))
        .route("/sitemap/{part}", get(part))
        .layer(Extension(Arc::new(Sitemap::default())))
}

/// The parts of the sitemap that were made.
#[derive(Debug)]
struct Sitemap {
    /// The addresses of each part by its name.
    parts: KeptBy<Vec<Entry>>,
    index: Kept<Index>,
    making: Arc<Mutex<()>>,
}

impl Default for Sitemap {
    fn default() -> Self {
        Self { parts: KeptBy::fresh_for(KEPT), index: Kept::default(), making: Arc::default() }
    }
}

/// `/robots.txt`: what search engines may read. Answers in other forms, and endless searches, are left out.
async fn robots(visit: Visit) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /graphql?\nDisallow: /export/\nDisallow: /cari?\nDisallow: /metrics\n\n\
         Sitemap: {}/sitemap.xml\n",
        visit.site()
    );
    let kept = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (kept, text).into_response()
}

/// `/sitemap.xml`: the parts.
async fn index(
    Extension(sitemap): Extension<Arc<Sitemap>>,
    visit: Visit,
    State(node): State<Node>,
) -> Response {
    let provinces = province::all(&visit).await;
    let index = sitemap.index.get(async move { Index::read(&node).await }).await;
    let index = index.as_ref().map(|computed| &computed.value);
    let as_of = index.and_then(|index| index.as_of.as_deref());
    let site = visit.site();
    let mut xml = String::from(HEAD);
    xml.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let parts = Part::all(provinces.iter().map(|(code, _)| code.as_str()));
    for part in parts.filter(|part| !index.is_some_and(|index| index.is_empty(part))) {
        let _ = write!(xml, "<sitemap><loc>{site}/sitemap/{}.xml</loc>", part.name());
        if let Some(day) = as_of.filter(|_| part.is_dated()) {
            let _ = write!(xml, "<lastmod>{day}</lastmod>");
        }
        xml.push_str("</sitemap>\n");
    }
    xml.push_str("</sitemapindex>\n");
    answer(xml)
}

/// `/sitemap/{part}.xml`: the addresses of a part.
async fn part(
    Extension(sitemap): Extension<Arc<Sitemap>>,
    visit: Visit,
    State(node): State<Node>,
    Path(name): Path<String>,
) -> Response {
    let provinces = province::all(&visit).await;
    let known = name.strip_suffix(".xml").and_then(|name| {
        Part::all(provinces.iter().map(|(code, _)| code.as_str())).find(|part| part.name() == name)
    });
    let Some(part) = known else { return visit.respond(Err(Failure::NotFound)) };
    let Some(entries) = sitemap.entries(node, part).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "60")]).into_response();
    };
    let site = visit.site();
    let mut xml = String::from(HEAD);
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for Entry { path, changed } in &entries.value {
        let _ = write!(xml, "<url><loc>{site}{path}</loc>");
        if let Some(day) = changed {
            let _ = write!(xml, "<lastmod>{day}</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    answer(xml)
}

impl Sitemap {
    /// The addresses of a part, made when they are not there or too old.
    async fn entries(&self, node: Node, part: Part) -> Option<Arc<Computed<Vec<Entry>>>> {
        let (kept, making) = (self.parts.of(&part.name()), Arc::clone(&self.making));
        let make = async move {
            let turn = making.lock().await;
            let mut entries = part.read(&node).await?;
            drop(turn);
            entries.truncate(MAX_ADDRESSES);
            entries.shrink_to_fit();
            Some(entries)
        };
        kept.get(make).await
    }
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn answer(xml: String) -> Response {
    let kept = [
        (header::CONTENT_TYPE, "application/xml; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (kept, xml).into_response()
}
