//! Writes the sheet `about`: what the rows are, and what each column means.

use rust_xlsxwriter::{Format as Style, Worksheet, XlsxError};

use super::MOST_CHARACTERS;
use crate::exchange::table::{About, Column, Kind};

/// What holds for every file.
const NOTES: &str = "Dates and times are in UTC, to the millisecond; days before 1900-03-01 are text. Numbers of more than 15 \
                     digits are text, because a spreadsheet would change them. An empty cell is a missing value or an \
                     empty text.";

pub(super) fn write(sheet: &mut Worksheet, about: &About, columns: &[Column]) -> Result<(), XlsxError> {
    sheet.set_name("about")?.set_column_width(0, 30)?.set_column_width(1, 18)?.set_column_width(2, 100)?;
    let bold = Style::new().set_bold();
    let text = Style::new().set_quote_prefix();
    let mut row = 0;
    for (name, part) in about.parts().chain([("notes", NOTES)]) {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        for line in part.lines() {
            for piece in pieces(line) {
                sheet.write_string_with_format(row, 2, piece, &text)?;
                row += 1;
            }
            row += u32::from(line.is_empty());
        }
    }
    row += 1;
    for (at, heading) in (0..).zip(["column", "type", "meaning", "values"]) {
        sheet.write_string_with_format(row, at, heading, &bold)?;
    }
    row += 1;
    for column in columns {
        sheet.write_string_with_format(row, 0, &column.path, &text)?;
        sheet.write_string(row, 1, kind(column.kind))?;
        for (at, long) in [(2, &column.description), (3, &column.words.join(", "))] {
            if let Some(piece) = pieces(long).next() {
                sheet.write_string_with_format(row, at, piece, &text)?;
            }
        }
        row += 1;
    }
    Ok(())
}

/// A text in pieces that fit into cells.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        // A character takes at most as many units of UTF-16 as bytes.
        let (piece, more) = rest.split_at(rest.floor_char_boundary(MOST_CHARACTERS));
        rest = more;
        (!piece.is_empty()).then_some(piece)
    })
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Code => "code",
        Kind::Word => "word",
        Kind::Boolean => "true or false",
        Kind::Integer => "whole number",
        Kind::Number => "number",
        Kind::Decimal => "decimal number",
        Kind::Rupiah => "rupiah",
        Kind::Date => "date",
        Kind::DateTime => "date and time",
        Kind::Json => "JSON",
    }
}
