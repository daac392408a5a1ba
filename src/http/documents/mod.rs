//! Documents that clients request by id or hash: trusted documents of a manifest, and automatic persisted queries
//! (Apollo's protocol).

mod manifest;
mod store;

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

pub use manifest::{Manifest, ManifestError};
use store::Store;

/// What to do with a document that is not in a manifest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strangers {
    /// Execute it.
    #[default]
    Welcome,
    /// Execute it, and log that.
    Logged,
    /// Refuse it.
    Refused,
}

/// The documents that can be requested by id or hash.
#[derive(Debug, Default)]
pub struct Documents {
    manifest: Manifest,
    strangers: Strangers,
    store: Option<Store>,
}

/// Why a request has no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Neither a document nor an id of one.
    Nothing,
    /// `persistedQuery` is not in Apollo's format.
    Malformed,
    NotFound,
    /// Persisted queries are turned off.
    NotSupported,
    /// The protocol has another version than 1.
    Version,
    /// The document does not match its hash.
    Mismatch,
    Stranger,
}

impl Missing {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Nothing | Self::Malformed | Self::Version => "BAD_USER_INPUT",
            Self::NotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::NotSupported => "PERSISTED_QUERY_NOT_SUPPORTED",
            Self::Mismatch => "PERSISTED_QUERY_HASH_MISMATCH",
            Self::Stranger => "PERSISTED_QUERY_REQUIRED",
        }
    }

    /// The message of the error. Apollo's clients recognise some of them by their text.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Nothing => "a request must have `query` or the id of a persisted document",
            Self::Malformed => "`persistedQuery` must be `{version: 1, sha256Hash: \"…\"}`",
            Self::NotFound => "PersistedQueryNotFound",
            Self::NotSupported => "PersistedQueryNotSupported",
            Self::Version => "Unsupported persisted query version",
            Self::Mismatch => "provided sha does not match query",
            Self::Stranger => "only documents in this service's manifest are allowed",
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersistedQuery {
    version: u32,
    sha256_hash: String,
}

/// The origin of a document, from the least to the most trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// Sent in the request.
    #[default]
    Sent,
    /// Found in the store by its hash.
    Persisted,
    /// Found in the operator's manifest.
    Trusted,
}

/// A document that was found, or sent in the request.
#[derive(Debug)]
pub(super) enum Found {
    /// Sent in the request. It is stored under this hash, once it has been executed successfully.
    Sent { keep_as: Option<String> },
    /// Requested by id or hash.
    Named(Arc<str>),
}

impl Documents {
    #[must_use]
    pub fn new(manifest: Manifest, strangers: Strangers, store_bytes: u64) -> Self {
        Self { manifest, strangers, store: (store_bytes > 0).then(|| Store::new(store_bytes)) }
    }

    /// Finds the document to execute.
    pub(super) fn find(
        &self,
        sent: Option<&str>,
        id: Option<&str>,
        persisted: Option<&Value>,
    ) -> Result<Found, Missing> {
        let persisted =
            persisted.map(PersistedQuery::deserialize).transpose().map_err(|_| Missing::Malformed)?;
        if persisted.as_ref().is_some_and(|persisted| persisted.version != 1) {
            return Err(Missing::Version);
        }
        let hash = persisted.map(|persisted| persisted.sha256_hash);
        match (sent, id.or(hash.as_deref())) {
            (None, None) => Err(Missing::Nothing),
            (None, Some(name)) => self.named(name),
            (Some(text), _) => {
                if hash.as_deref().is_some_and(|hash| !is_hash_of(hash, text)) {
                    return Err(Missing::Mismatch);
                }
                self.welcome(text)?;
                Ok(Found::Sent { keep_as: hash.filter(|_| self.store.is_some()) })
            }
        }
    }

    /// The origin of a document with this text, which was requested by id or not.
    pub(super) fn origin(&self, text: &str, is_named: bool) -> Origin {
        match (self.manifest.holds(text), is_named) {
            (true, _) => Origin::Trusted,
            (false, true) => Origin::Persisted,
            (false, false) => Origin::Sent,
        }
    }

    fn named(&self, name: &str) -> Result<Found, Missing> {
        let bare = name.strip_prefix("sha256:").unwrap_or(name);
        if let Some(text) = self.manifest.named(name).or_else(|| self.manifest.named(bare)) {
            return Ok(Found::Named(text));
        }
        if self.strangers == Strangers::Refused {
            return Err(Missing::Stranger);
        }
        let Some(store) = &self.store else {
            return Err(Missing::NotSupported);
        };
        let text = store.named(bare).ok_or(Missing::NotFound)?;
        self.welcome(&text)?;
        Ok(Found::Named(text))
    }

    fn welcome(&self, text: &str) -> Result<(), Missing> {
        if self.strangers == Strangers::Welcome || self.manifest.holds(text) {
            return Ok(());
        }
        if self.strangers == Strangers::Refused {
            return Err(Missing::Stranger);
        }
        tracing::warn!(sha256 = sha256(text), "a document that is not in the manifest");
        Ok(())
    }

    /// Stores an executed document under the hash that its client gave.
    pub(super) fn keep(&self, hash: &str, text: &str) {
        if let Some(store) = &self.store {
            store.keep(hash, text);
        }
    }
}

fn is_hash_of(hash: &str, text: &str) -> bool {
    sha256(text).eq_ignore_ascii_case(hash)
}

/// The SHA-256 hash in lower-case hexadecimal digits.
pub(super) fn sha256(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text).iter().fold(String::with_capacity(64), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
