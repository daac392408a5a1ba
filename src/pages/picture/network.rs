//! The network of one party: whom it buys from at the left, whom it sells to at the right.

mod narrow;
mod wide;

use maud::{Markup, html};

use crate::pages::language::Language;

/// A party and those that it trades with.
#[derive(Debug)]
pub(in crate::pages) struct Network<'a> {
    /// Begins the ids of its parts; unique on the page.
    pub(in crate::pages) id: &'a str,
    pub(in crate::pages) title: &'a str,
    /// The name of the party in the middle.
    pub(in crate::pages) party: &'a str,
    /// Whom it buys from.
    pub(in crate::pages) suppliers: Side,
    /// Whom it sells to.
    pub(in crate::pages) buyers: Side,
}

/// The parties on one side of a network.
#[derive(Debug, Default)]
pub(in crate::pages) struct Side {
    /// Those that are drawn: a dozen at most, the largest first.
    pub(in crate::pages) lines: Vec<Line>,
    /// The number of others, which share a line.
    pub(in crate::pages) others: i64,
}

/// What goes between the party and another one.
#[derive(Debug)]
pub(in crate::pages) struct Line {
    /// The name of the other party.
    pub(in crate::pages) name: String,
    /// The address of the other party's page.
    pub(in crate::pages) address: String,
    /// What it is, and for how much a year.
    pub(in crate::pages) detail: String,
    /// Rupiah a year, which make the width of the line.
    pub(in crate::pages) value: Option<i64>,
    pub(in crate::pages) synthetic: bool,
}

/// The height of a row: two lines of text.
const ROW: i64 = 46;
/// The space between lines where they meet the party, in tenths of a pixel.
const GAP: i64 = 10;

/// The network, in a form for wide windows and one for narrow windows; the style sheet shows one of them.
pub(in crate::pages) fn figure(language: Language, network: &Network<'_>) -> Markup {
    let made_up = |side: &Side| side.lines.iter().any(|line| line.synthetic);
    html! {
        figure.network {
            (wide::picture(language, network))
            (narrow::picture(language, network))
            figcaption {
                (language.text("network-legend"))
                @if made_up(&network.suppliers) || made_up(&network.buyers) { " " mark { (language.text("network-made-up")) } }
            }
        }
    }
}

/// A row of one side: a line with its party, the others, or that there is none.
#[derive(Debug)]
struct Row<'a> {
    line: Option<&'a Line>,
    text: String,
    /// The class of the line that is drawn, if one is.
    class: Option<&'static str>,
    /// In tenths of a pixel.
    width: i64,
}

impl Row<'_> {
    /// Its line along a path.
    fn stroke(&self, path: &str) -> Markup {
        html! { @if let Some(class) = self.class { path class=(class) stroke-width=(pixels(self.width)) d=(path) {} } }
    }
}

/// What the lines of a side take together where they meet the party, in tenths of a pixel.
fn thickness(rows: &[Row<'_>]) -> i64 {
    rows.iter().map(|row| row.width + GAP).sum()
}

/// Where the lines of rows meet the party, beside each other from a start, in tenths of a pixel.
fn stacked<'a>(rows: impl Iterator<Item = &'a Row<'a>>, start: i64) -> Vec<i64> {
    let mut next = start;
    rows.map(|row| {
        let place = next + i64::midpoint(row.width, GAP);
        next += row.width + GAP;
        place
    })
    .collect()
}

/// The rows of a side. `width` is that of a value, in tenths of a pixel.
fn rows(language: Language, side: &Side, selling: bool, width: impl Fn(i64) -> i64) -> Vec<Row<'_>> {
    let class = |synthetic| match (synthetic, selling) {
        (true, _) => "line made-up",
        (false, true) => "line sell",
        (false, false) => "line buy",
    };
    let drawn = side.lines.iter().map(|line| Row {
        line: Some(line),
        text: line.name.clone(),
        class: Some(class(line.synthetic)),
        width: width(line.value.unwrap_or(0)),
    });
    let mut rows: Vec<Row<'_>> = drawn.collect();
    if side.others > 0 {
        let text = language.counted("network-others", side.others);
        rows.push(Row { line: None, text, class: Some("line others"), width: width(0) });
    } else if rows.is_empty() {
        let text = language.text("network-none").into_owned();
        rows.push(Row { line: None, text, class: None, width: 0 });
    }
    rows
}

/// The name of a row's party, as a link, and what goes between them.
fn label(row: &Row<'_>, x: i64, y: i64, anchor: &str, length: usize) -> Markup {
    html! {
        @if let Some(line) = row.line {
            a href=(line.address) {
                text x=(x) y=(y - 3) text-anchor=(anchor) {
                    @if line.name.chars().count() > length { title { (line.name) } }
                    (cut(&line.name, length))
                }
            }
            text.soft x=(x) y=(y + 13) text-anchor=(anchor) { (cut(&line.detail, length)) }
        } @else {
            text.soft x=(x) y=(y + 4) text-anchor=(anchor) { (row.text) }
        }
    }
}

/// The beginning of a text that is too long for its place.
fn cut(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let kept: String = text.chars().take(length - 1).collect();
    format!("{}…", kept.trim_end())
}

/// A text in lines of at most a length, where its words allow that; at most three.
fn wrapped(text: &str, length: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let last = lines.len() == 3;
        match lines.last_mut() {
            Some(line) if last || line.chars().count() + word.chars().count() < length => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.into_iter().map(|line| cut(&line, length)).collect()
}

/// A length in pixels, of tenths.
fn pixels(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The largest value on either side.
fn largest(network: &Network<'_>, of: impl Fn(&Side) -> i64) -> i64 {
    of(&network.suppliers).max(of(&network.buyers)).max(1)
}

/// A part of a length, as large as a value is of a whole.
fn share(value: i64, whole: i64, length: i64) -> i64 {
    i64::try_from(i128::from(value.max(0)) * i128::from(length) / i128::from(whole)).unwrap_or(length)
}

fn count(items: usize) -> i64 {
    i64::try_from(items).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Line, Network, Side, figure};
    use crate::pages::language::Language;

    #[test]
    fn a_network_has_suppliers_and_buyers_with_lines_as_wide_as_their_values() {
        let line = |name: &str, value, synthetic| Line {
            name: name.to_owned(),
            address: "/lembaga/x".to_owned(),
            detail: "Cabai".to_owned(),
            value,
            synthetic,
        };
        let drawn = figure(
            Language::Indonesian,
            &Network {
                id: "network",
                title: "Jaringan usaha",
                party: "Koperasi Pondok Pesantren Al-Ittifaq",
                suppliers: Side {
                    lines: vec![line("Koperasi Desa Merah Putih Alamendah", None, true)],
                    others: 3,
                },
                buyers: Side {
                    lines: vec![line("Pasar <A>", Some(3_000), false), line("Pasar B", Some(1_000), false)],
                    others: 0,
                },
            },
        );
        insta::assert_snapshot!(drawn.into_string().replace("><", ">\n<"));
    }
}
