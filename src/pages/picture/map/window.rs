//! Maps of a part of the country: as large as its dots need.

use maud::{Markup, html};

use super::{Map, WIDTH, shore};

/// The least width and height of a map, in degrees.
const LEAST: f64 = 0.3;
/// The space around the dots, as a share of the map.
const MARGIN: f64 = 0.12;
/// At most so many dots have their names beside them.
const NAMED: usize = 12;
/// How wide a map is at least and at most for its height.
const WIDEST: f64 = 2.6;
const TALLEST: f64 = 1.6;

/// A map of the part of the country in which the dots lie; nothing without dots.
pub(in crate::pages) fn window(map: &Map<'_>) -> Markup {
    let Some(Window { west, north, units, height }) = Window::around(map) else { return html! {} };
    let at = |(longitude, latitude): (f64, f64)| ((longitude - west) * units, (north - latitude) * units);
    let outline = html! { path.land d=(shore::path((WIDTH, height), at)) {} };
    map.frame(height, &outline, map.dots.len() <= NAMED, |dot| at((dot.longitude, dot.latitude)))
}

/// A part of the country, and how large it is drawn.
#[derive(Debug)]
struct Window {
    west: f64,
    north: f64,
    /// Units of the picture in a degree.
    units: f64,
    height: f64,
}

impl Window {
    fn around(map: &Map<'_>) -> Option<Self> {
        map.dots.first()?;
        let range = |values: &dyn Fn(&super::Dot) -> f64| {
            let ends = (f64::INFINITY, f64::NEG_INFINITY);
            map.dots.iter().map(values).fold(ends, |(least, most), value| (least.min(value), most.max(value)))
        };
        let (west, east) = range(&|dot| dot.longitude);
        let (south, north) = range(&|dot| dot.latitude);
        let room = |least: f64, most: f64| (most - least).max(LEAST) * (1.0 + 2.0 * MARGIN);
        let (width, height) = (room(west, east), room(south, north));
        let (width, height) = (width.max(height * TALLEST), height.max(width / WIDEST));
        Some(Self {
            west: f64::midpoint(west, east) - width / 2.0,
            north: f64::midpoint(south, north) + height / 2.0,
            units: WIDTH / width,
            height: (WIDTH * height / width).round(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Dot, Map},
        Window, window,
    };

    fn dot(latitude: f64, longitude: f64) -> Dot {
        Dot {
            latitude,
            longitude,
            name: "Ciwidey".to_owned(),
            figure: "80 %".to_owned(),
            address: None,
            class: 4,
        }
    }

    #[test]
    fn a_window_holds_its_dots_with_room_around_them() {
        let dots = [dot(-6.9, 107.6), dot(-7.3, 107.4)];
        let map = Map { id: "map", title: "Ciwidey", dots: &dots, legend: &[], made_up: None };
        let Window { west, north, units, height } = Window::around(&map).unwrap();
        for dot in &dots {
            let (x, y) = ((dot.longitude - west) * units, (north - dot.latitude) * units);
            assert!((40.0..920.0).contains(&x) && (40.0..height - 40.0).contains(&y), "{x} {y} of {height}");
        }
        assert!((360.0..=600.0).contains(&height), "{height}");
    }

    #[test]
    fn a_map_of_a_part_shows_its_shores_and_dots() {
        let dots = [dot(-6.08, 106.02), dot(-6.4, 106.25)];
        let legend = [(4, "60–80 %".to_owned())];
        let map = Map { id: "map", title: "Banten", dots: &dots, legend: &legend, made_up: None };
        insta::assert_snapshot!(window(&map).into_string());
    }
}
