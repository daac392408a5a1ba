//! Arcs: rows that each lead from one thing to another, which walks and chains follow.

use crate::graph::{
    filter::Condition,
    load::{Column, Table},
    value::Value,
};

/// How much a walk meets before it ends: each thing counts once for every distance at which it is met.
pub const WALK_BUDGET: u32 = 1_000;

/// Rows that each lead from one thing to another, and the columns that say from which to which.
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

    /// The same rows, followed the other way.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { from: self.to, to: self.from }
    }
}

/// Which way arcs may be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Along,
    Against,
    Either,
}

/// What lies between two things: chains of at most so many arcs that pass nothing twice.
///
/// All of up to four arcs are found, the shorter first; longer ones only where there is none, and of these the
/// shortest. Those of one length are sorted by the keys of what they pass, read from the middle to the start and then
/// on to the end.
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
