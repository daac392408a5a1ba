//! Nouns: GraphQL types over the rows of one table, and what an edge may lead to.

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
    AnyRow, Column, Table,
    mask::{self, Mask},
    model,
    question::{Field, Fields},
};
use crate::{
    access::Scope,
    graph::{Result, filter::Condition},
};

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

    /// The same, made once.
    #[must_use]
    fn planned_fields() -> &'static [Field] {
        &[]
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

    /// The fields that lead on from rows of each of the tables.
    const FIELDS: &'static [Fields];

    /// Back from a row of the table at `table` in `TABLES`.
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

/// How many tables there are so far.
static TABLES: AtomicUsize = AtomicUsize::new(0);

impl Table {
    /// The table behind a noun.
    ///
    /// # Panics
    /// When it has more columns than a mask can tell apart, or comes after [`Table::MOST`] others.
    #[must_use]
    pub fn of<N: Noun>() -> Self {
        use sea_orm::PrimaryKeyToColumn;
        let key =
            <N::Entity as EntityTrait>::PrimaryKey::iter().map(|key| key.into_column().into()).collect();
        let columns: Vec<Column> = <N::Entity as EntityTrait>::Column::iter().map(Into::into).collect();
        assert!(columns.len() <= Mask::MOST, "{} has more columns than a mask", N::NAME);
        let place = TABLES.fetch_add(1, Ordering::Relaxed);
        assert!(place < Self::MOST, "{} is a table too many", N::NAME);
        Self {
            place,
            noun: N::NAME,
            name: N::Entity::default().into(),
            reads: reads(&columns, N::reads()),
            columns,
            key,
            visible: N::visible,
            fixed: Default::default(),
            decode: |cells, columns, mask| {
                let row: <N::Entity as EntityTrait>::Model = model::model(cells, columns, mask)?;
                Ok(AnyRow::new(row))
            },
        }
    }
}

/// What fields read that are named after columns, and what others do that are `declared`.
fn reads(columns: &[Column], declared: Vec<(&'static str, Vec<Column>)>) -> HashMap<String, Mask> {
    let mut reads: HashMap<String, Mask> = HashMap::new();
    let mut add = |field: String, mask| {
        let known = reads.entry(field).or_default();
        *known = known.and(mask);
    };
    for column in columns {
        mask::readers(column).for_each(|field| add(field, Mask::of([column])));
    }
    for (field, columns) in &declared {
        add((*field).to_owned(), Mask::of(columns));
    }
    for (field, _) in declared.into_iter().filter(|(_, columns)| columns.is_empty()) {
        reads.insert(field.to_owned(), Mask::default());
    }
    reads
}
