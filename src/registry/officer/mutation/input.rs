//! Inputs of the verbs of officers.

use async_graphql::{ID, InputObject, MaybeUndefined, OneofObject};
use entity::vocabulary::{Education, Gender, OfficerBody, OfficerRole};

use crate::graph::scalar::Date;

/// An officer, for a verb without further input [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct OfficerInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id of the officer.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
}

/// An officer, and the last day in office [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct EndOfficeInput {
    /// Key of this request, chosen by the caller; see `OfficerInput`.
    pub(super) idempotency_key: String,
    /// Global id of the officer.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Last day in office: not before the first, and not in the future [akhir masa jabatan].
    pub(super) ends_on: Date,
}

/// A person who is new in the registry. The name is public with the office, all else is not [orang].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct NewPersonInput {
    /// Full name [nama lengkap].
    pub(super) name: String,
    /// Gender [jenis kelamin].
    pub(super) gender: Option<Gender>,
    /// Highest level of education completed [pendidikan terakhir].
    pub(super) education: Option<Education>,
    /// Personal telephone number [telepon pribadi].
    pub(super) phone: Option<String>,
    /// Personal e-mail address [surel pribadi].
    pub(super) email: Option<String>,
}

/// Who is appointed: a new person, or one who holds or held an office of the same cooperative [orang].
#[derive(Clone, Debug, OneofObject)]
pub(in crate::registry) enum AppointeeInput {
    /// A person who is new in the registry.
    Person(NewPersonInput),
    /// Global id of an officer of the cooperative: the same person takes another office.
    Officer(ID),
}

/// A new officer [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AppointOfficerInput {
    /// Key of this request, chosen by the caller; see `OfficerInput`.
    pub(super) idempotency_key: String,
    /// Global id of the cooperative [koperasi].
    pub(super) cooperative: ID,
    /// The office, and who takes it.
    pub(super) appointment: AppointmentInput,
}

/// An office, and who takes it [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AppointmentInput {
    /// Global id of the new officer that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Who takes the office [orang].
    pub(super) appointee: AppointeeInput,
    /// Organ of the cooperative to which the office belongs [perangkat organisasi].
    pub(super) body: OfficerBody,
    /// Office held, of that organ [jabatan].
    pub(super) role: OfficerRole,
    /// Title that the cooperative uses for the office [sebutan jabatan].
    pub(super) title: Option<String>,
    /// Whether the office comes with another one, such as that of a village head; false when absent [ex officio].
    pub(super) ex_officio: Option<bool>,
    /// First day in office, not in the future [awal masa jabatan].
    pub(super) starts_on: Date,
    /// Last day of the term, at most five years later [akhir masa jabatan].
    pub(super) ends_on: Option<Date>,
}

/// An office that ends [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct EndedOfficeInput {
    /// Global id of the officer.
    pub(super) officer: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Last day in office: not before the first, and not in the future [akhir masa jabatan].
    pub(super) ends_on: Date,
}

/// The changes of a board: at least one, and at most 100 [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct ChangeBoardInput {
    /// Key of this request, chosen by the caller; see `OfficerInput`.
    pub(super) idempotency_key: String,
    /// Global id of the cooperative [koperasi].
    pub(super) cooperative: ID,
    /// The offices that end [jabatan yang berakhir].
    pub(super) ends: Vec<EndedOfficeInput>,
    /// The offices that begin, with those who take them [pengangkatan].
    pub(super) appointments: Vec<AppointmentInput>,
}

/// Changes to an office: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendOfficerInput {
    /// Key of this request, chosen by the caller; see `OfficerInput`.
    pub(super) idempotency_key: String,
    /// Global id of the officer.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Organ of the cooperative to which the office belongs; not null [perangkat organisasi].
    pub(super) body: MaybeUndefined<OfficerBody>,
    /// Office held; not null [jabatan].
    pub(super) role: MaybeUndefined<OfficerRole>,
    /// Title that the cooperative uses for the office [sebutan jabatan].
    pub(super) title: MaybeUndefined<String>,
    /// Whether the office comes with another one; not null [ex officio].
    pub(super) ex_officio: MaybeUndefined<bool>,
    /// First day in office, not in the future [awal masa jabatan].
    pub(super) starts_on: MaybeUndefined<Date>,
    /// Last day of the term, at most five years later; of an office that has ended, not in the future, and not null [akhir
    /// masa jabatan].
    pub(super) ends_on: MaybeUndefined<Date>,
}
