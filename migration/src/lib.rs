//! The history of the registry's tables, for SQLite and PostgreSQL. It never imports `entity`: that is the present.

mod change;
mod dialect;
mod m20261101_000001_region;
mod m20261101_000002_party;
mod m20261101_000003_people;
mod m20261101_000004_activity;
mod m20261101_000005_partnership;
mod m20261101_000006_program;
mod m20261101_000007_batch;
mod m20261101_000008_linkage;
mod m20261101_000009_data_load;
mod m20261125_000010_search;
mod m20261125_000011_place;

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, IsolationLevel, QueryOrder,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager, seaql_migrations};

/// Every change, oldest first.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261101_000001_region::CHANGE),
            Box::new(m20261101_000002_party::CHANGE),
            Box::new(m20261101_000003_people::CHANGE),
            Box::new(m20261101_000004_activity::CHANGE),
            Box::new(m20261101_000005_partnership::CHANGE),
            Box::new(m20261101_000006_program::CHANGE),
            Box::new(m20261101_000007_batch::CHANGE),
            Box::new(m20261101_000008_linkage::CHANGE),
            Box::new(m20261101_000009_data_load::CHANGE),
            Box::new(m20261125_000010_search::CHANGE),
            Box::new(m20261125_000011_place::CHANGE),
        ]
    }
}

/// Why a database could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A later release has been here.
    #[error("the database is newer than this program: it has {migration}")]
    Newer {
        /// The newest change that this program does not know.
        migration: String,
    },
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// How far a database is from this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Changes that wait to be made.
    pub count: usize,
    /// The newest change in the database that this program does not know, if a later release has been there.
    pub newer: Option<String>,
}

/// Any number would do; two programs on one PostgreSQL must not share it.
const LOCK: i64 = 0x5349_4d50_554c;

/// Brings the database up to date, or leaves it as it was.
///
/// Nodes may start together: one does the work while the others wait for it. It takes a single connection.
///
/// # Errors
/// [`Error::Newer`] if a later release has been there, [`Error::Database`] if the engine refuses.
pub async fn up(db: &DatabaseConnection) -> Result<(), Error> {
    let backend = db.get_database_backend();
    let transaction = db.begin_with_options(options(backend)).await?;
    if backend == DbBackend::Postgres {
        transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    if let Some(migration) = measure(&applied(&SchemaManager::new(&transaction)).await?).newer {
        return Err(Error::Newer { migration });
    }
    Migrator::up(&transaction, None).await?;
    transaction.commit().await?;
    Ok(())
}

/// Tells what [`up`] would do, without changing the database.
///
/// # Errors
/// If the database cannot be read.
pub async fn pending(db: &DatabaseConnection) -> Result<Pending, Error> {
    Ok(measure(&applied(&SchemaManager::new(db)).await?))
}

// Whoever waited for the lock must see what was done meanwhile, hence READ COMMITTED whatever the server's default; on
// SQLite the transaction itself is the lock, if it is one for writing from the start.
fn options(backend: DbBackend) -> TransactionOptions {
    TransactionOptions {
        isolation_level: (backend == DbBackend::Postgres).then_some(IsolationLevel::ReadCommitted),
        access_mode: None,
        sqlite_transaction_mode: (backend == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate),
    }
}

/// The changes made so far, oldest first; none in a database that never saw one.
async fn applied(manager: &SchemaManager<'_>) -> Result<Vec<String>, DbErr> {
    if !manager.has_table("seaql_migrations").await? {
        return Ok(Vec::new());
    }
    let rows = seaql_migrations::Entity::find()
        .order_by_asc(seaql_migrations::Column::Version)
        .all(manager.get_connection())
        .await?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}

fn measure(applied: &[String]) -> Pending {
    let known: Vec<String> = Migrator::migrations().iter().map(|change| change.name().to_owned()).collect();
    Pending {
        count: known.iter().filter(|name| !applied.contains(name)).count(),
        newer: applied.iter().rev().find(|name| !known.contains(name)).cloned(),
    }
}
