//! The locks that migrations take on PostgreSQL, for whoever plans an upgrade.
//!
//! They are not written by hand: a test applies each migration to a registry with rows, reads `pg_locks`, and compares.

use sea_orm_migration::SchemaManager;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

use crate::{HISTORY, compatibility::applied};

/// A line for each lock: migration, table or view, mode, and what is done to the rows.
const RECORDED: &str = include_str!("locks.txt");

/// A lock on a table or view that existed before the migration, held until the end of all migrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    pub relation: &'static str,
    /// The strongest mode, in PostgreSQL's words.
    pub mode: &'static str,
    /// Whether all rows are read or written anew, and whether rows may be changed; may be empty.
    pub work: &'static str,
}

/// A migration that the database lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub name: String,
    /// What it locks of what the database has now; nothing on SQLite, where [`up`](crate::up) excludes all other writers.
    pub locks: Vec<Lock>,
}

/// The migrations that [`up`](crate::up) would apply, oldest first, with the locks that they would take.
///
/// # Errors
/// When the database cannot be read.
pub async fn plan(database: &DatabaseConnection) -> Result<Vec<Planned>, DbErr> {
    let applied = applied(&SchemaManager::new(database)).await?;
    let relations = relations(database).await?;
    let lacking = HISTORY.names().into_iter().filter(|name| !applied.contains(name));
    Ok(lacking
        .map(|name| {
            let known = |lock: &Lock| relations.iter().any(|relation| relation == lock.relation);
            let locks = recorded(&name).filter(known).collect();
            Planned { name, locks }
        })
        .collect())
}

/// The recorded locks of a migration.
fn recorded(migration: &str) -> impl Iterator<Item = Lock> {
    RECORDED.lines().filter_map(move |line| {
        let mut parts = line.split('|').map(str::trim);
        let [name, relation, mode, work] = std::array::from_fn(|_| parts.next().unwrap_or_default());
        (name == migration).then_some(Lock { relation, mode, work })
    })
}

/// The tables and views of the database.
async fn relations(database: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    if database.get_database_backend() != DbBackend::Postgres {
        return Ok(Vec::new());
    }
    let list = "SELECT relname::text FROM pg_class \
                WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v')";
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, list)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}
