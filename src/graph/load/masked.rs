//! Reading a model from an array that lacks the columns nobody will look at.

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IntoDeserializer, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

use super::{Column, Kind, mask::Mask};

/// Reads a model from the array of its columns that are in the mask; each of the others gets a value of its kind.
pub(super) fn model<'de, M: Deserialize<'de>>(
    text: &'de str,
    columns: &[Column],
    mask: Mask,
) -> serde_json::Result<M> {
    let mut from = serde_json::Deserializer::from_str(text);
    M::deserialize(Array { from: &mut from, columns, mask })
}

struct Array<'a, D> {
    from: D,
    columns: &'a [Column],
    mask: Mask,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Array<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let Self { from, columns, mask } = self;
        from.deserialize_seq(Filling { columns, mask, visitor })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The model's visitor, and what it is to be told of.
struct Filling<'a, V> {
    columns: &'a [Column],
    mask: Mask,
    visitor: V,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Filling<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_seq(Filled { seq, columns: self.columns.iter(), mask: self.mask })
    }
}

struct Filled<'a, A> {
    seq: A,
    columns: std::slice::Iter<'a, Column>,
    mask: Mask,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Filled<'_, A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        match self.columns.next() {
            Some(column) if self.mask.has(column.index) => self.seq.next_element_seed(seed),
            Some(column) => {
                seed.deserialize(Absent { kind: column.kind, error: std::marker::PhantomData }).map(Some)
            }
            None => Ok(None),
        }
    }
}

/// Some value of a kind, which nobody looks at.
struct Absent<E> {
    kind: Kind,
    error: std::marker::PhantomData<E>,
}

impl<'de, E: Error> Deserializer<'de> for Absent<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.kind {
            Kind::Uuid => visitor.visit_str("00000000-0000-0000-0000-000000000000"),
            Kind::Date => visitor.visit_str("1970-01-01"),
            Kind::Text => visitor.visit_str(""),
            Kind::Integer => visitor.visit_i64(0),
            Kind::Boolean => visitor.visit_bool(false),
            Kind::Json => visitor.visit_seq(NoElements(self.error)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    /// The first word of a vocabulary.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_enum(words.first().copied().unwrap_or_default().into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

struct NoElements<E>(std::marker::PhantomData<E>);

impl<'de, E: Error> SeqAccess<'de> for NoElements<E> {
    type Error = E;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, _: T) -> Result<Option<T::Value>, E> {
        Ok(None)
    }
}
