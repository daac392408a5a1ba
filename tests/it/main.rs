//! The registry, tested the way it is used: through its routes, on real engines.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod about;
mod analysis;
mod architecture;
mod bad_input;
mod chains;
mod columns;
mod command;
mod conformance;
mod cost;
mod data;
mod documents;
mod door;
mod figures;
mod filter;
mod fuzz;
mod handbook;
mod hostile;
mod loading;
mod lookup;
mod model;
mod node;
mod orders;
mod paging;
mod parties;
mod password;
mod paths;
mod places;
mod plans;
mod prepared;
mod price;
mod privacy;
mod queries;
mod restart;
mod scalars;
mod schema;
mod search;
mod states;
mod subtrees;
mod support;
mod texts;
mod time;
mod turns;
mod validation;
mod vocabulary;
