//! The shores of islands in detail, cut to a window.

use std::{fmt::Write, sync::LazyLock};

/// A point: degrees of longitude and latitude, or what a window makes of them.
pub(super) type Point = (f64, f64);

/// An island a line: corners in units of a two-hundredth of a degree from 94° E and 7° N.
const SHORES: &str = include_str!("shores.txt");
const UNITS: f64 = 200.0;
const WEST: f64 = 94.0;
const NORTH: f64 = 7.0;

/// The islands in degrees of longitude and latitude.
static ISLANDS: LazyLock<Vec<Vec<Point>>> = LazyLock::new(|| {
    let corner = |text: &str| {
        let (x, y) = text.split_once(',')?;
        Some((WEST + x.parse::<f64>().ok()? / UNITS, NORTH - y.parse::<f64>().ok()? / UNITS))
    };
    SHORES.lines().map(|line| line.split(' ').filter_map(corner).collect()).collect()
});

/// The edges of a window, in the order in which islands are cut at them.
#[derive(Clone, Copy, Debug)]
enum Edge {
    Left,
    Right,
    Top,
    Bottom,
}

impl Edge {
    const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Top, Self::Bottom];

    /// How far inside of the edge a point is.
    fn inside(self, (x, y): Point, (width, height): Point) -> f64 {
        match self {
            Self::Left => x,
            Self::Right => width - x,
            Self::Top => y,
            Self::Bottom => height - y,
        }
    }

    /// The part of a shape inside of the edge (Sutherland and Hodgman's algorithm).
    fn cut(self, shape: &[Point], size: Point) -> Vec<Point> {
        let before = shape.iter().cycle().skip(shape.len().saturating_sub(1));
        let mut kept = Vec::with_capacity(shape.len() + 2);
        for (&from, &to) in before.zip(shape) {
            let (a, b) = (self.inside(from, size), self.inside(to, size));
            if (a < 0.0) != (b < 0.0) {
                let share = a / (a - b);
                kept.push((from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share));
            }
            if b >= 0.0 {
                kept.push(to);
            }
        }
        kept
    }
}

/// The islands in a window of a size as SVG path data; `at` places a point of degrees in it.
pub(super) fn path(size: Point, at: impl Fn(Point) -> Point) -> String {
    // Cut a little outside, so that the line along the edge is not seen.
    let margin = 4.0;
    let wide = (size.0 + 2.0 * margin, size.1 + 2.0 * margin);
    let mut path = String::new();
    for island in &*ISLANDS {
        let placed = island.iter().map(|point| at(*point)).map(|(x, y)| (x + margin, y + margin));
        let cut = Edge::ALL.iter().fold(placed.collect::<Vec<_>>(), |shape, edge| edge.cut(&shape, wide));
        let mut last = String::new();
        for (at, (x, y)) in cut.iter().enumerate() {
            // Adding zero makes a negative zero positive.
            let corner = format!("{} {}", (x - margin).round() + 0.0, (y - margin).round() + 0.0);
            if corner != last {
                let _ = write!(path, "{}{corner}", if at == 0 { 'M' } else { 'L' });
                last = corner;
            }
        }
        if !cut.is_empty() {
            path.push('z');
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn islands_are_cut_at_the_edges_of_a_window() {
        // Five degrees in the south of Papua: its highlands are in the window's north-west.
        let size = (100.0, 100.0);
        let path = path(size, |(longitude, latitude)| ((longitude - 137.0) * 20.0, (-5.0 - latitude) * 20.0));
        let numbers = path.split(['M', 'L', 'z', ' ']).filter(|text| !text.is_empty());
        let numbers: Vec<f64> = numbers.map(|text| text.parse().unwrap()).collect();
        assert!(numbers.len() > 20, "{path}");
        assert!(numbers.iter().all(|number| (-4.0..=104.0).contains(number)), "{path}");
        assert!(path.contains("L-4 -4z"), "the corner on land is kept: {path}");
        assert!(!path.contains("104 104"), "the corner at sea is not: {path}");
    }
}
