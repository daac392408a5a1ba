//! Inputs of the verbs of linkage months.

use async_graphql::{ID, InputObject, MaybeUndefined};

use crate::graph::scalar::{Date, Decimal, Rupiah};

/// The deliveries of a new month [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct RecordMonthInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Global id of the linkage, which has begun [keterhubungan usaha].
    pub(super) linkage: ID,
    /// The month, given as its first day, between the start and the end of the linkage and not in the future [bulan].
    pub(super) month: Date,
    /// Volume delivered, in the unit of the linkage [volume].
    pub(super) volume: Option<Decimal>,
    /// Value of the deliveries [nilai].
    pub(super) value: Option<Rupiah>,
    /// Number of deliveries [jumlah pengiriman].
    pub(super) delivery_count: Option<i32>,
    /// Share of the volume that the buyer rejected, in per cent, 0 to 100 [persen ditolak].
    pub(super) rejected_percent: Option<Decimal>,
}

/// Changes to a month: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendMonthInput {
    /// Key of this request, chosen by the caller; see `RecordMonthInput`.
    pub(super) idempotency_key: String,
    /// Global id of the month.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Volume delivered, in the unit of the linkage [volume].
    pub(super) volume: MaybeUndefined<Decimal>,
    /// Value of the deliveries [nilai].
    pub(super) value: MaybeUndefined<Rupiah>,
    /// Number of deliveries [jumlah pengiriman].
    pub(super) delivery_count: MaybeUndefined<i32>,
    /// Share of the volume that the buyer rejected, in per cent, 0 to 100 [persen ditolak].
    pub(super) rejected_percent: MaybeUndefined<Decimal>,
}
