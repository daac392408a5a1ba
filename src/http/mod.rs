//! The wire: routes, and the one door behind all of them.

pub mod door;
mod dry;
mod graphql;
mod serve;

pub use door::{Door, Statements};
pub use serve::{ServeError, serve};

use axum::{Router, routing::get};

/// Every route of a node.
pub fn router(door: Door) -> Router {
    Router::new().route("/graphql", get(graphql::answer).post(graphql::answer)).with_state(door)
}
