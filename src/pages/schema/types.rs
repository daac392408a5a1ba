//! The schema as introspection describes it.

use std::fmt::{self, Display, Formatter};

use serde::Deserialize;

/// The answer to `introspection.graphql`.
#[derive(Debug, Deserialize)]
pub(super) struct Introspection {
    #[serde(rename = "__schema")]
    pub(super) schema: Described,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Described {
    pub(super) query_type: Named,
    pub(super) types: Vec<Type>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
}

/// The kinds of types, in the order in which they are shown.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Kind {
    Object,
    Interface,
    Union,
    Enum,
    InputObject,
    Scalar,
    List,
    NonNull,
}

impl Kind {
    /// The kinds that types of a schema have.
    pub(super) const ALL: [Self; 6] =
        [Self::Object, Self::Interface, Self::Union, Self::Enum, Self::InputObject, Self::Scalar];
}

/// A type with all that is written about it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Type {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) fields: Option<Vec<Field>>,
    pub(super) input_fields: Option<Vec<Input>>,
    pub(super) interfaces: Option<Vec<Named>>,
    pub(super) enum_values: Option<Vec<Word>>,
    pub(super) possible_types: Option<Vec<Named>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) args: Vec<Input>,
    #[serde(rename = "type")]
    pub(super) of: Reference,
    pub(super) deprecation_reason: Option<String>,
}

/// An argument, or a field of an input object.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input {
    pub(super) name: String,
    pub(super) description: Option<String>,
    #[serde(rename = "type")]
    pub(super) of: Reference,
    pub(super) default_value: Option<String>,
}

/// A value of an enum.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Word {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) deprecation_reason: Option<String>,
}

/// A reference to a type: by its name, or wrapped in a list or a non-null type.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reference {
    pub(super) kind: Kind,
    pub(super) name: Option<String>,
    pub(super) of_type: Option<Box<Reference>>,
}

impl Reference {
    /// The name without lists and exclamation marks.
    pub(super) fn named(&self) -> &str {
        match (&self.name, &self.of_type) {
            (Some(name), _) => name,
            (None, Some(inner)) => inner.named(),
            (None, None) => "",
        }
    }

    /// What is written before and after the name: `[` and `!]!`.
    pub(super) fn wrapping(&self) -> (String, String) {
        let whole = self.to_string();
        let (before, after) = whole.split_once(self.named()).unwrap_or(("", ""));
        (before.to_owned(), after.to_owned())
    }
}

impl Display for Reference {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match (self.kind, self.of_type.as_deref()) {
            (Kind::List, Some(inner)) => write!(out, "[{inner}]"),
            (Kind::NonNull, Some(inner)) => write!(out, "{inner}!"),
            _ => out.write_str(self.named()),
        }
    }
}
