//! Compatibility of a program with a database: it can read one whose last breaking migration it knows.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryOrder, Statement};
use sea_orm_migration::{SchemaManager, seaql_migrations};

use crate::{History, change::Effect};

/// The differences between the migrations of a database and those of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// Number of migrations that the database lacks.
    pub count: usize,
    /// The last breaking migration of a later release: the program cannot read the database.
    pub newer: Option<String>,
    /// Additive migrations of later releases, which the program does not know and can ignore for reading, oldest first.
    pub additive: Vec<String>,
}

impl History {
    /// Compares the migrations of a database with those of this history.
    pub(crate) async fn pending(&self, manager: &SchemaManager<'_>) -> Result<Pending, DbErr> {
        let applied = applied(manager).await?;
        let known = self.names();
        let unknown: Vec<String> = applied.iter().filter(|name| !known.contains(name)).cloned().collect();
        let count = known.iter().filter(|name| !applied.contains(name)).count();
        let Some(newest) = unknown.last() else { return Ok(Pending { count, ..Pending::default() }) };
        let newer = match oldest_reader(manager).await? {
            Some(oldest) if known.contains(&oldest) => None,
            // A database without the row allows no earlier program.
            oldest => Some(oldest.unwrap_or_else(|| newest.clone())),
        };
        Ok(Pending { count, additive: if newer.is_none() { unknown } else { Vec::new() }, newer })
    }

    /// Records the oldest release that may read: the one whose newest migration is the last breaking one.
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

    pub(crate) fn names(&self) -> Vec<String> {
        (self.0)().iter().map(|step| step.name().to_owned()).collect()
    }
}

/// The applied migrations, oldest first; none in a new database.
pub(crate) async fn applied(manager: &SchemaManager<'_>) -> Result<Vec<String>, DbErr> {
    if !manager.has_table("seaql_migrations").await? {
        return Ok(Vec::new());
    }
    let rows = seaql_migrations::Entity::find().order_by_asc(seaql_migrations::Column::Version);
    Ok(rows.all(manager.get_connection()).await?.into_iter().map(|row| row.version).collect())
}

/// The newest migration that a reader has to know, if the database records one.
async fn oldest_reader(manager: &SchemaManager<'_>) -> Result<Option<String>, DbErr> {
    if !manager.has_table("compatibility").await? {
        return Ok(None);
    }
    let database = manager.get_connection();
    let read =
        Statement::from_string(database.get_database_backend(), "SELECT oldest_reader FROM compatibility");
    database.query_one_raw(read).await?.map(|row| row.try_get_by_index(0)).transpose()
}
