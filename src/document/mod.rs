//! What happens to a GraphQL document before it is executed: lookup by name, parsing, validation, pricing, caching.
//!
//! Nothing here executes a document or speaks HTTP. A document that is not accepted yields a [`DocumentError`], which is
//! data; `http` makes a response of it.

mod cache;
pub mod cost;
pub mod dry_run;
mod error;
pub mod export;
pub mod named;
mod operation;
pub mod parse;
mod sha256;
pub mod specification;
mod without_literals;

pub use cache::{DocumentCache, ParsedDocument, RejectedRequest, RequestKey};
pub use error::DocumentError;
pub(crate) use error::grouped;
pub use operation::{operation, operation_name};
pub use sha256::sha256;
pub use without_literals::without_literals;
