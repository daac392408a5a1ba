//! Inputs of the verbs of cooperatives.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::vocabulary::{
    CommunityBase, CooperativeForm, CooperativeProgram, CooperativeType, FormationModel, LocationPrecision,
};

use crate::graph::{
    place::GeoPointInput,
    scalar::{Date, Rupiah},
};

/// A cooperative, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct CooperativeInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id of the cooperative.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
}

/// A cooperative, and the day of its founding meeting [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct DeliberateCooperativeInput {
    /// Key of this request, chosen by the caller; see `CooperativeInput`.
    pub(super) idempotency_key: String,
    /// Global id of the cooperative.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Date of the founding meeting, not in the future [tanggal pendirian].
    pub(super) established_on: Date,
}

/// A cooperative that becomes a legal entity [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct LegalizeCooperativeInput {
    /// Key of this request, chosen by the caller; see `CooperativeInput`.
    pub(super) idempotency_key: String,
    /// Global id of the cooperative.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Number of the legal-entity decree, in any spelling, such as `AHU-0001234.AH.01.29.TAHUN 2025` [nomor badan hukum].
    pub(super) legal_entity_number: String,
    /// Date of the decree: not before the founding meeting, and not in the future [tanggal badan hukum].
    pub(super) legal_entity_on: Date,
    /// National cooperative number, of 10 to 16 digits, if it is known [Nomor Induk Koperasi].
    pub(super) registration_number: Option<String>,
}

/// A cooperative that is merged into another one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct MergedCooperativeInput {
    /// Global id of the cooperative.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
}

/// Cooperatives that are merged into one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct MergeCooperativesInput {
    /// Key of this request, chosen by the caller; see `CooperativeInput`.
    pub(super) idempotency_key: String,
    /// The cooperatives that end, 1 to 50 [koperasi yang bergabung].
    pub(super) cooperatives: Vec<MergedCooperativeInput>,
    /// Global id of the cooperative that goes on: a legal entity that is not suspended [koperasi penerus].
    pub(super) successor: ID,
}

/// A business class in which a cooperative is active [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct CooperativeBusinessClassInput {
    /// Global id of the business class [KBLI].
    pub(super) business_class: ID,
    /// Whether it is the main one, of which there is at most one; false when absent [KBLI utama].
    pub(super) is_primary: Option<bool>,
}

/// A new cooperative [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct RegisterCooperativeInput {
    /// Key of this request, chosen by the caller; see `CooperativeInput`.
    pub(super) idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Legal name, of 5 to 160 characters. One of the Merah Putih program is named after its village, and the name may be
    /// absent; otherwise it is required [nama koperasi].
    pub(super) name: Option<String>,
    /// Name in daily use [nama singkat].
    pub(super) short_name: Option<String>,
    /// National program under which it is founded [program].
    pub(super) program: CooperativeProgram,
    /// Main business by law [jenis koperasi].
    pub(super) r#type: CooperativeType,
    /// Whether its members are persons or cooperatives; PRIMARY when absent [bentuk koperasi].
    pub(super) form: Option<CooperativeForm>,
    /// Community from which it grew; GENERAL when absent [basis komunitas].
    pub(super) community_base: Option<CommunityBase>,
    /// How it is formed; only in the Merah Putih program [model pembentukan].
    pub(super) formation_model: Option<FormationModel>,
    /// Global id of its village, or of the smallest region known [desa/kelurahan].
    pub(super) region: ID,
    /// Office address [alamat kantor].
    pub(super) address: Option<String>,
    /// Location of its office, which is rounded to three decimals [titik koordinat].
    pub(super) location: Option<GeoPointInput>,
    /// How exact the location is; OFFICE when absent [ketelitian].
    pub(super) location_precision: Option<LocationPrecision>,
    /// Office telephone [telepon kantor].
    pub(super) phone: Option<String>,
    /// Office e-mail [surel kantor].
    pub(super) email: Option<String>,
    /// Website, with https:// or http:// [situs web].
    pub(super) website: Option<String>,
    /// One-time saving that each member pays on joining [simpanan pokok].
    pub(super) principal_saving: Option<Rupiah>,
    /// Recurring saving that each member pays [simpanan wajib].
    pub(super) mandatory_saving: Option<Rupiah>,
    /// Business classes in which it is to be active, at most 50 [KBLI].
    pub(super) business_classes: Option<Vec<CooperativeBusinessClassInput>>,
}

/// Changes to a cooperative: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendCooperativeInput {
    /// Key of this request, chosen by the caller; see `CooperativeInput`.
    pub(super) idempotency_key: String,
    /// Global id of the cooperative.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Legal name; not null. The name of one of the Merah Putih program follows its village [nama koperasi].
    pub(super) name: MaybeUndefined<String>,
    /// Name in daily use [nama singkat].
    pub(super) short_name: MaybeUndefined<String>,
    /// National cooperative number, of 10 to 16 digits; only of a legal entity [Nomor Induk Koperasi].
    pub(super) registration_number: MaybeUndefined<String>,
    /// Number of the legal-entity decree, in any spelling; only of a legal entity, which keeps one [nomor badan hukum].
    pub(super) legal_entity_number: MaybeUndefined<String>,
    /// Date on which it became a legal entity; only of a legal entity, which keeps one [tanggal badan hukum].
    pub(super) legal_entity_on: MaybeUndefined<Date>,
    /// Taxpayer number [NPWP].
    pub(super) tax_number: MaybeUndefined<String>,
    /// Business identification number, of 13 digits [Nomor Induk Berusaha, NIB].
    pub(super) business_number: MaybeUndefined<String>,
    /// National program under which it was founded; not null [program].
    pub(super) program: MaybeUndefined<CooperativeProgram>,
    /// Main business by law; not null [jenis koperasi].
    pub(super) r#type: MaybeUndefined<CooperativeType>,
    /// Whether its members are persons or cooperatives; not null [bentuk koperasi].
    pub(super) form: MaybeUndefined<CooperativeForm>,
    /// Community from which it grew; not null [basis komunitas].
    pub(super) community_base: MaybeUndefined<CommunityBase>,
    /// How it was formed; only in the Merah Putih program [model pembentukan].
    pub(super) formation_model: MaybeUndefined<FormationModel>,
    /// Global id of its village, or of the smallest region known; not null. The caller's role must cover both regions. A
    /// location that is not that of the office is emptied with it [desa/kelurahan].
    pub(super) region: MaybeUndefined<ID>,
    /// Office address [alamat kantor].
    pub(super) address: MaybeUndefined<String>,
    /// Location of its office, which is rounded to three decimals [titik koordinat].
    pub(super) location: MaybeUndefined<GeoPointInput>,
    /// How exact the location is; OFFICE when absent with a new location [ketelitian].
    pub(super) location_precision: MaybeUndefined<LocationPrecision>,
    /// Office telephone [telepon kantor].
    pub(super) phone: MaybeUndefined<String>,
    /// Office e-mail [surel kantor].
    pub(super) email: MaybeUndefined<String>,
    /// Website, with https:// or http:// [situs web].
    pub(super) website: MaybeUndefined<String>,
    /// Date of the founding meeting [tanggal pendirian].
    pub(super) established_on: MaybeUndefined<Date>,
    /// One-time saving that each member pays on joining [simpanan pokok].
    pub(super) principal_saving: MaybeUndefined<Rupiah>,
    /// Recurring saving that each member pays [simpanan wajib].
    pub(super) mandatory_saving: MaybeUndefined<Rupiah>,
    /// Number of members, with its date [jumlah anggota].
    pub(super) member_count: MaybeUndefined<i32>,
    /// Date of the number of members, not in the future [per tanggal].
    pub(super) member_count_on: MaybeUndefined<Date>,
    /// All business classes in which it is active, at most 50; null for none [KBLI].
    pub(super) business_classes: MaybeUndefined<Vec<CooperativeBusinessClassInput>>,
}
