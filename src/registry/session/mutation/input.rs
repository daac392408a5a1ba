//! Inputs of the verbs of training sessions.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::vocabulary::LearningMethod;

use crate::graph::scalar::{Date, Decimal};

/// A training session, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct SessionInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id of the session.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
}

/// A new training session of a batch [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct PlanSessionInput {
    /// Key of this request, chosen by the caller; see `SessionInput`.
    pub(super) idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Global id of the batch that attends it [gelombang].
    pub(super) batch: ID,
    /// Topic taught, of at most 200 characters [materi].
    pub(super) topic: String,
    /// Learning method [metode belajar].
    pub(super) method: LearningMethod,
    /// Duration in hours, more than 0 and at most 1,000 [jam pelajaran].
    pub(super) hours: Decimal,
    /// Date on which it is held, within the batch [tanggal].
    pub(super) held_on: Date,
}

/// Changes to a training session: absent fields stay as they are [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendSessionInput {
    /// Key of this request, chosen by the caller; see `SessionInput`.
    pub(super) idempotency_key: String,
    /// Global id of the session.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Topic taught; not null [materi].
    pub(super) topic: MaybeUndefined<String>,
    /// Learning method; not null [metode belajar].
    pub(super) method: MaybeUndefined<LearningMethod>,
    /// Duration in hours; not null [jam pelajaran].
    pub(super) hours: MaybeUndefined<Decimal>,
    /// Date on which it is held; not null [tanggal].
    pub(super) held_on: MaybeUndefined<Date>,
}
