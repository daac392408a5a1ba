//! Inputs of the verbs of placements.

use async_graphql::{ID, InputObject, MaybeUndefined};

use crate::graph::scalar::Decimal;

/// A placement, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct PlacementInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id of the placement.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
}

/// A nominee for a batch [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct NominateInput {
    /// Key of this request, chosen by the caller; see `PlacementInput`.
    pub(super) idempotency_key: String,
    /// Global id of the new placement that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Global id of the batch, whose enrolment is open [gelombang].
    pub(super) batch: ID,
    /// Global id of an active officer of the cooperative that sends the participant [pengurus].
    pub(super) officer: ID,
}

/// The attendance of a participant [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct RecordAttendanceInput {
    /// Key of this request, chosen by the caller; see `PlacementInput`.
    pub(super) idempotency_key: String,
    /// Global id of the placement.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Number of days attended so far, at most those of the batch [hari hadir].
    pub(super) attendance_days: i32,
    /// Score, 0 to 100; absent, it stays as it is [nilai].
    pub(super) score: MaybeUndefined<Decimal>,
}

/// A participant who graduated [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct GraduateInput {
    /// Key of this request, chosen by the caller; see `PlacementInput`.
    pub(super) idempotency_key: String,
    /// Global id of the placement.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Number of the certificate, of at most 100 characters, which no other has [nomor sertifikat].
    pub(super) certificate_number: MaybeUndefined<String>,
    /// Number of days attended; absent, it stays as it is [hari hadir].
    pub(super) attendance_days: MaybeUndefined<i32>,
    /// Score, 0 to 100; absent, it stays as it is [nilai].
    pub(super) score: MaybeUndefined<Decimal>,
}

/// What the cooperative of a participant will replicate [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct PlanFollowUpInput {
    /// Key of this request, chosen by the caller; see `PlacementInput`.
    pub(super) idempotency_key: String,
    /// Global id of the placement.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// The plan, of at most 2,000 characters; it is public [rencana tindak lanjut].
    pub(super) follow_up_plan: String,
}

/// Changes to a placement: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendPlacementInput {
    /// Key of this request, chosen by the caller; see `PlacementInput`.
    pub(super) idempotency_key: String,
    /// Global id of the placement.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Number of days attended, at most those of the batch [hari hadir].
    pub(super) attendance_days: MaybeUndefined<i32>,
    /// Score, 0 to 100 [nilai].
    pub(super) score: MaybeUndefined<Decimal>,
    /// Number of the certificate of a participant who graduated [nomor sertifikat].
    pub(super) certificate_number: MaybeUndefined<String>,
    /// Follow-up plan: what the cooperative will replicate [rencana tindak lanjut].
    pub(super) follow_up_plan: MaybeUndefined<String>,
}
