//! Creates a sea-orm model from the columns that were read. The other columns get an empty value of their type.

use std::{slice, vec};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IntoDeserializer, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

use super::{
    column::{Column, Kind},
    column_set::ColumnSet,
    json_cell::Cell,
};

/// Creates a model from the columns in the set.
pub(super) fn model<'de, M: Deserialize<'de>>(
    cells: Vec<Cell<'de>>,
    columns: &[Column],
    read: ColumnSet,
) -> serde_json::Result<M> {
    let mut row = ModelDeserializer { cells: cells.into_iter(), columns: columns.iter(), read };
    let model = M::deserialize(&mut row)?;
    if row.cells.len() > 0 { Err(Error::custom("a column too many")) } else { Ok(model) }
}

struct ModelDeserializer<'a, 'de> {
    cells: vec::IntoIter<Cell<'de>>,
    columns: slice::Iter<'a, Column>,
    read: ColumnSet,
}

impl<'de> Deserializer<'de> for &mut ModelDeserializer<'_, 'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> serde_json::Result<V::Value> {
        visitor.visit_seq(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> SeqAccess<'de> for &mut ModelDeserializer<'_, 'de> {
    type Error = serde_json::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> serde_json::Result<Option<T::Value>> {
        match self.columns.next() {
            Some(column) if self.read.has(column.index) => {
                let cell = self.cells.next().ok_or_else(|| Error::custom("a column too few"))?;
                seed.deserialize(cell).map(Some)
            }
            Some(column) => seed.deserialize(Absent { kind: column.kind }).map(Some),
            None => Ok(None),
        }
    }
}

/// A placeholder value of a kind, for a column that no field reads.
struct Absent {
    kind: Kind,
}

impl<'de> Deserializer<'de> for Absent {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> serde_json::Result<V::Value> {
        match self.kind {
            Kind::Uuid => visitor.visit_str("00000000-0000-0000-0000-000000000000"),
            Kind::Date => visitor.visit_str("1970-01-01"),
            Kind::Text => visitor.visit_str(""),
            Kind::Integer => visitor.visit_i64(0),
            Kind::Boolean => visitor.visit_bool(false),
            Kind::Json => visitor.visit_seq(NoElements),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> serde_json::Result<V::Value> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> serde_json::Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    /// The first value of a vocabulary.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> serde_json::Result<V::Value> {
        visitor.visit_enum(words.first().copied().unwrap_or_default().into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

struct NoElements;

impl<'de> SeqAccess<'de> for NoElements {
    type Error = serde_json::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, _: T) -> serde_json::Result<Option<T::Value>> {
        Ok(None)
    }
}
