//! Inputs of the verbs of partnership applications.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::vocabulary::{ApplicationPackage, LinkageKind, LinkageSide, PartnershipPattern};

use crate::graph::scalar::Date;

/// An application, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct ApplicationInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id of the application.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
}

/// A new application of a cooperative [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct RequestPartnershipInput {
    /// Key of this request, chosen by the caller; see `ApplicationInput`.
    pub(super) idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Global id of the cooperative that applies [pemohon].
    pub(super) cooperative: ID,
    /// Global id of the institution that it applies to [lembaga mitra].
    pub(super) institution: ID,
    /// Business for which it applies to become an outlet or agent [paket kemitraan].
    pub(super) package: Option<ApplicationPackage>,
    /// Date of the application, not in the future; today when absent [tanggal permohonan].
    pub(super) requested_on: Option<Date>,
}

/// An application that is returned for revision [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct ReturnApplicationInput {
    /// Key of this request, chosen by the caller; see `ApplicationInput`.
    pub(super) idempotency_key: String,
    /// Global id of the application.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// What has to be revised, of at most 1,000 characters; it is public [alasan].
    pub(super) reason: String,
}

/// The decision about an application [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct DecideApplicationInput {
    /// Key of this request, chosen by the caller; see `ApplicationInput`.
    pub(super) idempotency_key: String,
    /// Global id of the application.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Whether it is VERIFIED; otherwise it is REJECTED [diterima].
    pub(super) verified: bool,
    /// Reason for the decision, of at most 1,000 characters; required when it is rejected. It is public [alasan].
    pub(super) reason: Option<String>,
    /// Date of the decision: not before the application and not in the future; today when absent [tanggal keputusan].
    pub(super) decided_on: Option<Date>,
}

/// Changes to an application: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendApplicationInput {
    /// Key of this request, chosen by the caller; see `ApplicationInput`.
    pub(super) idempotency_key: String,
    /// Global id of the application.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Business for which it applies to become an outlet or agent [paket kemitraan].
    pub(super) package: MaybeUndefined<ApplicationPackage>,
    /// Date of the application; not null [tanggal permohonan].
    pub(super) requested_on: MaybeUndefined<Date>,
    /// Reason for the decision; only an office changes it [alasan].
    pub(super) reason: MaybeUndefined<String>,
    /// Date of the decision; only an office changes it [tanggal keputusan].
    pub(super) decided_on: MaybeUndefined<Date>,
}

/// An application that becomes a linkage [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct ActivateApplicationInput {
    /// Key of this request, chosen by the caller; see `ApplicationInput`.
    pub(super) idempotency_key: String,
    /// Global id of the application.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Global id of the linkage that the caller made, of a new UUID; by default the registry makes one.
    pub(super) linkage: Option<ID>,
    /// Code of the linkage, of 1 to 60 capital letters, digits and hyphens; by default one made from its id [kode].
    pub(super) code: Option<String>,
    /// The side of the cooperative: an outlet buys from the institution [sisi koperasi].
    pub(super) cooperative_as: LinkageSide,
    /// Kind of linkage [jenis keterhubungan].
    pub(super) kind: LinkageKind,
    /// Partnership pattern as defined by law [pola kemitraan].
    pub(super) pattern: PartnershipPattern,
    /// Global id of the commodity traded [komoditas].
    pub(super) commodity: Option<ID>,
    /// Global id of the agreement on which it is based [perjanjian].
    pub(super) partnership: Option<ID>,
}
