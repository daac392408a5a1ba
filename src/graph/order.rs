//! How a list is sorted: a caller's wishes, and the terms they become.

use std::borrow::Cow;

use async_graphql::{Enum, InputObject, InputType, TypeName, resolver_utils::EnumType};

use super::load::Column;

/// Direction of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum OrderDirection {
    /// Smallest, earliest or first letter first.
    #[default]
    Asc,
    /// Largest, latest or last letter first.
    Desc,
}

/// Where rows without a value go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum NullsPosition {
    /// Before all others.
    First,
    /// After all others.
    #[default]
    Last,
}

/// What a noun can be sorted by: an enum whose values name columns.
pub trait OrderField: EnumType + InputType + Copy {
    /// Name of the input that carries it, such as `LinkageOrder`.
    const INPUT: &'static str;

    /// The column behind the value.
    fn column(self) -> Column;
}

/// How to sort, and which way.
#[derive(Clone, Copy, Debug, InputObject)]
#[graphql(name_type)]
pub struct Order<F: OrderField> {
    /// What to sort by.
    field: F,
    /// Which way.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
    /// Where those without a value go, whatever the direction.
    #[graphql(default_with = "NullsPosition::Last")]
    nulls: NullsPosition,
}

impl<F: OrderField> TypeName for Order<F> {
    fn type_name() -> Cow<'static, str> {
        F::INPUT.into()
    }
}

impl<F: OrderField> Order<F> {
    pub(crate) fn term(&self) -> Term {
        Term {
            column: self.field.column(),
            descending: self.direction == OrderDirection::Desc,
            nulls_first: self.nulls == NullsPosition::First,
        }
    }
}

/// One column to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term {
    pub column: Column,
    pub descending: bool,
    pub nulls_first: bool,
}

impl Term {
    /// Smallest first, those without a value last.
    #[must_use]
    pub fn ascending(column: impl Into<Column>) -> Self {
        Self { column: column.into(), descending: false, nulls_first: false }
    }

    /// Largest first, those without a value last.
    #[must_use]
    pub fn descending(column: impl Into<Column>) -> Self {
        Self { column: column.into(), descending: true, nulls_first: false }
    }

    /// The same order read from its end.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { descending: !self.descending, nulls_first: !self.nulls_first, ..self }
    }
}

/// Gives an order enum its columns: `order_fields! { LinkageOrderField: "LinkageOrder", linkage { Code, Kind } }`.
#[macro_export]
macro_rules! order_fields {
    ($field:ident: $input:literal, $entity:ident { $($value:ident => $column:ident),* $(,)? }) => {
        impl $crate::graph::order::OrderField for $field {
            const INPUT: &'static str = $input;

            fn column(self) -> $crate::graph::load::Column {
                match self {
                    $(Self::$value => ::entity::$entity::Column::$column.into()),*
                }
            }
        }
    };
}
