//! Global ids: base64url of `Noun:key`, in one canonical spelling.

use async_graphql::ID;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::{Uuid, fmt::Simple};

use super::{Error, Result, value::Value};

/// A decoded global id: a noun and a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlobalId {
    pub noun: String,
    pub key: String,
}

impl GlobalId {
    /// Decodes an id. Only the canonical form is accepted.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for anything else.
    pub fn decode(id: &ID) -> Result<Self> {
        let malformed = || Error::bad_input("malformed id");
        let bytes = URL_SAFE_NO_PAD.decode(id.as_bytes()).map_err(|_| malformed())?;
        let text = String::from_utf8(bytes).map_err(|_| malformed())?;
        let (noun, key) = text.split_once(':').ok_or_else(malformed)?;
        if noun.is_empty() || key.is_empty() || key.contains(char::is_control) {
            return Err(malformed());
        }
        Ok(Self { noun: noun.to_owned(), key: key.to_owned() })
    }

    /// The key in an id that must belong to `noun`.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when it is malformed or another noun's.
    pub fn key_of(id: &ID, noun: &str, kind: KeyKind) -> Result<Value> {
        let decoded = Self::decode(id)?;
        if decoded.noun != noun {
            return Err(Error::bad_input(format!("this is the id of a {}, not of a {noun}", decoded.noun)));
        }
        decoded.key(kind)
    }

    /// The key as a column value.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when a UUID is invalid or not in canonical spelling.
    pub fn key(&self, kind: KeyKind) -> Result<Value> {
        match kind {
            KeyKind::Text => Ok(self.key.as_str().into()),
            KeyKind::Uuid => Uuid::try_parse(&self.key)
                .ok()
                .filter(|uuid| uuid.simple().to_string() == self.key)
                .map(Value::Uuid)
                .ok_or_else(|| Error::bad_input("malformed id")),
        }
    }
}

/// The type of a noun's primary key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    Uuid,
    /// An official code.
    Text,
}

/// The global id of a row of `noun`.
#[must_use]
pub fn encode(noun: &str, key: &Value) -> ID {
    let mut text = String::with_capacity(noun.len() + ":".len() + Simple::LENGTH);
    text.push_str(noun);
    text.push(':');
    match key {
        Value::Uuid(uuid) => text.push_str(uuid.simple().encode_lower(&mut Uuid::encode_buffer())),
        Value::Text(code) => text.push_str(code),
        other => text.extend(format!("{other:?}").chars()),
    }
    ID(URL_SAFE_NO_PAD.encode(text))
}

/// Checks a key that a caller sent as text. PostgreSQL cannot store a NUL character.
///
/// # Errors
/// `BAD_USER_INPUT` when it contains one.
pub fn clean(text: &str) -> Result<Value> {
    if text.contains('\0') {
        Err(Error::bad_input("a string must not contain a NUL character"))
    } else {
        Ok(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_the_round_trip() {
        let key = Value::Uuid(Uuid::from_u128(7));
        let id = encode("Cooperative", &key);
        assert_eq!(GlobalId::key_of(&id, "Cooperative", KeyKind::Uuid).unwrap(), key);
    }

    #[test]
    fn only_the_canonical_form_of_an_id_is_accepted() {
        let padded = ID(format!("{}=", encode("Region", &"32".into()).0));
        let shouted = ID(URL_SAFE_NO_PAD.encode("Cooperative:0000000000000000000000000000000A"));
        assert!(GlobalId::decode(&padded).is_err());
        assert!(GlobalId::key_of(&shouted, "Cooperative", KeyKind::Uuid).is_err());
    }
}
