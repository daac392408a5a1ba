//! Adds columns for visibility: whether a program was announced, and whether the program of a row is visible. Counts of
//! seats and provinces of batches no longer include hidden placements.
//!
//! Earlier releases can still read: they find more columns, smaller numbers and fewer provinces.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::{
    change::{Effect, Step},
    dialect::Dialect,
};

mod trigger;

pub(crate) struct Visible;

/// The tables that belong to a program, and to a batch.
const BENEATH: [&str; 3] = ["internship_batch", "training_session", "placement"];

const COLUMN: &str =
    "ALTER TABLE internship_program ADD COLUMN announced {flag announced} NOT NULL DEFAULT FALSE";

const BELONGS: &str = "ADD COLUMN program_visible {flag program_visible} NOT NULL DEFAULT TRUE";

/// Fills `announced`: a cancelled program was announced if it was published or had participants.
const ANNOUNCED: &str = "
UPDATE internship_program SET announced = TRUE WHERE status NOT IN ('DRAFT', 'CANCELLED')
    OR (status = 'CANCELLED' AND (source IN ('ARTICLE', 'PUBLIC') OR EXISTS (
        SELECT 1 FROM internship_batch b JOIN placement s ON s.batch_id = b.id
        WHERE b.program_id = internship_program.id)))";

const HIDDEN: [&str; 3] = [
    "UPDATE internship_batch SET program_visible = FALSE WHERE program_id IN
        (SELECT id FROM internship_program WHERE status = 'DRAFT' OR (status = 'CANCELLED' AND NOT announced))",
    "UPDATE training_session SET program_visible = FALSE
     WHERE batch_id IN (SELECT id FROM internship_batch WHERE NOT program_visible)",
    "UPDATE placement SET program_visible = FALSE
     WHERE batch_id IN (SELECT id FROM internship_batch WHERE NOT program_visible)",
];

/// Recounts seats without placements that were not completed: otherwise the difference to the visible placements would
/// reveal their number.
const SEATS: [&str; 2] = [
    "UPDATE internship_batch SET participant_count = (SELECT count(*) FROM placement s
        WHERE s.batch_id = internship_batch.id AND s.status IN ('CONFIRMED', 'ATTENDING', 'GRADUATED'))
     WHERE EXISTS (SELECT 1 FROM placement s WHERE s.batch_id = internship_batch.id AND s.status = 'INCOMPLETE')",
    "UPDATE internship_program SET participant_count =
        (SELECT sum(b.participant_count) FROM internship_batch b WHERE b.program_id = internship_program.id)
     WHERE EXISTS (SELECT 1 FROM internship_batch b JOIN placement s ON s.batch_id = b.id
        WHERE b.program_id = internship_program.id AND s.status = 'INCOMPLETE')",
];

/// Removes the provinces of synthetic batches from which no placement is visible.
const PROVINCES: &str = "
DELETE FROM batch_province WHERE batch_id IN (SELECT id FROM internship_batch WHERE source = 'SYNTHETIC')
    AND EXISTS (SELECT 1 FROM placement s WHERE s.batch_id = batch_province.batch_id
        AND s.status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW'))
    AND NOT EXISTS (SELECT 1 FROM placement s JOIN cooperative c ON c.id = s.cooperative_id
        WHERE s.batch_id = batch_province.batch_id AND substr(c.region_code, 1, 2) = batch_province.region_code
        AND s.status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW'))";

/// Recreates the indexes for lists and counts of placements with the columns that decide visibility.
const INDEXES: &str = "
DROP INDEX placement_batch_id_id_idx;
DROP INDEX placement_cooperative_id_id_idx;
CREATE INDEX placement_batch_id_id_idx ON placement (batch_id, id, status, program_visible);
CREATE INDEX placement_cooperative_id_id_idx ON placement (cooperative_id, id, status, program_visible)";

const NARROW_INDEXES: &str = "
DROP INDEX placement_batch_id_id_idx;
DROP INDEX placement_cooperative_id_id_idx;
CREATE INDEX placement_batch_id_id_idx ON placement (batch_id, id);
CREATE INDEX placement_cooperative_id_id_idx ON placement (cooperative_id, id)";

impl MigrationName for Visible {
    fn name(&self) -> &'static str {
        "m20261128_000020_visible"
    }
}

impl Step for Visible {
    fn effect(&self) -> Effect {
        Effect::Additive
    }
}

#[async_trait]
impl MigrationTrait for Visible {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let dialect = Dialect::of(manager.get_database_backend())?;
        let database = manager.get_connection();
        database.execute_unprepared(&dialect.render(COLUMN)?).await?;
        for table in BENEATH {
            let column = format!("ALTER TABLE {table} {BELONGS}");
            database.execute_unprepared(&dialect.render(&column)?).await?;
        }
        for update in [ANNOUNCED].iter().chain(&HIDDEN).chain(&SEATS).chain(&[PROVINCES, INDEXES]) {
            database.execute_unprepared(update).await?;
        }
        database.execute_unprepared(&trigger::create(dialect)).await?;
        Ok(())
    }

    // Removed seats and provinces are not restored: it is unknown which batches listed them.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let database = manager.get_connection();
        let dialect = Dialect::of(manager.get_database_backend())?;
        database.execute_unprepared(&trigger::drop(dialect)).await?;
        database.execute_unprepared(NARROW_INDEXES).await?;
        for table in BENEATH {
            let drop = format!("ALTER TABLE {table} DROP COLUMN program_visible");
            database.execute_unprepared(&drop).await?;
        }
        database.execute_unprepared("ALTER TABLE internship_program DROP COLUMN announced").await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
