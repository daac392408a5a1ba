//! Inputs of the verbs of linkages.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::vocabulary::{LinkageKind, PartnershipPattern, Unit};

use crate::graph::scalar::{Date, Decimal, Rupiah};

/// A linkage, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct LinkageInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id of the linkage.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
}

/// A linkage, and when it starts [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct StartLinkageInput {
    /// Key of this request, chosen by the caller; see `LinkageInput`.
    pub(super) idempotency_key: String,
    /// Global id of the linkage.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Start date; not before the term of its partnership [mulai].
    pub(super) starts_on: Date,
}

/// A linkage that becomes active, and when it starts [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct ActivateLinkageInput {
    /// Key of this request, chosen by the caller; see `LinkageInput`.
    pub(super) idempotency_key: String,
    /// Global id of the linkage.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Start date; not before the term of its partnership [mulai].
    pub(super) starts_on: Date,
}

/// A linkage, and when it ended [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct EndLinkageInput {
    /// Key of this request, chosen by the caller; see `LinkageInput`.
    pub(super) idempotency_key: String,
    /// Global id of the linkage.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// End date: after its start, and not in the future [berakhir].
    pub(super) ends_on: Date,
}

/// A new linkage [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct ProposeLinkageInput {
    /// Key of this request, chosen by the caller; see `LinkageInput`.
    pub(super) idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Code in this registry, of 1 to 60 capital letters, digits and hyphens; by default one made from the id [kode].
    pub(super) code: Option<String>,
    /// Global id of the cooperative or institution that supplies [pemasok].
    pub(super) supplier: ID,
    /// Global id of the cooperative or institution that buys [pembeli].
    pub(super) buyer: ID,
    /// Kind of linkage [jenis keterhubungan].
    pub(super) kind: LinkageKind,
    /// Partnership pattern as defined by law [pola kemitraan].
    pub(super) pattern: PartnershipPattern,
    /// Global id of the commodity traded [komoditas].
    pub(super) commodity: Option<ID>,
    /// Agreed volume per year, in `unit` [volume per tahun].
    pub(super) annual_volume: Option<Decimal>,
    /// Unit of the volume [satuan].
    pub(super) unit: Option<Unit>,
    /// Agreed value per year [nilai per tahun].
    pub(super) annual_value: Option<Rupiah>,
    /// Whether the supplier may sell the commodity to no other buyer; false when absent [eksklusif].
    pub(super) exclusive: Option<bool>,
    /// Payment term in days, 0 to 180 [tempo pembayaran].
    pub(super) payment_term_days: Option<i32>,
    /// Global id of the agreement on which it is based [perjanjian].
    pub(super) partnership: Option<ID>,
}

/// Changes to a linkage: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendLinkageInput {
    /// Key of this request, chosen by the caller; see `LinkageInput`.
    pub(super) idempotency_key: String,
    /// Global id of the linkage.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Kind of linkage; not null [jenis keterhubungan].
    pub(super) kind: MaybeUndefined<LinkageKind>,
    /// Partnership pattern as defined by law; not null [pola kemitraan].
    pub(super) pattern: MaybeUndefined<PartnershipPattern>,
    /// Global id of the commodity traded [komoditas].
    pub(super) commodity: MaybeUndefined<ID>,
    /// Start date [mulai].
    pub(super) starts_on: MaybeUndefined<Date>,
    /// End date [berakhir].
    pub(super) ends_on: MaybeUndefined<Date>,
    /// Agreed volume per year, in `unit` [volume per tahun].
    pub(super) annual_volume: MaybeUndefined<Decimal>,
    /// Unit of the volume [satuan].
    pub(super) unit: MaybeUndefined<Unit>,
    /// Agreed value per year [nilai per tahun].
    pub(super) annual_value: MaybeUndefined<Rupiah>,
    /// Whether the supplier may sell the commodity to no other buyer; not null [eksklusif].
    pub(super) exclusive: MaybeUndefined<bool>,
    /// Payment term in days, 0 to 180 [tempo pembayaran].
    pub(super) payment_term_days: MaybeUndefined<i32>,
    /// Global id of the agreement on which it is based [perjanjian].
    pub(super) partnership: MaybeUndefined<ID>,
}
