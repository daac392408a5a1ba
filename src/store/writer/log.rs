//! The log of changes: which rows each write changed, in the order of commits.

use entity::{
    change,
    vocabulary::{ChangeOperation, Role},
};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use super::{Touched, WriteError, WriteTransaction, erase};

/// The actor of what the clock or a counter does.
pub const SYSTEM: &str = "system";

/// The most changes that one statement inserts: an engine binds a limited number of values.
const AT_ONCE: usize = 1_000;

/// One changed row.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) noun: &'static str,
    pub(super) key: Uuid,
    pub(super) operation: ChangeOperation,
    pub(super) version: i32,
    pub(super) touched: Touched,
    /// What it referred to before the change, and does not any more.
    pub(super) former: Touched,
    /// The verb, for what follows from the caller's verb by a counter.
    pub(super) system: Option<&'static str>,
}

/// Who writes, by which verb.
#[derive(Clone, Debug)]
pub struct Authorship {
    /// The subject of the caller.
    pub actor: String,
    /// The role that allows the verb; none for what the system does.
    pub role: Option<Role>,
    pub verb: &'static str,
    pub request_id: Option<String>,
}

/// The sequence and the time of the newest change; zeros where there is none.
pub(super) async fn newest(connection: &impl ConnectionTrait) -> Result<(i64, i64), DbErr> {
    let newest = change::Entity::find()
        .select_only()
        .columns([change::Column::Sequence, change::Column::At])
        .order_by_desc(change::Column::Sequence)
        .limit(1)
        .into_tuple::<(i64, i64)>()
        .one(connection)
        .await?;
    Ok(newest.unwrap_or_default())
}

impl WriteTransaction {
    /// What was changed so far: the noun, the key and the rows that it referred to before and does not any more.
    pub fn changed(&self) -> impl Iterator<Item = (&'static str, Uuid, &Touched)> {
        self.changes.iter().map(|change| (change.noun, change.key, &change.former))
    }

    /// The version of a row that was changed.
    #[must_use]
    pub fn version_of(&self, key: Uuid) -> Option<i32> {
        self.changes.iter().rev().find(|change| change.key == key).map(|change| change.version)
    }

    /// Writes the log, and makes the write durable.
    ///
    /// # Errors
    /// The error of the database; whether the write was committed is then known by its claim only.
    pub async fn commit(self, by: &Authorship) -> Result<i64, WriteError> {
        let Self { transaction, sequence, at, changes, database, erased } = self;
        let last = changes.len().saturating_sub(1);
        let rows = changes.into_iter().enumerate().map(|(position, change)| change::ActiveModel {
            sequence: Set(sequence),
            position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
            last: Set(position == last),
            at: Set(at),
            actor: Set(if change.system.is_some() { SYSTEM.to_owned() } else { by.actor.clone() }),
            role: Set(by.role.filter(|_| change.system.is_none())),
            verb: Set(change.system.unwrap_or(by.verb).to_owned()),
            noun: Set(change.noun.to_owned()),
            key: Set(change.key),
            operation: Set(change.operation),
            version: Set(change.version),
            touched: Set(change.touched.json()),
            request_id: Set(by.request_id.clone()),
        });
        let rows: Vec<_> = rows.collect();
        for some in rows.chunks(AT_ONCE) {
            change::Entity::insert_many(some.to_vec()).exec_without_returning(&transaction).await?;
        }
        transaction.commit().await?;
        erase::clean(&database, &erased).await;
        Ok(sequence)
    }
}
