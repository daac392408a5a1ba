//! Sorting of lists: the `orderBy` argument, and the sort terms made from it.

use std::{borrow::Cow, fmt::Debug};

use async_graphql::{
    Enum, InputObject, InputObjectType, InputType, InputValueResult, TypeName, Value,
    indexmap::IndexMap,
    registry::{InputObjectBuilder, MetaTypeId, Registry},
    resolver_utils::EnumType,
};

use super::{Error, Result, filter::Expression, place::Place};

/// The most terms in an `orderBy`.
pub const MAX_ORDER_TERMS: usize = 8;

/// Refuses an `orderBy` with more terms than [`MAX_ORDER_TERMS`].
///
/// # Errors
/// `BAD_USER_INPUT`.
pub(in crate::graph) fn check_terms<T>(wishes: &[T]) -> Result<()> {
    if wishes.len() <= MAX_ORDER_TERMS {
        return Ok(());
    }
    let terms = wishes.len();
    Err(Error::bad_input(format!("`orderBy` takes at most {MAX_ORDER_TERMS} terms, not {terms}")))
}

/// Sort direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum OrderDirection {
    /// Ascending: smallest or earliest first.
    #[default]
    Asc,
    /// Descending: largest or latest first.
    Desc,
}

/// Position of rows without a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum NullsPosition {
    /// Before all other rows.
    First,
    /// After all other rows.
    #[default]
    Last,
}

/// The sort fields of a noun: an enum whose values stand for columns or for values computed from related rows.
pub trait OrderField: EnumType + InputType + Copy {
    /// Name of the input type, such as `LinkageOrder`.
    const INPUT: &'static str;

    /// Further fields of that input: conditions on the related rows that a sort field counts.
    type Related: Related;

    /// The expressions to sort by. `near` is the point in the list's `where` from which distances are measured.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when something it requires is missing, `FORBIDDEN` when the caller is not allowed to sort by
    /// it.
    fn expressions(self, related: &Self::Related, near: Option<Place>) -> Result<Vec<Expression>>;
}

/// Conditions on the related rows that a sort field counts.
pub trait Related: InputObjectType + Clone + Debug {}

impl<T: InputObjectType + Clone + Debug> Related for T {}

/// One sort term: a field, a direction and the position of nulls.
#[derive(Clone, Debug, InputObject)]
#[graphql(name_type)]
pub struct Order<F: OrderField> {
    /// The field to sort by.
    field: F,
    /// The sort direction; when absent ascending, unless the field says otherwise.
    direction: Option<OrderDirection>,
    /// Position of items without a value, in either direction.
    #[graphql(default_with = "NullsPosition::Last")]
    nulls: NullsPosition,
    #[graphql(flatten)]
    related: F::Related,
}

impl<F: OrderField> TypeName for Order<F> {
    fn type_name() -> Cow<'static, str> {
        F::INPUT.into()
    }
}

impl<F: OrderField> Order<F> {
    /// The sort terms of an `orderBy`.
    pub(crate) fn terms(wishes: &[Self], near: Option<Place>) -> Result<Vec<Term>> {
        check_terms(wishes)?;
        let mut terms = Vec::new();
        for wish in wishes {
            let nulls_first = wish.nulls == NullsPosition::First;
            let expressions = wish.field.expressions(&wish.related, near)?;
            let term = |by: Expression| {
                let direction = wish.direction.map(|direction| direction == OrderDirection::Desc);
                Term { descending: direction.unwrap_or(by == Expression::Relevance), by, nulls_first }
            };
            terms.extend(expressions.into_iter().map(term));
        }
        Ok(terms)
    }
}

/// The point from which sorting by distance measures.
///
/// # Errors
/// `BAD_USER_INPUT` when the list's `where` has none.
pub fn measured_from(near: Option<Place>) -> Result<Place> {
    near.ok_or_else(|| Error::bad_input("sorting by DISTANCE requires `near` in the list's `where`"))
}

/// For nouns without sort fields that count related rows: adds no fields to the input.
#[derive(Clone, Copy, Debug)]
pub struct NothingRelated;

impl InputType for NothingRelated {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        "NothingRelated".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::InputObject, |_| {
            InputObjectBuilder::new(Self::type_name(), IndexMap::new()).build()
        })
    }

    fn parse(_: Option<Value>) -> InputValueResult<Self> {
        Ok(Self)
    }

    fn to_value(&self) -> Value {
        Value::Object(IndexMap::new())
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl InputObjectType for NothingRelated {}

/// One sort term.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term {
    pub by: Expression,
    pub descending: bool,
    pub nulls_first: bool,
}

impl Term {
    /// Ascending, nulls last.
    #[must_use]
    pub fn ascending(by: impl Into<Expression>) -> Self {
        Self { by: by.into(), descending: false, nulls_first: false }
    }

    /// Descending, nulls last.
    #[must_use]
    pub fn descending(by: impl Into<Expression>) -> Self {
        Self { by: by.into(), descending: true, nulls_first: false }
    }
}

/// Maps a sort enum to columns: `order_fields! { LinkageOrderField: "LinkageOrder", linkage { Code => Code } }`.
/// Computed values follow after `with`, as a match on the field, its related rows and the point to measure from.
#[macro_export]
macro_rules! order_fields {
    (
        $field:ident: $input:literal, $entity:ident { $($value:ident => $column:ident),* $(,)? }
        $(with $related:ty, |$choice:pat_param, $near:pat_param| { $($computed:pat => $expressions:expr,)* })?
    ) => {
        impl $crate::graph::order::OrderField for $field {
            const INPUT: &'static str = $input;

            type Related = $crate::related_or_nothing!($($related)?);

            fn expressions(
                self,
                related: &Self::Related,
                near: Option<$crate::graph::place::Place>,
            ) -> $crate::graph::Result<Vec<$crate::graph::filter::Expression>> {
                let _ = (related, near);
                $(let ($choice, $near) = (related, near);)?
                Ok(match self {
                    $(Self::$value => vec![::entity::$entity::Column::$column.into()],)*
                    $($($computed => $expressions,)*)?
                })
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! related_or_nothing {
    () => {
        $crate::graph::order::NothingRelated
    };
    ($related:ty) => {
        $related
    };
}
