//! Writes tables as XLSX: a sheet `data` with the rows, and a sheet `about` with what they are.
//!
//! Rows go into a temporary file and are compressed at the end, so that memory stays flat. Texts are only ever written
//! as texts: none becomes a formula or a link, and none of the cells' formats lets a spreadsheet make one when the cell
//! is edited.

mod about_sheet;

use std::{
    io::{self, Seek, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use async_graphql::Value;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as Style, IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::{
    About, Column, Format, Kind, Rows, TableError,
    cell::{Cell, SPREADSHEET_DIGITS, cells, json, significant, unfit},
    kept::{FirstError, Kept},
};

/// The most columns of a sheet, and the most characters of a cell, in units of UTF-16.
const MOST_COLUMNS: usize = 1 << 14;
const MOST_CHARACTERS: usize = 32_767;

/// The widest column, in characters.
const WIDEST: u16 = 60;

/// The bytes of a row, and of a cell beside its text, in the temporary file; rather more than fewer.
const ROW_BYTES: u64 = 64;
const CELL_BYTES: u64 = 80;

/// An XLSX file that is being written.
pub(super) struct Xlsx<W> {
    columns: Vec<Column>,
    about: About,
    book: Workbook,
    rows: u32,
    /// The characters of each column's longest value, up to [`WIDEST`].
    widths: Vec<u16>,
    out: Kept<W>,
    error: FirstError,
}

impl<W: Write + Send> Xlsx<W> {
    pub(super) fn begin(
        columns: Vec<Column>,
        about: About,
        out: W,
        folder: &Path,
    ) -> Result<Self, TableError> {
        if columns.len() > MOST_COLUMNS {
            return Err(TableError::Refused(format!(
                "a sheet of xlsx holds at most {MOST_COLUMNS} columns, and these are {}",
                columns.len()
            )));
        }
        let (out, error) = Kept::new(out);
        let widths = columns.iter().map(|column| width(&column.path) + 3).collect();
        let mut xlsx = Self { columns, about, book: Workbook::new(), rows: 0, widths, out, error };
        let begun = xlsx.headings(folder);
        xlsx.checked(begun)?;
        Ok(xlsx)
    }

    /// Writes the first row, and sets how each column is shown.
    fn headings(&mut self, folder: &Path) -> Result<(), XlsxError> {
        self.book.set_tempdir(folder)?;
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name("data")?.set_freeze_panes(1, 0)?;
        let bold = Style::new().set_bold();
        for (column, at) in self.columns.iter().zip(0..) {
            if let Some(style) = style(column.kind) {
                sheet.set_column_format(at, &style)?;
            }
            sheet.write_string_with_format(0, at, &column.path, &bold)?;
        }
        Ok(())
    }

    /// Turns an error of the library into what caused it.
    fn checked<T>(&self, result: Result<T, XlsxError>) -> Result<T, TableError> {
        result.map_err(|error| self.error.take().map_or_else(|| library(error), TableError::File))
    }

    fn write_row(&mut self, values: &[Value]) -> Result<(), TableError> {
        let row = self.rows;
        let mut cells = cells(&self.columns, values, row.into())?;
        let sheet = self.book.worksheet_from_index(0).map_err(library)?;
        for (at, value) in (0..).zip(values) {
            let Some(cell) = cells.next() else { break };
            let (column, cell) = cell?;
            let text = match cell {
                Cell::Null => continue,
                Cell::Boolean(truth) => {
                    sheet.write_boolean(row, at, truth).map_err(library)?;
                    continue;
                }
                Cell::Text(text) => text.into_owned(),
                Cell::Json(value) => json(value),
                Cell::Exact(digits) => digits.to_owned(),
                Cell::Number(number) => number.to_string(),
                Cell::Moment(moment) => moment.to_owned(),
            };
            let number = match column.kind {
                Kind::Number => text.parse().ok(),
                Kind::Integer | Kind::Rupiah | Kind::Decimal if significant(&text) <= SPREADSHEET_DIGITS => {
                    text.parse().ok()
                }
                Kind::Date | Kind::DateTime => {
                    let moment = moment(&text).ok_or_else(|| unfit(column, value, row.into()))?;
                    serial(moment)
                }
                _ => None,
            };
            if let Some(width_so_far) = self.widths.get_mut(usize::from(at)) {
                *width_so_far = width(&text).max(*width_so_far);
            }
            match number {
                Some(number) => sheet.write_number(row, at, number).map_err(library)?,
                None => write_text(sheet, row, at, text, column)?,
            };
        }
        Ok(())
    }

    /// Sets what depends on all rows, adds the sheet `about`, and compresses.
    fn save(&mut self) -> Result<(), XlsxError> {
        let sheet = self.book.worksheet_from_index(0)?;
        for (width, at) in self.widths.iter().zip(0..) {
            sheet.set_column_width(at, f64::from(*width) + 1.0)?;
        }
        if let Some(last) = u16::try_from(self.columns.len()).ok().and_then(|columns| columns.checked_sub(1))
        {
            sheet.autofilter(0, 0, self.rows, last)?;
            sheet.ignore_error_range(0, 0, self.rows, last, IgnoreError::NumberStoredAsText)?;
        }
        about_sheet::write(self.book.add_worksheet(), &self.about, &self.columns)?;
        // The time of the rows rather than of the clock, so that equal tables are equal files.
        let read = moment(&self.about.date).unwrap_or(DateTime::UNIX_EPOCH.naive_utc());
        self.book.set_properties(&DocProperties::new().set_creation_datetime(&created(read)?));
        self.book.save_to_writer(&mut self.out)
    }
}

impl<W: Write + Seek + Send> Rows<W> for Xlsx<W> {
    fn row(&mut self, values: &[Value]) -> Result<(), TableError> {
        self.rows += 1;
        if let Some(most) = Format::Xlsx.most_rows().filter(|most| u64::from(self.rows) > *most) {
            return Err(TableError::Refused(format!(
                "a sheet of xlsx holds at most {most} rows, and there are more"
            )));
        }
        catch(|| self.write_row(values))
    }

    fn temporary_bytes(&self, values: &[Value]) -> u64 {
        let cells = self.columns.iter().zip(values).map(|(column, value)| match value {
            Value::Null => 0,
            value if column.kind == Kind::Json => CELL_BYTES + escaped(&json(value)),
            Value::String(text) => CELL_BYTES + escaped(text),
            value => CELL_BYTES + escaped(&value.to_string()),
        });
        ROW_BYTES + cells.sum::<u64>()
    }

    fn finish(mut self: Box<Self>) -> Result<W, TableError> {
        catch(|| {
            let saved = self.save();
            self.checked(saved)
        })?;
        Ok(self.out.into_inner())
    }
}

fn library(error: XlsxError) -> TableError {
    match error {
        XlsxError::IoError(cause) | XlsxError::TempFileError(_, cause) => TableError::File(cause),
        error => TableError::Library(error.to_string()),
    }
}

/// Calls `write`. The library panics when its temporary file cannot be written.
fn catch<T>(write: impl FnOnce() -> Result<T, TableError>) -> Result<T, TableError> {
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|_| {
        Err(TableError::File(io::Error::new(
            io::ErrorKind::StorageFull,
            "the temporary file of the workbook cannot be written",
        )))
    })
}

fn write_text<'a>(
    sheet: &'a mut Worksheet,
    row: u32,
    at: u16,
    text: String,
    column: &Column,
) -> Result<&'a mut Worksheet, TableError> {
    // A character takes at least as many bytes as units of UTF-16.
    if text.len() > MOST_CHARACTERS {
        let characters = text.encode_utf16().count();
        if characters > MOST_CHARACTERS {
            return Err(TableError::Refused(format!(
                "row {row} has {characters} characters in `{}`, and a cell of xlsx holds at most {MOST_CHARACTERS}: leave \
                 the column out, or take csv, ndjson or parquet",
                column.path
            )));
        }
    }
    sheet.write_string(row, at, text).map_err(library)
}

/// How the cells of a column are shown. Text stays text when somebody edits its cell: by its format, or by the
/// apostrophe that spreadsheets hide.
fn style(kind: Kind) -> Option<Style> {
    let style = Style::new();
    match kind {
        Kind::Text | Kind::Word | Kind::Json => Some(style.set_quote_prefix()),
        Kind::Code => Some(style.set_num_format("@")),
        Kind::Integer => Some(style.set_num_format("0")),
        Kind::Rupiah => Some(style.set_num_format("#,##0")),
        Kind::Date => Some(style.set_num_format("yyyy-mm-dd")),
        Kind::DateTime => Some(style.set_num_format("yyyy-mm-dd hh:mm:ss")),
        Kind::Boolean | Kind::Number | Kind::Decimal => None,
    }
}

/// 1 March 1900 as a spreadsheet counts days. Programs differ on the days before: for Excel, 1900 is a leap year.
const FIRST_SERIAL: f64 = 61.0;
const MILLISECONDS_OF_A_DAY: f64 = 86_400_000.0;

/// A day, or a date and time.
fn moment(text: &str) -> Option<NaiveDateTime> {
    match text.len() {
        10 => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|day| day.and_time(NaiveTime::MIN)),
        _ => DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.naive_utc()),
    }
}

/// The number of a date and time in a spreadsheet, to the millisecond, where it has one: days since 30 December 1899.
fn serial(moment: NaiveDateTime) -> Option<f64> {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let days = i32::try_from((moment.date() - epoch).num_days()).ok()?;
    let since_midnight = moment.time() - NaiveTime::MIN;
    let milliseconds = i32::try_from(since_midnight.num_milliseconds()).ok()?;
    let serial = f64::from(days) + f64::from(milliseconds) / MILLISECONDS_OF_A_DAY;
    (serial >= FIRST_SERIAL).then_some(serial)
}

/// A date and time as the library takes it for the properties of a workbook.
fn created(moment: NaiveDateTime) -> Result<ExcelDateTime, XlsxError> {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(moment.year()).unwrap_or_default();
    let day = ExcelDateTime::from_ymd(year, small(moment.month()), small(moment.day()))?;
    day.and_hms(u16::from(small(moment.hour())), small(moment.minute()), moment.second())
}

fn width(text: &str) -> u16 {
    text.chars().take(WIDEST.into()).fold(0, |width, _| width + 1)
}

/// An upper bound of the bytes of a text in XML.
fn escaped(text: &str) -> u64 {
    let may_be_escaped = |byte: &u8| *byte < b' ' || matches!(byte, b'&' | b'<' | b'>' | b'_' | 0xef);
    text.len() as u64 + 6 * text.bytes().filter(may_be_escaped).count() as u64
}

impl<W> std::fmt::Debug for Xlsx<W> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Xlsx").field("rows", &self.rows).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
