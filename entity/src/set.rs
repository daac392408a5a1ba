//! Column types for several values: sets of enum values as bits, and lists of text as JSON.

use std::fmt;

use sea_orm::entity::prelude::*;
use sea_orm::{FromJsonQueryResult, Iterable};
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::vocabulary::{AgreementContent, LearningMethod};

macro_rules! bit_set {
    ($(#[$doc:meta])* $set:ident of $value:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, DeriveValueType)]
        #[serde(transparent)]
        pub struct $set(pub i32);

        impl $set {
            /// The values in the set, in the order of the enum.
            pub fn iter(self) -> impl Iterator<Item = $value> {
                $value::iter().filter(move |value| self.contains(*value))
            }

            /// Whether the set contains `value`.
            #[must_use]
            pub fn contains(self, value: $value) -> bool {
                self.0 & Self::bit(value) != 0
            }

            /// The bit of `value`: its position in the enum.
            #[must_use]
            pub const fn bit(value: $value) -> i32 {
                1 << value as i32
            }
        }

        impl FromIterator<$value> for $set {
            fn from_iter<I: IntoIterator<Item = $value>>(values: I) -> Self {
                Self(values.into_iter().fold(0, |bits, value| bits | Self::bit(value)))
            }
        }
    };
}

bit_set! {
    /// The learning methods of a program.
    LearningMethods of LearningMethod
}

bit_set! {
    /// The mandatory contents of an agreement.
    AgreementContents of AgreementContent
}

/// A list of texts, stored as a JSON array.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct TextList(pub Vec<String>);

impl FromIterator<String> for TextList {
    fn from_iter<I: IntoIterator<Item = String>>(texts: I) -> Self {
        Self(texts.into_iter().collect())
    }
}

// SQLite has no JSON type: inside `json_array(…)` its column is the text of an array.
impl<'de> Deserialize<'de> for TextList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ArrayOrText)
    }
}

struct ArrayOrText;

impl<'de> Visitor<'de> for ArrayOrText {
    type Value = TextList;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array of texts, or the text of one")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<TextList, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = array.next_element()? {
            texts.push(text);
        }
        Ok(TextList(texts))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<TextList, E> {
        serde_json::from_str(text).map(TextList).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_keeps_the_order_of_its_vocabulary() {
        let set: LearningMethods =
            [LearningMethod::Mentoring, LearningMethod::StudyVisit].into_iter().collect();
        assert_eq!(set, LearningMethods(0b1_0001));
        assert!(set.iter().eq([LearningMethod::StudyVisit, LearningMethod::Mentoring]));
        assert_eq!(AgreementContent::iter().collect::<AgreementContents>(), AgreementContents(127));
    }

    #[test]
    fn a_list_reads_as_an_array_or_as_its_text() {
        let list = TextList(vec!["SOP".to_owned(), "pemasaran".to_owned()]);
        assert_eq!(list, serde_json::from_str(r#"["SOP", "pemasaran"]"#).unwrap());
        assert_eq!(list, serde_json::from_str(r#""[\"SOP\", \"pemasaran\"]""#).unwrap());
        assert_eq!(serde_json::to_string(&list).unwrap(), r#"["SOP","pemasaran"]"#);
    }
}
