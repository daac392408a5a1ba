//! GraphQL over HTTP, in process: protocol, limits, caching, health.

mod async_graphql_axum;
mod caching;
mod credentials;
mod errors;
mod graphql_over_http;
mod health;
mod introspection;
mod named_documents;
mod possible_types;
mod rate_limit;
mod response_headers;
mod specification;
mod tokens;
mod websocket_ping;
