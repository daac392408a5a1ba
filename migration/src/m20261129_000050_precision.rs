//! Adds how exact a location is: the level from which its point was taken.
//!
//! Existing rows get the level from which the seed and the generator took their points: that of the nearest region with a
//! point, from the village up.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::{
    change::{Effect, Step},
    dialect::Dialect,
};

pub(crate) struct Precision;

const UP: &str = "
    ALTER TABLE region ADD COLUMN location_precision {text}
        CONSTRAINT region_location_precision_check CHECK (location_precision IN ('OFFICE', 'VILLAGE', 'DISTRICT', 'REGENCY', 'PROVINCE'));
    ALTER TABLE cooperative ADD COLUMN location_precision {text}
        CONSTRAINT cooperative_location_precision_check CHECK (location_precision IN ('OFFICE', 'VILLAGE', 'DISTRICT', 'REGENCY', 'PROVINCE'));

    -- A village that has the point of its district is only as exact as the district.
    UPDATE region SET location_precision = CASE level
        WHEN 'PROVINCE' THEN 'PROVINCE'
        WHEN 'REGENCY_CITY' THEN 'REGENCY'
        WHEN 'DISTRICT' THEN 'DISTRICT'
        ELSE CASE WHEN EXISTS (SELECT 1 FROM region d WHERE d.code = region.parent_code
            AND d.latitude_e5 = region.latitude_e5 AND d.longitude_e5 = region.longitude_e5)
            THEN 'DISTRICT' ELSE 'VILLAGE' END
        END
        WHERE latitude_e5 IS NOT NULL;

    UPDATE cooperative SET location_precision = CASE
        WHEN NOT location_approximate THEN 'OFFICE'
        WHEN EXISTS (SELECT 1 FROM region r WHERE r.code = cooperative.region_code AND r.location_precision = 'VILLAGE')
            THEN 'VILLAGE'
        WHEN EXISTS (SELECT 1 FROM region r WHERE r.location_precision = 'DISTRICT'
            AND r.code IN (cooperative.region_code, substr(cooperative.region_code, 1, 8))) THEN 'DISTRICT'
        WHEN EXISTS (SELECT 1 FROM region r WHERE r.latitude_e5 IS NOT NULL AND length(cooperative.region_code) >= 5
            AND r.code >= substr(cooperative.region_code, 1, 5)
            AND r.code < substr(cooperative.region_code, 1, 5) || '/') THEN 'REGENCY'
        ELSE 'PROVINCE'
        END
        WHERE latitude_e3 IS NOT NULL;";

const DOWN: &str = "
    ALTER TABLE cooperative DROP COLUMN location_precision;
    ALTER TABLE region DROP COLUMN location_precision;";

impl MigrationName for Precision {
    fn name(&self) -> &'static str {
        "m20261129_000050_precision"
    }
}

impl Step for Precision {
    fn effect(&self) -> Effect {
        Effect::Additive
    }
}

#[async_trait]
impl MigrationTrait for Precision {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ddl = Dialect::of(manager.get_database_backend())?.render(UP)?;
        manager.get_connection().execute_unprepared(&ddl).await?;
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
