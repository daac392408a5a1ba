//! Rows without their type, so that one loader carries them all, and the way back to it.

use std::{any::Any, fmt, sync::Arc};

use sea_orm::{EntityTrait, Iterable, ModelTrait};
use serde::de::DeserializeOwned;

use super::{Column, Field, Table};
use crate::{
    access::Scope,
    graph::{Error, Result, filter::Condition, value::Value},
};

/// A row of some table.
pub trait Row: Any + Send + Sync {
    /// The value in the column at `index`.
    fn value(&self, index: usize) -> Value;
    #[doc(hidden)]
    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;
}

impl<M> Row for M
where
    M: ModelTrait + Send + Sync + 'static,
{
    fn value(&self, index: usize) -> Value {
        <M::Entity as EntityTrait>::Column::iter()
            .nth(index)
            .map_or(Value::Null, |column| self.get(column).into())
    }

    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }
}

/// A shared row of some table.
#[derive(Clone)]
pub struct AnyRow(Arc<dyn Row>);

impl AnyRow {
    #[must_use]
    pub fn new(row: impl Row) -> Self {
        Self(Arc::new(row))
    }

    #[must_use]
    pub fn value(&self, index: usize) -> Value {
        self.0.value(index)
    }

    /// The row as what it is.
    ///
    /// # Errors
    /// `INTERNAL` when it is of another table: an edge was declared wrongly.
    pub fn downcast<M: 'static + Send + Sync>(&self) -> Result<Arc<M>> {
        Arc::clone(&self.0)
            .into_any()
            .downcast()
            .map_err(|_| Error::Internal(format!("a row is not a {}", std::any::type_name::<M>())))
    }
}

impl fmt::Debug for AnyRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnyRow")
    }
}

/// A noun of the registry: a GraphQL type over the rows of one table.
pub trait Noun: Sized + Send + Sync + 'static {
    type Entity: EntityTrait<Model: DeserializeOwned + Send + Sync>;

    /// GraphQL name, and the first half of its global ids.
    const NAME: &'static str;

    /// The one `Table` of this noun.
    #[must_use]
    fn table() -> &'static Table;

    /// The fields that lead on to other rows, for the planner.
    #[must_use]
    fn fields() -> Vec<Field> {
        Vec::new()
    }

    /// The columns that a field reads which is not named after its one column; `Other.field` is one of another noun that
    /// reads this one's row. A field without columns reads none, whatever it is named after.
    #[must_use]
    fn reads() -> Vec<(&'static str, Vec<Column>)> {
        Vec::new()
    }

    /// Which rows a scope shows: every lookup, list, count and edge starts from these.
    #[must_use]
    fn visible(_: &Scope) -> Condition {
        Condition::always()
    }

    #[must_use]
    fn from_row(row: Arc<<Self::Entity as EntityTrait>::Model>) -> Self;
}

/// What an edge leads to: a noun, or one of several.
pub trait Target: Sized + Send + Sync + 'static {
    const TABLES: &'static [fn() -> &'static Table];

    /// Back from a row of the table at `table` in `TABLES`.
    ///
    /// # Errors
    /// `INTERNAL` when the row is of another table.
    fn from_any(table: usize, row: &AnyRow) -> Result<Self>;
}

impl<N: Noun> Target for N {
    const TABLES: &'static [fn() -> &'static Table] = &[N::table];

    fn from_any(_: usize, row: &AnyRow) -> Result<Self> {
        Ok(N::from_row(row.downcast()?))
    }
}
