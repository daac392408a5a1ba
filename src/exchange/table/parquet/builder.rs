//! Collects the values of a column as an array of its type.

use std::{mem, sync::Arc};

use arrow_array::{
    ArrayRef,
    builder::{
        ArrayBuilder as _, BooleanBuilder, Date32Builder, Decimal128Builder, Float64Builder, Int64Builder,
        StringBuilder, StringDictionaryBuilder, TimestampMicrosecondBuilder,
    },
    types::Int32Type,
};
use arrow_schema::{DataType, TimeUnit};
use async_graphql::Value;
use chrono::{DateTime, NaiveDate};

use crate::exchange::table::{
    Column, Kind, TableError,
    cell::{Cell, json, unfit},
};

/// The most digits of a decimal number of 128 bits, and how many of them follow the point. The scalar `Decimal` has 25
/// before the point and 12 after it.
const DIGITS: u8 = 38;
const PLACES: u8 = 12;

/// The type of a kind's values.
pub(super) fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text | Kind::Code | Kind::Json => DataType::Utf8,
        Kind::Word => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        Kind::Boolean => DataType::Boolean,
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Decimal | Kind::Rupiah => DataType::Decimal128(DIGITS, scale(kind).cast_signed()),
        Kind::Date => DataType::Date32,
        Kind::DateTime => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
    }
}

fn scale(kind: Kind) -> u8 {
    if kind == Kind::Decimal { PLACES } else { 0 }
}

/// The values of a column that wait to be encoded.
pub(super) enum Builder {
    Text(StringBuilder),
    Word(StringDictionaryBuilder<Int32Type>),
    Boolean(BooleanBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Exact(Decimal128Builder),
    Date(Date32Builder),
    Moment(TimestampMicrosecondBuilder),
}

impl Builder {
    pub(super) fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Code | Kind::Json => Self::Text(StringBuilder::new()),
            Kind::Word => Self::Word(StringDictionaryBuilder::new()),
            Kind::Boolean => Self::Boolean(BooleanBuilder::new()),
            Kind::Integer => Self::Integer(Int64Builder::new()),
            Kind::Number => Self::Number(Float64Builder::new()),
            Kind::Decimal | Kind::Rupiah => {
                Self::Exact(Decimal128Builder::new().with_data_type(data_type(kind)))
            }
            Kind::Date => Self::Date(Date32Builder::new()),
            Kind::DateTime => {
                Self::Moment(TimestampMicrosecondBuilder::new().with_data_type(data_type(kind)))
            }
        }
    }

    /// Adds the value of row number `row`, and returns about how many bytes it takes.
    pub(super) fn push(
        &mut self,
        column: &Column,
        value: &Value,
        cell: Cell<'_>,
        row: u64,
    ) -> Result<usize, TableError> {
        let misfit = || unfit(column, value, row);
        match (self, cell) {
            (Self::Text(values), Cell::Text(text)) => {
                values.append_value(&text);
                return Ok(text.len() + 8);
            }
            (Self::Text(values), Cell::Json(value)) => {
                let text = json(value);
                values.append_value(&text);
                return Ok(text.len() + 8);
            }
            (Self::Text(values), Cell::Null) => values.append_null(),
            (Self::Word(values), Cell::Text(word)) => {
                values.append(word).map_err(|error| TableError::Library(error.to_string()))?;
            }
            (Self::Word(values), Cell::Null) => values.append_null(),
            (Self::Boolean(values), Cell::Boolean(truth)) => values.append_value(truth),
            (Self::Boolean(values), Cell::Null) => values.append_null(),
            (Self::Integer(values), Cell::Number(number)) => {
                values.append_value(number.as_i64().ok_or_else(misfit)?);
            }
            (Self::Integer(values), Cell::Null) => values.append_null(),
            (Self::Number(values), Cell::Number(number)) => {
                values.append_value(number.as_f64().ok_or_else(misfit)?);
            }
            (Self::Number(values), Cell::Null) => values.append_null(),
            (Self::Exact(values), Cell::Exact(digits)) => {
                values.append_value(units(digits, scale(column.kind)).ok_or_else(misfit)?);
            }
            (Self::Exact(values), Cell::Null) => values.append_null(),
            (Self::Date(values), Cell::Moment(day)) => {
                values.append_value(days(day).ok_or_else(misfit)?);
            }
            (Self::Date(values), Cell::Null) => values.append_null(),
            (Self::Moment(values), Cell::Moment(moment)) => {
                let moment = DateTime::parse_from_rfc3339(moment).map_err(|_| misfit())?;
                values.append_value(moment.timestamp_micros());
            }
            (Self::Moment(values), Cell::Null) => values.append_null(),
            _ => return Err(misfit()),
        }
        Ok(16)
    }

    /// The values so far as an array; the builder is empty then, with room for about as many texts.
    pub(super) fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(values) => {
                let bytes = values.values_slice().len();
                let next = StringBuilder::with_capacity(values.len(), bytes + bytes / 4);
                Arc::new(mem::replace(values, next).finish())
            }
            Self::Word(values) => Arc::new(values.finish()),
            Self::Boolean(values) => Arc::new(values.finish()),
            Self::Integer(values) => Arc::new(values.finish()),
            Self::Number(values) => Arc::new(values.finish()),
            Self::Exact(values) => Arc::new(values.finish()),
            Self::Date(values) => Arc::new(values.finish()),
            Self::Moment(values) => Arc::new(values.finish()),
        }
    }
}

/// Days since 1970.
fn days(day: &str) -> Option<i32> {
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    i32::try_from((day - epoch).num_days()).ok()
}

/// A number in units with so many places, where it fits exactly.
fn units(digits: &str, places: u8) -> Option<i128> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let missing = usize::from(places).checked_sub(fraction.len())?;
    let units: i128 = format!("{whole}{fraction}").parse().ok()?;
    let units = units.checked_mul(10_i128.checked_pow(u32::try_from(missing).ok()?)?)?;
    (units.unsigned_abs() < 10_u128.pow(DIGITS.into())).then_some(units)
}
