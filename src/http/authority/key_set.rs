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

/// When keys are read.
#[derive(Clone, Copy, Debug)]
struct Times {
    /// How long keys are used before they are read again.
    fresh: Duration,
    /// The least time between two attempts to read them.
    pause: Duration,
    /// How long keys are used that could not be read again.
    usable: Duration,
}

const TIMES: Times = Times {
    fresh: Duration::from_mins(10),
    pause: Duration::from_secs(30),
    usable: Duration::from_hours(24),
};

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
#[derive(Clone, Debug)]
pub(super) struct KeySet(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    source: Source,
    times: Times,
    state: Mutex<State>,
    /// Held while they are read: one attempt at a time.
    reading: Arc<tokio::sync::Mutex<()>>,
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
        Ok(Self::of(source, TIMES))
    }

    fn of(source: Source, times: Times) -> Self {
        Self(Arc::new(Inner { source, times, state: Mutex::default(), reading: Arc::default() }))
    }

    /// The key with an id. Keys are read again when they are no longer fresh, or when none has this id.
    pub(super) async fn find(&self, id: &str) -> Result<Option<Arc<PublicKey>>, Unreachable> {
        let Inner { times, reading, .. } = &*self.0;
        let keys = self.0.state().keys;
        let known = keys.as_ref().and_then(|(keys, _)| keys.get(id));
        if let (Some((_, read)), Some(key)) = (&keys, known)
            && read.elapsed() < times.fresh
        {
            return Ok(Some(Arc::clone(key)));
        }
        let turn = match known {
            // It waits for nobody else's attempt.
            Some(_) => Arc::clone(reading).try_lock_owned().ok(),
            None => Some(Arc::clone(reading).lock_owned().await),
        };
        if let Some(turn) = turn
            && self.0.is_due()
        {
            let inner = Arc::clone(&self.0);
            // In a task of its own: it goes on when its caller leaves.
            let attempt = tokio::spawn(async move {
                inner.read().await;
                drop(turn);
            });
            let _ = attempt.await;
        }
        match self.0.state().keys {
            Some((keys, read)) if read.elapsed() < times.usable => Ok(keys.get(id).cloned()),
            _ => Err(Unreachable),
        }
    }
}

impl Inner {
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
                tracing::warn!(error, source = ?self.source, "the keys of an issuer could not be read");
            }
        }
    }

    /// Whether the last attempt is long enough ago for another.
    fn is_due(&self) -> bool {
        self.state().attempted.is_none_or(|at| at.elapsed() >= self.times.pause)
    }

    fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }
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

/// The usable keys of a set: those with an id that sign by `RS256`, `ES256` or `EdDSA`.
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
    use std::{
        sync::{
            Arc, Mutex,
            atomic::{AtomicUsize, Ordering},
        },
        time::Duration,
    };

    use futures_util::future::join_all;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
        time::sleep,
    };

    use super::{Address, KeySet, Source, Times, Unreachable, keys};

    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    fn set(id: &str) -> String {
        format!(r#"{{"keys":[{{"kid":"{id}","kty":"OKP","crv":"Ed25519","x":"{X}"}}]}}"#)
    }

    #[tokio::test]
    async fn keys_are_read_again_for_an_unknown_id_but_not_often() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/keys", listener.local_addr().unwrap());
        let (asked, content) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(set("one"))));
        let (counted, served) = (Arc::clone(&asked), Arc::clone(&content));
        let server = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                counted.fetch_add(1, Ordering::Relaxed);
                let _ = stream.read(&mut [0; 1024]).await;
                let body = served.lock().unwrap().clone();
                let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        let (pause, long) = (Duration::from_millis(300), Duration::from_mins(1));
        let source = || Source::Address(Address::parse(&address).unwrap());
        let set_of_keys = KeySet::of(source(), Times { fresh: long, pause, usable: long });
        let is_known = async |id| set_of_keys.find(id).await.unwrap().is_some();
        let times = || asked.load(Ordering::Relaxed);
        let first = join_all((0..20).map(|_| is_known("one"))).await;
        assert!(first.iter().all(|known| *known) && times() == 1, "read once for all: {}", times());
        *content.lock().unwrap() = set("two");
        assert!(!is_known("two").await && times() == 1, "not so soon");
        sleep(pause).await;
        assert!(is_known("one").await && times() == 1, "a known key needs nothing");
        assert!(is_known("two").await && times() == 2);
        assert!(!is_known("one").await, "a key that is gone verifies nothing");
        sleep(pause).await;
        assert!(join_all((0..20).map(|_| is_known("none"))).await.iter().all(|known| !known));
        assert_eq!(times(), 3, "one attempt for all");
        *content.lock().unwrap() = format!("{}{}", set("three"), " ".repeat(70_000));
        sleep(pause).await;
        assert!(!is_known("three").await && is_known("two").await, "what is too long is not used");

        let stale = KeySet::of(source(), Times { fresh: Duration::ZERO, pause, usable: 2 * pause });
        *content.lock().unwrap() = set("two");
        assert!(stale.find("two").await.is_ok());
        sleep(pause).await;
        server.abort();
        assert!(stale.find("two").await.is_ok(), "keys of before stand in");
        sleep(2 * pause).await;
        assert_eq!(stale.find("two").await.unwrap_err(), Unreachable);
    }

    #[test]
    fn only_keys_that_sign_by_a_known_algorithm_are_used() {
        let usable = |key: &str| keys(format!(r#"{{"keys":[{key}]}}"#).as_bytes()).is_ok();
        let ed = |more: &str| format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{X}"{more}}}"#);
        for key in [r#","kid":"a""#, r#","kid":"a","use":"sig""#, r#","kid":"a","alg":"EdDSA""#] {
            assert!(usable(&ed(key)), "{key}");
        }
        for key in ["", r#","kid":"a","use":"enc""#, r#","kid":"a","alg":"HS256""#] {
            assert!(!usable(&ed(key)), "{key}");
        }
        let secret = format!(r#"{{"kty":"oct","kid":"a","k":"{X}"}}"#);
        assert!(!usable(&secret) && usable(&format!("{secret},{{\"kty\":\"new\"}},{}", ed(r#","kid":"b""#))));
        assert!(keys(b"{}").is_err() && keys(b"[]").is_err());
    }
}
