//! Inputs of the verbs of partner institutions.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::vocabulary::{InstitutionKind, InstitutionOwnership};

/// A new partner institution [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct RegisterInstitutionInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Official name, of 2 to 200 characters [nama lembaga].
    pub(super) name: String,
    /// Name in daily use [nama singkat].
    pub(super) short_name: Option<String>,
    /// Kind of institution [jenis lembaga].
    pub(super) kind: InstitutionKind,
    /// Ownership [kepemilikan].
    pub(super) ownership: Option<InstitutionOwnership>,
    /// Code given by the ministry that supervises it [kode resmi].
    pub(super) official_code: Option<String>,
    /// Internet domain, which no other institution has [domain].
    pub(super) domain: Option<String>,
    /// Global id of the region of its head office; absent when it is abroad or unknown [wilayah].
    pub(super) region: Option<ID>,
    /// Global id of the institution of which it is a part [lembaga induk].
    pub(super) parent: Option<ID>,
}

/// Changes to a partner institution: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendInstitutionInput {
    /// Key of this request, chosen by the caller; see `RegisterInstitutionInput`.
    pub(super) idempotency_key: String,
    /// Global id of the institution.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Official name; not null [nama lembaga].
    pub(super) name: MaybeUndefined<String>,
    /// Name in daily use [nama singkat].
    pub(super) short_name: MaybeUndefined<String>,
    /// Kind of institution; not null [jenis lembaga].
    pub(super) kind: MaybeUndefined<InstitutionKind>,
    /// Ownership [kepemilikan].
    pub(super) ownership: MaybeUndefined<InstitutionOwnership>,
    /// Code given by the ministry that supervises it [kode resmi].
    pub(super) official_code: MaybeUndefined<String>,
    /// Internet domain, which no other institution has [domain].
    pub(super) domain: MaybeUndefined<String>,
    /// Whether it still exists and takes part; not null [aktif].
    pub(super) active: MaybeUndefined<bool>,
    /// Global id of the region of its head office. The caller's role must cover both regions [wilayah].
    pub(super) region: MaybeUndefined<ID>,
    /// Global id of the institution of which it is a part [lembaga induk].
    pub(super) parent: MaybeUndefined<ID>,
}
