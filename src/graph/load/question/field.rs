//! The fields of a noun that lead on to other rows, as declared for the planner.

use std::fmt;

use super::{FieldArguments, Question};
use crate::graph::{Error, Result};

/// The fields that lead on from rows of one table.
pub type Fields = fn() -> &'static [Field];

/// The shape of a field's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::graph::load) enum Shape {
    /// One row or none. The field's selection is the row's.
    Row,
    /// A bounded list of rows. The field's selection is the row's.
    List,
    /// A connection. The rows are under `nodes` and `edges { node }`.
    Connection,
    /// Rows that are loaded by a separate statement.
    Apart,
}

/// A GraphQL field that leads on to other rows, with a function that turns its arguments into a question.
#[derive(Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub(in crate::graph::load) shape: Shape,
    pub(in crate::graph::load) ask: fn(&FieldArguments<'_>) -> Result<Question>,
}

impl Field {
    /// Declares a field with one row or none.
    #[must_use]
    pub fn row(name: &'static str, ask: fn(&FieldArguments<'_>) -> Result<Question>) -> Self {
        Self { name, shape: Shape::Row, ask }
    }

    /// Declares a field with a bounded list.
    #[must_use]
    pub fn list(name: &'static str, ask: fn(&FieldArguments<'_>) -> Result<Question>) -> Self {
        Self { name, shape: Shape::List, ask }
    }

    /// Declares a field that is loaded by a separate statement, so that the planner ignores it.
    #[must_use]
    pub fn apart(name: &'static str) -> Self {
        let ask = |_: &FieldArguments<'_>| Err(Error::Internal("an edge that is not planned".into()));
        Self { name, shape: Shape::Apart, ask }
    }

    /// Declares that rows lead to one other row that a selection on them is about, such as a view of a row to the row
    /// itself.
    #[must_use]
    pub fn onward(ask: fn(&FieldArguments<'_>) -> Result<Question>) -> Self {
        Self { name: Self::ONWARD, shape: Shape::Row, ask }
    }

    /// The name of what [`Field::onward`] declares, which no field of the schema has.
    pub(in crate::graph::load) const ONWARD: &'static str = "";

    /// Declares a field with a connection.
    #[must_use]
    pub fn page(name: &'static str, ask: fn(&FieldArguments<'_>) -> Result<Question>) -> Self {
        Self { name, shape: Shape::Connection, ask }
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field").field("name", &self.name).field("shape", &self.shape).finish_non_exhaustive()
    }
}

/// The fields of the steps that a page of a walk consists of.
#[derive(Debug)]
pub struct Steps {
    /// The field with the row that led to the step.
    pub row: &'static str,
    /// The fields that lead on from that row.
    pub fields: Vec<Field>,
}
