//! Which programs may read a database: those that know its last breaking migration.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryOrder, Statement};
use sea_orm_migration::{SchemaManager, seaql_migrations};

use crate::{History, change::Effect};

/// How far a database is from a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// Migrations of the program that the database lacks.
    pub count: usize,
    /// A migration of a later release that the program would have to know to read the database: the last breaking one.
    pub newer: Option<String>,
    /// Migrations of later releases that the program does not know and may ignore when it reads, oldest first.
    pub additive: Vec<String>,
}

impl History {
    /// Compares the migrations in a database with those of this history.
    pub(crate) async fn pending(&self, manager: &SchemaManager<'_>) -> Result<Pending, DbErr> {
        let applied = applied(manager).await?;
        let known = self.names();
        let unknown: Vec<String> = applied.iter().filter(|name| !known.contains(name)).cloned().collect();
        let count = known.iter().filter(|name| !applied.contains(name)).count();
        let Some(newest) = unknown.last() else { return Ok(Pending { count, ..Pending::default() }) };
        let newer = match oldest_reader(manager).await? {
            Some(oldest) if known.contains(&oldest) => None,
            // A database that does not say whom it allows allows nobody.
            oldest => Some(oldest.unwrap_or_else(|| newest.clone())),
        };
        Ok(Pending { count, additive: if newer.is_none() { unknown } else { Vec::new() }, newer })
    }

    /// Writes down which program is the oldest that may read: the one whose newest migration is the last breaking one.
    pub(crate) async fn declare_oldest_reader(&self, database: &impl ConnectionTrait) -> Result<(), DbErr> {
        let steps = (self.0)();
        let Some(last) = steps.iter().rev().find(|step| step.effect() == Effect::Breaking) else {
            return Ok(());
        };
        let write = Statement::from_sql_and_values(
            database.get_database_backend(),
            "INSERT INTO compatibility (only_row, oldest_reader) VALUES (1, $1)
             ON CONFLICT (only_row) DO UPDATE SET oldest_reader = excluded.oldest_reader",
            [last.name().into()],
        );
        database.execute_raw(write).await?;
        Ok(())
    }

    fn names(&self) -> Vec<String> {
        (self.0)().iter().map(|step| step.name().to_owned()).collect()
    }
}

/// The migrations made so far, oldest first; none in a database that never saw one.
async fn applied(manager: &SchemaManager<'_>) -> Result<Vec<String>, DbErr> {
    if !manager.has_table("seaql_migrations").await? {
        return Ok(Vec::new());
    }
    let rows = seaql_migrations::Entity::find().order_by_asc(seaql_migrations::Column::Version);
    Ok(rows.all(manager.get_connection()).await?.into_iter().map(|row| row.version).collect())
}

/// The newest migration that a reader has to know, if the database says so.
async fn oldest_reader(manager: &SchemaManager<'_>) -> Result<Option<String>, DbErr> {
    if !manager.has_table("compatibility").await? {
        return Ok(None);
    }
    let database = manager.get_connection();
    let read =
        Statement::from_string(database.get_database_backend(), "SELECT oldest_reader FROM compatibility");
    database.query_one_raw(read).await?.map(|row| row.try_get_by_index(0)).transpose()
}
