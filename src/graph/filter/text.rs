//! Conditions on text: names are compared folded, codes exactly.

use async_graphql::{ID, MaybeUndefined};

use super::{
    Clause, Condition, Expression, operand,
    operator::{Bound, Tests},
};
use crate::graph::{
    Error, Result,
    fold::{fold, fold_part},
    id::{GlobalId, KeyKind, clean},
    load::{Column, Kind, Noun},
    scalar::RegionCode,
    value::Value,
};

crate::input_object! {
    /// Conditions on a string; all must hold. Names and prose are compared without regard to case, accents, invisible
    /// characters and variants of apostrophes, hyphens and spaces; codes are compared exactly.
    pub struct StringFilter = "StringFilter" => {
        /// Equals this value.
        eq: MaybeUndefined<String>,
        /// Does not equal this value; matches null.
        ne: MaybeUndefined<String>,
        /// Equals one of these values.
        r#in: MaybeUndefined<Vec<String>>,
        /// Equals none of these values; matches null.
        not_in: MaybeUndefined<Vec<String>>,
        /// Is null (`true`) or is not null (`false`).
        is_null: MaybeUndefined<bool>,
        /// Contains this string, including its leading and trailing spaces. Every string contains the empty string.
        contains: MaybeUndefined<String>,
        /// Starts with this string, including its leading and trailing spaces.
        starts_with: MaybeUndefined<String>,
    }
}

/// A column of text.
#[derive(Clone, Copy, Debug)]
pub enum Text {
    /// Prose, in its folded column.
    Folded(Column),
    /// A code, compared exactly.
    Exact(Column),
    /// A code that callers spell in several ways and the column in one.
    Spelled(Column, Spelling),
}

/// How to convert a code to the spelling of its column.
#[derive(Clone, Copy, Debug)]
pub struct Spelling {
    /// Converts a whole code.
    pub whole: fn(&str) -> String,
    /// Converts a part of a code.
    pub part: fn(&str) -> String,
}

impl Text {
    #[must_use]
    pub fn folded(column: impl Into<Column>) -> Self {
        Self::Folded(column.into())
    }

    #[must_use]
    pub fn exact(column: impl Into<Column>) -> Self {
        Self::Exact(column.into())
    }

    #[must_use]
    pub fn spelled(column: impl Into<Column>, spelling: Spelling) -> Self {
        Self::Spelled(column.into(), spelling)
    }

    fn column(self) -> Column {
        match self {
            Self::Folded(column) | Self::Exact(column) | Self::Spelled(column, _) => column,
        }
    }

    /// Converts a text of the caller to the spelling of the column.
    fn written(self, text: &str) -> Result<String> {
        clean(text)?;
        Ok(match self {
            Self::Folded(_) => fold(text),
            Self::Exact(_) => text.to_owned(),
            Self::Spelled(_, spelling) => (spelling.whole)(text),
        })
    }

    /// Converts a part of a text to the spelling of the column; `None` when nothing is left of it, which no text
    /// contains.
    fn part(self, part: &str) -> Result<Option<String>> {
        clean(part)?;
        let written = match self {
            Self::Folded(_) => fold_part(part),
            Self::Exact(_) => part.to_owned(),
            Self::Spelled(_, spelling) => (spelling.part)(part),
        };
        Ok(Some(written).filter(|written| part.is_empty() || !written.is_empty()))
    }
}

impl Clause<Text> for StringFilter {
    fn on(&self, subject: Text) -> Result<Condition> {
        let column = subject.column();
        let mut tests = Tests::on(column);
        tests.equality(&self.eq, &self.ne, &self.r#in, &self.not_in, |text| {
            Ok(Bound::Exact(subject.written(text)?.into()))
        })?;
        tests.is_null(self.is_null)?;
        if let Some(text) = operand("contains", &self.contains)? {
            let part = subject.part(text)?;
            tests.push(part.map_or_else(Condition::never, |part| Condition::Contains(column, part.into())));
        }
        if let Some(text) = operand("startsWith", &self.starts_with)? {
            let part = subject.part(text)?;
            tests.push(part.map_or_else(Condition::never, |part| Condition::starts_with(column, &part)));
        }
        Ok(tests.all())
    }
}

crate::input_object! {
    /// Conditions on a region code; all must hold.
    pub struct RegionCodeFilter = "RegionCodeFilter" => {
        /// Equals this value.
        eq: MaybeUndefined<RegionCode>,
        /// Does not equal this value.
        ne: MaybeUndefined<RegionCode>,
        /// Equals one of these values.
        r#in: MaybeUndefined<Vec<RegionCode>>,
        /// Equals none of these values.
        not_in: MaybeUndefined<Vec<RegionCode>>,
        /// Starts with these characters. For all regions inside a region, use `within`.
        starts_with: MaybeUndefined<String>,
    }
}

impl<S: Into<Expression>> Clause<S> for RegionCodeFilter {
    fn on(&self, subject: S) -> Result<Condition> {
        let mut tests = Tests::on(subject);
        tests.equality(&self.eq, &self.ne, &self.r#in, &self.not_in, |code| {
            Ok(Bound::Exact(code.0.as_str().into()))
        })?;
        if let Some(beginning) = operand("startsWith", &self.starts_with)? {
            clean(beginning)?;
            tests.push(Condition::starts_with(tests.expression(), beginning));
        }
        Ok(tests.all())
    }
}

crate::input_object! {
    /// Conditions on a global id; all must hold.
    pub struct IdFilter = "IdFilter" => {
        /// Equals this value.
        eq: MaybeUndefined<ID>,
        /// Does not equal this value.
        ne: MaybeUndefined<ID>,
        /// Equals one of these values.
        r#in: MaybeUndefined<Vec<ID>>,
        /// Equals none of these values.
        not_in: MaybeUndefined<Vec<ID>>,
    }
}

/// A key column that is filtered by global ids, and the nouns whose ids are accepted.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    key: Column,
    nouns: &'static [&'static str],
}

impl Identity {
    /// The key of the rows of one noun.
    #[must_use]
    pub fn of<N: Noun>() -> Self {
        Self::among::<N>(const { &[N::NAME] })
    }

    /// The key of rows that share their keys with several nouns.
    #[must_use]
    pub fn among<N: Noun>(nouns: &'static [&'static str]) -> Self {
        Self { key: N::table().key[0], nouns }
    }

    fn key_of(&self, id: &ID) -> Result<Value> {
        let decoded = GlobalId::decode(id)?;
        if !self.nouns.contains(&decoded.noun.as_str()) {
            let wanted = self.nouns.join(" or a ");
            return Err(Error::bad_input(format!("this is the id of a {}, not of a {wanted}", decoded.noun)));
        }
        decoded.key(if self.key.kind == Kind::Uuid { KeyKind::Uuid } else { KeyKind::Text })
    }
}

impl Clause<Identity> for IdFilter {
    fn on(&self, subject: Identity) -> Result<Condition> {
        let mut tests = Tests::on(subject.key);
        tests.equality(&self.eq, &self.ne, &self.r#in, &self.not_in, |id| {
            Ok(Bound::Exact(subject.key_of(id)?))
        })?;
        Ok(tests.all())
    }
}
