//! The doors to the database: reading on somebody's behalf, and filling it in bulk.

pub mod bulk;
pub mod clock;
pub mod database;
pub mod reader;

pub use database::{Engine, connect, number};
pub use reader::Reader;
