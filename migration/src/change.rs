//! One step of the history: tables that appear together, with their rules and indexes.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::dialect::Dialect;

/// Tables made by one text of DDL, in the words of [`Dialect`].
pub(crate) struct Change {
    pub(crate) name: &'static str,
    /// In the order of their making.
    pub(crate) tables: &'static [&'static str],
    pub(crate) ddl: &'static str,
}

impl MigrationName for Change {
    fn name(&self) -> &str {
        self.name
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
