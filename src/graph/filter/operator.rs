//! The operators of `where`, one input type per kind of value.

use std::borrow::Cow;

use async_graphql::{InputObject, InputType, MaybeUndefined, TypeName, resolver_utils::EnumType};

use super::{Condition, Operator};
use crate::graph::{Error, Result, load::Column, value::Value};

/// Conditions on a value of a closed vocabulary; all must hold.
#[derive(Clone, Debug, InputObject)]
#[graphql(name_type)]
pub struct EnumFilter<E: Term> {
    /// Is this.
    eq: MaybeUndefined<E>,
    /// Is not this; no value counts as not this.
    ne: MaybeUndefined<E>,
    /// Is one of these.
    r#in: MaybeUndefined<Vec<E>>,
    /// Is none of these; no value counts as none of these.
    not_in: MaybeUndefined<Vec<E>>,
    /// Has no value, or has one.
    is_null: MaybeUndefined<bool>,
}

/// A value of a closed vocabulary that columns store as text.
pub trait Term: EnumType + InputType + sea_orm::ActiveEnum<Value = String> + Copy {}

impl<T: EnumType + InputType + sea_orm::ActiveEnum<Value = String> + Copy> Term for T {}

impl<E: Term> TypeName for EnumFilter<E> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Filter", <E as InputType>::type_name()).into()
    }
}

impl<E: Term> EnumFilter<E> {
    /// What it demands of `column`.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a null operand: it would silently match nothing, or everything.
    pub fn on(&self, column: impl Into<Column>) -> Result<Condition> {
        let column = column.into();
        let stored = |term: &E| Value::from(sea_orm::ActiveEnum::to_value(term));
        let listed = |terms: &Vec<E>| terms.iter().map(stored).collect::<Vec<_>>();
        let mut parts = Vec::new();
        if let Some(term) = operand("eq", &self.eq)? {
            parts.push(Condition::Compare(column, Operator::Equal, stored(term)));
        }
        if let Some(term) = operand("ne", &self.ne)? {
            let same = Condition::Compare(column, Operator::Equal, stored(term));
            parts.push(Condition::Not(Box::new(same)));
        }
        if let Some(terms) = operand("in", &self.r#in)? {
            parts.push(Condition::In(column, listed(terms)));
        }
        if let Some(terms) = operand("notIn", &self.not_in)? {
            parts.push(Condition::not_in(column, listed(terms)));
        }
        match operand("isNull", &self.is_null)? {
            Some(true) => parts.push(Condition::IsNull(column)),
            Some(false) => parts.push(Condition::Not(Box::new(Condition::IsNull(column)))),
            None => {}
        }
        Ok(Condition::All(parts))
    }
}

/// What the caller gave, if anything; null is no value to compare with.
pub(crate) fn operand<'a, T>(name: &str, value: &'a MaybeUndefined<T>) -> Result<Option<&'a T>> {
    match value {
        MaybeUndefined::Undefined => Ok(None),
        MaybeUndefined::Null => {
            Err(Error::bad_input(format!("`{name}` needs a value; for no value use `isNull`")))
        }
        MaybeUndefined::Value(value) => Ok(Some(value)),
    }
}
