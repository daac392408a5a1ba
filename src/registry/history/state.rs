//! States of a record: the current one, and those that the log keeps.

use std::marker::PhantomData;

use sea_orm::Value as SqlValue;

use super::Recorded;
use crate::graph::{
    Result,
    load::{AnyRow, Column, Field, Fields, Noun, Table, Target},
    value::Value,
};

/// A state of a record.
#[derive(Clone, Debug)]
pub(super) struct State(AnyRow);

/// The states before and after a change.
#[derive(Clone, Debug)]
pub(super) struct States {
    /// None for a new record, and where no earlier state is visible.
    pub(super) before: Option<State>,
    /// None where it is not visible.
    pub(super) after: Option<State>,
}

impl State {
    /// The value of a column.
    pub(super) fn value(&self, column: Column) -> Value {
        self.0.value(column.index)
    }

    /// The value of the column at `index`, of any type.
    pub(super) fn stored(&self, index: usize) -> SqlValue {
        self.0.stored(index)
    }
}

/// No field leads on from a state.
const NOWHERE: &[Fields] = &[|| -> &'static [Field] { &[] }];

/// An earlier state of a record of the noun `N`.
#[derive(Debug)]
pub(super) struct Kept<N>(State, PhantomData<fn() -> N>);

/// The current state of a record of the noun `N`.
#[derive(Debug)]
pub(super) struct Current<N>(State, PhantomData<fn() -> N>);

impl<N> Kept<N> {
    pub(super) fn state(self) -> State {
        self.0
    }
}

impl<N> Current<N> {
    pub(super) fn state(self) -> State {
        self.0
    }
}

impl<N: Recorded> Target for Kept<N> {
    const TABLES: &'static [fn() -> &'static Table] = &[N::states];
    const FIELDS: &'static [Fields] = NOWHERE;

    fn from_any(_: usize, row: &AnyRow) -> Result<Self> {
        Ok(Self(State(row.clone()), PhantomData))
    }
}

impl<N: Noun> Target for Current<N> {
    const TABLES: &'static [fn() -> &'static Table] = &[N::table];
    const FIELDS: &'static [Fields] = NOWHERE;

    fn from_any(_: usize, row: &AnyRow) -> Result<Self> {
        Ok(Self(State(row.clone()), PhantomData))
    }
}
