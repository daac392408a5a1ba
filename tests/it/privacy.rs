//! Privacy: what is personal is refused, and what is not public is not seen.

mod concurrent;
mod kept;
mod named;
mod older;
mod rows;
mod table;
mod unchanged;
mod unseen;
