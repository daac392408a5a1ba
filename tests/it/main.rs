//! The registry, tested the way it is used: through its routes, on real engines.

mod bad_input;
mod command;
mod data;
mod loading;
mod lookup;
mod paging;
mod privacy;
mod queries;
mod support;
