//! Keys and tokens of an issuer.

use std::path::Path;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    hmac,
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use serde_json::{Value, json};
use simpul::{http::TrustedIssuer, store::clock};

pub(crate) const ISSUER: &str = "https://sso.example/realms/simpul";

/// The key of a test, of no other use.
const RSA: &[u8] = include_bytes!("../fixtures/rsa-key.der");

/// What signs a token.
pub(crate) enum Signer {
    Ed(Ed25519KeyPair),
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
    /// A secret, as which some verifiers take a public key.
    Secret(Vec<u8>),
    Nothing,
}

impl Signer {
    pub(crate) fn ed() -> Self {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::Ed(Ed25519KeyPair::from_pkcs8(key.as_ref()).unwrap())
    }

    pub(crate) fn ec() -> Self {
        let (random, kind) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let key = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
        Self::Ec(EcdsaKeyPair::from_pkcs8(kind, key.as_ref(), &random).unwrap())
    }

    pub(crate) fn rsa() -> Self {
        Self::Rsa(RsaKeyPair::from_der(RSA).unwrap())
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Self::Ed(_) => "EdDSA",
            Self::Ec(_) => "ES256",
            Self::Rsa(_) => "RS256",
            Self::Secret(_) => "HS256",
            Self::Nothing => "none",
        }
    }

    /// The public key, as a set of keys names it.
    pub(crate) fn public(&self, id: &str) -> Value {
        match self {
            Self::Ed(key) => {
                json!({ "kid": id, "kty": "OKP", "crv": "Ed25519", "x": encoded(key.public_key().as_ref()) })
            }
            Self::Ec(key) => {
                let point = key.public_key().as_ref();
                json!({ "kid": id, "kty": "EC", "crv": "P-256", "x": encoded(&point[1..33]), "y": encoded(&point[33..]) })
            }
            Self::Rsa(key) => {
                let PublicKeyComponents::<Vec<u8>> { n, e } = key.public().into();
                json!({ "kid": id, "kty": "RSA", "use": "sig", "alg": "RS256", "n": encoded(&n), "e": encoded(&e) })
            }
            Self::Secret(_) | Self::Nothing => panic!("no public key"),
        }
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Ed(key) => key.sign(message).as_ref().to_vec(),
            Self::Ec(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
            Self::Secret(secret) => {
                hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message).as_ref().to_vec()
            }
            Self::Nothing => Vec::new(),
        }
    }

    /// A token with these claims over the usual ones, and these headers over its own.
    pub(crate) fn token(&self, key_id: &str, claims: Value, headers: Value) -> String {
        let now = clock::now().timestamp();
        let usual = json!({ "iss": ISSUER, "aud": "simpul", "sub": "f81d", "exp": now + 300 });
        let own = json!({ "alg": self.algorithm(), "typ": "JWT", "kid": key_id });
        let message = format!("{}.{}", part(own, headers), part(usual, claims));
        format!("{message}.{}", encoded(&self.signature(message.as_bytes())))
    }
}

/// A part of a token: members that are null are left out.
fn part(mut all: Value, over: Value) -> String {
    let (Some(members), Value::Object(over)) = (all.as_object_mut(), over) else { panic!("no object") };
    members.extend(over);
    members.retain(|_, value| !value.is_null());
    encoded(all.to_string().as_bytes())
}

pub(crate) fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Writes a set of keys into a file, and returns its issuer.
pub(crate) fn issuer(file: &Path, keys: &[Value]) -> TrustedIssuer {
    std::fs::write(file, json!({ "keys": keys }).to_string()).unwrap();
    TrustedIssuer {
        issuer: ISSUER.to_owned(),
        keys: file.display().to_string(),
        audiences: vec!["other".to_owned(), "simpul".to_owned()],
        roles_at: Vec::new(),
        roles: std::collections::BTreeMap::new(),
    }
}
