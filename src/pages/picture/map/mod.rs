//! Maps: dots over the outline of the country, or of a part of it.
//!
//! The outline is Natural Earth's, made by `scripts/outline`. The borders of provinces and regencies are not free, so
//! a region is a dot at its point.

mod classes;
mod country;
mod shore;
mod window;

use maud::{Markup, html};

pub(in crate::pages) use classes::Classes;
pub(in crate::pages) use country::{country, place};
pub(in crate::pages) use window::window;

/// A place on a map.
#[derive(Clone, Debug)]
pub(in crate::pages) struct Dot {
    pub(in crate::pages) latitude: f64,
    pub(in crate::pages) longitude: f64,
    pub(in crate::pages) name: String,
    /// Its figure in words.
    pub(in crate::pages) figure: String,
    /// The address of its page.
    pub(in crate::pages) address: Option<String>,
    /// Its class from 1 to 5, which decides its colour; 0 without a figure.
    pub(in crate::pages) class: usize,
}

/// What a map shows.
#[derive(Debug)]
pub(in crate::pages) struct Map<'a> {
    /// The id of the picture, unique on its page.
    pub(in crate::pages) id: &'a str,
    pub(in crate::pages) title: &'a str,
    pub(in crate::pages) dots: &'a [Dot],
    /// What the classes of the dots mean.
    pub(in crate::pages) legend: &'a [(usize, String)],
    /// The mark of figures that are made up, wholly or in part.
    pub(in crate::pages) made_up: Option<Markup>,
}

/// The width of a map in its own units.
const WIDTH: f64 = 960.0;

/// The style of a class.
fn style(class: usize) -> &'static str {
    match class {
        1 => "c1",
        2 => "c2",
        3 => "c3",
        4 => "c4",
        5 => "c5",
        _ => "none",
    }
}

impl Map<'_> {
    /// A map of a height with this outline; `at` places a dot.
    fn frame(&self, height: f64, outline: &Markup, named: bool, at: impl Fn(&Dot) -> (f64, f64)) -> Markup {
        let title = format!("{}-title", self.id);
        let made_up = self.made_up.is_some();
        html! {
            figure.map {
                // Links stand in it, so that it is a document and not an image.
                svg #(self.id) .picture .made-up[made_up] role="graphics-document" aria-labelledby=(title)
                    viewBox=(format!("0 0 {WIDTH} {height:.0}")) {
                    title #(title) { (self.title) }
                    (outline)
                    @for dot in self.dots { (self::dot(dot, named, at(dot))) }
                }
                @if !self.legend.is_empty() || made_up {
                    figcaption {
                        ul.legend {
                            @for (class, meaning) in self.legend {
                                li { svg.key viewBox="0 0 16 16" aria-hidden="true" { circle.dot.(style(*class)) cx="8" cy="8" r="6" {} } (meaning) }
                            }
                            @if let Some(mark) = &self.made_up { li { (mark) } }
                        }
                    }
                }
            }
        }
    }
}

/// A dot; its name stands at the side where there is more room.
fn dot(dot: &Dot, named: bool, (x, y): (f64, f64)) -> Markup {
    let label = format!("{}: {}", dot.name, dot.figure);
    let (beside, anchor) = if x < WIDTH * 0.7 { (x + 15.0, "start") } else { (x - 15.0, "end") };
    let (beside, below) = (format!("{beside:.1}"), format!("{:.1}", y + 5.0));
    let (x, y) = (format!("{x:.1}"), format!("{y:.1}"));
    let circle = html! { circle.dot.(style(dot.class)) cx=(x) cy=(y) r="9" { title { (label) } } };
    html! {
        @if let Some(address) = &dot.address {
            // The table beside the map has the same links for the keyboard.
            a href=(address) aria-label=(label) tabindex="-1" { (circle) }
        } @else { (circle) }
        @if named { text.name x=(beside) y=(below) text-anchor=(anchor) aria-hidden="true" { (dot.name) } }
    }
}
