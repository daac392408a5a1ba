//! Pages for people: each is a GraphQL document, executed as a request of its reader, and a template.

mod asset;
mod cooperative;
mod document;
mod failure;
mod home;
mod language;
mod layout;
mod linkage;
mod number;
mod part;
mod partnership;
mod picture;
mod provenance;
mod refused;
mod scalar;
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
        .route("/keterhubungan/{code}", get(linkage::show))
        .route("/kemitraan/{id}", get(partnership::show))
        .route(asset::STYLE, get(asset::style))
        .route(asset::SCRIPT, get(asset::script));
    Pages { routes, refused: Some(refused::page) }
}

/// The documents of all pages, which a node trusts.
#[must_use]
pub fn documents() -> Vec<&'static str> {
    vec![
        home::DOCUMENT,
        cooperative::DOCUMENT,
        cooperative::NEARBY,
        linkage::DOCUMENT,
        partnership::DOCUMENT,
        vocabulary::DOCUMENT,
    ]
}
