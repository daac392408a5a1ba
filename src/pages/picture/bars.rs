//! A bar chart of years or months: a bar for each, with its exact value beside it.

use maud::{Markup, html};

/// Values of years or months, the earliest first.
#[derive(Debug)]
pub(in crate::pages) struct Bars<'a> {
    /// The id of the chart's name, which is unique on the page.
    pub(in crate::pages) id: &'a str,
    pub(in crate::pages) title: &'a str,
    pub(in crate::pages) list: Vec<Bar>,
}

/// The value of one year or month.
#[derive(Debug)]
pub(in crate::pages) struct Bar {
    pub(in crate::pages) label: String,
    /// Without a value there is no bar.
    pub(in crate::pages) value: Option<i64>,
    /// The value in words, or why there is none.
    pub(in crate::pages) shown: String,
    pub(in crate::pages) synthetic: bool,
}

/// The width of the picture, of which a phone shows all; it is never shown much larger.
const WIDTH: i64 = 350;
const ROW: i64 = 24;
/// The width of a character; letters differ, digits hardly.
const CHARACTER: i64 = 7;

/// The chart with its name.
pub(in crate::pages) fn figure(bars: &Bars<'_>) -> Markup {
    let longest = |text: fn(&Bar) -> &str| {
        let longest = bars.list.iter().map(|bar| text(bar).chars().count()).max();
        i64::try_from(longest.unwrap_or(0)).unwrap_or(0) * CHARACTER
    };
    let (left, right) = (longest(|bar| &bar.label) + 6, WIDTH - longest(|bar| &bar.shown) - 8);
    let values = || bars.list.iter().filter_map(|bar| bar.value);
    let (least, most) = (values().min().unwrap_or(0).min(0), values().max().unwrap_or(0).max(0));
    // Whole numbers only, so that the picture is the same on every machine.
    let at = |value: i64| {
        let span = i128::from(most - least).max(1);
        let moved = i128::from(value - least) * i128::from(right.max(left + 40) - left) / span;
        left + i64::try_from(moved).unwrap_or(0)
    };
    let height = ROW * i64::try_from(bars.list.len()).unwrap_or(0) + 4;
    html! {
        figure.bars {
            figcaption #(bars.id) { (bars.title) }
            svg.picture viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-labelledby=(bars.id) {
                @for (bar, top) in bars.list.iter().zip((2..).step_by(24)) {
                    (row(bar, top, at(0), bar.value.map(at), left))
                }
                path.axis d={ "M" (at(0)) " 0V" (height) } {}
            }
        }
    }
}

/// A label, the bar from zero to its value, and the value.
fn row(bar: &Bar, top: i64, zero: i64, end: Option<i64>, left: i64) -> Markup {
    let end = end.unwrap_or(zero);
    let class = if bar.synthetic { "bar made-up" } else { "bar" };
    html! {
        text.soft x=(left - 6) y=(top + 16) text-anchor="end" { (bar.label) }
        @if bar.value.is_some() {
            rect class=(class) x=(zero.min(end)) y=(top + 3) width=((end - zero).abs().max(1)) height=(ROW - 6) {}
        }
        text class=[bar.value.is_none().then_some("soft")] x=(zero.max(end) + 6) y=(top + 16) { (bar.shown) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bar, Bars, figure};

    #[test]
    fn bars_begin_at_zero_and_say_their_values() {
        let bar = |label: &str, value, shown: &str, synthetic| Bar {
            label: label.to_owned(),
            value,
            shown: shown.to_owned(),
            synthetic,
        };
        let bars = vec![
            bar("2022", Some(-50), "Rp -50", false),
            bar("2023", None, "tidak dilaporkan", false),
            bar("2024", Some(200), "Rp 200", true),
        ];
        let drawn = figure(&Bars { id: "surplus", title: "Sisa hasil usaha", list: bars }).into_string();
        insta::assert_snapshot!(drawn.replace("><", ">\n<"));
    }
}
