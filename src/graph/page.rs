//! Pagination: the arguments of a list, and the Relay connection that it returns.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    Context, ContextSelectionSet, Enum, Object, OutputType, Positioned, ServerResult, SimpleObject, TypeName,
    Value as GraphqlValue, parser::types::Field, registry::Registry,
};

use super::{
    Error, Result,
    inline::{self, Inline, Items, ResolveInline, inline_object},
    load::{Ask, Question, RowList, Target, Want},
    order::{Order, OrderField},
    value::Value,
};

/// The largest page.
pub const MAX_PAGE: u32 = 100;

/// The largest page of groups.
pub const MAX_GROUPS: u32 = 1_000;

/// The number at which `totalCount` stops counting.
pub const COUNT_LIMIT: u32 = 100_000;

/// The pagination arguments of a list.
#[derive(Clone, Debug, Default)]
pub struct Window {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
}

/// The arguments `first`, `after`, `last` and `before`, in this order.
pub type WindowArguments = (Option<i32>, Option<String>, Option<i32>, Option<String>);

impl From<WindowArguments> for Window {
    fn from((first, after, last, before): WindowArguments) -> Self {
        Self { first, after, last, before }
    }
}

impl Window {
    /// The length of a page that is counted from the start of its list.
    pub(crate) fn length(&self, largest: u32) -> Result<u32> {
        self.size(largest).map(|(length, _)| length)
    }

    /// The page size, and whether the page is counted from the end of the list.
    pub(in crate::graph) fn size(&self, largest: u32) -> Result<(u32, bool)> {
        let checked = |name: &str, size: i32| match u32::try_from(size) {
            Ok(size) if size <= largest => Ok(size),
            Ok(size) => Err(Error::bad_input(format!(
                "`{name}` must be at most {largest}, not {size}; use cursors to read more"
            ))),
            Err(_) => Err(Error::bad_input(format!("`{name}` cannot be negative"))),
        };
        match (self.first, self.last) {
            (Some(_), Some(_)) => Err(Error::bad_input("`first` and `last` cannot be combined")),
            (None, Some(last)) => Ok((checked("last", last)?, true)),
            (first, None) => Ok((checked("first", first.unwrap_or(20))?, false)),
        }
    }
}

/// The arguments that every list takes.
#[derive(Debug)]
pub struct List<W, O: OrderField> {
    pub filter: Option<W>,
    pub order_by: Option<Vec<Order<O>>>,
    pub window: Window,
}

impl<W, O: OrderField> List<W, O> {
    #[must_use]
    pub fn new(filter: Option<W>, order_by: Option<Vec<Order<O>>>, window: impl Into<Window>) -> Self {
        Self { filter, order_by, window: window.into() }
    }
}

/// The fields of a connection edge besides cursor and node: the columns of the link between the two rows.
pub trait Link: Send + Sync + Sized + 'static {
    /// The prefix of `Connection` and `Edge` in the type names, when it is not the name of the node type.
    const NAME: Option<&'static str> = None;

    fn from_values(values: &[Value]) -> Self;
}

/// A link without fields.
#[derive(Debug, SimpleObject)]
#[graphql(fake)]
pub struct NoLink;

impl Link for NoLink {
    fn from_values(_: &[Value]) -> Self {
        Self
    }
}

/// A connection, as fields return it.
pub type Connection<T, L = NoLink> = Inline<Paged<T, L>>;

/// One page of a list.
#[derive(Debug)]
pub struct Paged<T, L = NoLink> {
    ask: Ask<T>,
    parent: Value,
    page: Arc<RowList>,
    link: std::marker::PhantomData<fn() -> L>,
}

impl<T, L> Paged<T, L> {
    pub(super) fn new(ask: Ask<T>, parent: Value, page: Arc<RowList>) -> Self {
        Self { ask, parent, page, link: std::marker::PhantomData }
    }

    fn cursor(&self, index: usize) -> Cursor {
        Cursor::OnPage { page: Arc::clone(&self.page), index, question: self.ask.clone().plain() }
    }

    /// Position of this page in its list.
    pub(crate) fn position(&self) -> PageInfo {
        let last = self.page.len().checked_sub(1);
        PageInfo {
            sides: Sides::Asked {
                ask: self.ask.clone().plain().into(),
                parent: self.parent.clone(),
                more: self.page.more(),
            },
            start: last.map(|_| self.cursor(0)),
            end: last.map(|last| self.cursor(last)),
        }
    }

    /// Number of items on all pages, up to [`COUNT_LIMIT`].
    pub(crate) async fn total(&self, ctx: &Context<'_>) -> Result<u32> {
        let limit = if self.ask.question().counts_all() { u32::MAX } else { COUNT_LIMIT };
        Ok(self.ask.count(ctx, &self.parent).await?.min(limit))
    }
}

impl<T: Target, L> Paged<T, L> {
    pub(super) fn items(&self) -> Result<Vec<T>> {
        (0..self.page.len()).map(|index| self.page.node(index)).collect()
    }
}

impl<T: Target, L: Link> Paged<T, L> {
    /// The items, each with the fields of its link.
    pub(crate) fn linked(&self) -> Result<Vec<(T, L)>> {
        let item = |index| Ok((self.page.node(index)?, L::from_values(self.page.link(index))));
        (0..self.page.len()).map(item).collect()
    }
}

impl<T: OutputType, L: Link> TypeName for Paged<T, L> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", L::NAME.map_or_else(T::type_name, Cow::from)).into()
    }
}

/// One page of a list.
#[Object(name_type)]
impl<T, L> Paged<T, L>
where
    T: Target + ResolveInline,
    L: Link + OutputType + async_graphql::ContainerType,
{
    /// The items on this page, each with its cursor.
    async fn edges(&self) -> Result<Items<ConnectionEdge<T, L>>> {
        let edge = |index| {
            let link = L::from_values(self.page.link(index));
            Ok(ConnectionEdge { cursor: self.cursor(index), node: Inline(self.page.node(index)?), link })
        };
        (0..self.page.len()).map(edge).collect::<Result<_>>().map(Items)
    }

    /// The items on this page, without cursors.
    async fn nodes(&self) -> Result<Items<T>> {
        self.items().map(Items)
    }

    /// Position of this page in its list.
    async fn page_info(&self) -> Inline<PageInfo> {
        Inline(self.position())
    }

    /// Number of items on all pages. Counting stops at 100,000: see `totalCountPrecision`.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u32> {
        self.total(ctx).await
    }

    /// Whether `totalCount` is exact or a lower bound.
    async fn total_count_precision(&self, ctx: &Context<'_>) -> Result<CountPrecision> {
        let exact = self.ask.count(ctx, &self.parent).await? <= COUNT_LIMIT && !self.ask.question().cut();
        Ok(if exact { CountPrecision::Exact } else { CountPrecision::AtLeast })
    }
}

impl<T, L> ResolveInline for Paged<T, L>
where
    T: Target + ResolveInline,
    L: Link + OutputType + async_graphql::ContainerType,
{
    async fn resolve_inline(&self, ctx: &ContextSelectionSet<'_>) -> ServerResult<GraphqlValue> {
        inline::object(ctx, self).await
    }
}

/// An item on a page, with its cursor.
#[derive(Debug, SimpleObject)]
#[graphql(name_type)]
pub struct ConnectionEdge<T: Target + ResolveInline, L: Link + OutputType + async_graphql::ContainerType> {
    /// Cursor of this item, for `after` and `before`.
    cursor: Cursor,
    /// The item.
    node: Inline<T>,
    #[graphql(flatten)]
    link: L,
}

impl<T: Target + ResolveInline, L: Link + OutputType + async_graphql::ContainerType> TypeName
    for ConnectionEdge<T, L>
{
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", L::NAME.map_or_else(T::type_name, Cow::from)).into()
    }
}

impl<T, L> ResolveInline for ConnectionEdge<T, L>
where
    T: Target + ResolveInline,
    L: Link + OutputType + async_graphql::ContainerType,
{
    async fn resolve_inline(&self, ctx: &ContextSelectionSet<'_>) -> ServerResult<GraphqlValue> {
        inline::object(ctx, self).await
    }
}

/// Precision of a count [ketepatan jumlah].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CountPrecision {
    /// The count is exact [tepat].
    Exact,
    /// The count is a lower bound [paling sedikit].
    AtLeast,
}

/// Position of a page in its list.
#[derive(Debug)]
pub struct PageInfo {
    sides: Sides,
    start: Option<Cursor>,
    end: Option<Cursor>,
}

/// Whether there are items before and after a page: known, or read when selected.
#[derive(Debug)]
enum Sides {
    Known { before: bool, after: bool },
    Asked { ask: Ask<()>, parent: Value, more: bool },
}

inline_object! { PageInfo }

/// Position of a page in its list.
#[Object]
impl PageInfo {
    /// Whether there are items after this page.
    async fn has_next_page(&self, ctx: &Context<'_>) -> Result<bool> {
        self.beyond(ctx, Want::After).await
    }

    /// Whether there are items before this page.
    async fn has_previous_page(&self, ctx: &Context<'_>) -> Result<bool> {
        self.beyond(ctx, Want::Before).await
    }

    /// Cursor of the first item; null on an empty page.
    async fn start_cursor(&self) -> Option<&Cursor> {
        self.start.as_ref()
    }

    /// Cursor of the last item; null on an empty page.
    async fn end_cursor(&self) -> Option<&Cursor> {
        self.end.as_ref()
    }
}

impl PageInfo {
    /// The page info of a list that is in memory as a whole.
    #[must_use]
    pub fn known(before: bool, after: bool, [start, end]: [Option<String>; 2]) -> Self {
        let [start, end] = [start, end].map(|cursor| cursor.map(Cursor::Encoded));
        Self { sides: Sides::Known { before, after }, start, end }
    }

    async fn beyond(&self, ctx: &Context<'_>, side: Want) -> Result<bool> {
        match &self.sides {
            Sides::Known { before, after } => Ok(if side == Want::Before { *before } else { *after }),
            Sides::Asked { ask, more: true, .. } if ask.question().backward() == (side == Want::Before) => {
                Ok(true)
            }
            Sides::Asked { ask, parent, .. } if ask.question().bounded(side) => {
                ask.beyond(ctx, parent, side).await
            }
            Sides::Asked { .. } => Ok(false),
        }
    }
}

/// A cursor that is encoded only when it is selected.
#[derive(Clone, Debug)]
enum Cursor {
    Encoded(String),
    OnPage { page: Arc<RowList>, index: usize, question: Question },
}

impl OutputType for Cursor {
    fn type_name() -> Cow<'static, str> {
        <String as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <String as OutputType>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<GraphqlValue> {
        Ok(match self {
            Self::Encoded(text) => GraphqlValue::from(text.as_str()),
            Self::OnPage { page, index, question } => {
                GraphqlValue::from(page.cursor(*index, question.arguments()))
            }
        })
    }
}
