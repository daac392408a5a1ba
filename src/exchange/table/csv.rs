//! Writes tables as CSV, RFC 4180.
//!
//! The writer of the crate `csv` cannot tell an absent value from an empty text; here the former is an empty field and
//! the latter is `""`, as in PostgreSQL's own CSV. Only in a table of one column both are `""`: a line without anything
//! is skipped by many readers.

use std::io::{BufWriter, Seek, Write};

use async_graphql::Value;

use super::{
    Column, Kind, Profile, Rows, TableError,
    cell::{Cell, SPREADSHEET_DIGITS, cells, json, significant},
};

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

/// Writes a text, behind an apostrophe where a spreadsheet would run it as a formula, or convert it to a number, a day, an
/// amount of money or a truth value.
fn guarded(line: &mut Vec<u8>, value: &str, delimiter: u8) {
    let shown = value.trim_start_matches(is_dropped);
    let runs = value.starts_with(['\t', '\r', '\n'])
        || shown.starts_with([
            '=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−', '⁺', '⁻', '₊', '₋',
        ]);
    let converts = shown.bytes().any(|byte| byte.is_ascii_digit())
        && shown.bytes().all(|byte| byte.is_ascii_digit() || b" .,:/-+%eE".contains(&byte));
    if runs || converts || is_word_or_day(value) {
        apostrophe(line, value, delimiter);
    } else {
        text(line, value, delimiter);
    }
}

/// Whether a program may drop a character at the beginning of a text: white space, control characters, and characters
/// without width, such as a byte order mark.
fn is_dropped(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether a text is a truth value, an amount of money, or a day with the name of its month, as spreadsheets in Indonesian
/// or English read them.
fn is_word_or_day(value: &str) -> bool {
    const MONTHS: [&str; 22] = [
        "januari",
        "january",
        "februari",
        "february",
        "maret",
        "march",
        "april",
        "mei",
        "may",
        "juni",
        "june",
        "juli",
        "july",
        "agustus",
        "august",
        "agt",
        "september",
        "oktober",
        "october",
        "november",
        "desember",
        "december",
    ];
    let value = value.trim().to_lowercase();
    if ["true", "false", "benar", "salah"].contains(&value.as_str()) {
        return true;
    }
    let mut words = value.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    let (word, more) = (words.next(), words.next());
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let short = value.len() <= 24;
    has_digit
        && short
        && more.is_none()
        && word.is_some_and(|word| {
            ["rp", "idr"].contains(&word)
                || (word.len() > 2 && MONTHS.iter().any(|month| month.starts_with(word)))
        })
}

fn apostrophe(line: &mut Vec<u8>, value: &str, delimiter: u8) {
    text(line, &format!("'{value}"), delimiter);
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

#[cfg(test)]
mod tests {
    use async_graphql::Value;

    use crate::exchange::table::{
        Column, Format, Kind, Profile, TableError,
        sample::{TEXTS, columns, file, rows, texts},
    };

    fn written(profile: Profile) -> String {
        String::from_utf8(file(Format::Csv, profile, columns(), &rows()).unwrap()).unwrap()
    }

    #[test]
    fn plain_csv_has_exact_values() {
        let expected = [
            "name,code,status,active,members,score,area,assets,founded,updatedAt,region.kinds",
            "\"Koperasi; \"\"Maju\"\"\",0812,ACTIVE,true,1250,2.5,-12.005,280000000000,2025-11-16,\
             2025-11-16T01:02:03.25Z,\"[\"\"A\"\",\"\"b;\\\"\"\"\"]\"",
            ",,,,,,,,,,",
            "=1+1,3204050000000001,ACTIVE,false,9223372036854775807,-1e+21,\
             -9999999999999999999999999.999999999999,-170141183460469231731687,1899-12-31,1900-01-01T00:00:00Z,[]",
            "",
        ];
        assert_eq!(written(Profile::Plain), expected.join("\r\n"));
    }

    #[test]
    fn csv_for_spreadsheets_has_nothing_to_run_or_to_change() {
        let expected = [
            "\u{feff}name;code;status;active;members;score;area;assets;founded;updatedAt;region.kinds",
            "\"Koperasi; \"\"Maju\"\"\";'0812;ACTIVE;true;1250;2,5;-12,005;280000000000;2025-11-16;\
             2025-11-16 01:02:03,25;\"[\"\"A\"\",\"\"b;\\\"\"\"\"]\"",
            ";;;;;;;;;;",
            "'=1+1;'3204050000000001;ACTIVE;false;'9223372036854775807;-1e+21;\
             '-9999999999999999999999999,999999999999;'-170141183460469231731687;1899-12-31;1900-01-01 00:00:00;[]",
            "",
        ];
        assert_eq!(written(Profile::ExcelId), expected.join("\r\n"));
    }

    #[test]
    fn every_text_is_read_as_it_was_written() {
        for (profile, delimiter) in [(Profile::Plain, b','), (Profile::ExcelId, b';')] {
            let bytes = texts(Format::Csv, profile, &TEXTS);
            let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes.as_slice());
            let read: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
            let guarded = ["=", "+", "-", "@", "\t", "\r", "3"];
            let expected = TEXTS.map(|text| {
                let guard =
                    profile == Profile::ExcelId && guarded.iter().any(|first| text.starts_with(first));
                format!("{}{text}", if guard { "'" } else { "" })
            });
            assert_eq!(read, expected, "{profile}");
        }
    }

    #[test]
    fn texts_that_a_spreadsheet_would_convert_are_guarded() {
        for (value, guarded) in [
            ("12 Mar 2025", true),
            ("1-Jan", true),
            ("Mei 2025", true),
            ("Rp5.000", true),
            ("TRUE", true),
            ("Jalan Melati 5", false),
            ("Koperasi Maju", false),
            ("benar sekali", false),
            ("Desa 5", false),
            ("\u{feff}=1+1", true),
            ("\u{200b}\u{2060}@A1", true),
            ("\u{b}=1+1", true),
            (" \u{a0}\u{3000}-1+cmd", true),
            ("\u{202e}+1", true),
            ("\0=1", true),
            ("\u{feff}\u{feff} ＝1", true),
            (" Koperasi = maju", false),
        ] {
            let bytes = texts(Format::Csv, Profile::ExcelId, &[value]);
            assert_eq!(String::from_utf8(bytes).unwrap().contains(&format!("'{value}")), guarded, "{value}");
        }
    }

    #[test]
    fn an_absent_value_is_not_an_empty_text() {
        let columns = || vec![Column::new("a", Kind::Text), Column::new("b", Kind::Text)];
        let rows = [vec![Value::Null, Value::from("")], vec![Value::from(""), Value::Null]];
        let bytes = file(Format::Csv, Profile::Plain, columns(), &rows).unwrap();
        assert_eq!(bytes, b"a,b\r\n,\"\"\r\n\"\",\r\n");
        let alone = file(Format::Csv, Profile::Plain, columns()[..1].to_vec(), &[vec![Value::Null]]).unwrap();
        assert_eq!(alone, b"a\r\n\"\"\r\n", "an empty line would be no row");
    }

    #[test]
    fn a_row_that_does_not_fit_its_columns_is_an_error() {
        let write = |row: &[Value]| {
            file(Format::Csv, Profile::Plain, vec![Column::new("assets", Kind::Rupiah)], &[row.to_vec()])
        };
        for digits in ["1.5", "=1", "", "1,5", "-", "1e3"] {
            let error = write(&[Value::from(digits)]).unwrap_err();
            assert!(matches!(error, TableError::Value { row: 1, .. }), "{digits}: {error}");
        }
        let error = write(&[]).unwrap_err();
        assert_eq!(error.to_string(), "row 1 of the table has 0 cells for 1 columns");
    }
}
