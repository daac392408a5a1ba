//! One migration: tables that appear together, with their rules and indexes.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::dialect::Dialect;

/// What a migration means for programs that were released before it and still read the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Earlier programs go on reading: the migration adds tables, views, indexes, triggers, or columns that are nullable
    /// or have a default. No table, view or column that was there is dropped, renamed or given another type, and no
    /// column gets values that earlier programs cannot decode, such as a new word of a vocabulary.
    ///
    /// Rows and values may be corrected, which earlier programs then show: a count of seats that leaves some out is still
    /// a number of seats to them. What they do not know they do not keep either: a row that is hidden from now on is
    /// shown by them as before.
    Additive,
    /// Earlier programs must no longer read.
    Breaking,
}

/// A migration and its effect on earlier programs.
pub(crate) trait Step: MigrationTrait {
    fn effect(&self) -> Effect;
}

/// Tables made by one text of DDL, in the words of [`Dialect`].
pub(crate) struct Change {
    pub(crate) name: &'static str,
    pub(crate) effect: Effect,
    /// In the order of their making.
    pub(crate) tables: &'static [&'static str],
    pub(crate) ddl: &'static str,
}

impl MigrationName for Change {
    fn name(&self) -> &str {
        self.name
    }
}

impl Step for Change {
    fn effect(&self) -> Effect {
        self.effect
    }
}

#[async_trait]
impl MigrationTrait for Change {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ddl = Dialect::of(manager.get_database_backend())?.render(self.ddl)?;
        manager.get_connection().execute_unprepared(&ddl).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in self.tables.iter().rev() {
            manager.get_connection().execute_unprepared(&format!("DROP TABLE {table}")).await?;
        }
        Ok(())
    }

    // SQLite would otherwise keep half of a change that fails.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
