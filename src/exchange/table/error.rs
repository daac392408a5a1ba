//! The error of a table that is being written.

use std::io;

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// What was asked for is impossible; the sentence is for whoever asked.
    #[error("{0}")]
    Refused(String),
    /// A value does not have its column's kind: a fault of this program.
    #[error("row {row} of the table, column `{column}`: {value} is not {expected}")]
    Value { row: u64, column: String, value: String, expected: &'static str },
    /// The columns and the cells of a row are not as many: a fault of this program.
    #[error("row {row} of the table has {cells} cells for {columns} columns")]
    Shape { row: u64, cells: usize, columns: usize },
    /// The file, or a temporary file, cannot be written. An error of `out` itself comes back as it was.
    #[error(transparent)]
    File(#[from] io::Error),
    /// A library of a format failed: a fault of this program.
    #[error("the library of a format failed: {0}")]
    Library(String),
}
