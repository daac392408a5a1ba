//! Issuers of JSON Web Tokens: whose tokens a node trusts, and by which keys it verifies them.

use std::collections::BTreeMap;

use jsonwebtoken::{Validation, dangerous::insecure_decode_claims, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;

use super::{Unidentified, claimed_roles::ClaimedRoles, key_set::KeySet, verifier};
use crate::{access::Grant, store::credential::is_subject};

/// How far the clocks of an issuer and of a node may differ, in seconds.
const LEEWAY: u64 = 30;

/// An issuer, as an operator names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedIssuer {
    /// The claim `iss` of its tokens.
    pub issuer: String,
    /// The URL of its public keys, or a file with them.
    pub keys: String,
    /// The claims `aud` of tokens that are meant for this node.
    pub audiences: Vec<String>,
    /// JSON pointers to claims with roles.
    pub roles_at: Vec<String>,
    /// The role of each text that may be there.
    pub roles: BTreeMap<String, String>,
}

/// An issuer whose tokens are verified.
#[derive(Debug)]
pub(super) struct Issuer {
    name: String,
    audiences: Vec<String>,
    keys: KeySet,
    roles: ClaimedRoles,
}

/// Whom a token identifies.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// Issuer and subject, joined by `#`.
    pub(super) name: String,
    /// When the token is not accepted any more, in microseconds since 1970 UTC.
    pub(super) expires_at: i64,
    /// What the issuer says that it may do.
    pub(super) grants: Vec<Grant>,
}

/// The claims that are read before the token is verified, to find its issuer.
#[derive(Deserialize)]
struct Unverified {
    iss: String,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: f64,
}

impl TrustedIssuer {
    /// The codes of regions for which its tokens can give a role.
    pub fn regions(&self) -> impl Iterator<Item = &str> {
        self.roles.values().filter_map(|role| role.strip_prefix("REGISTRAR "))
    }
}

impl Issuer {
    pub(super) fn new(trusted: &TrustedIssuer) -> Result<Self, String> {
        let TrustedIssuer { issuer, keys, audiences, roles_at, roles } = trusted;
        if issuer.is_empty() || issuer.contains('#') {
            return Err(format!("`{issuer}` is no issuer: it is a URL without `#`"));
        }
        if audiences.is_empty() || audiences.iter().any(String::is_empty) {
            return Err(format!("the issuer {issuer} has no audience"));
        }
        verifier::install();
        let roles = ClaimedRoles::new(roles_at, roles).map_err(|error| format!("{issuer}: {error}"))?;
        let (name, audiences) = (issuer.clone(), audiences.clone());
        Ok(Self { name, audiences, keys: KeySet::parse(keys)?, roles })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whom a token identifies. Its key decides on the algorithm, and nothing in it on the key but `kid`.
    async fn verify(&self, token: &str, key_id: &str) -> Result<Subject, Unidentified> {
        let Ok(key) = self.keys.find(key_id).await else { return Err(Unidentified::Unavailable) };
        let key = key.ok_or(Unidentified::Invalid)?;
        let mut validation = Validation::new(key.algorithm);
        validation.set_issuer(&[&self.name]);
        validation.set_audience(&self.audiences);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.validate_nbf = true;
        validation.leeway = LEEWAY;
        let claims = decode::<Value>(token, &key.key, &validation).map_err(|error| invalid(&error))?.claims;
        let grants = self.roles.of(&claims);
        let Claims { sub, exp } = serde_json::from_value(claims).map_err(|_| Unidentified::Invalid)?;
        let name = format!("{}#{sub}", self.name);
        // Neither could a grant name it, nor every engine store it.
        if sub.is_empty() || !is_subject(&name) {
            tracing::debug!("a token was refused: no grant could name its subject");
            return Err(Unidentified::Invalid);
        }
        Ok(Subject { name, expires_at: end(exp), grants })
    }
}

/// Whom a token of one of these issuers identifies.
pub(super) async fn verify(issuers: &[Issuer], token: &str) -> Result<Subject, Unidentified> {
    if issuers.is_empty() {
        return Err(Unidentified::Invalid);
    }
    let header = decode_header(token).map_err(|error| invalid(&error))?;
    let Unverified { iss } = insecure_decode_claims(token).map_err(|error| invalid(&error))?;
    let issuer = issuers.iter().find(|known| known.name == iss);
    let (Some(issuer), Some(key_id)) = (issuer, header.kid) else { return Err(Unidentified::Invalid) };
    issuer.verify(token, &key_id).await
}

fn invalid(error: &jsonwebtoken::errors::Error) -> Unidentified {
    tracing::debug!(%error, "a token was refused");
    Unidentified::Invalid
}

/// The end of a token with this `exp`, with the leeway.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a cast saturates")]
fn end(exp: f64) -> i64 {
    ((exp + LEEWAY as f64) * 1e6) as i64
}
