//! A condition on a row, as data: hashable for the loader's keys, and written as SQL in one place.

use crate::graph::{load::Column, value::Value};

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operator {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    pub(crate) fn sql(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

/// What must hold of a row for a list to keep it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Condition {
    /// All hold; nothing demanded when empty.
    All(Vec<Self>),
    /// At least one holds; nothing fits when empty.
    Any(Vec<Self>),
    /// The exact complement: what is unknown counts as not holding.
    Not(Box<Self>),
    Compare(Column, Operator, Value),
    In(Column, Vec<Value>),
    IsNull(Column),
    /// The row has the greatest `column` of all rows of `table` that share its `within`: a cooperative's latest year.
    Latest {
        column: Column,
        table: &'static str,
        within: Column,
    },
}

impl Condition {
    /// Demands nothing.
    #[must_use]
    pub fn always() -> Self {
        Self::All(Vec::new())
    }

    #[must_use]
    pub fn is_always(&self) -> bool {
        matches!(self, Self::All(parts) if parts.is_empty())
    }

    #[must_use]
    pub fn equal(column: impl Into<Column>, value: impl Into<Value>) -> Self {
        Self::Compare(column.into(), Operator::Equal, value.into())
    }

    #[must_use]
    pub fn not_in(column: impl Into<Column>, values: Vec<Value>) -> Self {
        Self::Not(Box::new(Self::In(column.into(), values)))
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if other.is_always() => one,
            (one, other) if one.is_always() => other,
            (Self::All(mut parts), other) => {
                parts.push(other);
                Self::All(parts)
            }
            (one, other) => Self::All(vec![one, other]),
        }
    }
}
