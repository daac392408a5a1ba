//! Inputs of the verbs of partnerships.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::vocabulary::{
    AgreementContent, PartnershipKind, PartnershipLanguage, PartnershipPattern, PartyRole,
};

use crate::graph::scalar::{Date, Rupiah};

/// A partnership, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct PartnershipInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id of the partnership.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
}

/// A partnership that was signed [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct SignPartnershipInput {
    /// Key of this request, chosen by the caller; see `PartnershipInput`.
    pub(super) idempotency_key: String,
    /// Global id of the partnership.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Date of signing; not in the future [tanggal penandatanganan].
    pub(super) signed_on: Date,
    /// First date in force [mulai berlaku].
    pub(super) effective_from: Date,
    /// Last date in force: the drafted one when absent, null when open-ended [berakhir].
    pub(super) effective_to: MaybeUndefined<Date>,
}

/// A partnership that ended, and when [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct EndPartnershipInput {
    /// Key of this request, chosen by the caller; see `PartnershipInput`.
    pub(super) idempotency_key: String,
    /// Global id of the partnership.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Last date in force; not in the future [berakhir].
    pub(super) effective_to: Date,
}

/// A party to an agreement, with its role [pihak].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct PartnershipPartyInput {
    /// Global id of the cooperative or institution.
    pub(super) party: ID,
    /// Role of the party; exactly one is FIRST [kedudukan].
    pub(super) role: PartyRole,
}

/// The draft of a partnership [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct DraftPartnershipInput {
    /// Key of this request, chosen by the caller; see `PartnershipInput`.
    pub(super) idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Number assigned by the first party, of at most 120 characters; the first party gives it once [nomor naskah].
    pub(super) number: String,
    /// Title, of at most 400 characters [judul].
    pub(super) title: String,
    /// Form of the agreement [bentuk naskah].
    pub(super) kind: PartnershipKind,
    /// Partnership pattern as defined by law [pola kemitraan].
    pub(super) pattern: Option<PartnershipPattern>,
    /// Parties in the order of the agreement, at most 20 [para pihak].
    pub(super) parties: Vec<PartnershipPartyInput>,
    /// First date in force [mulai berlaku].
    pub(super) effective_from: Option<Date>,
    /// Last date in force [berakhir].
    pub(super) effective_to: Option<Date>,
    /// Global id of the memorandum on which it is based; both share a party [naskah induk].
    pub(super) parent: Option<ID>,
    /// Scope of the agreement, of at most 2,000 characters [ruang lingkup].
    pub(super) scope: Option<String>,
    /// Value [nilai].
    pub(super) value: Option<Rupiah>,
    /// Language; INDONESIAN when absent [bahasa].
    pub(super) language: Option<PartnershipLanguage>,
    /// Mandatory contents that it has, of the seven required [muatan wajib].
    pub(super) contents: Option<Vec<AgreementContent>>,
}

/// Changes to a partnership: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendPartnershipInput {
    /// Key of this request, chosen by the caller; see `PartnershipInput`.
    pub(super) idempotency_key: String,
    /// Global id of the partnership.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Number assigned by the first party; not null [nomor naskah].
    pub(super) number: MaybeUndefined<String>,
    /// Title; not null [judul].
    pub(super) title: MaybeUndefined<String>,
    /// Form of the agreement; not null [bentuk naskah].
    pub(super) kind: MaybeUndefined<PartnershipKind>,
    /// Partnership pattern as defined by law [pola kemitraan].
    pub(super) pattern: MaybeUndefined<PartnershipPattern>,
    /// All parties in the order of the agreement, only while it is a draft; not null [para pihak].
    pub(super) parties: MaybeUndefined<Vec<PartnershipPartyInput>>,
    /// Date of signing; not in the future [tanggal penandatanganan].
    pub(super) signed_on: MaybeUndefined<Date>,
    /// First date in force [mulai berlaku].
    pub(super) effective_from: MaybeUndefined<Date>,
    /// Last date in force [berakhir].
    pub(super) effective_to: MaybeUndefined<Date>,
    /// Global id of the memorandum on which it is based [naskah induk].
    pub(super) parent: MaybeUndefined<ID>,
    /// Scope of the agreement [ruang lingkup].
    pub(super) scope: MaybeUndefined<String>,
    /// Value [nilai].
    pub(super) value: MaybeUndefined<Rupiah>,
    /// Language; not null [bahasa].
    pub(super) language: MaybeUndefined<PartnershipLanguage>,
    /// Mandatory contents that it has; null for none [muatan wajib].
    pub(super) contents: MaybeUndefined<Vec<AgreementContent>>,
}
