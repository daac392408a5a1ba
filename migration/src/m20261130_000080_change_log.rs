//! Creates the change log, the claims of idempotency keys, and a history table beside each table that verbs change.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::{
    change::{Effect, Step},
    dialect::Dialect,
};

pub(crate) struct ChangeLog;

/// The tables with a history, and their keys. People have none: what is erased of a person is nowhere.
const TABLES: [(&str, &str); 19] = [
    ("cooperative", "id"),
    ("officer", "id"),
    ("business_unit", "id"),
    ("cooperative_commodity", "id"),
    ("annual_report", "id"),
    ("institution", "id"),
    ("official", "id"),
    ("partnership", "id"),
    ("internship_program", "id"),
    ("internship_batch", "id"),
    ("training_session", "id"),
    ("placement", "id"),
    ("linkage", "id"),
    ("linkage_month", "id"),
    ("partnership_application", "id"),
    ("partnership_party", "partnership_id, party_id"),
    ("program_partnership", "program_id, partnership_id"),
    ("program_supporter", "program_id, institution_id, role"),
    ("cooperative_business_class", "cooperative_id, business_class_id"),
];

const DDL: &str = "
CREATE TABLE change (
    sequence   {big}       NOT NULL,
    position   {int}       NOT NULL,
    last       {flag last} NOT NULL,
    at         {big}       NOT NULL,
    actor      {text}      NOT NULL,
    role       {text},
    verb       {text}      NOT NULL,
    noun       {text}      NOT NULL,
    key        {id}        NOT NULL,
    operation  {text}      NOT NULL,
    version    {int}       NOT NULL,
    touched    {json touched} NOT NULL,
    request_id {text},
    CONSTRAINT change_pk PRIMARY KEY (sequence, position),
    CONSTRAINT change_role_check CHECK (role IN (
        'COOPERATIVE', 'PARTNER', 'REGISTRAR', 'ANALYST', 'MINISTRY', 'ADMIN')),
    CONSTRAINT change_operation_check CHECK (operation IN ('CREATED', 'UPDATED', 'DELETED'))
){junction};

CREATE INDEX change_noun_key_sequence_idx ON change (noun, key, sequence);

CREATE TABLE change_horizon (
    only_row {int} NOT NULL,
    sequence {big} NOT NULL,
    CONSTRAINT change_horizon_pk PRIMARY KEY (only_row),
    CONSTRAINT change_horizon_only_row_check CHECK (only_row = 1)
){strict};

INSERT INTO change_horizon (only_row, sequence) VALUES (1, 0);

CREATE TABLE claim (
    actor    {text} NOT NULL,
    key      {text} NOT NULL,
    request  {text} NOT NULL,
    verb     {text} NOT NULL,
    noun     {text} NOT NULL,
    row_key  {id}   NOT NULL,
    version  {int}  NOT NULL,
    sequence {big}  NOT NULL,
    at       {big}  NOT NULL,
    CONSTRAINT claim_pk PRIMARY KEY (actor, key),
    CONSTRAINT claim_key_check CHECK (length(key) BETWEEN 1 AND 128)
){junction};

CREATE INDEX claim_at_idx ON claim (at);
";

const DROP: &str = "DROP TABLE claim; DROP TABLE change_horizon; DROP TABLE change";

impl MigrationName for ChangeLog {
    fn name(&self) -> &'static str {
        "m20261130_000080_change_log"
    }
}

impl Step for ChangeLog {
    fn effect(&self) -> Effect {
        Effect::Additive
    }
}

/// The statements that give a table a history: the same columns, with the sequences between which a row was current.
pub(crate) async fn history(
    connection: &impl ConnectionTrait,
    dialect: Dialect,
    table: &str,
    key: &str,
) -> Result<String, DbErr> {
    let since = dialect
        .render(&format!("ALTER TABLE {table} ADD COLUMN since_sequence {{big}} NOT NULL DEFAULT 0"))?;
    let key = format!("CONSTRAINT {table}_history_pk PRIMARY KEY ({key}, since_sequence)");
    if let Dialect::PostgreSql = dialect {
        return Ok(format!(
            "{since}; CREATE TABLE {table}_history (LIKE {table}, to_sequence BIGINT NOT NULL, {key})"
        ));
    }
    let columns = Statement::from_string(
        DbBackend::Sqlite,
        format!(
            "SELECT name || ' ' || type || iif(\"notnull\", ' NOT NULL', '') FROM pragma_table_info('{table}') ORDER BY cid"
        ),
    );
    let rows = connection.query_all_raw(columns).await?;
    let columns: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    Ok(format!(
        "{since}; CREATE TABLE {table}_history ({}, since_sequence INTEGER NOT NULL, to_sequence INTEGER NOT NULL, {key}) STRICT, WITHOUT ROWID",
        columns.join(", ")
    ))
}

#[async_trait]
impl MigrationTrait for ChangeLog {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let dialect = Dialect::of(manager.get_database_backend())?;
        let connection = manager.get_connection();
        connection.execute_unprepared(&dialect.render(DDL)?).await?;
        for (table, key) in TABLES {
            connection.execute_unprepared(&history(connection, dialect, table, key).await?).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for (table, _) in TABLES {
            let drop = format!("DROP TABLE {table}_history; ALTER TABLE {table} DROP COLUMN since_sequence");
            connection.execute_unprepared(&drop).await?;
        }
        connection.execute_unprepared(DROP).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
