//! The network for wide windows: three columns.

use maud::{Markup, html};

use super::{Network, ROW, Row, count, label, largest, pixels, rows, share, stacked, thickness, wrapped};
use crate::pages::language::Language;

const WIDTH: i64 = 900;
/// The height of the headings.
const TOP: i64 = 30;
/// Where the names of suppliers end, and those of buyers begin.
const NAMES: (i64, i64) = (300, 600);
/// The box of the party in the middle.
const BOX: (i64, i64) = (375, 525);
/// The longest name, in characters.
const NAME: usize = 43;
/// The width of the widest line, and of the thinnest, in tenths of a pixel.
const LINE: (i64, i64) = (220, 15);

pub(super) fn picture(language: Language, network: &Network<'_>) -> Markup {
    let most = largest(network, |side| side.lines.iter().filter_map(|line| line.value).max().unwrap_or(0));
    let width = |value| share(value, most, LINE.0).max(LINE.1);
    let suppliers = rows(language, &network.suppliers, false, width);
    let buyers = rows(language, &network.buyers, true, width);
    let height = TOP + ROW * count(suppliers.len().max(buyers.len())).max(2);
    let middle = i64::midpoint(TOP, height);
    let name = wrapped(network.party, 17);
    let half =
        (count(name.len()) * 17 + 22).max(thickness(&suppliers) / 10 + 16).max(thickness(&buyers) / 10 + 16)
            / 2;
    let id = format!("{}-wide", network.id);
    html! {
        svg.picture.wide viewBox={ "0 0 " (WIDTH) " " (height) } role="group" aria-labelledby=(id) {
            title #(id) { (network.title) }
            text.soft x=(NAMES.0) y="14" text-anchor="end" { (language.text("buys-from")) }
            text.soft x=(NAMES.1) y="14" { (language.text("sells-to")) }
            (side(&suppliers, middle, (NAMES.0 + 8, BOX.0), "end"))
            (side(&buyers, middle, (NAMES.1 - 8, BOX.1), "start"))
            rect.party x=(BOX.0) y=(middle - half) width=(BOX.1 - BOX.0) height=(2 * half) rx="3" {}
            @for (line, at) in name.iter().zip(0..) {
                text.name x=(i64::midpoint(BOX.0, BOX.1)) y=(middle + 17 * at + 5 - 17 * (count(name.len()) - 1) / 2)
                    text-anchor="middle" { (line) }
            }
        }
    }
}

/// The rows of a side, whose lines lead from `ends.0` to the party at `ends.1`.
fn side(rows: &[Row<'_>], middle: i64, ends: (i64, i64), anchor: &str) -> Markup {
    let first = middle - ROW * count(rows.len()) / 2 + ROW / 2;
    let bend = i64::midpoint(ends.0, ends.1);
    let meetings = stacked(rows.iter(), middle * 10 - thickness(rows) / 2);
    let name = if anchor == "end" { ends.0 - 8 } else { ends.0 + 8 };
    html! {
        @for ((row, at), meeting) in rows.iter().zip(0..).zip(meetings) {
            @let (y, meets) = (first + ROW * at, pixels(meeting));
            (row.stroke(&format!("M{} {y}C{bend} {y} {bend} {meets} {} {meets}", ends.0, ends.1)))
            (label(row, name, y, anchor, NAME))
        }
    }
}
