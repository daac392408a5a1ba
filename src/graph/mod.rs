//! GraphQL building blocks that all nouns share: scalars, filters, orders, pages, aggregates, search, cost and the
//! loader. It names no noun.

pub mod aggregate;
pub mod cursor;
pub mod error;
pub mod feed;
pub mod filter;
pub mod fold;
pub mod id;
pub mod inline;
pub mod input;
pub mod label;
pub mod list_size;
pub mod load;
pub mod order;
pub mod page;
pub mod personal_data;
pub mod place;
pub mod scalar;
pub mod scheduling;
pub mod search;
pub mod size;
pub mod value;

pub use error::{Error, Result};
