//! Filters of lists: conditions as data, and the operators of `where`.

mod condition;
mod description;
mod expression;
mod halves;
mod location;
mod operator;
mod presence;
mod related;
mod required;
mod set;
mod text;

pub use condition::{Condition, Operator};
pub(in crate::graph) use description::literal;
pub use expression::Expression;
pub use location::{Location, LocationFilter};
pub use operator::{
    BooleanFilter, DateFilter, DateTimeFilter, DecimalFilter, EnumFilter, IntFilter, Ordered, OrderedFilter,
    RupiahFilter, Scaled, operand,
};
pub use presence::Presence;
pub use related::Related;
pub use required::{Inside, RequiredRow};
pub use set::{SetFilter, Word};
pub use text::{IdFilter, Identity, RegionCodeFilter, Spelling, StringFilter, Text};

use async_graphql::InputType;

use super::{Result, load::Noun, place::Place};

/// The `where` argument of one noun: a GraphQL input that becomes a condition on its rows.
pub trait Where: InputType + 'static {
    /// The noun whose rows it filters.
    type Noun: Noun;

    /// Name of the input for conditions on related rows, such as `CooperativesFilter`.
    const RELATED: &'static str;

    /// Converts it to a condition on a row that may be missing.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a null operand, `FORBIDDEN` for a field that the caller is not allowed to filter by.
    fn presence(&self) -> Result<Presence>;

    /// Converts it to a condition on a row.
    ///
    /// # Errors
    /// As [`Where::presence`].
    fn condition(&self) -> Result<Condition> {
        Ok(self.presence()?.row)
    }

    /// The point from which it measures distances.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a coordinate out of range.
    fn near(&self) -> Result<Option<Place>> {
        Ok(None)
    }
}

/// Converts an optional `where` to a condition; always true when absent.
///
/// # Errors
/// As [`Where::condition`].
pub fn fitting<W: Where>(only: Option<&W>) -> Result<Condition> {
    only.map_or_else(|| Ok(Condition::always()), Where::condition)
}

/// One condition in a `where`, applied to its subject.
pub trait Clause<Subject> {
    /// Converts it to a condition on a row.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a null or invalid operand, `FORBIDDEN` for a field that the caller is not allowed to filter
    /// by.
    fn on(&self, subject: Subject) -> Result<Condition>;
}

/// Declares the `where` input of a noun: each condition with its type and its subject.
///
/// `conditions! { record LinkageWhere of BusinessLinkage, "LinkagesFilter" { code: StringFilter = Text::exact(Column::Code), } }`
#[macro_export]
macro_rules! conditions {
    // A record's `where` also knows its id, its age and its source.
    (
        $(#[doc = $doc:literal])* record $name:ident of $noun:ident, $related:literal
        { $($clauses:tt)* }
        $(near $near:ident)?
    ) => {
        $crate::conditions! {
            $(#[doc = $doc])* $name of $noun, $related {
                /// Its global id.
                id: $crate::graph::filter::IdFilter = $crate::graph::filter::Identity::of::<$noun>(),
                $($clauses)*
                /// Time at which the record was created.
                created_at: $crate::graph::filter::DateTimeFilter = Column::CreatedAt,
                /// Time at which the record was last changed.
                updated_at: $crate::graph::filter::DateTimeFilter = Column::UpdatedAt,
                /// Source of the record [asal data].
                source: $crate::graph::filter::EnumFilter<::entity::vocabulary::Source> = Column::Source,
            }
            $(near $near)?
        }
    };
    (
        $(#[doc = $doc:literal])* $name:ident of $noun:ident, $related:literal
        { $($(#[doc = $clause_doc:literal])* $clause:ident: $kind:ty = $subject:expr,)* }
        $(near $near:ident)?
    ) => {
        $crate::input_object! {
            $(#[doc = $doc])*
            pub struct $name = stringify!($name) => {
                /// All of these conditions hold.
                and: ::async_graphql::MaybeUndefined<Vec<$name>>,
                /// At least one of these conditions holds.
                or: ::async_graphql::MaybeUndefined<Vec<$name>>,
                /// This condition does not hold.
                not: ::async_graphql::MaybeUndefined<Box<$name>>,
                /// There is no such row (`true`), or there is one (`false`). For a relation to one row: in a list, every
                /// row is there.
                is_null: ::async_graphql::MaybeUndefined<bool>,
                // Boxed, because conditions nest and are parsed on the stack.
                $($(#[doc = $clause_doc])* $clause: ::async_graphql::MaybeUndefined<Box<$kind>>,)*
            }
        }

        impl $crate::graph::filter::Where for $name {
            type Noun = $noun;

            const RELATED: &'static str = $related;

            fn presence(&self) -> $crate::graph::Result<$crate::graph::filter::Presence> {
                use $crate::graph::filter::{Clause as _, Presence, operand};
                let mut all = Presence::always();
                for part in operand("and", &self.and)?.into_iter().flatten() {
                    all = all.and(part.presence()?);
                }
                if let Some(parts) = operand("or", &self.or)? {
                    let parts = parts.iter().map(Self::presence).collect::<$crate::graph::Result<_>>()?;
                    all = all.and(Presence::any_of(parts));
                }
                if let Some(part) = operand("not", &self.not)? {
                    all = all.and(part.presence()?.negated());
                }
                if let Some(is_null) = operand("isNull", &self.is_null)? {
                    all = all.and(Presence::is_null(*is_null));
                }
                $(if let Some(clause) = operand(stringify!($clause), &self.$clause)? {
                    all = all.and(Presence::of_values((**clause).on($subject)?));
                })*
                Ok(all)
            }

            $(fn near(&self) -> $crate::graph::Result<Option<$crate::graph::place::Place>> {
                use $crate::graph::filter::operand;
                if let Some(place) = operand(stringify!($near), &self.$near)? {
                    if let Some(near) = place.near()? {
                        return Ok(Some(near));
                    }
                }
                for part in operand("and", &self.and)?.into_iter().flatten() {
                    if let Some(near) = part.near()? {
                        return Ok(Some(near));
                    }
                }
                Ok(None)
            })?
        }
    };
}
