//! Distances and boxes: as the great circle measures them, and as a plain loop over all rows finds them, on both engines.

mod boxes;
mod distances;
mod earth;
mod older;
mod within;
