//! The public keys of an issuer (JWKS): read from a file or downloaded, and kept for a while.

use std::{
    collections::HashMap,
    fs::File,
    io::Read,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::body::Bytes;
use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse},
};
use serde::Deserialize;
use serde_json::Value;
use tokio::{task::spawn_blocking, time::Instant};

use super::download::{Address, MOST_BYTES};

/// How long keys are used before they are read again.
const FRESH: Duration = Duration::from_mins(10);

/// The least time between two attempts to read them.
const PAUSE: Duration = Duration::from_secs(30);

/// How long keys are used that could not be read again.
const USABLE: Duration = Duration::from_hours(24);

/// A public key, with the only algorithm that it verifies.
#[derive(Clone, Debug)]
pub(super) struct PublicKey {
    pub(super) algorithm: Algorithm,
    pub(super) key: DecodingKey,
}

/// Public keys by their ids.
type Keys = HashMap<String, Arc<PublicKey>>;

/// Where keys are read from.
#[derive(Clone, Debug)]
enum Source {
    File(PathBuf),
    Address(Address),
}

/// The keys of an issuer.
#[derive(Debug)]
pub(super) struct KeySet {
    source: Source,
    state: Mutex<State>,
    /// Held while they are read: one attempt at a time.
    reading: tokio::sync::Mutex<()>,
}

#[derive(Clone, Debug, Default)]
struct State {
    keys: Option<(Arc<Keys>, Instant)>,
    attempted: Option<Instant>,
}

/// The keys could not be read, or not for too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreachable;

impl KeySet {
    /// Keys from a URL, or from a file.
    pub(super) fn parse(source: &str) -> Result<Self, String> {
        let source = if source.contains("://") {
            Source::Address(Address::parse(source)?)
        } else {
            let file = PathBuf::from(source);
            file_bytes(&file).and_then(|bytes| keys(&bytes)).map_err(|error| format!("{source}: {error}"))?;
            Source::File(file)
        };
        Ok(Self { source, state: Mutex::default(), reading: tokio::sync::Mutex::default() })
    }

    /// The key with an id. Keys are read again when they are no longer fresh, or when none has this id.
    pub(super) async fn find(&self, id: &str) -> Result<Option<Arc<PublicKey>>, Unreachable> {
        let State { keys, attempted } = self.state();
        let known = keys.as_ref().and_then(|(keys, _)| keys.get(id));
        if let (Some((_, read)), Some(key)) = (&keys, known)
            && read.elapsed() < FRESH
        {
            return Ok(Some(Arc::clone(key)));
        }
        if is_due(attempted) {
            // Callers with a key that was known wait for nobody else's attempt.
            let turn =
                if known.is_some() { self.reading.try_lock().ok() } else { Some(self.reading.lock().await) };
            if turn.is_some() && is_due(self.state().attempted) {
                self.read().await;
            }
        }
        match self.state().keys {
            Some((keys, read)) if read.elapsed() < USABLE => Ok(keys.get(id).cloned()),
            _ => Err(Unreachable),
        }
    }

    async fn read(&self) {
        self.change(|state| state.attempted = Some(Instant::now()));
        let read = match &self.source {
            Source::File(file) => {
                let file = file.clone();
                let read = spawn_blocking(move || file_bytes(&file)).await;
                read.unwrap_or_else(|error| Err(error.to_string()))
            }
            Source::Address(address) => address.download().await.map_err(|error| error.to_string()),
        };
        match read.and_then(|bytes| keys(&bytes)) {
            Ok(keys) => self.change(|state| state.keys = Some((Arc::new(keys), Instant::now()))),
            Err(error) => {
                tracing::warn!(error, source = ?self.source, "the keys of an issuer could not be read")
            }
        }
    }

    fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

fn is_due(attempted: Option<Instant>) -> bool {
    attempted.is_none_or(|at| at.elapsed() >= PAUSE)
}

fn file_bytes(file: &PathBuf) -> Result<Bytes, String> {
    let mut bytes = Vec::new();
    let opened = File::open(file).and_then(|file| file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes));
    opened.map_err(|error| error.to_string())?;
    if bytes.len() > MOST_BYTES {
        Err(format!("it has more than {MOST_BYTES} bytes"))
    } else {
        Ok(bytes.into())
    }
}

#[derive(Deserialize)]
struct Set {
    keys: Vec<Value>,
}

/// The usable keys of a set: those with an id that sign by RS256, ES256 or EdDSA.
fn keys(bytes: &[u8]) -> Result<Keys, String> {
    let Set { keys } =
        serde_json::from_slice(bytes).map_err(|error| format!("it is no set of keys: {error}"))?;
    let mut usable = Keys::new();
    for key in keys {
        // Keys of other kinds are for others.
        let Ok(key) = serde_json::from_value::<Jwk>(key) else { continue };
        let (Some(id), Some(algorithm)) = (key.common.key_id.clone(), algorithm(&key)) else { continue };
        if let Ok(key) = DecodingKey::from_jwk(&key) {
            usable.entry(id).or_insert_with(|| Arc::new(PublicKey { algorithm, key }));
        }
    }
    if usable.is_empty() {
        return Err("it has no key with a `kid` that signs by RS256, ES256 or EdDSA".to_owned());
    }
    Ok(usable)
}

/// The algorithm by which a key signs.
fn algorithm(key: &Jwk) -> Option<Algorithm> {
    let (algorithm, name) = match &key.algorithm {
        AlgorithmParameters::RSA(_) => (Algorithm::RS256, KeyAlgorithm::RS256),
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
            (Algorithm::ES256, KeyAlgorithm::ES256)
        }
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
            (Algorithm::EdDSA, KeyAlgorithm::EdDSA)
        }
        _ => return None,
    };
    let common = &key.common;
    let is_named = common.key_algorithm.is_none_or(|own| own == name);
    let signs = common.public_key_use.as_ref().is_none_or(|own| *own == PublicKeyUse::Signature);
    (is_named && signs).then_some(algorithm)
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn only_keys_that_sign_by_a_known_algorithm_are_used() {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        let usable = |key: &str| keys(format!(r#"{{"keys":[{key}]}}"#).as_bytes()).is_ok();
        let ed = |more: &str| format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"{more}}}"#);
        for key in [r#","kid":"a""#, r#","kid":"a","use":"sig""#, r#","kid":"a","alg":"EdDSA""#] {
            assert!(usable(&ed(key)), "{key}");
        }
        for key in ["", r#","kid":"a","use":"enc""#, r#","kid":"a","alg":"HS256""#] {
            assert!(!usable(&ed(key)), "{key}");
        }
        let secret = format!(r#"{{"kty":"oct","kid":"a","k":"{x}"}}"#);
        assert!(!usable(&secret) && usable(&format!("{secret},{{\"kty\":\"new\"}},{}", ed(r#","kid":"b""#))));
        assert!(keys(b"{}").is_err() && keys(b"[]").is_err());
    }
}
