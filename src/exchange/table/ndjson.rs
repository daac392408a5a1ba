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

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::exchange::table::{
        Format, Profile,
        sample::{TEXTS, columns, file, rows, texts},
    };

    #[test]
    fn a_line_has_the_values_of_the_answer_by_their_paths() {
        let bytes = file(Format::Ndjson, Profile::Plain, columns(), &rows()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let lines: Vec<&str> = text.split_terminator('\n').collect();
        assert_eq!(
            lines[0],
            "{\"name\":\"Koperasi; \\\"Maju\\\"\",\"code\":\"0812\",\"status\":\"ACTIVE\",\"active\":true,\"members\":1250,\
             \"score\":2.5,\"area\":\"-12.005\",\"assets\":\"280000000000\",\"founded\":\"2025-11-16\",\
             \"updatedAt\":\"2025-11-16T01:02:03.25Z\",\"region.kinds\":[\"A\",\"b;\\\"\"]}"
        );
        let absent: Json = serde_json::from_str(lines[1]).unwrap();
        assert!(absent.as_object().unwrap().values().all(Json::is_null), "{absent}");
        let extreme: Json = serde_json::from_str(lines[2]).unwrap();
        assert_eq!(extreme["members"], json!(i64::MAX));
        assert_eq!(extreme["assets"], json!("-170141183460469231731687"));
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn every_text_is_read_as_it_was_written() {
        let bytes = texts(Format::Ndjson, Profile::Plain, &TEXTS);
        let text = String::from_utf8(bytes).unwrap();
        let read = text.split_terminator('\n').map(|line| serde_json::from_str::<Json>(line).unwrap());
        let expected: Vec<Json> = TEXTS.iter().map(|text| json!({ "text": text, "one": 1 })).collect();
        assert_eq!(read.collect::<Vec<_>>(), expected);
    }
}
