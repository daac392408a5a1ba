//! Trims the log: deletes old changes, and moves the horizon of the feed.

use entity::{change, change_horizon, claim};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use super::{WriteError, Writer, log};

/// The most writes whose changes are deleted in one transaction, so that other writers wait for a moment only.
const AT_ONCE: i64 = 5_000;

/// What was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trimmed {
    /// The number of deleted changes.
    pub changes: u64,
    /// The newest write whose changes may be deleted: the feed begins after it.
    pub horizon: i64,
}

impl Writer {
    /// Deletes the changes of writes before a time, in microseconds since 1970 UTC. The newest write is kept, those from the
    /// first that a claim needs, and the changes that are `kept`.
    ///
    /// # Errors
    /// The error of the database. What was deleted before it stays so.
    pub async fn trim(&self, before: i64, kept: &Condition) -> Result<Trimmed, WriteError> {
        let mut trimmed = Trimmed::default();
        let old = self.last_before(before).await?;
        loop {
            let transaction = self.begin().await?;
            transaction.expire_claims().await?;
            let connection = &transaction.transaction;
            let newest = transaction.sequence - 1;
            let needed = claim::Entity::find()
                .select_only()
                .column_as(claim::Column::Sequence.min(), "needed")
                .into_tuple::<Option<i64>>()
                .one(connection)
                .await?
                .flatten();
            let horizon = change_horizon::Entity::find().one(connection).await?;
            trimmed.horizon = horizon.map_or(0, |row| row.sequence);
            let last = old.min(needed.unwrap_or(newest) - 1).min(newest - 1);
            let to = last.min(trimmed.horizon + AT_ONCE);
            if to <= trimmed.horizon {
                transaction.transaction.commit().await?;
                return Ok(trimmed);
            }
            let deleted = change::Entity::delete_many()
                .filter(change::Column::Sequence.lte(to))
                .filter(kept.clone().not())
                .exec(connection)
                .await?;
            change_horizon::Entity::update_many()
                .col_expr(change_horizon::Column::Sequence, to.into())
                .exec(connection)
                .await?;
            transaction.transaction.commit().await?;
            trimmed.changes += deleted.rows_affected;
        }
    }

    /// The last write before a time: times never go back from one write to the next.
    async fn last_before(&self, time: i64) -> Result<i64, WriteError> {
        let connection = &self.database;
        let horizon = change_horizon::Entity::find().one(connection).await?;
        let (newest, _) = log::newest(connection).await?;
        let (mut old, mut new) = (horizon.map_or(0, |row| row.sequence), newest + 1);
        while new - old > 1 {
            let middle = old + (new - old) / 2;
            let at = change::Entity::find()
                .select_only()
                .column(change::Column::At)
                .filter(change::Column::Sequence.eq(middle))
                .limit(1)
                .into_tuple::<i64>()
                .one(connection)
                .await?;
            if at.is_none_or(|at| at < time) { old = middle } else { new = middle }
        }
        Ok(old)
    }
}
