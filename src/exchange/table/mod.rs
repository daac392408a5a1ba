//! Writes tables as files: CSV, NDJSON, XLSX and Parquet, row by row and in flat memory.
//!
//! A cell is a value of the API's answer: exact numbers, days and date-times are strings there (`graph/scalar`).

mod cell;
mod column;
mod csv;
mod error;
mod format;
mod kept;
mod ndjson;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(test)]
mod sample;
mod xlsx;

use std::{
    io::{Seek, Write},
    path::Path,
};

use async_graphql::Value;

pub use self::{
    column::{About, Column, Kind},
    error::TableError,
    format::{Format, Profile},
};

/// A table that is being written into a file of type `W`.
pub trait Rows<W>: Send {
    /// Writes a row: a value for each column, in the order of the columns.
    ///
    /// # Errors
    /// When the format cannot hold the row, or the file cannot be written. The file is of no use then.
    fn row(&mut self, cells: &[Value]) -> Result<(), TableError>;

    /// The most bytes that a row will have in temporary files beside the file itself. They are freed with this object.
    fn temporary_bytes(&self, _cells: &[Value]) -> u64 {
        0
    }

    /// Writes what is left, and returns the file. Its position is anywhere.
    ///
    /// # Errors
    /// When the file cannot be written.
    fn finish(self: Box<Self>) -> Result<W, TableError>;
}

/// Begins a table in `out`, with `folder` for temporary files. They have no name there, so that nothing is left when the
/// program ends.
///
/// # Errors
/// When the format does not fit the profile or the columns, when this program was built without the format, or when the
/// file cannot be written.
pub fn writer<W: Write + Seek + Send + 'static>(
    format: Format,
    profile: Profile,
    columns: Vec<Column>,
    about: About,
    out: W,
    folder: &Path,
) -> Result<Box<dyn Rows<W>>, TableError> {
    if profile == Profile::ExcelId && format != Format::Csv {
        return Err(TableError::Refused(format!(
            "the profile {profile} is for csv; a file in {format} needs none"
        )));
    }
    Ok(match format {
        Format::Csv => Box::new(csv::Csv::begin(profile, columns, out)?),
        Format::Ndjson => Box::new(ndjson::Ndjson::begin(columns, out)),
        Format::Xlsx => Box::new(xlsx::Xlsx::begin(columns, about, out, folder)?),
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(parquet::Parquet::begin(columns, &about, out)?),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => {
            return Err(TableError::Refused(
                "this program was built without parquet (the feature `parquet`); there are csv, ndjson and xlsx"
                    .to_owned(),
            ));
        }
    })
}
