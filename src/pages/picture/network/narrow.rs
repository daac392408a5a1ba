//! The network for narrow windows: suppliers above the party, buyers below it, and their lines at the left.

use maud::{Markup, html};

use super::{Network, ROW, Row, Side, count, label, largest, pixels, rows, share, stacked, wrapped};
use crate::pages::language::Language;

const WIDTH: i64 = 350;
/// Where names begin.
const NAMES: i64 = 90;
/// The height of a heading.
const HEADING: i64 = 24;
/// The longest name, in characters.
const NAME: usize = 37;
/// The width of all lines of a side together, and the largest and the smallest of one, in tenths of a pixel.
const LINES: (i64, i64, i64) = (380, 140, 12);
/// The radius of the corner of a line.
const CORNER: i64 = 12;
/// Where the first column begins, in tenths of a pixel.
const FIRST: i64 = 80;

pub(super) fn picture(language: Language, network: &Network<'_>) -> Markup {
    let sum = |side: &Side| side.lines.iter().filter_map(|line| line.value).fold(0, i64::saturating_add);
    let most = largest(network, sum);
    let width = |value| share(value, most, LINES.0).clamp(LINES.2, LINES.1);
    let suppliers = rows(language, &network.suppliers, false, width);
    let buyers = rows(language, &network.buyers, true, width);
    let name = wrapped(network.party, 40);
    let top = HEADING + ROW * count(suppliers.len()) + 8;
    let bottom = top + 18 * count(name.len()) + 14;
    let height = bottom + 8 + HEADING + ROW * count(buyers.len());
    let id = format!("{}-narrow", network.id);
    // The last buyer has the first column, as the first supplier has, so that no lines cross.
    let columns = stacked(buyers.iter().rev(), FIRST).into_iter().rev();
    html! {
        svg.picture.narrow viewBox={ "0 0 " (WIDTH) " " (height) } role="group" aria-labelledby=(id) {
            title #(id) { (network.title) }
            text.soft x=(NAMES) y="14" { (language.text("buys-from")) }
            @for ((row, at), x) in suppliers.iter().zip(0..).zip(stacked(suppliers.iter(), FIRST)) {
                @let y = HEADING + ROW * at + ROW / 2;
                (path(row, x, y, (y + CORNER, top)))
                (label(row, NAMES, y, "start", NAME))
            }
            rect.party x="1" y=(top) width=(WIDTH - 2) height=(bottom - top) rx="3" {}
            @for (text, at) in name.iter().zip(0..) {
                text.name x="12" y=(top + 21 + 18 * at) { (text) }
            }
            text.soft x=(NAMES) y=(bottom + 22) { (language.text("sells-to")) }
            @for ((row, at), x) in buyers.iter().zip(0..).zip(columns) {
                @let y = bottom + 8 + HEADING + ROW * at + ROW / 2;
                (path(row, x, y, (y - CORNER, bottom)))
                (label(row, NAMES, y, "start", NAME))
            }
        }
    }
}

/// A line from the name in a row, around a corner, along its column to the party.
fn path(row: &Row<'_>, column: i64, y: i64, (corner, party): (i64, i64)) -> Markup {
    let (x, after) = (pixels(column), pixels(column + 10 * CORNER));
    row.stroke(&format!("M{} {y}H{after}Q{x} {y} {x} {corner}V{party}", NAMES - 8))
}
