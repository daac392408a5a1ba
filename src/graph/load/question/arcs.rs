//! Arcs: rows that each lead from one thing to another. Walks and chains follow them.

use crate::graph::{
    filter::Condition,
    load::{Column, Table},
    value::Value,
};

/// The maximum number of things that a walk meets. Each thing counts once for every distance at which it is met.
pub const WALK_BUDGET: u32 = 1_000;

/// Rows that each lead from one thing to another, given by the columns of their two ends.
#[derive(Clone, Copy, Debug)]
pub struct Arcs {
    pub(in crate::graph::load) from: Column,
    pub(in crate::graph::load) to: Column,
}

impl Arcs {
    #[must_use]
    pub fn new(from: impl Into<Column>, to: impl Into<Column>) -> Self {
        Self { from: from.into(), to: to.into() }
    }

    /// The same arcs in the opposite direction.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { from: self.to, to: self.from }
    }
}

/// The direction in which arcs may be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Along,
    Against,
    Either,
}

/// A search for chains between two things: paths of at most `hops` arcs that pass nothing twice.
///
/// All chains of up to four arcs are found, the shorter first. Longer ones are only searched for if there is none,
/// and of these only the shortest are found. Chains of equal length are sorted by the keys of the things passed, read
/// from the middle to the start and then on to the end.
#[derive(Debug)]
pub struct Between {
    pub(in crate::graph::load) table: &'static Table,
    pub(in crate::graph::load) arcs: Arcs,
    pub(in crate::graph::load) direction: Direction,
    pub(in crate::graph::load) ends: [Value; 2],
    pub(in crate::graph::load) hops: u8,
    pub(in crate::graph::load) filter: Condition,
    pub(in crate::graph::load) first: u32,
}
