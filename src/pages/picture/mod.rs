//! Pictures in SVG: each is made from plain data, and stands beside a table of the same data.

pub(super) mod bars;
pub(super) mod network;
pub(super) mod timeline;
