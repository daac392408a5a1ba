//! Adds the indexes by which a search for a property finds the largest entries of a province, and the cooperatives with
//! a commodity.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::change::{Effect, Step};

pub(crate) struct Speed;

/// Without statistics of the new indexes, engines do not choose them until the next load.
const CREATE: &str = "
CREATE INDEX search_entry_province_size_idx ON search_entry (substr(region_code, 1, 2), size);
CREATE INDEX cooperative_commodity_commodity_code_cooperative_id_year_idx
    ON cooperative_commodity (commodity_code, cooperative_id, year);
ANALYZE search_entry;
ANALYZE cooperative_commodity";

const DROP: &str = "
DROP INDEX cooperative_commodity_commodity_code_cooperative_id_year_idx;
DROP INDEX search_entry_province_size_idx";

impl MigrationName for Speed {
    fn name(&self) -> &'static str {
        "m20261130_000070_search_speed"
    }
}

impl Step for Speed {
    fn effect(&self) -> Effect {
        Effect::Additive
    }
}

#[async_trait]
impl MigrationTrait for Speed {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(CREATE).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(DROP).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
