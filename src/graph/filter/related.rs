//! Conditions on related rows: whether some, none or all of them match, and how many there are.

use std::sync::LazyLock;

use async_graphql::MaybeUndefined;

use super::{Clause, Condition, Expression, IntFilter, Scaled, Where, operand};
use crate::graph::{
    Result,
    load::{Edge, Many, One, Two},
};

crate::input_object! {
    /// Conditions on related rows; all must hold.
    pub struct Related<W: Where> = W::RELATED => {
        /// Restricts the related rows that all other conditions here consider.
        pub r#where: MaybeUndefined<Box<W>>,
        /// At least one related row matches; with `{}`, at least one exists.
        pub some: MaybeUndefined<Box<W>>,
        /// No related row matches; with `{}`, none exists.
        pub none: MaybeUndefined<Box<W>>,
        /// All related rows match; true when there are none.
        pub every: MaybeUndefined<Box<W>>,
        /// Number of related rows.
        pub count: MaybeUndefined<IntFilter>,
    }
}

impl<W: Where> Related<W> {
    /// Converts it to a condition on the rows that `edge` leads to and that match `narrow`.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a null operand, and the errors of the conditions on the related rows.
    pub fn of(&self, edge: &'static Edge, narrow: &Condition) -> Result<Condition> {
        self.of_each(edge, &|_| narrow.clone())
    }

    /// The same, for a restriction that may depend on the conditions in `some`, `none` or `every`; there are none in
    /// `count`.
    ///
    /// # Errors
    /// As [`Related::of`].
    pub fn of_each(
        &self,
        edge: &'static Edge,
        narrow: &dyn Fn(Option<&W>) -> Condition,
    ) -> Result<Condition> {
        let common = operand("where", &self.r#where)?.map(|only| only.condition()).transpose()?;
        let common = common.unwrap_or_else(Condition::always);
        let exists = |demanded: &W, fits: Condition| {
            Condition::exists(edge, narrow(Some(demanded)).and(common.clone()).and(fits))
        };
        let mut all = Condition::always();
        if common.requires_rows() {
            all = Condition::always_with(Condition::exists(edge, common.clone()));
        }
        if let Some(some) = operand("some", &self.some)? {
            all = all.and(exists(some, some.condition()?));
        }
        if let Some(none) = operand("none", &self.none)? {
            all = all.and(exists(none, none.condition()?).negated());
        }
        if let Some(every) = operand("every", &self.every)? {
            all = all.and(exists(every, every.condition()?.negated()).negated());
        }
        if let Some(count) = operand("count", &self.count)? {
            let number = Expression::Count(edge, Box::new(narrow(None).and(common)));
            all = all.and(count.on(Scaled(number, 0))?);
        }
        Ok(all)
    }
}

impl<W: Where> Clause<&'static LazyLock<Many<W::Noun>>> for Related<W> {
    fn on(&self, edge: &'static LazyLock<Many<W::Noun>>) -> Result<Condition> {
        self.of(edge.edge(), &Condition::always())
    }
}

/// A `where` on the one row that an edge leads to, or on its absence.
impl<W: Where> Clause<&'static LazyLock<One<W::Noun>>> for W {
    fn on(&self, edge: &'static LazyLock<One<W::Noun>>) -> Result<Condition> {
        Ok(self.presence()?.behind(edge.edge()))
    }
}

/// A `where` that at least one of the two rows matches that an edge leads to.
impl<W: Where> Clause<&'static LazyLock<Two<W::Noun>>> for W {
    fn on(&self, edge: &'static LazyLock<Two<W::Noun>>) -> Result<Condition> {
        Ok(self.presence()?.behind(edge.edge()))
    }
}

/// Declares conditions on rows that a join table links, which can be narrowed by the enum value of the link.
#[macro_export]
macro_rules! related_by {
    ($(#[doc = $doc:literal])* $vis:vis $name:ident of $fits:ident { $(#[doc = $word_doc:literal])* $word:ident: $vocabulary:ty, }) => {
        $crate::input_object! {
            $(#[doc = $doc])*
            $vis struct $name = stringify!($name) => {
                $(#[doc = $word_doc])*
                $word: ::async_graphql::MaybeUndefined<Vec<$vocabulary>>,
                /// Restricts the related rows that all other conditions here consider.
                r#where: ::async_graphql::MaybeUndefined<Box<$fits>>,
                /// At least one related row matches; with `{}`, at least one exists.
                some: ::async_graphql::MaybeUndefined<Box<$fits>>,
                /// No related row matches; with `{}`, none exists.
                none: ::async_graphql::MaybeUndefined<Box<$fits>>,
                /// All related rows match; true when there are none.
                every: ::async_graphql::MaybeUndefined<Box<$fits>>,
                /// Number of related rows.
                count: ::async_graphql::MaybeUndefined<$crate::graph::filter::IntFilter>,
            }
        }

        impl<T> $crate::graph::filter::Clause<&'static ::std::sync::LazyLock<$crate::graph::load::Many<T>>> for $name
        where
            $fits: $crate::graph::filter::Where<Noun = T>,
            T: $crate::graph::load::Target,
        {
            fn on(
                &self,
                edge: &'static ::std::sync::LazyLock<$crate::graph::load::Many<T>>,
            ) -> $crate::graph::Result<$crate::graph::filter::Condition> {
                use $crate::graph::filter::{Condition, Related, operand};
                let Self { $word, r#where, some, none, every, count } = self.clone();
                let narrow = match (operand(stringify!($word), &$word)?, edge.edge().link()) {
                    (Some(words), [column, ..]) => {
                        let words = words.iter().map(|word| ::sea_orm::ActiveEnum::to_value(word).into());
                        Condition::one_of(*column, words.collect())
                    }
                    _ => Condition::always(),
                };
                Related { r#where, some, none, every, count }.of(edge.edge(), &narrow)
            }
        }
    };
}
