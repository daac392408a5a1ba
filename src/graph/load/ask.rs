//! A question to the loader: which edge, with which arguments; asked for a parent, it answers with rows.

use std::{marker::PhantomData, sync::Arc};

use async_graphql::Context;
use futures_util::try_join;

use super::{
    Edge, Graph, Reach, Target,
    fixed::Fixed,
    loader::{Key, Loaded, Want},
    plan,
    table::Shape,
};
use crate::graph::{
    Error, Result,
    aggregate::Grouped,
    cursor::{self, Fingerprint},
    filter::Condition,
    lean::{Items, Lean, lean},
    order::Term,
    page::{Connection, Link, MAX_GROUPS, MAX_PAGE, Paged, Window},
    search::Ranked,
    value::Value,
};

/// The arguments of a question, in the form that makes two of them comparable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Args {
    /// The name of the edge whose list is paged; cursors of others are refused.
    list: &'static str,
    pub(super) order: Vec<Term>,
    pub(super) filter: Condition,
    /// Which part of the list; all of it when absent.
    pub(super) frame: Option<Frame>,
    /// How its rows are grouped, where figures are asked for.
    pub(super) grouped: Option<Arc<Grouped>>,
    /// What a search found, where only that is looked at.
    pub(super) among: Option<Arc<Ranked>>,
    /// How far a walk goes.
    pub(super) hops: u8,
}

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Frame {
    pub(super) limit: u32,
    /// Counted from the end of the list.
    pub(super) backward: bool,
    /// Fetch one row more, to know whether anything follows.
    pub(super) peek: bool,
    pub(super) after: Option<Vec<Value>>,
    pub(super) before: Option<Vec<Value>>,
}

impl Default for Args {
    fn default() -> Self {
        Self::whole(Vec::new(), Condition::always())
    }
}

impl Args {
    pub(super) fn whole(order: Vec<Term>, filter: Condition) -> Self {
        Self { list: "", order, filter, frame: None, grouped: None, among: None, hops: 0 }
    }

    pub(super) fn first(order: Vec<Term>, filter: Condition) -> Self {
        Self { frame: Some(Frame { limit: 1, ..Frame::default() }), ..Self::whole(order, filter) }
    }

    pub(super) fn page(
        list: &'static str,
        order: Vec<Term>,
        filter: Condition,
        window: &Window,
    ) -> Result<Self> {
        Self::part(Self { list, ..Self::whole(order, filter) }, window, MAX_PAGE)
    }

    /// A page of what a search found.
    pub(super) fn found(
        list: &'static str,
        order: Vec<Term>,
        filter: Condition,
        window: &Window,
        among: Arc<Ranked>,
    ) -> Result<Self> {
        Self::part(Self { list, among: Some(among), ..Self::whole(order, filter) }, window, MAX_PAGE)
    }

    /// A part of a list, of at most so many rows.
    fn part(whole: Self, window: &Window, largest: u32) -> Result<Self> {
        let order = &whole.order;
        let read = |text: &Option<String>| -> Result<Option<Vec<Value>>> {
            let Some(text) = text else { return Ok(None) };
            let values = cursor::decode(text, whole.fingerprint(), order.len())?;
            let fits = order.iter().zip(&values).all(|(term, value)| cursor::fits(&term.by, value));
            if fits {
                Ok(Some(values))
            } else {
                Err(Error::CursorInvalid("the cursor does not fit this list"))
            }
        };
        let (limit, backward) = window.size(largest)?;
        let frame = Frame {
            limit,
            backward,
            peek: false,
            after: read(&window.after)?,
            before: read(&window.before)?,
        };
        Ok(Self { frame: Some(frame), ..whole })
    }

    /// A page of what a walk reaches.
    pub(super) fn walk(
        list: &'static str,
        order: Vec<Term>,
        filter: Condition,
        window: &Window,
        hops: u8,
    ) -> Result<Self> {
        Self::part(Self { list, hops, ..Self::whole(order, filter) }, window, MAX_PAGE)
    }

    /// A page of groups.
    pub(in crate::graph) fn groups(
        list: &'static str,
        order: Vec<Term>,
        filter: Condition,
        window: &Window,
        grouped: Grouped,
    ) -> Result<Self> {
        Self::part(
            Self { list, grouped: Some(Arc::new(grouped)), ..Self::whole(order, filter) },
            window,
            MAX_GROUPS,
        )
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
        let list = Fingerprint::of(self.list, &self.order, &self.filter);
        let list = self.grouped.as_ref().map_or(list, |grouped| list.and(&grouped.identity()));
        self.among.as_ref().map_or(list, |among| list.and(&among.text))
    }

    fn peeking(&self) -> Self {
        let frame = self.frame.clone().map(|frame| Frame { peek: true, ..frame });
        Self { frame, ..self.clone() }
    }

    fn counting(&self) -> Self {
        let whole = Self::whole(Vec::new(), self.filter.clone());
        Self { grouped: self.grouped.clone(), among: self.among.clone(), hops: self.hops, ..whole }
    }

    /// Whether rows lie beyond a cursor does not depend on the page's size or direction.
    fn probing(&self) -> Self {
        let frame = self.frame.clone().map(|frame| Frame { limit: 0, backward: false, peek: false, ..frame });
        Self { frame, ..self.clone() }
    }
}

/// A question to the loader.
#[derive(Debug)]
pub struct Ask<T> {
    pub(super) edge: &'static Edge,
    pub(super) args: Fixed,
    target: PhantomData<fn() -> T>,
}

impl<T> Clone for Ask<T> {
    fn clone(&self) -> Self {
        Self { edge: self.edge, args: self.args.clone(), target: PhantomData }
    }
}

impl<T> Ask<T> {
    pub(super) fn new(edge: &'static Edge, args: impl Into<Fixed>) -> Self {
        Self { edge, args: args.into(), target: PhantomData }
    }

    /// The same question for the planner, which does not care what it leads to.
    #[must_use]
    pub fn plain(self) -> Ask<()> {
        Ask::new(self.edge, self.args)
    }

    pub(super) fn with(&self, args: Args) -> Self {
        Self::new(self.edge, args)
    }

    /// The question that a connection's selection really asks: one row more when it wants to know what follows.
    pub(super) fn seen_by(self, needs: plan::Needs) -> Self {
        if needs.more { self.with(self.args.peeking()) } else { self }
    }

    pub(super) fn counting(&self) -> Self {
        self.with(self.args.counting())
    }

    pub(super) fn probing(&self) -> Self {
        self.with(self.args.probing())
    }

    /// Whether a page of it takes reading the whole list, so that its length comes with it for little.
    pub(super) fn reads_all(&self) -> bool {
        let key = (self.edge.tables[0])().key.first();
        let by_key =
            self.args.order.first().is_some_and(|term| key.is_some_and(|key| term.by == (*key).into()));
        let begins = |frame: &Frame| frame.limit > 0 && frame.after.is_none() && frame.before.is_none();
        matches!(self.edge.reach, Reach::Link { .. }) && !by_key && self.frame().is_some_and(begins)
    }

    pub(super) fn frame(&self) -> Option<&Frame> {
        self.args.frame.as_ref()
    }

    /// Whether a cursor bounds the list on that side, so that something may lie beyond.
    pub(crate) fn bounded(&self, side: Want) -> bool {
        self.frame().is_some_and(|frame| match side {
            Want::Before => frame.after.is_some(),
            Want::After => frame.before.is_some(),
            _ => false,
        })
    }

    /// Whether what was found is cut off at a number.
    pub(crate) fn cut(&self) -> bool {
        self.args.among.as_ref().is_some_and(|among| among.cut())
    }

    pub(crate) fn backward(&self) -> bool {
        self.frame().is_some_and(|frame| frame.backward)
    }

    pub(crate) fn args(&self) -> &Fixed {
        &self.args
    }

    async fn load(&self, ctx: &Context<'_>, parent: &Value, want: Want, shape: Shape) -> Result<Loaded> {
        let graph = Graph::of(ctx)?;
        let key = Key::new(self.edge, parent.clone(), self.args.clone(), want);
        graph.load(key, || graph.outline().plan(ctx, self.edge, shape, graph)).await
    }

    /// How many rows there are, whatever the window; counting stops at 100,001.
    pub(crate) async fn count(&self, ctx: &Context<'_>, parent: &Value) -> Result<u32> {
        self.counting().load(ctx, parent, Want::Count, Shape::List).await?.count()
    }

    /// Whether rows lie beyond the cursor on that side.
    pub(crate) async fn beyond(&self, ctx: &Context<'_>, parent: &Value, side: Want) -> Result<bool> {
        Ok(self.probing().load(ctx, parent, side, Shape::List).await?.count()? > 0)
    }
}

impl<T: Target> Ask<T> {
    /// The row that `key` names, if there is one the caller may see.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn row(&self, ctx: &Context<'_>, key: impl Into<Value>) -> Result<Option<T>> {
        let key = key.into();
        if key.is_null() {
            return Ok(None);
        }
        if let Some(rows) = Graph::of(ctx)?.resident(self.edge) {
            return rows.get(&key).map(|row| T::from_any(0, row)).transpose();
        }
        match self.load(ctx, &key, Want::Rows, Shape::Row).await?.row()? {
            Some((table, row)) => T::from_any(table, &row).map(Some),
            None => Ok(None),
        }
    }

    /// The row that `key` names, where it stands under a connection's `nodes`, or its `edges { node }`.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn listed(&self, ctx: &Context<'_>, key: Value) -> Result<Option<T>> {
        if let Some(rows) = Graph::of(ctx)?.resident(self.edge) {
            return rows.get(&key).map(|row| T::from_any(0, row)).transpose();
        }
        match self.load(ctx, &key, Want::Rows, Shape::Connection).await?.row()? {
            Some((table, row)) => T::from_any(table, &row).map(Some),
            None => Ok(None),
        }
    }

    /// The row that `key` names, which a foreign key promises.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails or breaks its promise.
    pub async fn required(&self, ctx: &Context<'_>, key: impl Into<Value>) -> Result<Lean<T>> {
        let row = self.row(ctx, key).await?;
        row.map(Lean).ok_or_else(|| Error::Internal(format!("{} leads nowhere", self.edge.name)))
    }

    /// The row that `key` names, if there is one the caller may see, as a nullable field returns it.
    pub async fn object(&self, ctx: &Context<'_>, key: impl Into<Value>) -> Option<Result<Lean<T>>> {
        lean(self.row(ctx, key).await)
    }

    /// The first row of a list at the root.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn only(&self, ctx: &Context<'_>) -> Result<Option<T>> {
        let page = self.load(ctx, &Value::Null, Want::Rows, Shape::Row).await?.page()?;
        if page.len() == 0 { Ok(None) } else { page.node(0).map(Some) }
    }

    /// The whole of a list that is short by nature.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn list(&self, ctx: &Context<'_>, parent: impl Into<Value>) -> Result<Items<T>> {
        let page = self.load(ctx, &parent.into(), Want::Rows, Shape::List).await?.page()?;
        (0..page.len()).map(|index| page.node(index)).collect::<Result<_>>().map(Items)
    }

    /// A page of the list, as a connection.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails.
    pub async fn page<L: Link>(
        self,
        ctx: &Context<'_>,
        parent: impl Into<Value>,
    ) -> Result<Connection<T, L>> {
        let parent = parent.into();
        let needs = plan::Needs::of(ctx);
        let ask = self.seen_by(needs);
        // All that the selection will want is asked for in one tick, and so in one statement.
        let rows = async {
            if !needs.rows {
                return Ok(Arc::default());
            }
            ask.load(ctx, &parent, Want::Rows, Shape::Connection).await?.page()
        };
        let count = async { if needs.count { ask.count(ctx, &parent).await.map(drop) } else { Ok(()) } };
        let beyond = async |side| {
            if needs.side(side) && ask.bounded(side) {
                ask.beyond(ctx, &parent, side).await.map(drop)
            } else {
                Ok(())
            }
        };
        let (page, ..) = try_join!(rows, count, beyond(Want::Before), beyond(Want::After))?;
        Ok(Lean(Paged::new(ask, parent, page)))
    }
}
