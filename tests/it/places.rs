//! Distances and boxes are compared with great-circle distances and with a loop over all rows, on both engines.

mod boxes;
mod distances;
mod haversine;
mod precision;
mod within_km;
