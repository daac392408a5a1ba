//! What a list keeps: conditions as data, and the operators that callers write them with.

mod condition;
mod operator;

pub use condition::{Condition, Operator};
pub use operator::EnumFilter;
pub(crate) use operator::operand;

use super::{Result, load::Arguments};

/// The `where` of one noun: a GraphQL input that becomes a condition on its rows.
pub trait Where: Sized {
    /// Reads the argument `where`, absent or present.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when it does not fit its type.
    fn read(arguments: &Arguments<'_>) -> Result<Option<Self>>;

    /// What it demands of a row.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a null operand.
    fn condition(&self) -> Result<Condition>;
}

/// The `where` of a noun that has none yet.
#[derive(Clone, Copy, Debug)]
pub enum NoWhere {}

impl Where for NoWhere {
    fn read(_: &Arguments<'_>) -> Result<Option<Self>> {
        Ok(None)
    }

    fn condition(&self) -> Result<Condition> {
        match *self {}
    }
}
