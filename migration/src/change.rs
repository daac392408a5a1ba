//! A migration: tables that are created together, with their constraints and indexes.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::dialect::Dialect;

/// The effect of a migration on earlier releases of the program that still read the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Earlier releases can still read: the migration adds tables, views, indexes, triggers, or columns that are
    /// nullable or have a default. No existing table, view or column is dropped, renamed or given another type, and no
    /// column gets values that earlier releases cannot decode, such as a new enum value.
    ///
    /// Rows and values may be corrected, and earlier releases then show the corrected ones. Earlier releases do not
    /// apply new rules: a row that is hidden from now on is still shown by them.
    Additive,
    /// Earlier releases must not read the database any more.
    Breaking,
}

/// A migration with its effect on earlier releases.
pub(crate) trait Step: MigrationTrait {
    fn effect(&self) -> Effect;

    /// Whether it rebuilds tables on SQLite ([`rebuild`](crate::rebuild)): no foreign key is enforced meanwhile, also for
    /// other migrations that are applied at once, and none deletes or changes referring rows.
    fn rebuilds(&self) -> bool {
        false
    }
}

/// Tables created by one DDL text, in the placeholders of [`Dialect`].
pub(crate) struct Change {
    pub(crate) name: &'static str,
    pub(crate) effect: Effect,
    /// The tables, in the order of their creation.
    pub(crate) tables: &'static [&'static str],
    /// The indexes on tables of earlier migrations.
    pub(crate) indexes: &'static [&'static str],
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
        let indexes = self.indexes.iter().map(|index| format!("DROP INDEX {index}"));
        let tables = self.tables.iter().rev().map(|table| format!("DROP TABLE {table}"));
        for drop in indexes.chain(tables) {
            manager.get_connection().execute_unprepared(&drop).await?;
        }
        Ok(())
    }

    // SQLite would otherwise keep half of a change that fails.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
