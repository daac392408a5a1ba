//! Conditions on sets of enum values, stored as bits.

#![expect(clippy::struct_field_names, reason = "each is named for what the schema calls it")]

use async_graphql::{InputType, MaybeUndefined, resolver_utils::EnumType};

use super::{Clause, Condition, Expression, operand};
use crate::graph::{Result, load::Column};

crate::input_object! {
    /// Conditions on a set of enum values; all must hold.
    pub struct SetFilter<E: Word> = format!("{}ListFilter", <E as InputType>::type_name()) => {
        /// The set contains at least one of these values.
        has_some: MaybeUndefined<Vec<E>>,
        /// The set contains all of these values.
        has_every: MaybeUndefined<Vec<E>>,
        /// The set contains none of these values.
        has_none: MaybeUndefined<Vec<E>>,
    }
}

/// An enum whose sets are stored as bits.
pub trait Word: EnumType + InputType + Copy + 'static {
    /// The bit of the value.
    fn bit(self) -> i32;
}

impl<E: Word, C: sea_orm::ColumnTrait> Clause<C> for SetFilter<E> {
    fn on(&self, column: C) -> Result<Condition> {
        let column = Column::from(column);
        let among = |words: &Vec<E>, held: bool| {
            let mask = words.iter().fold(0, |bits, word| bits | i64::from(word.bit()));
            Condition::equal(Expression::Bits(column, mask), if held { mask } else { 0 })
        };
        let mut all = Condition::always();
        if let Some(words) = operand("hasSome", &self.has_some)? {
            all = all.and(among(words, false).negated());
        }
        if let Some(words) = operand("hasEvery", &self.has_every)? {
            all = all.and(among(words, true));
        }
        if let Some(words) = operand("hasNone", &self.has_none)? {
            all = all.and(among(words, false));
        }
        Ok(all)
    }
}
