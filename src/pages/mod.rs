//! Pages for people: each is a GraphQL document, executed as a request of its reader, and a template.

mod asset;
mod commodity;
mod cooperative;
mod find;
mod home;
mod language;
mod layout;
mod number;
mod parameter;
mod part;
mod picture;
mod refused;
mod region;
mod scalar;
mod search;
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
        .route("/cari", get(search::show))
        .route("/komoditas", get(commodity::list))
        .route("/komoditas/{code}", get(commodity::show).layer(Extension(commodity::Figures::default())))
        .route("/wilayah/{code}", get(region::show))
        .route(asset::STYLE, get(asset::style))
        .route(asset::SCRIPT, get(asset::script));
    Pages { routes, refused: refused::page }
}

/// Computes what the pages of a node keep for all readers, so that the first of them need not wait.
pub async fn prepare(pages: &Pages, node: Node) {
    if let Ok(home) = Request::get("/").body(Body::empty()) {
        let _ = pages.routes.clone().with_state(node).oneshot(home).await;
    }
}

/// The documents of all pages, which a node trusts.
#[must_use]
pub fn documents() -> Vec<&'static str> {
    let mut documents = vec![home::DOCUMENT, cooperative::DOCUMENT, vocabulary::DOCUMENT, find::DOCUMENT];
    documents.extend(commodity::DOCUMENTS);
    documents.extend(region::DOCUMENTS);
    documents.extend(search::DOCUMENTS);
    documents
}
