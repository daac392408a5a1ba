//! The arguments of a question: order, filter, page and groups. They are comparable, so that equal questions are
//! asked once.

use std::sync::Arc;

use crate::graph::{
    Error, Result,
    aggregate::Grouped,
    cursor::{self, Fingerprint},
    filter::Condition,
    order::Term,
    page::{MAX_GROUPS, MAX_PAGE, Window},
    search::Ranked,
    value::Value,
};

/// The arguments of a question, in a comparable form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Arguments {
    /// The name of the edge whose list is paged. Cursors of other lists are refused.
    list: &'static str,
    pub(in crate::graph::load) order: Vec<Term>,
    pub(in crate::graph::load) filter: Condition,
    /// The part of the list to read; none for all of it.
    pub(in crate::graph::load) frame: Option<Frame>,
    /// The groups and figures of an aggregate query.
    pub(in crate::graph::load) grouped: Option<Arc<Grouped>>,
    /// The results of a search, which the list is restricted to.
    pub(in crate::graph::load) among: Option<Arc<Ranked>>,
    /// The maximum number of arcs of a walk.
    pub(in crate::graph::load) hops: u8,
    /// Whether counting goes on beyond the limit that holds for callers.
    pub(in crate::graph) counts_all: bool,
}

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::graph::load) struct Frame {
    pub(in crate::graph::load) limit: u32,
    /// Whether the part is counted from the end of the list.
    pub(in crate::graph::load) backward: bool,
    /// Whether to fetch one row more, to know whether the list goes on.
    pub(in crate::graph::load) peek: bool,
    pub(in crate::graph::load) after: Option<Vec<Value>>,
    pub(in crate::graph::load) before: Option<Vec<Value>>,
}

impl Default for Arguments {
    fn default() -> Self {
        Self::whole(Vec::new(), Condition::always())
    }
}

impl Arguments {
    pub(in crate::graph::load) fn whole(order: Vec<Term>, filter: Condition) -> Self {
        Self { list: "", order, filter, frame: None, grouped: None, among: None, hops: 0, counts_all: false }
    }

    pub(in crate::graph::load) fn first(order: Vec<Term>, filter: Condition) -> Self {
        Self { frame: Some(Frame { limit: 1, ..Frame::default() }), ..Self::whole(order, filter) }
    }

    pub(in crate::graph::load) fn page(
        list: &'static str,
        order: Vec<Term>,
        filter: Condition,
        window: &Window,
    ) -> Result<Self> {
        Self::part(Self { list, ..Self::whole(order, filter) }, window, MAX_PAGE)
    }

    /// The arguments for a page of search results.
    pub(in crate::graph::load) fn found(
        list: &'static str,
        order: Vec<Term>,
        filter: Condition,
        window: &Window,
        among: Arc<Ranked>,
    ) -> Result<Self> {
        Self::part(Self { list, among: Some(among), ..Self::whole(order, filter) }, window, MAX_PAGE)
    }

    /// The arguments for a part of a list, of at most `largest` rows.
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

    /// The arguments for a page of a walk.
    pub(in crate::graph::load) fn walk(
        list: &'static str,
        order: Vec<Term>,
        filter: Condition,
        window: &Window,
        hops: u8,
    ) -> Result<Self> {
        Self::part(Self { list, hops, ..Self::whole(order, filter) }, window, MAX_PAGE)
    }

    /// The arguments for a page of groups.
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

    pub(in crate::graph::load) fn fingerprint(&self) -> Fingerprint {
        let list = Fingerprint::of(self.list, &self.order, &self.filter);
        let list = self.grouped.as_ref().map_or(list, |grouped| list.and(&grouped.identity()));
        self.among.as_ref().map_or(list, |among| list.and(&among.text))
    }

    pub(super) fn peeking(&self) -> Self {
        let frame = self.frame.clone().map(|frame| Frame { peek: true, ..frame });
        Self { frame, ..self.clone() }
    }

    pub(super) fn counting(&self) -> Self {
        let whole = Self::whole(Vec::new(), self.filter.clone());
        let (grouped, among) = (self.grouped.clone(), self.among.clone());
        Self { grouped, among, hops: self.hops, counts_all: self.counts_all, ..whole }
    }

    /// The arguments for as many rows as an export reads at once, counted to the end.
    pub(super) fn exporting(&self, rows: u32) -> Self {
        let frame = self.frame.clone().map(|frame| Frame { limit: rows, ..frame });
        Self { frame, counts_all: true, ..self.clone() }
    }

    /// The arguments for whether rows lie beyond a cursor, without the page's size and direction, which do not matter
    /// for that.
    pub(super) fn probing(&self) -> Self {
        let frame = self.frame.clone().map(|frame| Frame { limit: 0, backward: false, peek: false, ..frame });
        Self { frame, ..self.clone() }
    }
}
