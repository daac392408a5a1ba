use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use async_graphql::Value;
use calamine::{Data, DataType, Range, Reader, Xlsx};

use crate::exchange::table::{
    Column, Format, Kind, Profile, TableError,
    sample::{TEXTS, about, columns, file, rows, texts},
    writer,
};

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn sheet(bytes: Vec<u8>, name: &str) -> Range<Data> {
    open(bytes).worksheet_range(name).unwrap()
}

#[test]
fn values_are_typed_and_texts_where_a_number_would_lose_digits() {
    let data = sheet(file(Format::Xlsx, Profile::Plain, columns(), &rows()).unwrap(), "data");
    let row = |row: usize| data.rows().nth(row).unwrap().to_vec();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(row(0), columns().iter().map(|column| text(&column.path)).collect::<Vec<_>>());

    let usual = row(1);
    assert_eq!(usual[..4], [text("Koperasi; \"Maju\""), text("0812"), text("ACTIVE"), Data::Bool(true)]);
    let numbers: Vec<f64> = usual[4..8].iter().map(|cell| cell.as_f64().unwrap()).collect();
    assert_eq!(numbers, [1_250.0, 2.5, -12.005, 280_000_000_000.0]);
    let days = usual[8..10].iter().map(|cell| match cell {
        Data::DateTime(moment) => moment.as_f64(),
        other => panic!("{other:?}"),
    });
    let days: Vec<f64> = days.collect();
    assert_eq!(days, [45_977.0, 45_977.0 + 3_723.25 / 86_400.0]);
    assert_eq!(usual[10], text("[\"A\",\"b;\\\"\"]"));

    assert!(row(2).iter().all(|cell| *cell == Data::Empty), "{:?}", row(2));

    let extreme = row(3);
    let texts = [(0, "=1+1"), (1, "3204050000000001"), (4, "9223372036854775807")];
    let texts = texts.into_iter().chain([
        (6, "-9999999999999999999999999.999999999999"),
        (7, "-170141183460469231731687"),
        (8, "1899-12-31"),
        (9, "1900-01-01T00:00:00Z"),
        (10, "[]"),
    ]);
    for (at, expected) in texts {
        assert_eq!(extreme[at], text(expected));
    }
    assert_eq!(extreme[5].as_f64(), Some(-1e21));
}

#[test]
fn every_text_is_a_text_and_read_as_it_was_written() {
    let bytes = texts(Format::Xlsx, Profile::Plain, &TEXTS);
    let data = sheet(bytes.clone(), "data");
    for (row, expected) in data.rows().skip(1).zip(TEXTS) {
        match &row[0] {
            Data::Empty => assert_eq!(expected, ""),
            Data::String(text) => assert_eq!(text, expected),
            other => panic!("{expected}: {other:?}"),
        }
    }
    assert_eq!(data.height(), TEXTS.len() + 1);
    let formulas = open(bytes).worksheet_formula("data").unwrap();
    assert!(formulas.used_cells().next().is_none(), "{formulas:?}");
}

#[test]
fn a_sheet_says_what_the_rows_are() {
    let described = Column {
        description: "Whether it works.".to_owned(),
        words: vec!["ACTIVE".to_owned(), "CLOSED".to_owned()],
        ..Column::new("status", Kind::Word)
    };
    let bytes = file(Format::Xlsx, Profile::Plain, vec![described], &[]).unwrap();
    let about = sheet(bytes, "about");
    let lines: Vec<String> = about
        .rows()
        .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"))
        .filter(|line| !line.starts_with("notes"))
        .collect();
    let expected = [
        "rows||cooperatives|",
        "date||2025-11-16T01:00:00Z|",
        "licence||CC-BY-4.0|",
        "query||{|",
        "|||",
        "||  cooperatives { nodes { name } }|",
        "||}|",
        "|||",
        "column|type|meaning|values",
        "status|word|Whether it works.|ACTIVE, CLOSED",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_text_that_no_cell_can_hold_is_refused() {
    let row = |text: String| [vec![Value::from(text)]];
    let column = || vec![Column::new("note", Kind::Text)];
    let write = |text: String| file(Format::Xlsx, Profile::Plain, column(), &row(text));
    assert!(write("é".repeat(32_767)).is_ok());
    let refusal = write("🐟".repeat(20_000)).unwrap_err();
    assert!(matches!(refusal, TableError::Refused(_)), "{refusal:?}");
    assert!(refusal.to_string().starts_with("row 1 has 40000 characters in `note`"), "{refusal}");
}

#[test]
fn equal_tables_are_equal_files() {
    let write = || file(Format::Xlsx, Profile::Plain, columns(), &rows()).unwrap();
    assert!(write() == write());
    let mut book = zip::ZipArchive::new(Cursor::new(write())).unwrap();
    let mut properties = String::new();
    book.by_name("docProps/core.xml").unwrap().read_to_string(&mut properties).unwrap();
    assert_eq!(properties.matches("2025-11-16T01:00:00Z").count(), 2, "{properties}");
}

/// A file that is full after some bytes.
struct Full(Cursor<Vec<u8>>);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let full = self.0.position() + bytes.len() as u64 > 1_000;
        if full { Err(io::Error::other("the budget is spent")) } else { self.0.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Full {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn an_error_of_the_file_comes_back_as_it_was() {
    for format in Format::ALL {
        let out = Full(Cursor::new(Vec::new()));
        let folder = tempfile::tempdir().unwrap();
        let Ok(mut table) = writer(format, Profile::Plain, columns(), about(), out, folder.path()) else {
            assert_eq!(format, Format::Parquet, "built without");
            continue;
        };
        let mut written = Ok(());
        for _ in 0..20_000 {
            written = written.and_then(|()| table.row(&rows()[0]));
        }
        let error = written.and_then(|()| table.finish().map(drop)).unwrap_err();
        let TableError::File(cause) = error else { panic!("{format}: {error:?}") };
        assert_eq!((cause.kind(), cause.to_string()), (io::ErrorKind::Other, "the budget is spent".into()));
    }
}
