//! The kind of a column, by the scalar of its field.

use crate::{
    document::export,
    exchange::table::{Column, Kind},
};

/// A column of the file.
pub(super) fn of(column: &export::Column) -> Column {
    let export::Column { path, of, is_list, description, words, .. } = column;
    let kind = match of.as_str() {
        of if *is_list || of == "GeoJSON" => Kind::Json,
        _ if !words.is_empty() => Kind::Word,
        "Int" => Kind::Integer,
        "Float" => Kind::Number,
        "Boolean" => Kind::Boolean,
        "Decimal" => Kind::Decimal,
        "Rupiah" => Kind::Rupiah,
        "Date" => Kind::Date,
        "DateTime" => Kind::DateTime,
        "String" => Kind::Text,
        // Ids and codes.
        _ => Kind::Code,
    };
    Column { path: path.clone(), kind, description: description.clone(), words: words.clone() }
}
