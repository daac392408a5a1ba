//! Inputs of the verbs of business units.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::vocabulary::{BusinessUnitKind, Ownership};

use crate::graph::scalar::Date;

/// A business unit, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct BusinessUnitInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id of the business unit.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
}

/// A business unit that opens [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct OpenBusinessUnitInput {
    /// Key of this request, chosen by the caller; see `BusinessUnitInput`.
    pub(super) idempotency_key: String,
    /// Global id of the business unit.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Date on which it opened for business, not in the future [tanggal buka].
    pub(super) opened_on: Date,
}

/// A new business unit [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct PlanBusinessUnitInput {
    /// Key of this request, chosen by the caller; see `BusinessUnitInput`.
    pub(super) idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Global id of the cooperative that is to run it [koperasi].
    pub(super) cooperative: ID,
    /// Kind of business unit [jenis gerai].
    pub(super) kind: BusinessUnitKind,
    /// Right by which it uses its premises [status kepemilikan].
    pub(super) ownership: Option<Ownership>,
    /// Whether it has electricity [listrik].
    pub(super) has_power: Option<bool>,
    /// Whether it has an internet connection [internet].
    pub(super) has_internet: Option<bool>,
    /// Construction progress in per cent, 0 to 100 [progres pembangunan].
    pub(super) build_progress: Option<i32>,
}

/// Changes to a business unit: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendBusinessUnitInput {
    /// Key of this request, chosen by the caller; see `BusinessUnitInput`.
    pub(super) idempotency_key: String,
    /// Global id of the business unit.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Kind of business unit; not null [jenis gerai].
    pub(super) kind: MaybeUndefined<BusinessUnitKind>,
    /// Date on which it opened for business, not in the future; only of one that has opened [tanggal buka].
    pub(super) opened_on: MaybeUndefined<Date>,
    /// Right by which it uses its premises [status kepemilikan].
    pub(super) ownership: MaybeUndefined<Ownership>,
    /// Whether it has electricity [listrik].
    pub(super) has_power: MaybeUndefined<bool>,
    /// Whether it has an internet connection [internet].
    pub(super) has_internet: MaybeUndefined<bool>,
    /// Construction progress in per cent, 0 to 100 [progres pembangunan].
    pub(super) build_progress: MaybeUndefined<i32>,
}
