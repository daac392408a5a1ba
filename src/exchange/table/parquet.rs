//! Writes tables as Parquet, with typed columns: the feature `parquet`.
//!
//! The descriptions of columns are the metadata of their fields, and what the table is is the metadata of the file.

mod builder;
mod encoder;

use std::{
    collections::HashMap,
    io::{Seek, Write},
    sync::Arc,
};

use arrow_schema::{Field, Schema};
use async_graphql::Value;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    errors::ParquetError,
    file::{metadata::KeyValue, properties::WriterProperties},
};

use self::{
    builder::{Builder, data_type},
    encoder::Encoder,
};
use super::{
    About, Column, Rows, TableError,
    cell::cells,
    kept::{FirstError, Kept},
};

/// The most rows, and the most bytes of text, that wait to be encoded.
const BATCH_ROWS: usize = 1 << 10;
const BATCH_BYTES: usize = 1 << 20;

/// The most rows and bytes of a row group, whose encoded columns stay in memory until it is complete.
const GROUP_ROWS: usize = 1 << 16;
const GROUP_BYTES: usize = 1 << 23;

/// The most bytes of a column's dictionary and of its page, each of which is in memory for each column.
const PAGE_BYTES: usize = 1 << 16;

/// A Parquet file that is being written.
pub(super) struct Parquet<W: Write + Send> {
    columns: Vec<Column>,
    builders: Vec<Builder>,
    rows: u64,
    waiting_rows: usize,
    waiting_bytes: usize,
    encoder: Encoder<Kept<W>>,
    error: FirstError,
}

impl<W: Write + Send + 'static> Parquet<W> {
    pub(super) fn begin(columns: Vec<Column>, about: &About, out: W) -> Result<Self, TableError> {
        if columns.is_empty() {
            return Err(TableError::Refused("a file in parquet has at least one column".to_owned()));
        }
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
        let builders = columns.iter().map(|column| Builder::new(column.kind)).collect();
        let metadata =
            about.parts().map(|(name, part)| KeyValue::new(format!("simpul.{name}"), part.to_owned()));
        let properties = WriterProperties::builder()
            .set_created_by("simpul".to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_max_row_group_bytes(Some(GROUP_BYTES))
            .set_dictionary_page_size_limit(PAGE_BYTES)
            .set_data_page_size_limit(PAGE_BYTES)
            .set_key_value_metadata(Some(metadata.collect()))
            .build();
        let (out, error) = Kept::new(out);
        let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties))
            .map_err(|failure| cause(&error, &failure))?;
        let encoder = Encoder::begin(schema, writer)?;
        Ok(Self { columns, builders, rows: 0, waiting_rows: 0, waiting_bytes: 0, encoder, error })
    }

    /// Encodes the rows that wait.
    fn encode(&mut self) -> Result<(), TableError> {
        self.waiting_rows = 0;
        self.waiting_bytes = 0;
        self.encoder.write(&mut self.builders).map_err(|failure| cause(&self.error, &failure))
    }
}

impl<W: Write + Seek + Send + 'static> Rows<W> for Parquet<W> {
    fn row(&mut self, values: &[Value]) -> Result<(), TableError> {
        self.rows += 1;
        let cells = cells(&self.columns, values, self.rows)?;
        for ((builder, value), cell) in self.builders.iter_mut().zip(values).zip(cells) {
            let (column, cell) = cell?;
            self.waiting_bytes += builder.push(column, value, cell, self.rows)?;
        }
        self.waiting_rows += 1;
        if self.waiting_rows >= BATCH_ROWS || self.waiting_bytes >= BATCH_BYTES {
            self.encode()
        } else {
            Ok(())
        }
    }

    fn finish(mut self: Box<Self>) -> Result<W, TableError> {
        if self.waiting_rows > 0 {
            self.encode()?;
        }
        let Self { encoder, error, .. } = *self;
        Ok(encoder.finish().map_err(|failure| cause(&error, &failure))?.into_inner())
    }
}

/// What made the library fail.
fn cause(error: &FirstError, failure: &ParquetError) -> TableError {
    error.take().map_or_else(|| TableError::Library(failure.to_string()), TableError::File)
}

fn field(column: &Column) -> Field {
    let mut metadata = HashMap::new();
    if !column.description.is_empty() {
        metadata.insert("description".to_owned(), column.description.clone());
    }
    if !column.words.is_empty() {
        metadata.insert("values".to_owned(), column.words.join(","));
    }
    Field::new(&column.path, data_type(column.kind), true).with_metadata(metadata)
}

impl<W: Write + Send> std::fmt::Debug for Parquet<W> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Parquet").field("rows", &self.rows).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
