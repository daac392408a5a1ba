//! Nouns: GraphQL types with a table each. Targets: the one or several nouns that an edge leads to.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use sea_orm::{EntityTrait, Iterable};
use serde::de::DeserializeOwned;

use super::{
    AnyRow, Column, Table, TableName,
    column_set::{self, ColumnSet},
    model,
    question::{Field, Fields},
    table::SOURCE,
};
use crate::{
    access::Scope,
    graph::{Result, filter::Condition},
};

/// A noun of the registry: a GraphQL type over the rows of one table.
pub trait Noun: Sized + Send + Sync + 'static {
    type Entity: EntityTrait<Model: DeserializeOwned + Send + Sync>;

    /// The GraphQL name, and the first part of its global ids.
    const NAME: &'static str;

    /// The table of this noun, which is created once.
    #[must_use]
    fn table() -> &'static Table;

    /// The fields that lead on to other rows, for the planner.
    #[must_use]
    fn fields() -> Vec<Field> {
        Vec::new()
    }

    /// The same fields, created once.
    #[must_use]
    fn planned_fields() -> &'static [Field] {
        &[]
    }

    /// The columns that fields read, for fields that are not named after their only column. `Other.field` is a field
    /// of another noun that reads rows of this one. A field with an empty list reads no columns, even if it is named
    /// after one.
    #[must_use]
    fn reads() -> Vec<(&'static str, Vec<Column>)> {
        Vec::new()
    }

    /// The condition of the rows that a scope shows. Every lookup, list, count and edge is restricted to these rows.
    #[must_use]
    fn visible(_: &Scope) -> Condition {
        Condition::always()
    }

    #[must_use]
    fn from_row(row: Arc<<Self::Entity as EntityTrait>::Model>) -> Self;
}

/// The target of an edge: a noun, or one of several.
pub trait Target: Sized + Send + Sync + 'static {
    const TABLES: &'static [fn() -> &'static Table];

    /// The fields that lead on from rows of each of the tables.
    const FIELDS: &'static [Fields];

    /// Converts a row of the table at index `table` in `TABLES`.
    ///
    /// # Errors
    /// `INTERNAL` when the row is of another table.
    fn from_any(table: usize, row: &AnyRow) -> Result<Self>;
}

impl<N: Noun> Target for N {
    const TABLES: &'static [fn() -> &'static Table] = &[N::table];
    const FIELDS: &'static [Fields] = &[N::planned_fields];

    fn from_any(_: usize, row: &AnyRow) -> Result<Self> {
        Ok(N::from_row(row.downcast()?))
    }
}

/// The number of tables so far.
static TABLES: AtomicUsize = AtomicUsize::new(0);

impl Table {
    /// Creates the table of a noun.
    ///
    /// # Panics
    /// When it has more columns than a column set may hold, or when there are [`Table::MOST`] tables already.
    #[must_use]
    pub fn of<N: Noun>() -> Self {
        use sea_orm::PrimaryKeyToColumn;
        let key =
            <N::Entity as EntityTrait>::PrimaryKey::iter().map(|key| key.into_column().into()).collect();
        let columns: Vec<Column> = <N::Entity as EntityTrait>::Column::iter().map(Into::into).collect();
        assert!(columns.len() <= ColumnSet::MOST, "{} has more columns than a column set can hold", N::NAME);
        let index = TABLES.fetch_add(1, Ordering::Relaxed);
        assert!(index < Self::MOST, "{} is a table too many", N::NAME);
        Self {
            index,
            noun: N::NAME,
            name: N::Entity::default().into(),
            reads: reads(&columns, N::reads()),
            source: columns.iter().find(|column| column.name == SOURCE).copied(),
            columns,
            key,
            visible: N::visible,
            fixed: Default::default(),
            closed: Default::default(),
            decode: |cells, columns, read| {
                let row: <N::Entity as EntityTrait>::Model = model::model(cells, columns, read)?;
                Ok(AnyRow::new(row))
            },
        }
    }
}

impl Table {
    /// Creates the table of earlier states of a noun's rows. It has the noun's columns, and the same condition of visible
    /// rows.
    #[must_use]
    pub fn of_states<N: Noun>() -> Self {
        let table = Self::of::<N>();
        // Tables live as long as the process.
        let name = Box::leak(format!("{}_history", table.name.as_str()).into_boxed_str());
        Self { name: TableName::new(name), ..table }
    }
}

/// The columns that each field reads: the `declared` ones, and those of fields named after columns.
fn reads(columns: &[Column], declared: Vec<(&'static str, Vec<Column>)>) -> HashMap<String, ColumnSet> {
    let mut reads: HashMap<String, ColumnSet> = HashMap::new();
    let mut add = |field: String, columns| {
        let known = reads.entry(field).or_default();
        *known = known.union(columns);
    };
    for column in columns {
        column_set::readers(column).for_each(|field| add(field, ColumnSet::of([column])));
    }
    for (field, columns) in &declared {
        add((*field).to_owned(), ColumnSet::of(columns));
    }
    for (field, _) in declared.into_iter().filter(|(_, columns)| columns.is_empty()) {
        reads.insert(field.to_owned(), ColumnSet::default());
    }
    reads
}
