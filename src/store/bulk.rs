//! Bulk loading: inserts many rows in one transaction, which is committed as a whole or leaves nothing behind.

mod copy;
mod index;
mod insert;
mod search;

use std::{any::TypeId, collections::HashMap};

use sea_orm::{
    DatabaseConnection, EntityName, EntityTrait, IdenStatic, Iterable, ModelTrait, Value,
    sqlx::{self, AssertSqlSafe, Postgres, Sqlite, Transaction},
};

use self::index::Aside;
pub use self::search::SearchIndex;
use crate::store::Engine;

/// Rows buffered in memory, over all tables, before they are written.
const WAITING_ROWS: usize = 16_384;

/// Why a bulk load failed.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    #[error("cannot load: {0}")]
    Database(#[from] sqlx::Error),
    #[error("cannot load {table}: {cause}")]
    Table { table: &'static str, cause: sqlx::Error },
    #[error("table {0} is not part of this load")]
    Unlisted(&'static str),
    #[error("column {table}.{column} has a type that cannot be loaded")]
    Type { table: &'static str, column: &'static str },
}

/// A table to load.
#[derive(Debug)]
pub struct Table {
    entity: TypeId,
    name: &'static str,
    columns: Vec<&'static str>,
    waiting: Vec<Value>,
    rows: u64,
    /// Number of its rows at the last ANALYZE.
    measured: u64,
}

impl Table {
    /// The table of an entity.
    #[must_use]
    pub fn of<E: EntityTrait>() -> Self {
        Self {
            entity: TypeId::of::<E>(),
            name: E::default().table_name(),
            columns: E::Column::iter().map(|column| column.as_str()).collect(),
            waiting: Vec::new(),
            rows: 0,
            measured: 0,
        }
    }

    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its columns, in the order of the entity's fields.
    #[must_use]
    pub fn columns(&self) -> &[&'static str] {
        &self.columns
    }
}

/// One bulk load in one transaction.
#[derive(Debug)]
pub struct Bulk {
    session: Session,
    tables: Vec<Table>,
    table_indexes: HashMap<TypeId, usize>,
    waiting: usize,
    aside: Vec<Aside>,
    /// The search indexes to fill.
    searched: Vec<SearchIndex>,
}

#[derive(Debug)]
enum Session {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Bulk {
    /// Starts a load of `tables`, in an order in which referenced tables come first.
    ///
    /// # Errors
    /// When the database does not start a write transaction.
    pub async fn begin(database: &DatabaseConnection, tables: Vec<Table>) -> Result<Self, BulkError> {
        let session = match Engine::of(database) {
            Engine::Sqlite => {
                let pool = database.get_sqlite_connection_pool();
                Session::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?)
            }
            Engine::Postgres => {
                let mut session = database.get_postgres_connection_pool().begin().await?;
                // As every write of a caller does, so that neither goes on beside the other.
                let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(super::writer::LOCK);
                lock.execute(&mut *session).await?;
                Session::Postgres(session)
            }
        };
        let table_indexes = tables.iter().enumerate().map(|(index, table)| (table.entity, index)).collect();
        Ok(Self { session, tables, table_indexes, waiting: 0, aside: Vec::new(), searched: Vec::new() })
    }

    /// Drops the indexes that no constraint needs, and suspends the search indexes `searched`, until
    /// [`commit`](Self::commit): indexing many rows together is faster than one by one. Tables in `alone` keep their
    /// indexes.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn set_indexes_aside(
        &mut self,
        alone: &[&str],
        searched: Vec<SearchIndex>,
    ) -> Result<(), BulkError> {
        let tables = self.tables.iter().filter(|table| !alone.contains(&table.name));
        let mut tables: Vec<String> = tables.map(|table| table.name.to_owned()).collect();
        self.searched = searched;
        self.searched.retain(|index| index.is_made_from(&tables));
        tables.extend(self.searched.iter().map(SearchIndex::entries));
        self.aside = match &mut self.session {
            Session::Sqlite(transaction) => index::of_sqlite(transaction, &tables).await?,
            Session::Postgres(transaction) => index::of_postgres(transaction, &tables).await?,
        };
        for position in 0..self.aside.len() {
            let statement = self.aside[position].drop.clone();
            self.execute(statement).await?;
        }
        Ok(())
    }

    /// Buffers a row; a later [`flush`](Self::flush) writes it.
    ///
    /// # Errors
    /// When its table is not part of this load.
    pub fn add<M>(&mut self, row: &M) -> Result<(), BulkError>
    where
        M: ModelTrait,
        M::Entity: EntityTrait,
    {
        let index = self.table_indexes.get(&TypeId::of::<M::Entity>());
        let index = *index.ok_or_else(|| BulkError::Unlisted(M::Entity::default().table_name()))?;
        let table = &mut self.tables[index];
        table.waiting.extend(<M::Entity as EntityTrait>::Column::iter().map(|column| row.get(column)));
        table.rows += 1;
        self.waiting += 1;
        Ok(())
    }

    /// Writes the buffered rows if there are many. Call it only when no buffered row refers to a row that is still to
    /// be added.
    ///
    /// # Errors
    /// The error of the database for a row.
    pub async fn ease(&mut self) -> Result<(), BulkError> {
        if self.waiting < WAITING_ROWS {
            return Ok(());
        }
        self.flush().await
    }

    /// Writes the buffered rows, table by table.
    ///
    /// # Errors
    /// The error of the database for a row.
    pub async fn flush(&mut self) -> Result<(), BulkError> {
        for table in self.tables.iter_mut().filter(|table| !table.waiting.is_empty()) {
            let values = std::mem::take(&mut table.waiting);
            match &mut self.session {
                Session::Sqlite(transaction) => insert::write(transaction, table, values).await?,
                Session::Postgres(transaction) => copy::write(transaction, table, &values).await?,
            }
        }
        self.waiting = 0;
        self.measure().await
    }

    /// Runs ANALYZE on tables that have doubled in size. PostgreSQL plans a foreign key check by the known size of the
    /// table, and would scan a table that it takes for empty for every reference to it.
    async fn measure(&mut self) -> Result<(), BulkError> {
        if matches!(self.session, Session::Sqlite(_)) {
            return Ok(());
        }
        for position in 0..self.tables.len() {
            let table = &mut self.tables[position];
            if table.rows > 2 * table.measured {
                table.measured = table.rows;
                let statement = format!("ANALYZE \"{}\"", table.name);
                self.execute(statement).await?;
            }
        }
        Ok(())
    }

    /// Number of rows added so far, over all tables.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// Number of rows added so far to the table of `E`.
    #[must_use]
    pub fn rows_of<E: EntityTrait>(&self) -> u64 {
        self.table_indexes.get(&TypeId::of::<E>()).map_or(0, |index| self.tables[*index].rows)
    }

    /// Writes the remaining rows, restores the indexes, runs ANALYZE and commits.
    ///
    /// # Errors
    /// The error of the database; then nothing was loaded.
    pub async fn commit(mut self) -> Result<(), BulkError> {
        self.flush().await?;
        let searched = std::mem::take(&mut self.searched);
        for index in &searched {
            self.execute(index.fill(self.engine())).await?;
        }
        for aside in std::mem::take(&mut self.aside) {
            self.execute(aside.restore).await?;
        }
        for position in 0..self.tables.len() {
            if self.tables[position].rows > 0 {
                self.execute(format!("ANALYZE \"{}\"", self.tables[position].name)).await?;
            }
        }
        for index in searched {
            self.execute(format!("ANALYZE \"{}\"", index.entries())).await?;
        }
        match self.session {
            Session::Sqlite(transaction) => transaction.commit().await?,
            Session::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    fn engine(&self) -> Engine {
        match self.session {
            Session::Sqlite(_) => Engine::Sqlite,
            Session::Postgres(_) => Engine::Postgres,
        }
    }

    // These statements contain no data of rows.
    async fn execute(&mut self, statement: String) -> Result<(), BulkError> {
        let statement = sqlx::raw_sql(AssertSqlSafe(statement));
        match &mut self.session {
            Session::Sqlite(transaction) => statement.execute(&mut **transaction).await.map(|_| ())?,
            Session::Postgres(transaction) => statement.execute(&mut **transaction).await.map(|_| ())?,
        }
        Ok(())
    }
}
