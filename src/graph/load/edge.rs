//! Edges as data: how rows are reached from a row, or from nowhere.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    sync::Arc,
};

use super::{Arcs, Ask, Chosen, Column, Noun, Steps, Table, Target, ask::Args};
use crate::graph::{
    Error, Result,
    aggregate::{Aggregated, FiguresRow, Wishes},
    filter::{Condition, Expression, Where, fitting},
    order::{Order, OrderField, Term},
    page::List,
    search::Ranked,
};

/// How the rows of an edge are found.
#[derive(Clone, Debug)]
pub enum Reach {
    /// All rows of the table.
    All,
    /// The row whose primary key is the parent's foreign key.
    Key,
    /// The rows whose primary key stands in any of two columns of the parent, which is a row of `table` with this `key`.
    Ends { table: &'static str, key: Column, columns: [Column; 2] },
    /// Rows whose column is the parent's key.
    Column(Column),
    /// Rows in which either column is the parent's key; never both.
    Either(Column, Column),
    /// Rows whose region code lies in the subtree of the parent's code, itself included.
    Subtree(Column),
    /// Regions above the parent's code.
    Above(Column),
    /// Rows linked by a table of pairs; its own columns come along with each row.
    Link { table: &'static str, parent: Column, child: Column, columns: Vec<Column> },
    /// Rows of which any of `columns` is linked by a table of pairs to a region in the subtree of the parent's code;
    /// each row once.
    LinkedSubtree { table: &'static str, region: Column, child: Column, columns: Vec<Column> },
    /// Rows that each lead on, from the parent and from where those before them led; how far it is to each, and past
    /// what, comes along with it.
    Walk { arcs: Arcs, columns: Vec<Column> },
}

impl Reach {
    /// Whether it finds a list beneath each parent.
    pub(super) fn is_list(&self) -> bool {
        !matches!(self, Self::All | Self::Key | Self::Walk { .. })
    }

    /// Whether it finds rows by the subtree of the parent's code.
    pub(super) fn is_subtree(&self) -> bool {
        matches!(self, Self::Subtree(_) | Self::LinkedSubtree { .. })
    }
}

/// An edge, without the types at its ends.
pub struct Edge {
    /// `Noun.field`: unique, and the order in which a batch is written.
    pub name: &'static str,
    /// The tables its rows are of; more than one for a party.
    pub tables: &'static [fn() -> &'static Table],
    /// The column of the parent's row that is asked with; none at the root.
    pub from: Option<Column>,
    pub reach: Reach,
    /// The two sides of [`Reach::Either`].
    either: Vec<Reach>,
    /// The table that most of its rows are of, by its place.
    likely: usize,
    /// Whether whoever may see a row may also see the row that it leads to.
    assured: bool,
    /// Whether a key may name no row of the table.
    lacking: bool,
    /// Whether some rows have very many of these.
    pub(super) uneven: bool,
    /// What stands between a page and its rows, where it is one of a walk.
    pub(super) steps: Option<Steps>,
    /// The order when nobody says otherwise; the primary key follows.
    pub order: Vec<Term>,
}

impl Edge {
    pub(super) fn new<T: Target>(name: &'static str, from: Option<Column>, reach: Reach) -> Self {
        let either = match reach {
            Reach::Either(one, other) => vec![Reach::Column(one), Reach::Column(other)],
            _ => Vec::new(),
        };
        Self {
            name,
            tables: T::TABLES,
            from,
            reach,
            either,
            likely: 0,
            assured: false,
            lacking: false,
            uneven: false,
            steps: None,
            order: Vec::new(),
        }
    }

    /// The whole order of a list: the caller's or the edge's own, then whatever makes it total.
    pub(super) fn total_order(&self, wished: Option<Vec<Term>>) -> Vec<Term> {
        let mut order = wished.filter(|terms| !terms.is_empty()).unwrap_or_else(|| self.order.clone());
        // A repeated column decides nothing.
        let mut seen: Vec<Expression> = Vec::new();
        order.retain(|term| {
            !seen.contains(&term.by) && {
                seen.push(term.by.clone());
                true
            }
        });
        let descending = order.last().is_some_and(|term| term.descending);
        for &column in (self.tables[0])().key.iter().chain(self.link()) {
            let by = Expression::Column(column);
            if !seen.contains(&by) {
                order.push(Term { by, descending, nulls_first: false });
            }
        }
        order
    }

    /// Whether it leads several rows to the same one.
    pub(super) fn meets(&self) -> bool {
        let key = (self.tables[0])().key.first().map(|key| key.name);
        match self.reach {
            Reach::Column(_) | Reach::Either(..) => false,
            // What has the key of another is the other's one counterpart.
            Reach::Key => key != self.from.map(|from| from.name),
            _ => true,
        }
    }

    /// The columns of the link that come along with each row.
    #[must_use]
    pub fn link(&self) -> &[Column] {
        match &self.reach {
            Reach::Link { columns, .. } | Reach::Walk { columns, .. } => columns,
            _ => &[],
        }
    }

    /// What is read one after the other: both columns of a row that either of them may find, else the reach itself.
    pub(super) fn sides(&self) -> &[Reach] {
        if self.either.is_empty() { std::slice::from_ref(&self.reach) } else { &self.either }
    }

    /// The places of its tables, that of most rows first.
    pub(super) fn by_likelihood(&self) -> impl Iterator<Item = usize> + use<> {
        let likely = self.likely;
        std::iter::once(likely).chain((0..self.tables.len()).filter(move |index| *index != likely))
    }

    /// How many parents one column of a statement answers for; of a walk, the text of each is long.
    pub(super) fn most_parents(&self) -> usize {
        if matches!(self.reach, Reach::Walk { .. }) { 100 } else { usize::MAX }
    }

    /// Whether whoever may see a row may also see the row that it leads to.
    pub(super) fn assured(&self) -> bool {
        self.assured || self.tables.iter().all(|table| table().visible.is_always())
    }

    /// Whether each key that it starts from names a row, and one that whoever sees the parent may see.
    pub(in crate::graph) fn certain(&self) -> bool {
        !self.lacking && self.assured()
    }

    /// The primary key that it finds rows by and the columns that may hold it.
    pub(in crate::graph) fn keys(&self) -> Option<(Column, Vec<Column>)> {
        let [table] = self.tables else { return None };
        let from = match &self.reach {
            Reach::Key => vec![self.from?],
            Reach::Ends { columns, .. } => columns.to_vec(),
            _ => return None,
        };
        Some((table().key[0], from))
    }
}

impl PartialEq for Edge {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Edge {}

impl PartialOrd for Edge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Edge {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(other.name)
    }
}

impl Hash for Edge {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// An edge to one row or none.
#[derive(Debug)]
pub struct One<T>(Edge, PhantomData<fn() -> T>);

impl<T: Target> One<T> {
    /// The row that the parent's foreign key `from` names.
    #[must_use]
    pub fn by(name: &'static str, from: impl Into<Column>) -> Self {
        Self::new(name, Some(from.into()))
    }

    /// The row that the parent's column `from` names, where it is the key of a row of this table and not of another.
    #[must_use]
    pub fn maybe(name: &'static str, from: impl Into<Column>) -> Self {
        let mut edge = Self::by(name, from);
        edge.0.lacking = true;
        edge
    }

    /// The row of a key that comes from outside.
    #[must_use]
    pub fn root(name: &'static str) -> Self {
        Self::new(name, None)
    }

    /// The same, where most rows are of the noun `N`.
    #[must_use]
    pub fn mostly<N: Noun>(mut self) -> Self {
        let tables = self.0.tables.iter();
        self.0.likely = tables.into_iter().position(|table| table().noun == N::NAME).unwrap_or_default();
        self
    }

    /// The same, of a noun whose visible rows are beneath visible rows only: whoever sees one sees where it leads.
    #[must_use]
    pub fn assured(mut self) -> Self {
        self.0.assured = true;
        self
    }

    fn new(name: &'static str, from: Option<Column>) -> Self {
        Self(Edge::new::<T>(name, from, Reach::Key), PhantomData)
    }

    /// The edge, without the type at its end.
    #[must_use]
    pub fn edge(&'static self) -> &'static Edge {
        &self.0
    }

    /// The question itself; it takes no arguments.
    #[must_use]
    pub fn ask(&'static self) -> Ask<T> {
        Ask::new(&self.0, Args::default())
    }
}

/// An edge to a list of rows.
#[derive(Debug)]
pub struct Many<T>(Edge, PhantomData<fn() -> T>);

impl<T: Target> Many<T> {
    /// All rows there are.
    #[must_use]
    pub fn root(name: &'static str) -> Self {
        Self(Edge::new::<T>(name, None, Reach::All), PhantomData)
    }

    /// The rows that `reach` finds with the parent's column `from`.
    #[must_use]
    pub fn new(name: &'static str, from: impl Into<Column>, reach: Reach) -> Self {
        Self(Edge::new::<T>(name, Some(from.into()), reach), PhantomData)
    }

    /// The edge, without the type at its end.
    #[must_use]
    pub fn edge(&'static self) -> &'static Edge {
        &self.0
    }

    /// Some rows have very many of these.
    #[must_use]
    pub fn uneven(mut self) -> Self {
        self.0.uneven = true;
        self
    }

    /// Sorts by `terms` unless the caller says otherwise.
    #[must_use]
    pub fn ordered(mut self, terms: impl IntoIterator<Item = Term>) -> Self {
        self.0.order = terms.into_iter().collect();
        self
    }

    /// The question for a page, from the arguments that every list takes.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for an impossible window or operand, `CURSOR_INVALID` for a cursor of another list.
    pub fn ask<W: Where, O: OrderField>(&'static self, list: List<W, O>) -> Result<Ask<T>> {
        self.narrowed(Condition::always(), list)
    }

    /// The same, of rows that also fit `narrow`.
    ///
    /// # Errors
    /// As [`Many::ask`].
    pub fn narrowed<W: Where, O: OrderField>(
        &'static self,
        narrow: Condition,
        list: List<W, O>,
    ) -> Result<Ask<T>> {
        let near = list.filter.as_ref().map(Where::near).transpose()?.flatten();
        let order = list.order_by.map(|wishes| Order::terms(&wishes, near)).transpose()?;
        let order = self.0.total_order(order);
        if order.iter().any(|term| term.by == Expression::Relevance) {
            return Err(Error::bad_input("sorting by RELEVANCE requires `search`"));
        }
        let filter = match list.filter {
            Some(filter) => narrow.and(filter.condition()?),
            None => narrow,
        };
        Ok(Ask::new(&self.0, Args::page(self.0.name, order, filter, &list.window)?))
    }

    /// The question for a page of what a search found, best first unless the caller says otherwise, then by `name`.
    ///
    /// # Errors
    /// As [`Many::ask`]; `BAD_USER_INPUT` too for an order by relevance where nothing is searched for.
    pub fn found<W: Where, O: OrderField>(
        &'static self,
        ranked: Option<Ranked>,
        name: impl Into<Expression>,
        list: List<W, O>,
    ) -> Result<Ask<T>> {
        let Some(ranked) = ranked else { return self.ask(list) };
        let near = list.filter.as_ref().map(Where::near).transpose()?.flatten();
        let best = || vec![Term::descending(Expression::Relevance), Term::ascending(name)];
        let order = list.order_by.filter(|wishes| !wishes.is_empty());
        let order = order.map_or_else(|| Ok(best()), |wishes| Order::terms(&wishes, near))?;
        let (order, filter) = (self.0.total_order(Some(order)), fitting(list.filter.as_ref())?);
        Ok(Ask::new(&self.0, Args::found(self.0.name, order, filter, &list.window, Arc::new(ranked))?))
    }

    /// The question for figures on the rows, for those that are `chosen` by their names in the schema.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for impossible wishes, `CURSOR_INVALID` for a cursor of another question.
    pub fn figures<W: Where<Noun = T>>(
        &'static self,
        wishes: &Wishes<T, W>,
        chosen: &[Chosen<'_>],
    ) -> Result<Ask<FiguresRow<T>>>
    where
        T: Aggregated,
    {
        Ok(Ask::new(&self.0, wishes.args(self.0.name, chosen)?))
    }

    /// The question for a whole list that is short by nature.
    #[must_use]
    pub fn all(&'static self) -> Ask<T> {
        Ask::new(&self.0, Args::whole(self.0.total_order(None), Condition::always()))
    }

    /// The question for the first row that fits.
    #[must_use]
    pub fn first(&'static self, filter: Condition) -> Ask<T> {
        Ask::new(&self.0, Args::first(self.0.total_order(None), filter))
    }
}
