//! Erasure: names that are to be nowhere, neither in earlier states of rows nor in what the engine keeps of them.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, FromQueryResult, Iterable, Value,
    sea_query::{Alias, Expr, ExprTrait, Order, Query},
};
use uuid::Uuid;

use super::{
    WriteError, WriteTransaction, Writer,
    row::{Recorded, UNTIL},
};
use crate::store::{Engine, number};

impl WriteTransaction {
    /// Rewrites columns in all earlier states of the rows whose `column` holds `key`, and removes the former values from the
    /// engine's files after the commit.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn rewrite_history<E: EntityTrait>(
        &mut self,
        column: E::Column,
        key: Uuid,
        values: &[(E::Column, Value)],
    ) -> Result<(), WriteError> {
        let history = format!("{}_history", E::default().table_name());
        let mut update = Query::update();
        update.table(Alias::new(&history));
        for (column, value) in values {
            update.value(*column, column.save_as(Expr::val(value.clone())));
        }
        update.and_where(Expr::col(column).eq(key));
        self.transaction.execute(&update).await?;
        self.erased.insert(history);
        self.erase::<E>();
        Ok(())
    }

    /// The last state of a row that was deleted, as its history has it.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn ended<E: Recorded>(&self, key: Uuid) -> Result<Option<E::Model>, WriteError> {
        let mut select = Query::select();
        select
            .columns(E::Column::iter())
            .from(Alias::new(format!("{}_history", E::default().table_name())))
            .and_where(Expr::col(Alias::new("id")).eq(key))
            .order_by(Alias::new(UNTIL), Order::Desc)
            .limit(1);
        let row = self.transaction.query_one(&select).await?;
        Ok(row.map(|row| E::Model::from_query_result(&row, "")).transpose()?)
    }

    /// Removes the former values of changed rows of a table from the engine's files after the commit.
    pub fn erase<E: EntityTrait>(&mut self) {
        self.erased.insert(E::default().table_name().to_owned());
    }
}

impl Writer {
    /// Removes what the engine keeps of the former values of rows of these tables, as each write does that erased some.
    pub async fn clean(&self, tables: &[&str]) {
        clean(&self.database, &tables.iter().map(|table| (*table).to_owned()).collect()).await;
    }
}

/// Removes what an engine keeps of the former values of rows of these tables, if there are any. If that fails, it is logged:
/// what was committed stays, and the same request, sent again, cleans again.
pub(super) async fn clean(database: &DatabaseConnection, tables: &BTreeSet<String>) {
    if !tables.is_empty()
        && let Err(error) = remove(database, tables).await
    {
        tracing::warn!(%error, "what was erased may still be in the files of the database");
    }
}

/// Removes former values: SQLite keeps them in its write-ahead log (pages that are freed are overwritten at once), PostgreSQL
/// in dead rows and in statistics.
async fn remove(database: &DatabaseConnection, tables: &BTreeSet<String>) -> Result<(), DbErr> {
    match Engine::of(database) {
        Engine::Sqlite => {
            // Its first column tells whether a reader or a writer kept the log from being truncated.
            if number(database, "PRAGMA wal_checkpoint(TRUNCATE)").await? != 0 {
                return Err(DbErr::Custom("the write-ahead log is in use".to_owned()));
            }
        }
        Engine::Postgres => {
            for table in tables {
                database.execute_unprepared(&format!("VACUUM (ANALYZE) {table}")).await?;
            }
        }
    }
    Ok(())
}
