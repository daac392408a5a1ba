//! The door: GraphQL over HTTP, and what keeps it up.

mod caching;
mod documents;
mod fair;
mod health;
mod introspection;
mod letter;
mod marks;
mod pings;
mod stock;
mod wire;
