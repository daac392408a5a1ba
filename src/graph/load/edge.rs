//! Typed edges of nouns: to one row or none, to two rows, and to a list.

use std::{marker::PhantomData, sync::Arc};

use super::{
    Ask, Noun, Target,
    column::{Column, TableName},
    question::{Arguments, Edge, Reach},
    selected::Chosen,
};
use crate::graph::{
    Error, Result,
    aggregate::{Aggregated, FiguresRow, Wishes},
    filter::{Condition, Expression, Where, fitting},
    order::{Order, OrderField, Term},
    page::{List, Window},
    search::Ranked,
};

/// An edge to one row or none.
#[derive(Debug)]
pub struct One<T>(Edge, PhantomData<fn() -> T>);

impl<T: Target> One<T> {
    /// Creates an edge to the row that the parent's foreign key `from` refers to.
    #[must_use]
    pub fn by(name: &'static str, from: impl Into<Column>) -> Self {
        Self::new(name, Some(from.into()))
    }

    /// Creates an edge to the row that the parent's column `from` refers to. The column may hold a key of another
    /// table instead.
    #[must_use]
    pub fn maybe(name: &'static str, from: impl Into<Column>) -> Self {
        let mut edge = Self::by(name, from);
        edge.0.lacking = true;
        edge
    }

    /// Creates an edge to the row whose key is the first `length` characters of the parent's column `from`; to none for
    /// shorter ones.
    #[must_use]
    pub fn by_prefix(name: &'static str, from: impl Into<Column>, length: usize) -> Self {
        let mut edge = Self::by(name, from);
        edge.0.reach = Reach::Prefix(length);
        edge
    }

    /// Creates an edge to the row with a key that is given by the caller.
    #[must_use]
    pub fn root(name: &'static str) -> Self {
        Self::new(name, None)
    }

    /// Declares that most of its rows are of the noun `N`, whose table is read first.
    #[must_use]
    pub fn mostly<N: Noun>(mut self) -> Self {
        let tables = self.0.tables.iter();
        self.0.likely = tables.into_iter().position(|table| table().noun == N::NAME).unwrap_or_default();
        self
    }

    /// Declares that every scope that shows a parent also shows the row that the edge leads to, because the noun's
    /// visible rows are beneath visible rows only.
    #[must_use]
    pub fn assured(mut self) -> Self {
        self.0.assured = true;
        self
    }

    fn new(name: &'static str, from: Option<Column>) -> Self {
        Self(Edge::new(name, (T::TABLES, T::FIELDS), from, Reach::Key), PhantomData)
    }

    /// The edge, without the type at its end.
    #[must_use]
    pub fn edge(&'static self) -> &'static Edge {
        &self.0
    }

    /// The question for the row. It takes no arguments.
    #[must_use]
    pub fn ask(&'static self) -> Ask<T> {
        Ask::new(&self.0, Arguments::default())
    }
}

/// An edge to the two rows that two foreign keys of a row refer to, for conditions that either row may meet.
#[derive(Debug)]
pub struct Two<T>(Edge, PhantomData<fn() -> T>);

impl<T: Target> Two<T> {
    /// Creates an edge from rows of `table` with this `key` to the rows that two of its foreign keys refer to.
    #[must_use]
    pub fn by(
        name: &'static str,
        table: impl Into<TableName>,
        key: impl Into<Column>,
        columns: [impl Into<Column>; 2],
    ) -> Self {
        let (key, columns) = (key.into(), columns.map(Into::into));
        Self(
            Edge::new(
                name,
                (T::TABLES, T::FIELDS),
                Some(key),
                Reach::TwoKeys { table: table.into(), key, columns },
            ),
            PhantomData,
        )
    }

    /// The edge, without the type at its end.
    #[must_use]
    pub fn edge(&'static self) -> &'static Edge {
        &self.0
    }
}

/// An edge to a list of rows.
#[derive(Debug)]
pub struct Many<T>(Edge, PhantomData<fn() -> T>);

impl<T: Target> Many<T> {
    /// Creates an edge to all rows of the noun.
    #[must_use]
    pub fn root(name: &'static str) -> Self {
        Self(Edge::new(name, (T::TABLES, T::FIELDS), None, Reach::All), PhantomData)
    }

    /// Creates an edge to the rows that `reach` finds with the parent's column `from`.
    #[must_use]
    pub fn new(name: &'static str, from: impl Into<Column>, reach: Reach) -> Self {
        Self(Edge::new(name, (T::TABLES, T::FIELDS), Some(from.into()), reach), PhantomData)
    }

    /// The edge, without the type at its end.
    #[must_use]
    pub fn edge(&'static self) -> &'static Edge {
        &self.0
    }

    /// Declares that some parents have very many of these rows.
    #[must_use]
    pub fn uneven(mut self) -> Self {
        self.0.uneven = true;
        self
    }

    /// Sets the default order.
    #[must_use]
    pub fn ordered(mut self, terms: impl IntoIterator<Item = Term>) -> Self {
        self.0.order = terms.into_iter().collect();
        self
    }

    /// The question for a page, from the arguments that every list takes.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for an invalid window or operand, `CURSOR_INVALID` for a cursor of another list.
    pub fn ask<W: Where, O: OrderField>(&'static self, list: List<W, O>) -> Result<Ask<T>> {
        self.narrowed(Condition::always(), list)
    }

    /// The question for a page of the rows that also match `narrow`.
    ///
    /// # Errors
    /// As [`Many::ask`].
    pub fn narrowed<W: Where, O: OrderField>(
        &'static self,
        narrow: Condition,
        list: List<W, O>,
    ) -> Result<Ask<T>> {
        self.arranged(narrow, list, |terms| {
            let by_relevance = terms.iter().any(|term| term.by == Expression::Relevance);
            let refused = || Error::bad_input("sorting by RELEVANCE requires `search`");
            if by_relevance { Err(refused()) } else { Ok(terms) }
        })
    }

    fn arranged<W: Where, O: OrderField>(
        &'static self,
        narrow: Condition,
        list: List<W, O>,
        checked: impl FnOnce(Vec<Term>) -> Result<Vec<Term>>,
    ) -> Result<Ask<T>> {
        let near = list.filter.as_ref().map(Where::near).transpose()?.flatten();
        let order = list.order_by.map(|wishes| Order::terms(&wishes, near)).transpose()?;
        let order = self.0.total_order(order.map(checked).transpose()?);
        let filter = match list.filter {
            Some(filter) => narrow.and(filter.condition()?),
            None => narrow,
        };
        Ok(Ask::new(&self.0, Arguments::page(self.0.name, order, filter, &list.window)?))
    }

    /// The question for a page of search results, by default sorted by relevance. Those of equal relevance are sorted by
    /// `name`. A blank text is no search, and everything is equally relevant to it.
    ///
    /// # Errors
    /// As [`Many::ask`]; also `BAD_USER_INPUT` for an order by relevance without a search.
    pub fn found<W: Where, O: OrderField>(
        &'static self,
        ranked: Option<Ranked>,
        name: impl Into<Expression>,
        list: List<W, O>,
    ) -> Result<Ask<T>> {
        let Some(ranked) = ranked else { return self.ask(list) };
        if ranked.is_blank() {
            return self.arranged(Condition::always(), list, |mut terms| {
                terms.retain(|term| term.by != Expression::Relevance);
                Ok(terms)
            });
        }
        let near = list.filter.as_ref().map(Where::near).transpose()?.flatten();
        let order = list.order_by.filter(|wishes| !wishes.is_empty());
        let best = || vec![Term::descending(Expression::Relevance)];
        let mut order = order.map_or_else(|| Ok(best()), |wishes| Order::terms(&wishes, near))?;
        if order.last().is_some_and(|term| term.by == Expression::Relevance) {
            order.push(Term::ascending(name));
        }
        let (order, filter) = (self.0.total_order(Some(order)), fitting(list.filter.as_ref())?);
        Ok(Ask::new(&self.0, Arguments::found(self.0.name, order, filter, &list.window, Arc::new(ranked))?))
    }

    /// The question for a page of the rows that match, in the default order.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for an invalid window, `CURSOR_INVALID` for a cursor of another list.
    pub fn window(&'static self, filter: Condition, window: &Window) -> Result<Ask<T>> {
        Ok(Ask::new(&self.0, Arguments::page(self.0.name, self.0.total_order(None), filter, window)?))
    }

    /// The question for figures on the rows. The figures are `chosen` by their names in the schema.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for invalid arguments, `CURSOR_INVALID` for a cursor of another query.
    pub fn figures<W: Where<Noun = T>>(
        &'static self,
        wishes: &Wishes<T, W>,
        chosen: &[Chosen<'_>],
    ) -> Result<Ask<FiguresRow<T>>>
    where
        T: Aggregated,
    {
        Ok(Ask::new(&self.0, wishes.arguments(self.0.name, chosen)?))
    }

    /// The question for all rows of a list that is always short.
    #[must_use]
    pub fn all(&'static self) -> Ask<T> {
        Ask::new(&self.0, Arguments::whole(self.0.total_order(None), Condition::always()))
    }

    /// The question for all rows that match.
    #[must_use]
    pub fn matching(&'static self, filter: Condition) -> Ask<T> {
        Ask::new(&self.0, Arguments::whole(self.0.total_order(None), filter))
    }

    /// The question for the first row that matches.
    #[must_use]
    pub fn first(&'static self, filter: Condition) -> Ask<T> {
        Ask::new(&self.0, Arguments::first(self.0.total_order(None), filter))
    }
}
