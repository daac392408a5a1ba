//! Pages for people: each is made from GraphQL documents, executed as requests of its reader, by a template.

mod asset;
mod batch;
mod cell;
mod commodity;
mod cooperative;
mod coverage;
mod data;
mod deal;
mod document;
mod editor;
mod failure;
mod find;
mod home;
mod institution;
mod language;
mod layout;
mod linkage;
mod number;
mod parameter;
mod part;
mod partnership;
mod picture;
mod program;
mod provenance;
mod refused;
mod region;
mod scalar;
mod schema;
mod search;
mod sitemap;
mod structured;
mod text;
mod visit;
mod vocabulary;

use axum::{Extension, Router, body::Body, http::Request, routing::get};
use tower::ServiceExt;

use crate::http::{Node, Pages};

/// All pages of a node.
#[must_use]
pub fn pages() -> Pages {
    let routes: Router<Node> = Router::new()
        .route("/", get(home::show).layer(Extension(home::Figures::default())))
        .route("/koperasi/{slug}", get(cooperative::show))
        .route("/lembaga/{slug}", get(institution::show))
        .route("/program/{code}", get(program::show))
        .route("/gelombang/{program}/{number}", get(batch::show))
        .route("/keterhubungan/{code}", get(linkage::show))
        .route("/kemitraan/{id}", get(partnership::show))
        .route("/cari", get(search::show))
        .route("/komoditas", get(commodity::list))
        .route("/komoditas/{code}", get(commodity::show).layer(Extension(commodity::Figures::default())))
        .route("/wilayah/{code}", get(region::show).layer(Extension(region::Figures::default())))
        .route("/data", get(data::show))
        .route(editor::FILES, get(editor::file))
        .route(schema::INDEX, get(schema::index))
        .route(schema::TYPE, get(schema::of_type))
        .route(schema::FIELDS, get(schema::fields))
        .route(asset::STYLE, get(asset::style))
        .route(asset::SCRIPT, get(asset::script))
        .merge(sitemap::routes());
    Pages { routes, refused: Some(refused::page), editor: Some(editor::page) }
}

/// Computes what the pages of a node keep for all readers, so that the first of them need not wait.
pub async fn prepare(pages: Pages, node: Node) {
    if let Ok(home) = Request::get("/").body(Body::empty()) {
        let routes: Router = pages.routes.with_state(node);
        let _ = routes.oneshot(home).await;
    }
}

/// The documents of all pages, which a node trusts.
#[must_use]
pub fn documents() -> Vec<&'static str> {
    DOCUMENTS.concat()
}

const DOCUMENTS: &[&[&str]] = &[
    &[home::DOCUMENT],
    &[cooperative::DOCUMENT, cooperative::NEARBY],
    &[linkage::DOCUMENT],
    &[partnership::DOCUMENT],
    &[batch::DOCUMENT],
    &[data::DOCUMENT],
    &[vocabulary::DOCUMENT],
    &[find::DOCUMENT],
    &commodity::DOCUMENTS,
    &institution::DOCUMENTS,
    &program::DOCUMENTS,
    &region::DOCUMENTS,
    &search::DOCUMENTS,
    &schema::DOCUMENTS,
    &sitemap::DOCUMENTS,
];
