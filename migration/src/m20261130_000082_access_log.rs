//! Creates the access log, which holds questions about personal data, and adds the agreement that a grant rests on.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::{
    change::{Effect, Step},
    dialect::Dialect,
};

pub(crate) struct AccessLog;

const UP: &str = "
    ALTER TABLE access_grant ADD COLUMN agreement {text}
        CONSTRAINT access_grant_agreement_check CHECK (length(agreement) BETWEEN 1 AND 400);

    CREATE TABLE access_log (
        id         {id}   NOT NULL,
        at         {big}  NOT NULL,
        subject    {text} NOT NULL,
        role       {text} NOT NULL,
        agreement  {text},
        operation  {text},
        used       {text} NOT NULL,
        sha256     {text} NOT NULL,
        document   {text} NOT NULL,
        request_id {text},
        CONSTRAINT access_log_pk PRIMARY KEY (id),
        CONSTRAINT access_log_role_check CHECK (role IN (
            'COOPERATIVE', 'PARTNER', 'REGISTRAR', 'ANALYST', 'MINISTRY', 'ADMIN')),
        CONSTRAINT access_log_sha256_check CHECK (length(sha256) = 64)
    ){strict};

    CREATE INDEX access_log_at_id_idx ON access_log (at, id);";

const DOWN: &str = "
    DROP TABLE access_log;
    ALTER TABLE access_grant DROP COLUMN agreement;";

impl MigrationName for AccessLog {
    fn name(&self) -> &'static str {
        "m20261130_000082_access_log"
    }
}

impl Step for AccessLog {
    fn effect(&self) -> Effect {
        Effect::Additive
    }
}

#[async_trait]
impl MigrationTrait for AccessLog {
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
