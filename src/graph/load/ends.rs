//! Edges to two rows, which two foreign keys of a row refer to; for conditions that either row may meet.

use std::marker::PhantomData;

use super::{
    Target,
    column::{Column, TableName},
    question::{Edge, Reach},
};

/// An edge to two rows, for conditions that either row may meet.
#[derive(Debug)]
pub struct Ends<T>(Edge, PhantomData<fn() -> T>);

impl<T: Target> Ends<T> {
    /// Creates an edge from rows of `table` with this `key` to the rows that two of its foreign keys refer to.
    #[must_use]
    pub fn by(
        name: &'static str,
        table: impl Into<TableName>,
        key: impl Into<Column>,
        columns: [impl Into<Column>; 2],
    ) -> Self {
        let (key, columns) = (key.into(), columns.map(Into::into));
        Self(
            Edge::new(
                name,
                (T::TABLES, T::FIELDS),
                Some(key),
                Reach::Ends { table: table.into(), key, columns },
            ),
            PhantomData,
        )
    }

    /// The edge, without the type at its end.
    #[must_use]
    pub fn edge(&'static self) -> &'static Edge {
        &self.0
    }
}
