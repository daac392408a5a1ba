//! Claims: the outcome of a write under the idempotency key of its caller, so that it may be sent again.

use chrono::TimeDelta;
use entity::claim;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::{WriteError, WriteTransaction};

/// How long a claim is kept.
const KEPT: TimeDelta = TimeDelta::days(7);

/// What a caller claims with a key: one write.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The subject of the caller.
    pub actor: String,
    /// The key that the caller chose.
    pub key: String,
    /// A hash of the verb and its input.
    pub request: String,
}

/// What is known of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// Nothing: the write is new.
    New,
    /// The same write was committed before, and left the row with this key.
    Done(Uuid),
    /// The key was used for another write.
    Other,
}

impl WriteTransaction {
    /// Looks a claim up.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn claimed(&self, claim: &Claim) -> Result<Claimed, WriteError> {
        let known = claim::Entity::find()
            .filter(claim::Column::Actor.eq(&claim.actor))
            .filter(claim::Column::Key.eq(&claim.key))
            .one(&self.transaction)
            .await?;
        Ok(match known {
            None => Claimed::New,
            Some(known) if known.request == claim.request => Claimed::Done(known.row_key),
            Some(_) => Claimed::Other,
        })
    }

    /// Keeps the outcome of this write: the row that it left. Claims older than [`KEPT`] are deleted.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn keep_claim(
        &self,
        claim: &Claim,
        verb: &str,
        (noun, row): (&str, Uuid),
    ) -> Result<(), WriteError> {
        let kept = claim::ActiveModel {
            actor: Set(claim.actor.clone()),
            key: Set(claim.key.clone()),
            request: Set(claim.request.clone()),
            verb: Set(verb.to_owned()),
            noun: Set(noun.to_owned()),
            row_key: Set(row),
            version: Set(self.version_of(row).unwrap_or(1)),
            sequence: Set(self.sequence),
            at: Set(self.at),
        };
        claim::Entity::insert(kept).exec_without_returning(&self.transaction).await?;
        self.expire_claims().await
    }

    /// Deletes claims older than [`KEPT`].
    pub(super) async fn expire_claims(&self) -> Result<(), WriteError> {
        let old = claim::Column::At.lt(self.at - KEPT.num_microseconds().unwrap_or(i64::MAX));
        claim::Entity::delete_many().filter(old).exec(&self.transaction).await?;
        Ok(())
    }
}
