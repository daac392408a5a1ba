//! Cursors: the position of a row in one list under one order and filter, protected by a checksum.
//!
//! A cursor is base64url of a checksum and a small JSON array: the version of the format, a fingerprint of list, order
//! and filter, and every value that the order compares, the primary key last. It contains no personal data, and it
//! works in both directions and on both engines.

use std::ops::RangeInclusive;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Datelike;
use sha2::{Digest, Sha256};

use super::{
    Error, Result,
    filter::{Condition, Expression},
    load::Kind,
    order::Term,
    value::Value,
};

const VERSION: u8 = 1;
const SEAL: usize = 6;

/// The years of dates that both engines store and compare alike.
const YEARS: RangeInclusive<i32> = 1..=9999;

/// The fingerprint of a cursor: the list, the order and the filter that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a list's name, order and filter. Page size and direction do not count, so they may change
    /// from page to page.
    #[must_use]
    pub fn of(list: &str, order: &[Term], filter: &Condition) -> Self {
        Self::of_text(&format!("{list}|{order:?}|{filter:?}"))
    }

    /// The fingerprint of this one and a further value.
    #[must_use]
    pub fn and(self, more: &impl std::fmt::Debug) -> Self {
        Self::of_text(&format!("{}|{more:?}", self.0))
    }

    /// The fingerprint of all that determines the items of a list and their order.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let digest = Sha256::digest(text);
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        // JSON readers elsewhere keep 53 bits.
        Self(u64::from_be_bytes(first) >> 11)
    }
}

/// Encodes the cursor of a row.
#[must_use]
pub fn encode(fingerprint: Fingerprint, values: &[Value]) -> String {
    let body = serde_json::to_vec(&(VERSION, fingerprint.0, values)).unwrap_or_default();
    let mut bytes = seal(&body).to_vec();
    bytes.extend(body);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Decodes a cursor.
///
/// # Errors
/// `CURSOR_INVALID` when it was altered or truncated, or belongs to another list, order or filter.
pub fn decode(text: &str, fingerprint: Fingerprint, terms: usize) -> Result<Vec<Value>> {
    let altered = || Error::CursorInvalid("the cursor was not made by this registry, or was altered");
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| altered())?;
    let (sealed, body) = bytes.split_at_checked(SEAL).ok_or_else(altered)?;
    if sealed != seal(body) {
        return Err(altered());
    }
    let (version, made_under, values): (u8, u64, Vec<Value>) =
        serde_json::from_slice(body).map_err(|_| altered())?;
    if version != VERSION {
        return Err(Error::CursorInvalid("the cursor has a version that is no longer supported"));
    }
    if made_under != fingerprint.0 || values.len() != terms {
        return Err(Error::CursorInvalid("the cursor belongs to another list, order or filter"));
    }
    Ok(values)
}

/// Whether an expression can have this value on either engine. The checksum has no key, so anyone can make a cursor.
#[must_use]
pub fn fits(by: &Expression, value: &Value) -> bool {
    let kind = by.kind();
    match value {
        Value::Null => by.nullable(),
        Value::Bool(_) => kind == Kind::Boolean,
        Value::Int(_) => kind == Kind::Integer,
        Value::Text(text) => kind == Kind::Text && !text.contains('\0'),
        Value::Uuid(_) => kind == Kind::Uuid,
        Value::Date(date) => kind == Kind::Date && YEARS.contains(&date.year()),
    }
}

fn seal(body: &[u8]) -> [u8; SEAL] {
    let digest = Sha256::digest(body);
    let mut seal = [0; SEAL];
    seal.copy_from_slice(&digest[..SEAL]);
    seal
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Fingerprint = Fingerprint(7);

    #[test]
    fn a_cursor_carries_every_value_of_the_order() {
        let values = vec![Value::Null, Value::Int(-3), "Ciwidey".into()];
        assert_eq!(decode(&encode(LIST, &values), LIST, 3).unwrap(), values);
    }

    #[test]
    fn a_cursor_of_another_list_or_an_altered_one_is_refused() {
        let cursor = encode(LIST, &[Value::Int(1)]);
        assert!(decode(&cursor, Fingerprint(8), 1).is_err());
        for at in 0..cursor.len() {
            let mut altered = cursor.clone().into_bytes();
            altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
            assert!(decode(std::str::from_utf8(&altered).unwrap(), LIST, 1).is_err(), "byte {at}");
        }
    }
}
