//! Simpul: a GraphQL API for a national registry of cooperatives, their partners, internships and linkages.
//!
//! `docs/architecture.md` is the map.

pub mod access;
pub mod cli;
pub mod config;
pub mod document;
pub mod exchange;
pub mod graph;
pub mod http;
pub mod pages;
pub mod registry;
pub mod schema;
pub mod store;
