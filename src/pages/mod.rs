//! Pages for people: each is a GraphQL document, executed as a request of its reader, and a template.

mod asset;
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
mod scalar;
mod search;
mod text;
mod visit;
mod vocabulary;

use axum::{Router, routing::get};

use crate::http::{Node, Pages};

/// All pages of a node.
#[must_use]
pub fn pages() -> Pages {
    let routes: Router<Node> = Router::new()
        .route("/", get(home::show))
        .route("/koperasi/{slug}", get(cooperative::show))
        .route("/cari", get(search::show))
        .route(asset::STYLE, get(asset::style))
        .route(asset::SCRIPT, get(asset::script));
    Pages { routes, refused: refused::page }
}

/// The documents of all pages, which a node trusts.
#[must_use]
pub fn documents() -> Vec<&'static str> {
    let mut documents = vec![home::DOCUMENT, cooperative::DOCUMENT, vocabulary::DOCUMENT, find::DOCUMENT];
    documents.extend(search::DOCUMENTS);
    documents
}
