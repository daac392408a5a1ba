//! Pictures of data as SVG. Each has a title, is drawn the same for the same data, and stands beside a table with them.

pub(super) mod bars;
pub(super) mod map;
pub(super) mod network;
pub(super) mod timeline;
