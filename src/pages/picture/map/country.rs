//! Maps of the whole country.

use maud::{Markup, html};

use super::{Map, WIDTH, style};

/// The outline, in units of a twentieth of a degree from 94° E and 7° N.
const OUTLINE: &str = include_str!("country.path");
const UNITS: f64 = 20.0;
const WEST: f64 = 94.0;
const NORTH: f64 = 7.0;
const HEIGHT: f64 = 372.0;

fn at(latitude: f64, longitude: f64) -> (f64, f64) {
    ((longitude - WEST) * UNITS, (NORTH - latitude) * UNITS)
}

/// A map of the country with dots.
pub(in crate::pages) fn country(map: &Map<'_>) -> Markup {
    let outline = html! { path.land d=(OUTLINE.trim_end()) {} };
    map.frame(HEIGHT, &outline, false, |dot| at(dot.latitude, dot.longitude))
}

/// A small map with one point in the country; a dashed ring says that its place is approximate.
pub(in crate::pages) fn place(
    id: &str,
    title: &str,
    (latitude, longitude): (f64, f64),
    approximate: bool,
) -> Markup {
    let (x, y) = at(latitude, longitude);
    let (x, y) = (format!("{x:.1}"), format!("{y:.1}"));
    html! {
        svg #(id) .picture .place role="img" aria-labelledby={ (id) "-title" } viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) {
            title #{ (id) "-title" } { (title) }
            path.land d=(OUTLINE.trim_end()) {}
            circle.ring .approximate[approximate] cx=(x) cy=(y) r="34" {}
            circle.dot.(style(5)) cx=(x) cy=(y) r="13" {}
        }
    }
}
