//! Fields that lead on to other rows, as the planner reads them.

use std::fmt;

use super::{FieldArguments, Question};
use crate::graph::{Error, Result};

/// The fields that lead on from rows of one table.
pub type Fields = fn() -> &'static [Field];

/// How the answer to a field is shaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::graph::load) enum Shape {
    /// One row or none; the selection is the row's.
    Row,
    /// A bounded list of rows; the selection is the row's.
    List,
    /// A connection: the rows stand under `nodes` and `edges { node }`.
    Connection,
    /// Rows that a statement of their own answers.
    Apart,
}

/// A GraphQL field that leads on to other rows, and how its arguments become a question.
#[derive(Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub(in crate::graph::load) shape: Shape,
    pub(in crate::graph::load) ask: fn(&FieldArguments<'_>) -> Result<Question>,
}

impl Field {
    /// One row or none.
    #[must_use]
    pub fn row(name: &'static str, ask: fn(&FieldArguments<'_>) -> Result<Question>) -> Self {
        Self { name, shape: Shape::Row, ask }
    }

    /// A bounded list.
    #[must_use]
    pub fn list(name: &'static str, ask: fn(&FieldArguments<'_>) -> Result<Question>) -> Self {
        Self { name, shape: Shape::List, ask }
    }

    /// A field that a statement of its own answers; the planner leaves it out.
    #[must_use]
    pub fn apart(name: &'static str) -> Self {
        let ask = |_: &FieldArguments<'_>| Err(Error::Internal("an edge that is not planned".into()));
        Self { name, shape: Shape::Apart, ask }
    }

    /// A connection.
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

/// A page of a walk holds steps: what their fields lead to.
#[derive(Debug)]
pub struct Steps {
    /// The one that holds the row which led there.
    pub row: &'static str,
    /// Those that lead on from that row.
    pub fields: Vec<Field>,
}
