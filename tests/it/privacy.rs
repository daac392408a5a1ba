//! Privacy: what is personal is refused, and what is not public is not seen.

mod named;
mod table;
mod unchanged;
pub(crate) mod unseen;
