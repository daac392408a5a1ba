//! Questions to the database as data: edges, arguments, keys, groups and plans, and the SQL text kept for a plan.

mod arcs;
mod arguments;
mod edge;
mod field;
mod field_arguments;
mod group;
mod key;
mod plan;
mod plan_text;
mod shared;

pub use arcs::{Arcs, Between, Direction, WALK_BUDGET};
pub(in crate::graph) use arguments::Arguments;
pub(super) use arguments::Frame;
pub use edge::{Edge, Reach};
pub(super) use field::Shape;
pub use field::{Field, Fields, Steps};
pub use field_arguments::FieldArguments;
pub(super) use group::Group;
pub(super) use key::Key;
pub(super) use plan::{Branch, Plan, Planned};
pub(super) use plan_text::{PlanText, RowContext, ScopeValues, Start};
pub(crate) use shared::SharedArguments;

/// The kind of answer to a question about the rows of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Want {
    /// The rows.
    Rows,
    /// The rows and their number, which plans combine.
    RowsAndCount,
    /// The number of rows.
    Count,
    /// Whether rows lie before the `after` cursor, or on it.
    Before,
    /// Whether rows lie after the `before` cursor, or on it.
    After,
}

/// A question to the database: an edge, its arguments, and the kind of answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    pub(super) edge: &'static Edge,
    pub(super) arguments: SharedArguments,
    pub(super) want: Want,
}

impl Question {
    /// Creates a question for rows.
    pub(super) fn new(edge: &'static Edge, arguments: impl Into<SharedArguments>) -> Self {
        Self { edge, arguments: arguments.into(), want: Want::Rows }
    }

    fn with_arguments(&self, arguments: Arguments) -> Self {
        Self::new(self.edge, arguments)
    }

    pub(crate) fn arguments(&self) -> &SharedArguments {
        &self.arguments
    }

    pub(super) fn wanting(self, want: Want) -> Self {
        Self { want, ..self }
    }

    /// The same question for one row more, to know whether the list goes on after the page.
    pub(super) fn peeking(&self) -> Self {
        self.with_arguments(self.arguments.peeking())
    }

    /// The same question for as many rows as an export reads at once.
    pub(in crate::graph::load) fn exporting(&self, rows: u32) -> Self {
        self.with_arguments(self.arguments.exporting(rows))
    }

    /// Whether counting goes on beyond the limit that holds for callers.
    pub(crate) fn counts_all(&self) -> bool {
        self.arguments.counts_all
    }

    pub(in crate::graph::load) fn counting(&self) -> Self {
        self.with_arguments(self.arguments.counting())
    }

    pub(in crate::graph::load) fn probing(&self) -> Self {
        self.with_arguments(self.arguments.probing())
    }

    /// Whether a page of it requires reading the whole list, so that counting the list costs little more.
    pub(in crate::graph::load) fn reads_all(&self) -> bool {
        let key = (self.edge.tables[0])().key.first();
        let by_key =
            self.arguments.order.first().is_some_and(|term| key.is_some_and(|key| term.by == (*key).into()));
        let begins = |frame: &Frame| frame.limit > 0 && frame.after.is_none() && frame.before.is_none();
        matches!(self.edge.reach, Reach::Link { .. }) && !by_key && self.frame().is_some_and(begins)
    }

    pub(in crate::graph::load) fn frame(&self) -> Option<&Frame> {
        self.arguments.frame.as_ref()
    }

    /// Whether a cursor bounds the list on that side, so that rows may lie beyond it.
    pub(crate) fn bounded(&self, side: Want) -> bool {
        self.frame().is_some_and(|frame| match side {
            Want::Before => frame.after.is_some(),
            Want::After => frame.before.is_some(),
            _ => false,
        })
    }

    /// Whether its search results are cut off at a maximum number.
    pub(crate) fn cut(&self) -> bool {
        self.arguments.among.as_ref().is_some_and(|among| among.cut)
    }

    pub(crate) fn backward(&self) -> bool {
        self.frame().is_some_and(|frame| frame.backward)
    }
}
