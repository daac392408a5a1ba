//! Checks the credentials of callers, and returns whom they identify.

mod claimed_roles;
mod download;
mod issuer;
mod key_set;
mod verifier;

use std::sync::Arc;

pub use self::issuer::TrustedIssuer;
use self::issuer::{Issuer, Subject};
use crate::{
    access::{Caller, Credential, Grant, Identity, MOST_GRANTS},
    store::{
        Credentials,
        credential::{self, CredentialError},
    },
};

/// What a node trusts credentials by: the API keys of its registry, and issuers of tokens.
#[derive(Clone, Debug)]
pub struct Authority {
    credentials: Credentials,
    issuers: Arc<Vec<Issuer>>,
}

/// Why a credential identifies nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unidentified {
    /// It is malformed, unknown, expired or revoked.
    Invalid,
    /// It cannot be checked at present.
    Unavailable,
}

/// The valid credential of a request.
#[derive(Clone, Debug)]
pub(super) struct Identified {
    pub(super) identity: Arc<Identity>,
    pub(super) token: Token,
}

/// A credential as it was sent; it is never shown.
#[derive(Clone)]
pub(super) struct Token(Arc<str>);

/// The most bytes of a token.
const LONGEST: usize = 8 << 10;

impl Token {
    /// The token of an `Authorization` header, or of a WebSocket's payload, such as `Bearer simpul_…`.
    pub(super) fn bearer(text: &str) -> Option<Self> {
        let (scheme, token) = text.trim().split_once(' ')?;
        let token = token.trim_start();
        let is_token =
            (1..=LONGEST).contains(&token.len()) && token.bytes().all(|letter| letter.is_ascii_graphic());
        let valid = scheme.eq_ignore_ascii_case("bearer") && is_token;
        valid.then(|| Self(token.into()))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

impl Authority {
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        Self { credentials, issuers: Arc::default() }
    }

    /// Trusts the tokens of issuers as well.
    ///
    /// # Errors
    /// The message for an issuer without an audience, or whose keys have an invalid address or are in no readable file.
    pub fn trusting(self, issuers: &[TrustedIssuer]) -> Result<Self, String> {
        let issuers = issuers.iter().map(Issuer::new).collect::<Result<Vec<_>, _>>()?;
        for (at, one) in issuers.iter().enumerate() {
            if issuers[..at].iter().any(|other| other.name() == one.name()) {
                return Err(format!("the issuer {} is named twice", one.name()));
            }
        }
        Ok(Self { issuers: Arc::new(issuers), ..self })
    }

    /// Whom a credential identifies. `sender` is the address that it came from, among which look-ups are shared fairly.
    pub(super) async fn identify(
        &self,
        token: &Token,
        sender: Option<Caller>,
    ) -> Result<Arc<Identity>, Unidentified> {
        if token.0.starts_with(credential::PREFIX) {
            let found = self.credentials.by_key(&token.0, sender).await;
            return found.map_err(|error| unavailable(&error))?.ok_or(Unidentified::Invalid);
        }
        let Subject { name, expires_at, grants } = issuer::verify(&self.issuers, &token.0).await?;
        let known = self.credentials.by_subject(&name, expires_at, sender).await;
        let known = known.map_err(|error| unavailable(&error))?;
        Ok(if grants.is_empty() { known } else { Arc::new(with_grants(&known, grants)) })
    }
}

/// The same identity, with what its issuer grants as well.
fn with_grants(known: &Identity, granted: Vec<Grant>) -> Identity {
    let mut identity = known.clone();
    let new = granted.iter().copied().filter(|grant| !known.grants.contains(grant));
    identity.grants.extend(new.take(MOST_GRANTS.saturating_sub(known.grants.len())));
    identity.credential = Some(Credential::Token(granted));
    identity
}

fn unavailable(error: &CredentialError) -> Unidentified {
    tracing::warn!(%error, "a credential could not be checked");
    Unidentified::Unavailable
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn a_bearer_token_has_its_scheme_and_no_spaces() {
        let token = |text: &str| Token::bearer(text).map(|token| token.0.to_string());
        for text in ["Bearer abc", "bearer  abc", " BEARER abc "] {
            assert_eq!(token(text).as_deref(), Some("abc"), "{text}");
        }
        for text in ["", "Bearer", "Bearer ", "abc", "Basic abc", "Bearer a b", "Bearer a\tb"] {
            assert_eq!(token(text), None, "{text}");
        }
    }
}
