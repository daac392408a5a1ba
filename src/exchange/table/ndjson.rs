//! Writes tables as NDJSON: a JSON object in each line, with the column's path as its key.
//!
//! The objects are flat, so that every format has the same columns under the same names. Values are as in the API's
//! answer: exact numbers stay strings, lists stay lists.

use std::io::{BufWriter, Seek, Write};

use async_graphql::Value;

use super::{Column, Rows, TableError, cell::cells};

/// An NDJSON file that is being written.
#[derive(Debug)]
pub(super) struct Ndjson<W: Write> {
    columns: Vec<Column>,
    /// What precedes each column's value.
    keys: Vec<String>,
    rows: u64,
    out: BufWriter<W>,
}

impl<W: Write> Ndjson<W> {
    pub(super) fn begin(columns: Vec<Column>, out: W) -> Self {
        let keys = columns.iter().enumerate().map(|(index, column)| {
            let key = serde_json::Value::from(column.path.as_str());
            format!("{}{key}:", if index == 0 { '{' } else { ',' })
        });
        Self { keys: keys.collect(), columns, rows: 0, out: BufWriter::with_capacity(1 << 16, out) }
    }
}

impl<W: Write + Seek + Send> Rows<W> for Ndjson<W> {
    fn row(&mut self, values: &[Value]) -> Result<(), TableError> {
        self.rows += 1;
        // Checked like in the other formats, written as in the answer.
        for cell in cells(&self.columns, values, self.rows)? {
            cell?;
        }
        if self.keys.is_empty() {
            self.out.write_all(b"{")?;
        }
        for (key, value) in self.keys.iter().zip(values) {
            self.out.write_all(key.as_bytes())?;
            serde_json::to_writer(&mut self.out, value).map_err(std::io::Error::from)?;
        }
        self.out.write_all(b"}\n")?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<W, TableError> {
        Ok(self.out.into_inner().map_err(std::io::IntoInnerError::into_error)?)
    }
}
