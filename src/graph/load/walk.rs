//! Walks: edges to all things that can be reached from a row along arcs, which are rows that each lead from one thing
//! to another.

use std::marker::PhantomData;

use super::{
    Ask, Target,
    column::{Column, Kind},
    question::{Arcs, Arguments, Edge, Reach, Steps},
};
use crate::graph::{Error, Result, filter::Condition, order::Term, page::Window};

/// The maximum number of arcs of a walk or a chain.
pub(super) const MAX_HOPS: u8 = 6;

/// An edge to the things that are reached along arcs: each thing once, by the row that led there, sorted by distance
/// and then by key.
///
/// Of the paths to a thing, only those with the fewest arcs count; of these, the one whose last arc has the lowest
/// key is chosen.
#[derive(Debug)]
pub struct Walk<T>(Edge, PhantomData<fn() -> T>);

impl<T: Target> Walk<T> {
    /// Creates an edge from the parent's column `start`, along rows of `T`.
    #[must_use]
    pub fn new(name: &'static str, start: impl Into<Column>, arcs: Arcs, steps: Steps) -> Self {
        let column = |name, index, kind| Column { name, index, kind, nullable: false, on_link: true };
        // The columns of the link: the number of arcs, and the keys of all things passed, without the start.
        let (depth, path) = (column("depth", 0, Kind::Integer), column("path", 1, Kind::Text));
        let reach = Reach::Walk { arcs, columns: vec![depth, path] };
        let mut edge = Edge::new(name, (T::TABLES, T::FIELDS), Some(start.into()), reach);
        edge.order = vec![Term::ascending(depth), Term::ascending(arcs.to)];
        edge.steps = Some(steps);
        Self(edge, PhantomData)
    }

    /// The question for a page, along rows that match `filter`.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for an invalid depth or size, `CURSOR_INVALID` for a cursor of another walk.
    pub fn ask(&'static self, max_depth: i32, filter: Condition, window: &Window) -> Result<Ask<T>> {
        let arguments = Arguments::walk(self.0.name, self.0.order.clone(), filter, window, hops(max_depth)?)?;
        Ok(Ask::new(&self.0, arguments))
    }
}

/// Checks and converts the maximum depth given by the caller.
pub(super) fn hops(max_depth: i32) -> Result<u8> {
    let hops = u8::try_from(max_depth).ok().filter(|hops| (1..=MAX_HOPS).contains(hops));
    hops.ok_or_else(|| Error::bad_input(format!("`maxDepth` must be from 1 to {MAX_HOPS}, not {max_depth}")))
}
