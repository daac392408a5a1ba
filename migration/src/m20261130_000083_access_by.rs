//! Adds who created a key, who revoked a key or a grant, and the history of the provinces of batches.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::{
    change::{Effect, Step},
    dialect::Dialect,
    m20261130_000080_change_log::history,
};

pub(crate) struct AccessBy;

const UP: &str = "
    ALTER TABLE api_key ADD COLUMN created_by {text};
    ALTER TABLE api_key ADD COLUMN revoked_by {text};
    ALTER TABLE access_grant ADD COLUMN revoked_by {text};";

const TABLE: &str = "batch_province";

const DOWN: &str = "
    DROP TABLE batch_province_history;
    ALTER TABLE batch_province DROP COLUMN since_sequence;
    ALTER TABLE access_grant DROP COLUMN revoked_by;
    ALTER TABLE api_key DROP COLUMN revoked_by;
    ALTER TABLE api_key DROP COLUMN created_by;";

impl MigrationName for AccessBy {
    fn name(&self) -> &'static str {
        "m20261130_000083_access_by"
    }
}

impl Step for AccessBy {
    fn effect(&self) -> Effect {
        Effect::Additive
    }
}

#[async_trait]
impl MigrationTrait for AccessBy {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let dialect = Dialect::of(manager.get_database_backend())?;
        let ddl = dialect.render(UP)?;
        let connection = manager.get_connection();
        connection.execute_unprepared(&ddl).await?;
        let kept = history(connection, dialect, TABLE, "batch_id, region_code").await?;
        connection.execute_unprepared(&kept).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(DOWN).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
