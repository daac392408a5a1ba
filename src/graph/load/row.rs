//! Rows of any table behind one type, and the cast back to the model of the entity.

use std::{any::Any, fmt, sync::Arc};

use sea_orm::{EntityTrait, Iterable, ModelTrait, Value as SqlValue};

use crate::graph::{Error, Result, value::Value};

/// A row of any table.
pub trait Row: Any + Send + Sync {
    /// The value of the column at `index`.
    fn value(&self, index: usize) -> Value;
    /// The value of the column at `index` as it is stored, of any type.
    fn stored(&self, index: usize) -> SqlValue {
        (&self.value(index)).into()
    }
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

    fn stored(&self, index: usize) -> SqlValue {
        let column = <M::Entity as EntityTrait>::Column::iter().nth(index);
        column.map_or(SqlValue::String(None), |column| self.get(column))
    }

    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }
}

/// A shared row of any table.
#[derive(Clone)]
pub struct AnyRow {
    row: Arc<dyn Row>,
    /// Whether its source is `SYNTHETIC`.
    pub(super) synthetic: bool,
}

impl AnyRow {
    #[must_use]
    pub fn new(row: impl Row) -> Self {
        Self { row: Arc::new(row), synthetic: false }
    }

    /// The same row, marked as one whose source is `SYNTHETIC`, or not.
    pub(super) fn marked(self, synthetic: bool) -> Self {
        Self { synthetic, ..self }
    }

    #[must_use]
    pub fn value(&self, index: usize) -> Value {
        self.row.value(index)
    }

    /// The value of the column at `index` as it is stored, of any type.
    #[must_use]
    pub fn stored(&self, index: usize) -> SqlValue {
        self.row.stored(index)
    }

    /// Casts the row to its model.
    ///
    /// # Errors
    /// `INTERNAL` when it is a row of another table, because an edge is declared wrongly.
    pub fn downcast<M: 'static + Send + Sync>(&self) -> Result<Arc<M>> {
        Arc::clone(&self.row)
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
