//! A list of rows, or a page of one, as the loader keeps it.

use super::{AnyRow, noun::Target, question::SharedArguments};
use crate::graph::{Result, cursor, filter::Expression, value::Value};

/// A row of a list, with the values read along with it: the columns of its link, then computed sort values.
#[derive(Clone, Debug)]
pub struct RowItem {
    pub(super) table: usize,
    pub(super) row: AnyRow,
    pub(super) extra: Vec<Value>,
}

/// A list of rows in the requested order, or a page of it.
#[derive(Debug, Default)]
pub struct RowList {
    pub(super) items: Vec<RowItem>,
    /// The number of link columns, which come first among the extras of each item.
    pub(super) link: usize,
    /// Whether the list goes on in the direction of paging.
    pub(super) more: bool,
}

impl RowList {
    /// The cursor of the item at `index`.
    #[must_use]
    pub(crate) fn cursor(&self, index: usize, arguments: &SharedArguments) -> Option<String> {
        let item = self.items.get(index)?;
        let mut computed = item.extra.iter().skip(self.link);
        let mut value = |by: &Expression| match by {
            Expression::Column(column) if column.on_link => item.extra.get(column.index).cloned(),
            Expression::Column(column) => Some(item.row.value(column.index)),
            _ => computed.next().cloned(),
        };
        let values: Vec<Value> =
            arguments.order.iter().map(|term| value(&term.by).unwrap_or(Value::Null)).collect();
        Some(cursor::encode(arguments.fingerprint(), &values))
    }

    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether any of the rows comes from the generator.
    pub(super) fn has_synthetic(&self) -> bool {
        self.items.iter().any(|item| item.row.synthetic)
    }

    pub(crate) fn more(&self) -> bool {
        self.more
    }

    pub(crate) fn node<T: Target>(&self, index: usize) -> Result<T> {
        let item = &self.items[index];
        T::from_any(item.table, &item.row)
    }

    pub(crate) fn link(&self, index: usize) -> &[Value] {
        &self.items[index].extra
    }
}
