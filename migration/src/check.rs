//! Changes the condition of a CHECK constraint: in place on PostgreSQL, by rebuilding the table on SQLite.

use async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

use crate::{
    change::{Effect, Step},
    dialect::Dialect,
    rebuild,
};

/// A migration that gives a named CHECK constraint another condition, such as a longer list of words.
#[derive(Clone, Copy, Debug)]
pub struct CheckChange {
    pub(crate) name: &'static str,
    pub(crate) effect: Effect,
    pub(crate) table: &'static str,
    pub(crate) constraint: &'static str,
    /// The condition before and after, in the placeholders of [`Dialect`].
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
}

impl CheckChange {
    async fn set(&self, manager: &SchemaManager<'_>, condition: &str) -> Result<(), DbErr> {
        let Self { table, constraint, .. } = self;
        let (backend, database) = (manager.get_database_backend(), manager.get_connection());
        let condition = Dialect::of(backend)?.render(condition)?;
        let count = format!("SELECT count(*) FROM {table} WHERE NOT ({condition})");
        let row = database.query_one_raw(Statement::from_string(backend, count)).await?;
        let broken: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        if broken > 0 {
            return Err(DbErr::Migration(format!("{broken} rows of {table} break the new {constraint}")));
        }
        if backend == DbBackend::Sqlite {
            let change = |definition: &str| changed(definition, constraint, &condition);
            return rebuild::rebuild(database, table, change).await;
        }
        let alter = format!(
            "ALTER TABLE {table} DROP CONSTRAINT {constraint}, ADD CONSTRAINT {constraint} CHECK ({condition})"
        );
        database.execute_unprepared(&alter).await?;
        Ok(())
    }
}

/// The definition of a table with another condition of a named CHECK.
fn changed(definition: &str, constraint: &str, condition: &str) -> Result<String, DbErr> {
    let head = format!("CONSTRAINT {constraint} CHECK");
    let parts = definition.split_once(&head).and_then(|(before, rest)| {
        let rest = rest.trim_start();
        Some((before, rest.get(closing(rest)? + 1..)?))
    });
    let (before, after) = parts.ok_or_else(|| DbErr::Migration(format!("there is no {constraint}")))?;
    Ok(format!("{before}{head} ({condition}){after}"))
}

/// The position of the parenthesis that closes the one with which the text begins.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut is_quoted) = (0_u32, false);
    for (at, sign) in text.char_indices() {
        match sign {
            '\'' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at);
        }
    }
    None
}

impl MigrationName for CheckChange {
    fn name(&self) -> &str {
        self.name
    }
}

impl Step for CheckChange {
    fn effect(&self) -> Effect {
        self.effect
    }

    fn rebuilds(&self) -> bool {
        true
    }
}

#[async_trait]
impl MigrationTrait for CheckChange {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.set(manager, self.after).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.set(manager, self.before).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[cfg(test)]
mod tests;
