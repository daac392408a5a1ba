//! Errors of a verb that the caller can mend, as data of the payload.

use async_graphql::{Context, Enum, Object};
use uuid::Uuid;

use crate::{
    graph::{Error, inline::inline_object, input::camel_case, label::Language},
    registry::rules::Rule,
    store::{
        WriteError,
        writer::{Constraint, Violation},
    },
};

/// What is wrong with an input or with the state of a record [jenis kesalahan].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum UserErrorCode {
    /// A value is missing.
    Required,
    /// A value is not valid.
    Invalid,
    /// A number or date is outside of its range.
    OutOfRange,
    /// A record that the input names does not exist.
    NotFound,
    /// A unique value is in use.
    Taken,
    /// The record was changed after the version that was expected.
    Conflict,
    /// The verb is not possible in the state of the record.
    IllegalTransition,
    /// Something that must be there is not there.
    PrerequisiteMissing,
    /// The subject may not take part.
    NotEligible,
    /// It overlaps with another one.
    Overlap,
    /// Another one excludes it.
    Exclusive,
    /// The parts do not make a valid whole.
    Composition,
    /// A limit is reached.
    LimitReached,
}

/// A sentence in both languages.
#[derive(Clone, Debug)]
pub(in crate::registry) struct Message {
    en: String,
    id: String,
}

impl Message {
    pub(in crate::registry) fn new(en: impl Into<String>, id: impl Into<String>) -> Self {
        Self { en: en.into(), id: id.into() }
    }
}

/// An error that the caller can mend: nothing was changed [kesalahan masukan].
#[derive(Clone, Debug)]
pub struct UserError {
    code: UserErrorCode,
    field: Vec<String>,
    message: Message,
    rule: Option<&'static str>,
    /// The record as it is now, for a conflict.
    pub(super) current: Option<Uuid>,
}

impl UserError {
    /// An error of a field of the input, such as `code`, or `parties.0.role` in a list.
    pub(in crate::registry) fn new(code: UserErrorCode, field: &[&str], message: Message) -> Self {
        let places = field.iter().flat_map(|field| field.split('.'));
        let field = std::iter::once("input").chain(places).map(str::to_owned).collect();
        Self { code, field, message, rule: None, current: None }
    }

    /// A record that the input names does not exist.
    pub(in crate::registry) fn not_found(noun: &str, field: &str) -> Self {
        let message = Message::new(format!("there is no such {noun}"), format!("{noun} ini tidak ada"));
        Self::new(UserErrorCode::NotFound, &[field], message)
    }

    /// The rule that the write would break.
    pub(super) fn of_rule(rule: &Rule) -> Self {
        let message = Message::new(rule.en, rule.id);
        Self { rule: Some(rule.code), ..Self::new(code_of(rule.code), &[], message) }
    }

    /// The code as the API writes it.
    pub(in crate::registry) fn word(&self) -> String {
        async_graphql::resolver_utils::enum_value(self.code).to_string()
    }

    /// The rule that the write would break, or the code of the error.
    pub(in crate::registry) fn reason(&self) -> String {
        self.rule.map_or_else(|| self.word(), str::to_owned)
    }

    /// The same, with the record as it is now.
    pub(super) fn of_current(self, key: Uuid) -> Self {
        Self { current: Some(key), ..self }
    }

    /// The error of a constraint of the database, the last line behind the rules.
    pub(super) fn of_constraint(violation: &Violation) -> Self {
        let (code, en, id) = match violation.constraint {
            Constraint::Unique => (UserErrorCode::Taken, "this value is in use", "nilai ini sudah dipakai"),
            Constraint::Reference => (
                UserErrorCode::NotFound,
                "the record that it refers to does not exist",
                "catatan yang dirujuk tidak ada",
            ),
            Constraint::NotNull => (UserErrorCode::Required, "a value is missing", "nilai wajib diisi"),
            Constraint::Day => (
                UserErrorCode::OutOfRange,
                "a date is between 1900 and 2100",
                "tanggal antara tahun 1900 dan 2100",
            ),
            Constraint::Check => (
                UserErrorCode::OutOfRange,
                "the value is outside of its range, or does not fit the other values",
                "nilai di luar batas, atau tidak sesuai dengan nilai lain",
            ),
        };
        // The input names a record, and not its key.
        let name = |column: &str| {
            camel_case(["_id", "_code"].iter().find_map(|end| column.strip_suffix(end)).unwrap_or(column))
        };
        let several =
            SEVERAL.iter().find(|(index, columns, _)| [*index, *columns].contains(&&*violation.name));
        let field = several
            .map_or_else(|| violation.column.as_deref().map(name), |(.., field)| Some((*field).to_owned()));
        let is_id = field.as_deref() == Some("id");
        let code = if code == UserErrorCode::Taken && is_id { UserErrorCode::Invalid } else { code };
        Self::new(code, field.as_deref().as_slice(), Message::new(en, id))
    }
}

/// Unique indexes over several columns, by the names that PostgreSQL and SQLite give to them, and the field of the input that
/// a violation is about.
const SEVERAL: [(&str, &str, &str); 4] = [
    ("officer_seat_key", "officer.cooperative_id, officer.role", "role"),
    ("cooperative_village_key", "cooperative.region_code", "region"),
    (
        "annual_report_cooperative_id_book_year_key",
        "annual_report.cooperative_id, annual_report.book_year",
        "bookYear",
    ),
    (
        "cooperative_commodity_cooperative_id_commodity_code_year_key",
        "cooperative_commodity.cooperative_id, cooperative_commodity.commodity_code, cooperative_commodity.year",
        "year",
    ),
];

/// The kind of error of a broken rule.
fn code_of(rule: &str) -> UserErrorCode {
    let has = |part: &str| rule.contains(part);
    if has("OVERLAP") {
        UserErrorCode::Overlap
    } else if has("EXCLUSIVITY_BROKEN") {
        UserErrorCode::Exclusive
    } else if has("WITHOUT") || has("MISSING") || has("NOT_OPERATING") {
        UserErrorCode::PrerequisiteMissing
    } else if has("EXCEEDED") {
        UserErrorCode::LimitReached
    } else if has("TOO_LARGE") || has("BEFORE") {
        UserErrorCode::OutOfRange
    } else if has("BOTH_BODIES") || has("HELD_TWICE") || has("COOPERATIVE_CLOSED") {
        UserErrorCode::NotEligible
    } else if has("COMPOSITION") || has("MISMATCH") || has("BOARD_SIZE") {
        UserErrorCode::Composition
    } else {
        UserErrorCode::Invalid
    }
}

/// An error that the caller can mend: nothing was changed [kesalahan masukan].
#[Object]
impl UserError {
    /// What is wrong.
    async fn code(&self) -> UserErrorCode {
        self.code
    }

    /// The path of the field of the input, from `input`; places in lists are digits.
    async fn field(&self) -> &[String] {
        &self.field
    }

    /// A sentence for people: in Indonesian, unless `Accept-Language` asks for English.
    async fn message(&self, ctx: &Context<'_>) -> &str {
        match ctx.data_opt::<super::Writes>().map(super::Writes::language) {
            Some(Language::En) => &self.message.en,
            _ => &self.message.id,
        }
    }

    /// The rule of the registry that the write would break; null for other errors.
    async fn rule(&self) -> Option<&str> {
        self.rule
    }
}

inline_object! { UserError }

/// Why a verb changed nothing.
#[derive(Debug)]
pub(in crate::registry) enum Refusal {
    /// Errors that the caller can mend.
    Errors(Vec<UserError>),
    /// An error of the request.
    Failed(Error),
    /// An error of the transaction.
    Write(WriteError),
}

impl Refusal {
    /// The refusal for one fault of a field of the input.
    pub(in crate::registry) fn of(
        code: UserErrorCode,
        field: &str,
        en: impl Into<String>,
        id: impl Into<String>,
    ) -> Self {
        UserError::new(code, &[field], Message::new(en, id)).into()
    }
}

impl Refusal {
    /// The same, of a part of the input at this place, such as `cooperatives.0`.
    pub(in crate::registry) fn beneath(mut self, place: &str) -> Self {
        if let Self::Errors(errors) = &mut self {
            for error in errors.iter_mut().filter(|error| error.rule.is_none()) {
                error.field.splice(1..1, place.split('.').map(str::to_owned));
            }
        }
        self
    }
}

impl From<UserError> for Refusal {
    fn from(error: UserError) -> Self {
        Self::Errors(vec![error])
    }
}

impl From<WriteError> for Refusal {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Constraint(violation) => UserError::of_constraint(&violation).into(),
            error => Self::Write(error),
        }
    }
}
