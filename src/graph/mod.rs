//! GraphQL vocabulary that every noun shares. It names no noun.

pub mod cursor;
pub mod error;
pub mod filter;
pub mod fold;
pub mod id;
pub mod load;
pub mod order;
pub mod page;
pub mod scalar;
pub mod search;
pub mod value;

pub use error::{Error, Result};
