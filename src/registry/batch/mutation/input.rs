//! Inputs of the verbs of batches.

use async_graphql::{ID, InputObject, MaybeUndefined};

use crate::graph::scalar::Date;

/// A batch, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct BatchInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id of the batch.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
}

/// A new batch of a program [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct PlanBatchInput {
    /// Key of this request, chosen by the caller; see `BatchInput`.
    pub(super) idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Global id of the program, which is no draft [program].
    pub(super) program: ID,
    /// Number within its program; the next one when absent [gelombang ke-].
    pub(super) number: Option<i32>,
    /// Start date, within the program [mulai].
    pub(super) starts_on: Option<Date>,
    /// End date, within the program [selesai].
    pub(super) ends_on: Option<Date>,
    /// Number of seats; any number when absent [kapasitas].
    pub(super) capacity: Option<i32>,
    /// Global id of the cooperative or institution that hosts it, if that is not the program's host [tuan rumah].
    pub(super) host: Option<ID>,
    /// Global id of the region in which it takes place [lokasi].
    pub(super) place: Option<ID>,
    /// Global ids of the provinces that are invited [provinsi asal].
    pub(super) provinces: Option<Vec<ID>>,
}

/// Changes to a batch: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendBatchInput {
    /// Key of this request, chosen by the caller; see `BatchInput`.
    pub(super) idempotency_key: String,
    /// Global id of the batch.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Start date [mulai].
    pub(super) starts_on: MaybeUndefined<Date>,
    /// Date of the opening ceremony [tanggal pembukaan].
    pub(super) opened_on: MaybeUndefined<Date>,
    /// End date [selesai].
    pub(super) ends_on: MaybeUndefined<Date>,
    /// Number of seats; null for any number. Those who wait get the seats that are added [kapasitas].
    pub(super) capacity: MaybeUndefined<i32>,
    /// Global id of the cooperative or institution that hosts it; null for the program's host [tuan rumah].
    pub(super) host: MaybeUndefined<ID>,
    /// Global id of the region in which it takes place [lokasi].
    pub(super) place: MaybeUndefined<ID>,
    /// Global ids of all provinces that are invited or from which participants come; null for none [provinsi asal].
    pub(super) provinces: MaybeUndefined<Vec<ID>>,
}
