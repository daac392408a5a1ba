//! Migrations of the registry's tables, for SQLite and PostgreSQL. They never import `entity`, which describes only the
//! current tables.

mod change;
mod check;
mod compatibility;
mod dialect;
mod locks;
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
mod m20261125_000015_search_lists;
mod m20261128_000017_compatibility;
mod m20261128_000020_visible;
mod m20261129_000040_sphere;
mod m20261129_000050_precision;
mod m20261129_000060_search;
mod m20261130_000070_search_speed;
mod m20261130_000080_change_log;
mod m20261130_000081_access;
mod m20261130_000082_access_log;
mod m20261130_000083_access_by;
mod m20261130_000084_linked_state;
mod rebuild;
#[cfg(test)]
mod tests;

use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{MigrationTrait, MigratorTraitSelf, SchemaManager};

use self::change::Step;
pub use self::{
    check::CheckChange,
    compatibility::Pending,
    locks::{Lock, Planned, plan},
};

/// A list of migrations, oldest first: of this release or of an earlier one.
struct History(fn() -> Vec<Box<dyn Step>>);

/// All migrations of this release.
const HISTORY: History = History(|| {
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
        Box::new(m20261125_000015_search_lists::REGIONS),
        Box::new(m20261125_000015_search_lists::PARTNERSHIPS),
        Box::new(m20261128_000017_compatibility::CHANGE),
        Box::new(m20261128_000020_visible::Visible),
        Box::new(m20261129_000040_sphere::Sphere),
        Box::new(m20261129_000050_precision::Precision),
        Box::new(m20261129_000060_search::Ranks),
        Box::new(m20261130_000070_search_speed::Speed),
        Box::new(m20261130_000080_change_log::ChangeLog),
        Box::new(m20261130_000081_access::CHANGE),
        Box::new(m20261130_000082_access_log::AccessLog),
        Box::new(m20261130_000083_access_by::AccessBy),
        Box::new(m20261130_000084_linked_state::LinkedState),
    ]
});

impl MigratorTraitSelf for History {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        (self.0)().into_iter().map(|step| -> Box<dyn MigrationTrait> { step }).collect()
    }
}

/// Why a database could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A later release has migrated the database, and this one cannot read it.
    #[error("the database is newer than this program: it has {migration}")]
    Newer {
        /// A migration that this release does not know.
        migration: String,
    },
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// The key of the advisory lock. Another program on the same PostgreSQL server must not use it.
const LOCK: i64 = 0x5349_4d50_554c;

/// Migrates the database to this release, or leaves it unchanged. A database that a later release changed only in ways
/// that this one can ignore counts as up to date.
///
/// Several nodes may start at once: one migrates while the others wait. It uses a single connection.
///
/// # Errors
/// [`Error::Newer`] if a later release has made a breaking change, or any change while this release has migrations to
/// apply as well; [`Error::Database`] if the engine fails.
pub async fn up(db: &DatabaseConnection) -> Result<(), Error> {
    HISTORY.bring(db).await
}

/// Reports what [`up`] would do, without changing the database.
///
/// # Errors
/// When the database cannot be read.
pub async fn pending(db: &DatabaseConnection) -> Result<Pending, DbErr> {
    HISTORY.pending(&SchemaManager::new(db)).await
}

/// Reverts the last migrations, as many as `steps`: what only they hold is lost. No command does this; a release that
/// withdraws a migration would.
///
/// # Errors
/// When the engine fails; the database is unchanged then.
pub async fn down(db: &DatabaseConnection, steps: u32) -> Result<(), DbErr> {
    HISTORY.revert(db, steps).await
}

/// Applies the oldest migration that the database lacks, and takes it back. The transaction is given to `look` before and
/// after, to tell what the migration does to the database.
///
/// # Errors
/// When the engine fails.
pub async fn rehearse<T>(
    db: &DatabaseConnection,
    look: impl AsyncFn(&DatabaseTransaction) -> T,
) -> Result<[T; 2], DbErr> {
    let transaction = db.begin().await?;
    let before = look(&transaction).await;
    HISTORY.up(&transaction, Some(1)).await?;
    let after = look(&transaction).await;
    transaction.rollback().await?;
    Ok([before, after])
}

/// The names of all migrations of this release, oldest first.
#[must_use]
pub fn names() -> Vec<String> {
    (HISTORY.0)().iter().map(|step| step.name().to_owned()).collect()
}

impl History {
    async fn bring(&self, db: &DatabaseConnection) -> Result<(), Error> {
        let applied = compatibility::applied(&SchemaManager::new(db)).await?;
        let lacks = |step: &dyn Step| !applied.iter().any(|name| name == step.name());
        if !self.rebuilds(db, lacks) {
            return self.apply(db, false).await;
        }
        let aside = rebuild::without_foreign_keys(db);
        let outcome = self.apply(&aside, true).await;
        aside.close().await?;
        outcome
    }

    /// Applies what is lacking. With `unchecked`, foreign keys are not enforced on this connection.
    async fn apply(&self, db: &DatabaseConnection, unchecked: bool) -> Result<(), Error> {
        let transaction = begin(db).await?;
        let Pending { count, newer, additive } = self.pending(&SchemaManager::new(&transaction)).await?;
        if let Some(migration) = newer {
            return Err(Error::Newer { migration });
        }
        match additive.into_iter().next_back() {
            // Which of the two comes first was never tried.
            Some(migration) if count > 0 => return Err(Error::Newer { migration }),
            Some(_) => {}
            None => {
                self.up(&transaction, None).await?;
                self.declare_oldest_reader(&transaction).await?;
                commit(transaction, unchecked).await?;
            }
        }
        Ok(())
    }

    async fn revert(&self, db: &DatabaseConnection, steps: u32) -> Result<(), DbErr> {
        let aside = self.rebuilds(db, |_| true).then(|| rebuild::without_foreign_keys(db));
        let transaction = begin(aside.as_ref().unwrap_or(db)).await?;
        self.down(&transaction, Some(steps)).await?;
        commit(transaction, aside.is_some()).await
    }

    /// Whether some of these migrations rebuild tables in this database.
    fn rebuilds(&self, db: &DatabaseConnection, which: impl Fn(&dyn Step) -> bool) -> bool {
        let sqlite = db.get_database_backend() == DbBackend::Sqlite;
        sqlite && (self.0)().iter().any(|step| step.rebuilds() && which(step.as_ref()))
    }
}

/// Begins the transaction of all migrations, when no other program is in one.
async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let backend = db.get_database_backend();
    let transaction = db.begin_with_options(options(backend)).await?;
    if backend == DbBackend::Postgres {
        transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    Ok(transaction)
}

async fn commit(transaction: DatabaseTransaction, unchecked: bool) -> Result<(), DbErr> {
    if unchecked {
        rebuild::check_foreign_keys(&transaction).await?;
    }
    transaction.commit().await
}

// READ COMMITTED, so that a transaction that waited for the lock sees what was committed meanwhile; on
// SQLite the transaction itself is the lock, if it is one for writing from the start.
fn options(backend: DbBackend) -> TransactionOptions {
    TransactionOptions {
        isolation_level: (backend == DbBackend::Postgres).then_some(IsolationLevel::ReadCommitted),
        access_mode: None,
        sqlite_transaction_mode: (backend == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate),
    }
}
