//! Writes tables as CSV, RFC 4180.
//!
//! The writer of the crate `csv` cannot tell an absent value from an empty text; here the former is an empty field and
//! the latter is `""`, as in PostgreSQL's own CSV. Only in a table of one column both are `""`: a line without anything
//! is skipped by many readers.

use std::io::{BufWriter, Seek, Write};

use async_graphql::Value;

use super::{
    Column, Kind, Profile, Rows, TableError,
    cell::{Cell, cells},
};

/// The most digits of a number that spreadsheets keep.
const SPREADSHEET_DIGITS: usize = 15;

/// A CSV file that is being written.
#[derive(Debug)]
pub(super) struct Csv<W: Write> {
    columns: Vec<Column>,
    profile: Profile,
    rows: u64,
    line: Vec<u8>,
    out: BufWriter<W>,
}

impl<W: Write> Csv<W> {
    pub(super) fn begin(profile: Profile, columns: Vec<Column>, out: W) -> Result<Self, TableError> {
        let mut csv =
            Self { columns, profile, rows: 0, line: Vec::new(), out: BufWriter::with_capacity(1 << 16, out) };
        if profile == Profile::ExcelId {
            // How spreadsheets recognise UTF-8.
            csv.line.extend_from_slice("\u{feff}".as_bytes());
        }
        let delimiter = csv.delimiter();
        for (index, column) in csv.columns.iter().enumerate() {
            if index > 0 {
                csv.line.push(delimiter);
            }
            text(&mut csv.line, &column.path, delimiter);
        }
        csv.end_line()?;
        Ok(csv)
    }

    fn delimiter(&self) -> u8 {
        match self.profile {
            Profile::Plain => b',',
            Profile::ExcelId => b';',
        }
    }

    fn end_line(&mut self) -> Result<(), TableError> {
        self.line.extend_from_slice(b"\r\n");
        self.out.write_all(&self.line)?;
        self.line.clear();
        Ok(())
    }
}

impl<W: Write + Seek + Send> Rows<W> for Csv<W> {
    fn row(&mut self, values: &[Value]) -> Result<(), TableError> {
        self.rows += 1;
        let delimiter = self.delimiter();
        for (index, cell) in cells(&self.columns, values, self.rows)?.enumerate() {
            if index > 0 {
                self.line.push(delimiter);
            }
            let (column, cell) = cell?;
            match self.profile {
                Profile::Plain => plain(&mut self.line, &cell, delimiter),
                Profile::ExcelId => for_spreadsheets(&mut self.line, column.kind, &cell, delimiter),
            }
        }
        if self.line.is_empty() {
            self.line.extend_from_slice(b"\"\"");
        }
        self.end_line()
    }

    fn finish(self: Box<Self>) -> Result<W, TableError> {
        Ok(self.out.into_inner().map_err(std::io::IntoInnerError::into_error)?)
    }
}

fn plain(line: &mut Vec<u8>, cell: &Cell<'_>, delimiter: u8) {
    match cell {
        Cell::Null => {}
        Cell::Text(value) => text(line, value, delimiter),
        Cell::Exact(value) | Cell::Moment(value) => text(line, value, delimiter),
        Cell::Boolean(truth) => text(line, if *truth { "true" } else { "false" }, delimiter),
        Cell::Number(number) => text(line, &number.to_string(), delimiter),
        Cell::Json(value) => text(line, &json(value), delimiter),
    }
}

fn for_spreadsheets(line: &mut Vec<u8>, kind: Kind, cell: &Cell<'_>, delimiter: u8) {
    match cell {
        Cell::Null | Cell::Boolean(_) => plain(line, cell, delimiter),
        Cell::Text(value) => guarded(line, value, delimiter),
        Cell::Json(value) => guarded(line, &json(value), delimiter),
        Cell::Exact(digits) if significant(digits) > SPREADSHEET_DIGITS => {
            apostrophe(line, &digits.replace('.', ","), delimiter);
        }
        Cell::Exact(digits) => text(line, &digits.replace('.', ","), delimiter),
        Cell::Number(number) => {
            let digits = number.to_string();
            if kind == Kind::Integer && significant(&digits) > SPREADSHEET_DIGITS {
                apostrophe(line, &digits, delimiter);
            } else {
                text(line, &digits.replace('.', ","), delimiter);
            }
        }
        // Without `T` and `Z`, which spreadsheets take for text.
        Cell::Moment(moment) if kind == Kind::DateTime => {
            let moment = moment.trim_end_matches('Z').replacen('T', " ", 1).replace('.', ",");
            text(line, &moment, delimiter);
        }
        Cell::Moment(day) => text(line, day, delimiter),
    }
}

fn json(value: &Value) -> String {
    value.clone().into_json().map(|value| value.to_string()).unwrap_or_default()
}

/// Writes a text that a spreadsheet neither runs as a formula nor converts to a number or a day: behind an apostrophe
/// where it would.
fn guarded(line: &mut Vec<u8>, value: &str, delimiter: u8) {
    let runs = value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let converts = value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().all(|byte| byte.is_ascii_digit() || b" .,:/-+%eE".contains(&byte));
    if runs || converts {
        apostrophe(line, value, delimiter);
    } else {
        text(line, value, delimiter);
    }
}

fn apostrophe(line: &mut Vec<u8>, value: &str, delimiter: u8) {
    text(line, &format!("'{value}"), delimiter);
}

/// The number of digits without zeros at the start.
pub(super) fn significant(digits: &str) -> usize {
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').len()
}

/// Writes a text, in quotes where RFC 4180 requires them, and where it is empty.
fn text(line: &mut Vec<u8>, value: &str, delimiter: u8) {
    let special = |byte: u8| byte == delimiter || matches!(byte, b'"' | b'\r' | b'\n');
    if !value.is_empty() && !value.bytes().any(special) {
        line.extend_from_slice(value.as_bytes());
        return;
    }
    line.push(b'"');
    for byte in value.bytes() {
        if byte == b'"' {
            line.push(b'"');
        }
        line.push(byte);
    }
    line.push(b'"');
}
