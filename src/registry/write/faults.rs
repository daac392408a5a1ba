//! The faults of an input: all of them at once, in the order of its fields.

use std::ops::RangeInclusive;

use async_graphql::ID;
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::{Message, Refusal, UserError, UserErrorCode};
use crate::{
    graph::{
        fold::{fold, turns_direction},
        id::{GlobalId, KeyKind},
        scalar::{Date, DateTime, Decimal, Rupiah},
        value::Value,
    },
    store::{
        clock,
        credential::{LONGEST_SUBJECT, is_subject},
        writer::YEARS,
    },
};

/// The greatest amount, in rupiah or in thousandths.
const MOST: i64 = 1_000_000_000_000_000;

/// The greatest number of people or things. Sums of those of many records are numbers of 32 bits.
const MOST_COUNTED: i32 = 1_000_000;

/// The longest code of a new record.
const LONGEST_CODE: usize = 60;

/// How long a credential is valid at most, in microseconds.
const LONGEST_VALID: i64 = 36_525 * 24 * 60 * 60 * 1_000_000;

/// The faults of an input so far.
#[derive(Debug, Default)]
pub(in crate::registry) struct Faults(Vec<UserError>);

impl Faults {
    /// Refuses the input if it has faults.
    pub(in crate::registry) fn none(&mut self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Errors(std::mem::take(&mut self.0))) }
    }

    /// Adds a fault of a field, which is named by its path with dots.
    pub(in crate::registry) fn add(
        &mut self,
        code: UserErrorCode,
        field: &str,
        en: impl Into<String>,
        id: impl Into<String>,
    ) {
        let path: Vec<&str> = field.split('.').collect();
        self.0.push(UserError::new(code, &path, Message::new(en, id)));
    }

    /// Adds the fault that a record which a field names does not exist.
    pub(in crate::registry) fn missing(&mut self, field: &str, noun: &str) {
        let (en, id) = (format!("there is no such {noun}"), format!("{noun} ini tidak ada"));
        self.add(UserErrorCode::NotFound, field, en, id);
    }

    /// A number between two others, both included.
    pub(in crate::registry) fn between(
        &mut self,
        field: &str,
        value: i32,
        low: i32,
        high: i32,
    ) -> Option<i32> {
        if (low..=high).contains(&value) {
            return Some(value);
        }
        let (en, id) = (format!("it is between {low} and {high}"), format!("antara {low} dan {high}"));
        self.add(UserErrorCode::OutOfRange, field, en, id);
        None
    }

    /// A term, whose last day is not before its first.
    pub(in crate::registry) fn term(
        &mut self,
        field: &str,
        from: Option<NaiveDate>,
        until: Option<NaiveDate>,
    ) {
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            let (en, id) = ("it ends before it begins", "berakhir sebelum dimulai");
            self.add(UserErrorCode::OutOfRange, field, en, id);
        }
    }

    /// A code of at least one character and at most this many.
    pub(in crate::registry) fn code(&mut self, field: &str, text: &str, most: usize) {
        let clean = |letter: u8| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == b'-';
        if !text.bytes().all(clean) || !(1..=most).contains(&text.len()) {
            let en = format!("a code has 1 to {most} capital letters, digits and hyphens");
            let id = format!("kode terdiri atas 1 sampai {most} huruf kapital, angka, dan tanda hubung");
            self.add(UserErrorCode::Invalid, field, en, id);
        }
    }

    /// The code of a new record: the one that the caller chose, or one made from its id.
    pub(in crate::registry) fn new_code(&mut self, given: Option<&String>, prefix: &str, id: Uuid) -> String {
        let made = || format!("{prefix}-{}", id.simple().to_string().to_uppercase());
        let code = given.cloned().unwrap_or_else(made);
        self.code("code", &code, LONGEST_CODE);
        code
    }

    /// An amount in whole rupiah.
    pub(in crate::registry) fn rupiah(&mut self, field: &str, value: &Rupiah) -> Option<i64> {
        self.amount(field, value.0)
    }

    /// An amount in whole rupiah that may be negative.
    pub(in crate::registry) fn signed_rupiah(&mut self, field: &str, value: &Rupiah) -> Option<i64> {
        let amount = self.amount(field, value.0.saturating_abs())?;
        Some(if value.0 < 0 { -amount } else { amount })
    }

    /// A number of people or things.
    pub(in crate::registry) fn count(&mut self, field: &str, value: i32) -> Option<i32> {
        self.between(field, value, 0, MOST_COUNTED)
    }

    /// A day that is not in the future.
    pub(in crate::registry) fn past(
        &mut self,
        field: &str,
        Date(day): Date,
        today: NaiveDate,
    ) -> Option<NaiveDate> {
        if day > today {
            self.add(UserErrorCode::OutOfRange, field, "it is in the future", "tanggal di masa depan");
            return None;
        }
        if day.year() < *YEARS.start() {
            let (en, id) = ("a date is between 1900 and 2100", "tanggal antara tahun 1900 dan 2100");
            self.add(UserErrorCode::OutOfRange, field, en, id);
            return None;
        }
        Some(day)
    }

    /// A number in thousandths.
    pub(in crate::registry) fn thousandths(&mut self, field: &str, value: &Decimal) -> Option<i64> {
        let (units, exact) = value.in_units(3);
        if exact {
            return self.amount(field, units);
        }
        let (en, id) = ("it has at most 3 decimal places", "paling banyak 3 angka desimal");
        self.add(UserErrorCode::Invalid, field, en, id);
        None
    }

    fn amount(&mut self, field: &str, units: i128) -> Option<i64> {
        let amount = i64::try_from(units).ok().filter(|units| (0..=MOST).contains(units));
        if amount.is_none() {
            let (en, id) = ("it is negative or too large", "nilainya negatif atau terlalu besar");
            self.add(UserErrorCode::OutOfRange, field, en, id);
        }
        amount
    }

    /// The key of a record of this noun.
    pub(in crate::registry) fn key(&mut self, field: &str, noun: &str, id: &ID) -> Option<Uuid> {
        if let Ok(Value::Uuid(key)) = GlobalId::key_of(id, noun, KeyKind::Uuid) {
            return Some(key);
        }
        let (en, id) = (format!("this is not the id of a {noun}"), format!("ini bukan id {noun}"));
        self.add(UserErrorCode::Invalid, field, en, id);
        None
    }

    /// The key of a cooperative or an institution.
    pub(in crate::registry) fn party(&mut self, field: &str, id: &ID) -> Option<Uuid> {
        let party = ["Cooperative", "PartnerInstitution"]
            .into_iter()
            .find_map(|noun| GlobalId::key_of(id, noun, KeyKind::Uuid).ok());
        if let Some(Value::Uuid(key)) = party {
            return Some(key);
        }
        let (en, indonesian) = (
            "this is not the id of a cooperative or an institution",
            "ini bukan id koperasi atau lembaga mitra",
        );
        self.add(UserErrorCode::Invalid, field, en, indonesian);
        None
    }

    /// The code of a commodity.
    pub(in crate::registry) fn commodity(&mut self, field: &str, id: &ID) -> Option<String> {
        self.coded(field, "Commodity", id)
    }

    /// The key of a record of this noun, if its key is a code.
    pub(in crate::registry) fn coded(&mut self, field: &str, noun: &str, id: &ID) -> Option<String> {
        if let Ok(Value::Text(code)) = GlobalId::key_of(id, noun, KeyKind::Text) {
            return Some(code.as_ref().to_owned());
        }
        let (en, id) = (format!("this is not the id of a {noun}"), format!("ini bukan id {noun}"));
        self.add(UserErrorCode::Invalid, field, en, id);
        None
    }

    /// The key of a new record: the one that the caller made, or a new one.
    pub(in crate::registry) fn new_id(&mut self, field: &str, noun: &str, id: Option<&ID>) -> Uuid {
        id.and_then(|id| self.key(field, noun, id)).unwrap_or_else(clock::new_id)
    }

    /// A text of one line of at least one character and at most this many, without spaces around it.
    pub(in crate::registry) fn line(&mut self, field: &str, text: &str, most: usize) -> Option<String> {
        if text.chars().any(|letter| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')) {
            let (en, id) = (
                "it has control characters, such as line breaks",
                "memuat karakter kendali, misalnya baris baru",
            );
            self.add(UserErrorCode::Invalid, field, en, id);
            return None;
        }
        self.text(field, text, most)
    }

    /// A number that is written in digits, as many as the range says.
    pub(in crate::registry) fn digits(
        &mut self,
        field: &str,
        text: &str,
        lengths: RangeInclusive<usize>,
    ) -> Option<String> {
        let text = text.trim();
        if lengths.contains(&text.len()) && text.bytes().all(|letter| letter.is_ascii_digit()) {
            return Some(text.to_owned());
        }
        let (low, high) = lengths.into_inner();
        let many = if low == high { low.to_string() } else { format!("{low}–{high}") };
        self.add(
            UserErrorCode::Invalid,
            field,
            format!("it has {many} digits"),
            format!("terdiri atas {many} digit"),
        );
        None
    }

    /// A telephone number: digits with spaces, hyphens and brackets, of 6 to 15 digits, and a plus sign at its start where it
    /// has the code of a country.
    pub(in crate::registry) fn phone(&mut self, field: &str, text: &str) -> Option<String> {
        let text = text.trim();
        let rest = text.strip_prefix('+').unwrap_or(text);
        let digits = rest.bytes().filter(u8::is_ascii_digit).count();
        let is_known = |letter: u8| letter.is_ascii_digit() || b" -()./".contains(&letter);
        if (6..=15).contains(&digits) && text.len() <= 40 && rest.bytes().all(is_known) {
            return Some(text.to_owned());
        }
        let (en, id) = (
            "a telephone number has 6 to 15 digits, with spaces and - ( ) . / between them and + before them",
            "nomor telepon terdiri atas 6 sampai 15 digit, dengan spasi dan - ( ) . / di antaranya dan + di depannya",
        );
        self.add(UserErrorCode::Invalid, field, en, id);
        None
    }

    /// A subject of credentials.
    pub(in crate::registry) fn subject(&mut self, field: &str, text: &str) {
        if !is_subject(text) {
            let en = format!(
                "a subject has 1 to {LONGEST_SUBJECT} visible characters, without spaces at its ends, and is not `system` or `operator`"
            );
            let id = format!(
                "subjek terdiri atas 1 sampai {LONGEST_SUBJECT} karakter yang terlihat, tanpa spasi di ujungnya, dan bukan `system` atau `operator`"
            );
            self.add(UserErrorCode::Invalid, field, en, id);
        }
    }

    /// The time at which a credential expires, in microseconds since 1970 UTC: in the future, in at most 100 years.
    pub(in crate::registry) fn expiry(&mut self, field: &str, at: Option<&DateTime>) -> Option<i64> {
        let (micros, _) = at?.micros();
        let now = clock::now_micros();
        if (now + 1..now.saturating_add(LONGEST_VALID)).contains(&micros) {
            return Some(micros);
        }
        let (en, id) = (
            "it is not in the future, or in more than 100 years",
            "waktunya tidak di masa depan, atau lebih dari 100 tahun lagi",
        );
        self.add(UserErrorCode::OutOfRange, field, en, id);
        None
    }

    /// An e-mail address.
    pub(in crate::registry) fn email(&mut self, field: &str, text: &str) -> Option<String> {
        let text = self.line(field, text, 254)?;
        let parts = text.split_once('@');
        let label = |label: &str| {
            let hyphen = label.starts_with('-') || label.ends_with('-');
            !label.is_empty()
                && !hyphen
                && label.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-')
        };
        let well_formed = |(local, domain): (&str, &str)| {
            let known =
                |letter: u8| letter.is_ascii_alphanumeric() || b".!#$%&'*+/?^_`{|}~-".contains(&letter);
            !local.is_empty()
                && local.bytes().all(known)
                && domain.contains('.')
                && domain.split('.').all(label)
        };
        if parts.is_some_and(well_formed) {
            return Some(text);
        }
        self.add(UserErrorCode::Invalid, field, "this is not an e-mail address", "ini bukan alamat surel");
        None
    }

    /// An address of a website.
    pub(in crate::registry) fn website(&mut self, field: &str, text: &str) -> Option<String> {
        let text = self.line(field, text, 200)?;
        let rest = ["https://", "http://"].into_iter().find_map(|scheme| text.strip_prefix(scheme));
        let is_plain = |rest: &str| {
            rest.contains('.')
                && rest.bytes().all(|letter| letter.is_ascii_graphic() && !b"<>\"\\^`{|}@".contains(&letter))
        };
        if rest.is_some_and(is_plain) {
            return Some(text);
        }
        let (en, id) =
            ("a website begins with https:// or http://", "situs web diawali https:// atau http://");
        self.add(UserErrorCode::Invalid, field, en, id);
        None
    }

    /// A text of several lines.
    pub(in crate::registry) fn text(&mut self, field: &str, text: &str, most: usize) -> Option<String> {
        let text = text.trim();
        if text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\t')) {
            let (en, id) = ("it has control characters", "memuat karakter kendali");
            self.add(UserErrorCode::Invalid, field, en, id);
            return None;
        }
        if !(1..=most).contains(&text.chars().count()) {
            let (en, id) =
                (format!("it has 1 to {most} characters"), format!("terdiri atas 1 sampai {most} karakter"));
            self.add(UserErrorCode::OutOfRange, field, en, id);
            return None;
        }
        if fold(text).is_empty() {
            let (en, id) = ("it has no visible character", "tidak memuat karakter yang terlihat");
            self.add(UserErrorCode::Invalid, field, en, id);
            return None;
        }
        if text.chars().any(turns_direction) {
            let (en, id) = (
                "it has characters that change the direction of the text",
                "memuat karakter yang mengubah arah teks",
            );
            self.add(UserErrorCode::Invalid, field, en, id);
            return None;
        }
        Some(text.to_owned())
    }
}
