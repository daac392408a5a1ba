//! Reads the values of cells by the kinds of their columns.

use std::borrow::Cow;

use async_graphql::{Number, Value};

use super::{Column, Kind, TableError};

/// The most digits of a number that spreadsheets keep.
pub(super) const SPREADSHEET_DIGITS: usize = 15;

/// A value by its kind. Text and exact numbers are as the API spells them.
#[derive(Debug)]
pub(super) enum Cell<'a> {
    Null,
    Text(Cow<'a, str>),
    Boolean(bool),
    /// A number of JSON.
    Number(&'a Number),
    /// The digits of a `Decimal` or a `Rupiah`.
    Exact(&'a str),
    /// A day, or a date and time.
    Moment(&'a str),
    /// A value that no column of scalars holds.
    Json(&'a Value),
}

/// The cells of row number `row`, counted from 1, with their columns.
pub(super) fn cells<'a>(
    columns: &'a [Column],
    values: &'a [Value],
    row: u64,
) -> Result<impl Iterator<Item = Result<(&'a Column, Cell<'a>), TableError>>, TableError> {
    if columns.len() != values.len() {
        return Err(TableError::Shape { row, cells: values.len(), columns: columns.len() });
    }
    Ok(columns.iter().zip(values).map(move |(column, value)| Ok((column, cell(column, value, row)?))))
}

fn cell<'a>(column: &Column, value: &'a Value, row: u64) -> Result<Cell<'a>, TableError> {
    Ok(match (column.kind, value) {
        (_, Value::Null) => Cell::Null,
        (Kind::Json, value) => Cell::Json(value),
        (Kind::Text | Kind::Code | Kind::Word, Value::String(text)) => Cell::Text(Cow::Borrowed(text)),
        (Kind::Text | Kind::Code | Kind::Word, Value::Enum(name)) => Cell::Text(Cow::Borrowed(name.as_str())),
        // A code may be a number in the answer.
        (Kind::Text | Kind::Code, Value::Number(number)) => Cell::Text(Cow::Owned(number.to_string())),
        (Kind::Boolean, Value::Boolean(truth)) => Cell::Boolean(*truth),
        (Kind::Integer, Value::Number(number)) if !number.is_f64() => Cell::Number(number),
        (Kind::Number, Value::Number(number)) => Cell::Number(number),
        (Kind::Decimal | Kind::Rupiah, Value::String(digits)) if is_exact(digits, column.kind) => {
            Cell::Exact(digits)
        }
        (Kind::Date | Kind::DateTime, Value::String(moment)) => Cell::Moment(moment),
        (_, value) => return Err(unfit(column, value, row)),
    })
}

/// Whether a text is a number as `Decimal` and `Rupiah` are spelt, so that none of them needs quotes anywhere.
fn is_exact(text: &str, kind: Kind) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let numeric = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    numeric(whole) && numeric(fraction) && (kind == Kind::Decimal || digits.len() == whole.len())
}

/// The number of digits of a number, without zeros at the start.
pub(super) fn significant(number: &str) -> usize {
    number.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count()
}

/// A value as JSON.
pub(super) fn json(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The error of a value that does not have its column's kind.
pub(super) fn unfit(column: &Column, value: &Value, row: u64) -> TableError {
    let expected = match column.kind {
        Kind::Text | Kind::Code => "text",
        Kind::Word => "a word of an enum",
        Kind::Boolean => "a boolean",
        Kind::Integer => "a whole number",
        Kind::Number => "a number",
        Kind::Decimal => "a decimal number in a string",
        Kind::Rupiah => "an amount in a string",
        Kind::Date => "a day",
        Kind::DateTime => "a date and time",
        Kind::Json => "JSON",
    };
    TableError::Value { row, column: column.path.clone(), value: value.to_string(), expected }
}
