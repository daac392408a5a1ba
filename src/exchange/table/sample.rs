//! Tables for the tests of all formats, with values that are hard to hold.

use std::io::Cursor;

use async_graphql::{Name, Number, Value};

use super::{About, Column, Format, Kind, Profile, TableError, writer};

pub(super) const KINDS: [(&str, Kind); 11] = [
    ("name", Kind::Text),
    ("code", Kind::Code),
    ("status", Kind::Word),
    ("active", Kind::Boolean),
    ("members", Kind::Integer),
    ("score", Kind::Number),
    ("area", Kind::Decimal),
    ("assets", Kind::Rupiah),
    ("founded", Kind::Date),
    ("updatedAt", Kind::DateTime),
    ("region.kinds", Kind::Json),
];

/// Texts that some format has to escape, or that some program would run.
pub(super) const TEXTS: [&str; 18] = [
    "plain",
    "",
    " spaces at both ends ",
    "a \"quoted\" word",
    "semicolon; comma, tab\tand\r\ntwo lines",
    "=cmd|' /C calc'!A0",
    "+62 812-3456-7890",
    "-2+3",
    "@SUM(A1)",
    "\ttab first",
    "\rreturn first",
    "'apostrophe",
    "NUL \0, bell \u{7}, delete \u{7f}, \u{fffe}",
    "_x0041_ <b>&amp;</b>",
    "🐟 ikan, é é, \u{202e}right to left",
    "https://example.invalid/?a=1&b=2",
    "=HYPERLINK(\"https://example.invalid\")",
    "3/4",
];

pub(super) fn columns() -> Vec<Column> {
    KINDS.iter().map(|(path, kind)| Column::new(*path, *kind)).collect()
}

/// A row of every kind, one of absent values, and one of extreme values.
pub(super) fn rows() -> [Vec<Value>; 3] {
    let usual = vec![
        Value::from("Koperasi; \"Maju\""),
        Value::from("0812"),
        Value::Enum(Name::new("ACTIVE")),
        Value::Boolean(true),
        Value::from(1_250),
        number(2.5),
        Value::from("-12.005"),
        Value::from("280000000000"),
        Value::from("2025-11-16"),
        Value::from("2025-11-16T01:02:03.25Z"),
        Value::List(vec![Value::Enum(Name::new("A")), Value::from("b;\"")]),
    ];
    let extreme = vec![
        Value::from("=1+1"),
        Value::from("3204050000000001"),
        Value::from("ACTIVE"),
        Value::Boolean(false),
        Value::from(i64::MAX),
        number(-1e21),
        Value::from("-9999999999999999999999999.999999999999"),
        Value::from("-170141183460469231731687"),
        Value::from("1899-12-31"),
        Value::from("1900-01-01T00:00:00Z"),
        Value::List(Vec::new()),
    ];
    [usual, vec![Value::Null; KINDS.len()], extreme]
}

pub(super) fn number(number: f64) -> Value {
    Value::Number(Number::from_f64(number).unwrap())
}

pub(super) fn about() -> About {
    About {
        noun: "cooperatives".to_owned(),
        query: "{\n\n  cooperatives { nodes { name } }\n}".to_owned(),
        date: "2025-11-16T01:00:00Z".to_owned(),
        licence: "CC-BY-4.0".to_owned(),
        ..About::default()
    }
}

/// The bytes of a file of these rows.
pub(super) fn file(
    format: Format,
    profile: Profile,
    columns: Vec<Column>,
    rows: &[Vec<Value>],
) -> Result<Vec<u8>, TableError> {
    let folder = tempfile::tempdir().unwrap();
    let mut table = writer(format, profile, columns, about(), Cursor::new(Vec::new()), folder.path())?;
    rows.iter().try_for_each(|row| table.row(row))?;
    let bytes = table.finish()?.into_inner();
    assert_eq!(folder.path().read_dir().unwrap().count(), 0, "temporary files have no name");
    Ok(bytes)
}

/// A file with one column of texts.
pub(super) fn texts(format: Format, profile: Profile, texts: &[&str]) -> Vec<u8> {
    let rows: Vec<Vec<Value>> = texts.iter().map(|text| vec![Value::from(*text), Value::from(1)]).collect();
    let columns = vec![Column::new("text", Kind::Text), Column::new("one", Kind::Integer)];
    file(format, profile, columns, &rows).unwrap()
}
