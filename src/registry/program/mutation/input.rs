//! Inputs of the verbs of programs.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::vocabulary::{LearningMethod, ProgramKind, Sector, SupporterRole};

use crate::graph::scalar::Date;

/// A program, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct ProgramInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id of the program.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
}

/// An institution that supports a program, with its role [pendukung].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct ProgramSupporterInput {
    /// Global id of the institution.
    pub(super) institution: ID,
    /// Its role [peran].
    pub(super) role: SupporterRole,
}

/// The draft of a program [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct DraftProgramInput {
    /// Key of this request, chosen by the caller; see `ProgramInput`.
    pub(super) idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Code in this registry, of 1 to 60 capital letters, digits and hyphens; by default one made from the id [kode program].
    pub(super) code: Option<String>,
    /// Name, of at most 200 characters [nama program].
    pub(super) name: String,
    /// Kind of program [jenis program].
    pub(super) kind: ProgramKind,
    /// Sector [sektor].
    pub(super) sector: Sector,
    /// Budget year, 1900 to 2100 [tahun anggaran].
    pub(super) fiscal_year: i32,
    /// Start date [mulai].
    pub(super) starts_on: Option<Date>,
    /// End date [selesai].
    pub(super) ends_on: Option<Date>,
    /// Target number of participants [target peserta].
    pub(super) target_participants: Option<i32>,
    /// Target number of provinces of origin, 1 to 38 [target provinsi].
    pub(super) target_provinces: Option<i32>,
    /// Learning methods [metode].
    pub(super) methods: Option<Vec<LearningMethod>>,
    /// Topics taught, at most 50 of at most 200 characters [materi].
    pub(super) topics: Option<Vec<String>>,
    /// Goals of the program, at most 50 of at most 200 characters [tujuan].
    pub(super) goals: Option<Vec<String>>,
    /// Global id of the institution that organises it [penyelenggara].
    pub(super) organiser: ID,
    /// Global id of the cooperative or institution that hosts it [tuan rumah].
    pub(super) host: Option<ID>,
    /// Institutions that support it, with their roles [pendukung].
    pub(super) supporters: Option<Vec<ProgramSupporterInput>>,
    /// Global ids of the agreements on which it is based [kemitraan].
    pub(super) partnerships: Option<Vec<ID>>,
}

/// Changes to a program: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendProgramInput {
    /// Key of this request, chosen by the caller; see `ProgramInput`.
    pub(super) idempotency_key: String,
    /// Global id of the program.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Name; not null [nama program].
    pub(super) name: MaybeUndefined<String>,
    /// Kind of program; not null [jenis program].
    pub(super) kind: MaybeUndefined<ProgramKind>,
    /// Sector; not null [sektor].
    pub(super) sector: MaybeUndefined<Sector>,
    /// Budget year; not null [tahun anggaran].
    pub(super) fiscal_year: MaybeUndefined<i32>,
    /// Start date [mulai].
    pub(super) starts_on: MaybeUndefined<Date>,
    /// End date [selesai].
    pub(super) ends_on: MaybeUndefined<Date>,
    /// Target number of participants [target peserta].
    pub(super) target_participants: MaybeUndefined<i32>,
    /// Target number of provinces of origin [target provinsi].
    pub(super) target_provinces: MaybeUndefined<i32>,
    /// Learning methods; null for none [metode].
    pub(super) methods: MaybeUndefined<Vec<LearningMethod>>,
    /// Topics taught; null for none [materi].
    pub(super) topics: MaybeUndefined<Vec<String>>,
    /// Goals of the program; null for none [tujuan].
    pub(super) goals: MaybeUndefined<Vec<String>>,
    /// Global id of the institution that organises it; not null [penyelenggara].
    pub(super) organiser: MaybeUndefined<ID>,
    /// Global id of the cooperative or institution that hosts it [tuan rumah].
    pub(super) host: MaybeUndefined<ID>,
    /// All institutions that support it; null for none [pendukung].
    pub(super) supporters: MaybeUndefined<Vec<ProgramSupporterInput>>,
    /// Global ids of all agreements on which it is based; null for none [kemitraan].
    pub(super) partnerships: MaybeUndefined<Vec<ID>>,
}
