use arrow_array::{
    Array, RecordBatch,
    cast::AsArray,
    types::{Date32Type, Decimal128Type, Float64Type, Int32Type, Int64Type, TimestampMicrosecondType},
};
use async_graphql::Value;
use bytes::Bytes;
use parquet::{
    arrow::arrow_reader::{ParquetRecordBatchReaderBuilder, RowSelection},
    file::{
        metadata::RowGroupMetaData,
        reader::{FileReader, SerializedFileReader},
    },
};

use super::PAGE_BYTES;

use crate::exchange::table::{
    Column, Format, Kind, Profile,
    sample::{TEXTS, columns, file, rows, texts},
};

fn open(bytes: Vec<u8>) -> ParquetRecordBatchReaderBuilder<Bytes> {
    ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).unwrap()
}

fn only_batch(bytes: Vec<u8>) -> RecordBatch {
    let batches: Vec<_> = open(bytes).build().unwrap().collect();
    assert_eq!(batches.len(), 1);
    batches.into_iter().next().unwrap().unwrap()
}

#[test]
fn values_are_typed_and_exact() {
    let batch = only_batch(file(Format::Parquet, Profile::Plain, columns(), &rows()).unwrap());
    let column = |path: &str| batch.column_by_name(path).unwrap();
    for array in batch.columns() {
        assert!(array.is_valid(0) && array.is_null(1) && array.is_valid(2), "{array:?}");
    }
    assert_eq!(column("name").as_string::<i32>().value(0), "Koperasi; \"Maju\"");
    assert_eq!(column("code").as_string::<i32>().value(2), "3204050000000001");
    let words = column("status").as_dictionary::<Int32Type>();
    assert_eq!((words.values().len(), words.values().as_string::<i32>().value(0)), (1, "ACTIVE"));
    assert!(column("active").as_boolean().value(0));
    assert_eq!(column("members").as_primitive::<Int64Type>().value(2), i64::MAX);
    assert_eq!(column("score").as_primitive::<Float64Type>().values()[2].to_string(), (-1e21).to_string());
    let area = column("area").as_primitive::<Decimal128Type>();
    assert_eq!(
        [0, 2].map(|row| area.value_as_string(row)),
        ["-12.005000000000", "-9999999999999999999999999.999999999999"]
    );
    let assets = column("assets").as_primitive::<Decimal128Type>();
    assert_eq!([0, 2].map(|row| assets.value_as_string(row)), ["280000000000", "-170141183460469231731687"]);
    let founded = column("founded").as_primitive::<Date32Type>();
    assert_eq!(
        [0, 2].map(|row| founded.value_as_date(row).unwrap().to_string()),
        ["2025-11-16", "1899-12-31"]
    );
    let moments = column("updatedAt").as_primitive::<TimestampMicrosecondType>();
    assert_eq!([0, 2].map(|row| moments.value(row)), [1_763_254_923_250_000, -2_208_988_800_000_000]);
    assert_eq!(column("region.kinds").as_string::<i32>().value(0), "[\"A\",\"b;\\\"\"]");
}

#[test]
fn every_text_is_read_as_it_was_written() {
    let batch = only_batch(texts(Format::Parquet, Profile::Plain, &TEXTS));
    let read: Vec<_> = batch.column(0).as_string::<i32>().iter().flatten().collect();
    assert_eq!(read, TEXTS);
}

#[test]
fn the_file_says_what_it_is_and_what_its_columns_mean() {
    let mut described = columns();
    described[2].description = "Whether it works.".to_owned();
    described[2].words = vec!["ACTIVE".to_owned(), "CLOSED".to_owned()];
    let reader = open(file(Format::Parquet, Profile::Plain, described, &[]).unwrap());
    let field = reader.schema().field_with_name("status").unwrap();
    assert_eq!(field.metadata()["description"], "Whether it works.");
    assert_eq!(field.metadata()["values"], "ACTIVE,CLOSED");
    let metadata = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let part = |name: &str| metadata.iter().find(|part| part.key == name).and_then(|part| part.value.clone());
    assert_eq!(part("simpul.rows").as_deref(), Some("cooperatives"));
    assert_eq!(part("simpul.licence").as_deref(), Some("CC-BY-4.0"));
}

#[test]
fn row_groups_are_bounded() {
    let rows: Vec<Vec<Value>> = (0..70_000).map(|row| vec![Value::from(row)]).collect();
    let columns = vec![Column::new("number", Kind::Integer)];
    let reader = open(file(Format::Parquet, Profile::Plain, columns, &rows).unwrap());
    let groups: Vec<i64> = reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
    assert_eq!(groups, [65_536, 4_464]);
    let last = reader
        .with_row_selection(RowSelection::from_consecutive_ranges(std::iter::once(69_999..70_000), 70_000));
    let batch = last.build().unwrap().next().unwrap().unwrap();
    assert_eq!(batch.column(0).as_primitive::<Int64Type>().values(), &[69_999]);
}

#[test]
fn pages_and_dictionaries_are_bounded() {
    let rows: Vec<Vec<Value>> =
        (0..20_000).map(|row| vec![Value::from(format!("a text that is in one row only: {row}"))]).collect();
    let columns = vec![Column::new("text", Kind::Text)];
    let bytes = file(Format::Parquet, Profile::Plain, columns, &rows).unwrap();
    let reader = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
    let pages = reader.get_row_group(0).unwrap().get_column_page_reader(0).unwrap();
    let sizes: Vec<usize> = pages.map(|page| page.unwrap().buffer().len()).collect();
    assert!(sizes.len() > 5 && sizes.iter().all(|size| *size < 2 * PAGE_BYTES), "{sizes:?}");
}

#[test]
fn a_number_that_does_not_fit_is_an_error_and_not_rounded() {
    for digits in ["0.0000000000001", "99999999999999999999999999999"] {
        let columns = vec![Column::new("area", Kind::Decimal)];
        let written = file(Format::Parquet, Profile::Plain, columns, &[vec![Value::from(digits)]]);
        assert!(written.unwrap_err().to_string().contains(digits));
    }
}
