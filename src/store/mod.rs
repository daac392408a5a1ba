//! The doors to the database: reading on somebody's behalf, and filling it in bulk.

mod bind;
pub mod bound;
pub mod bulk;
pub mod clock;
pub mod database;
pub mod reader;

pub use bound::Bound;
pub use database::{Engine, Pool, connect, connect_within, number, pool};
pub use reader::{Effort, ReadError, Reader};
