//! Tables as the loader reads them: columns, key, visible rows, and the columns that each GraphQL field reads.

use std::{
    borrow::Cow,
    cmp::Ordering,
    collections::HashMap,
    fmt,
    hash::{Hash, Hasher},
    sync::OnceLock,
};

use super::{Column, TableName, column_set::ColumnSet, json_cell::Cell, row::AnyRow};
use crate::{
    access::{Scope, ScopeShape},
    graph::filter::Condition,
};

/// The column of records that says where they come from, and its word for those from the generator.
pub(super) const SOURCE: &str = "source";
const SYNTHETIC: &str = "SYNTHETIC";

type Decode = for<'de> fn(Vec<Cell<'de>>, &[Column], ColumnSet) -> serde_json::Result<AnyRow>;

/// A table as the loader reads it.
pub struct Table {
    /// Its index among all tables.
    pub(super) index: usize,
    /// The GraphQL name of its noun.
    pub noun: &'static str,
    pub name: TableName,
    pub columns: Vec<Column>,
    /// The primary key, which is the last part of every order.
    pub key: Vec<Column>,
    /// The condition of the rows that a scope shows.
    pub(super) visible: fn(&Scope) -> Condition,
    /// This condition for each shape whose scopes bind no values.
    pub(super) fixed: [OnceLock<Condition>; ScopeShape::ALL.len()],
    /// Whether scopes of a shape show none of its rows.
    pub(super) closed: [OnceLock<bool>; ScopeShape::ALL.len()],
    /// The columns that each field reads.
    pub(super) reads: HashMap<String, ColumnSet>,
    /// The column of the source of its rows, if it is a table of records; it is read with every row.
    pub(super) source: Option<Column>,
    pub(super) decode: Decode,
}

impl Table {
    /// The maximum number of tables.
    pub(super) const MOST: usize = 64;

    /// The condition of the rows that a scope shows.
    pub(super) fn visible(&self, scope: &Scope) -> Cow<'_, Condition> {
        if scope.has_values() {
            return Cow::Owned((self.visible)(scope));
        }
        let fixed = &self.fixed[scope.shape().index()];
        Cow::Borrowed(fixed.get_or_init(|| (self.visible)(scope)))
    }

    /// Whether a scope shows none of its rows, whatever its values.
    pub(super) fn closed_in(&self, scope: &Scope) -> bool {
        let shape = scope.shape();
        *self.closed[shape.index()].get_or_init(|| (self.visible)(&shape.example()).is_never())
    }

    /// The same table, of which a field reads these columns as well.
    #[must_use]
    pub fn reading(mut self, field: &str, columns: &[Column]) -> Self {
        let known = self.reads.entry(field.to_owned()).or_default();
        *known = known.union(ColumnSet::of(columns));
        self
    }

    /// Whether every scope shows all of its rows.
    pub fn is_public(&self) -> bool {
        ScopeShape::ALL.into_iter().all(|shape| self.visible(&shape.example()).is_always())
    }

    /// Whether a row comes from the generator, by its cells for the columns in the set.
    pub(super) fn is_synthetic(&self, cells: &[Cell<'_>], read: ColumnSet) -> bool {
        let source = self.source.and_then(|column| cells.get(read.position(column.index)?));
        matches!(source, Some(Cell::Text(source)) if source == SYNTHETIC)
    }

    /// Whether a field reads the column, or the key contains it.
    pub(super) fn reads(&self, column: &Column) -> bool {
        self.key.contains(column) || self.reads.values().any(|set| set.has(column.index))
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Table {}

impl PartialOrd for Table {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Table {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name)
    }
}

impl Hash for Table {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("noun", &self.noun).field("name", &self.name).finish_non_exhaustive()
    }
}
