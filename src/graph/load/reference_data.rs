//! Reference data in memory: the rows of small tables that nearly every document reads.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use futures_util::TryStreamExt;
use rustc_hash::FxHashMap;
use sea_orm::{DatabaseConnection, DbErr, EntityTrait, Iterable, ModelTrait};
use tokio::sync::OnceCell;

use super::{AnyRow, Column, Kind, Noun, Table};
use crate::{
    access::ScopeShape,
    graph::{
        Result,
        search::{Lexicon, Search},
        value::Value,
    },
    store::Reader,
};

/// The rows in memory, by table and primary key. Until they are filled in, rows are loaded from the database.
#[derive(Default)]
pub struct ReferenceData {
    tables: OnceLock<FxHashMap<&'static str, ReferenceTable>>,
    lexicons: Mutex<HashMap<ScopeShape, LexiconCell>>,
}

/// The lexicon of search, after it was read.
type LexiconCell = Arc<OnceCell<Arc<Lexicon>>>;

/// All rows of one table, by primary key.
#[derive(Debug)]
pub struct ReferenceTable {
    table: &'static Table,
    by_key: FxHashMap<Value, AnyRow>,
}

impl ReferenceTable {
    /// Reads the whole table of a noun.
    ///
    /// # Errors
    /// The database error.
    ///
    /// # Panics
    /// If a scope hides rows of the table: reference data in memory is the same for all.
    pub async fn read<N: Noun>(database: &DatabaseConnection) -> Result<Self, DbErr> {
        let table = N::table();
        assert!(table.is_public(), "reference data in memory is seen by all: {}", N::NAME);
        let key = table.key.first().map_or(0, |key| key.index);
        // Text columns that no field reads are emptied.
        let text = |column: &<N::Entity as EntityTrait>::Column| {
            let column: Column = (*column).into();
            column.kind == Kind::Text && !column.nullable && !table.reads(&column)
        };
        let unread: Vec<_> = <N::Entity as EntityTrait>::Column::iter().filter(text).collect();
        // Rows are streamed, because reading all at once would take twice the memory.
        let mut rows = N::Entity::find().stream(database).await?;
        let mut by_key = FxHashMap::default();
        while let Some(mut row) = rows.try_next().await? {
            for column in &unread {
                row.set(*column, "".into());
            }
            let row = AnyRow::new(row);
            by_key.insert(row.value(key), row);
        }
        by_key.shrink_to_fit();
        Ok(Self { table, by_key })
    }

    pub(super) fn get(&self, key: &Value) -> Option<&AnyRow> {
        self.by_key.get(key)
    }
}

impl ReferenceData {
    /// Sets the tables. This has an effect only once.
    pub fn fill(&self, tables: impl IntoIterator<Item = ReferenceTable>) {
        // A second call would bring the same reference data, so it is ignored.
        let _ = self.tables.set(tables.into_iter().map(|rows| (rows.table.name.as_str(), rows)).collect());
    }

    /// Whether the tables were set.
    #[must_use]
    pub fn ready(&self) -> bool {
        self.tables.get().is_some()
    }

    /// The lexicon of search. It is read from the database by the first search, unless it was read before.
    ///
    /// # Errors
    /// The database error.
    ///
    /// # Panics
    /// If a scope hides regions: their names are kept for all.
    pub async fn lexicon(&self, search: &Search, reader: &Reader) -> Result<Arc<Lexicon>> {
        let cell = {
            let mut lexicons = self.lexicons.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(lexicons.entry(reader.scope().shape()).or_default())
        };
        // It is kept for all scopes of one shape.
        assert!((search.regions.0)().is_public(), "names of regions are seen by all");
        let read = async || Lexicon::read(reader, search).await.map(Arc::new);
        cell.get_or_try_init(read).await.cloned()
    }

    pub(super) fn holds(&self, table: &Table) -> bool {
        self.table(table).is_some()
    }

    /// The rows of a table, if it is in memory.
    pub(super) fn table(&self, table: &Table) -> Option<&ReferenceTable> {
        self.tables.get()?.get(table.name.as_str())
    }
}

impl fmt::Debug for ReferenceData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReferenceData").field("ready", &self.ready()).finish()
    }
}
