//! Documents that callers name instead of sending them: those that an operator trusts, and those that callers left
//! here before (Apollo's automatic persisted queries).

mod manifest;
mod store;

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

pub use manifest::{Manifest, ManifestError};
use store::Store;

/// What is done with a document that no manifest holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strangers {
    /// It is executed.
    #[default]
    Welcome,
    /// It is executed, and the log says so.
    Logged,
    /// It is refused.
    Refused,
}

/// All documents that can be named.
#[derive(Debug, Default)]
pub struct Documents {
    manifest: Manifest,
    strangers: Strangers,
    store: Option<Store>,
}

/// Why there is no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Neither a document nor a name of one.
    Nothing,
    /// `persistedQuery` is not as Apollo's protocol has it.
    Malformed,
    NotFound,
    /// Nothing is kept here.
    NotSupported,
    /// The protocol is of another version than 1.
    Version,
    /// The document is not the one that its name says.
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

    /// Apollo's clients know some of these by their words.
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

/// Where a document comes from; those that more is known of come later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The request.
    #[default]
    Sent,
    /// The store, by its hash.
    Persisted,
    /// The operator's manifest.
    Trusted,
}

/// A document that was found, or that came along.
#[derive(Debug)]
pub(super) enum Found {
    /// The one that was sent; under its hash it is to be kept, once it has proved itself.
    Sent { keep_as: Option<String> },
    /// The one that was named.
    Named(Arc<str>),
}

impl Documents {
    #[must_use]
    pub fn new(manifest: Manifest, strangers: Strangers, store_bytes: u64) -> Self {
        Self { manifest, strangers, store: (store_bytes > 0).then(|| Store::new(store_bytes)) }
    }

    /// Finds what is to be executed.
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

    /// Where a document with this text comes from, which was named or not.
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
        tracing::warn!(sha256 = sha256(text), "a document that no manifest holds");
        Ok(())
    }

    /// Keeps a document that was executed under the hash that its caller gave.
    pub(super) fn keep(&self, hash: &str, text: &str) {
        if let Some(store) = &self.store {
            store.keep(hash, text);
        }
    }
}

fn is_hash_of(hash: &str, text: &str) -> bool {
    sha256(text).eq_ignore_ascii_case(hash)
}

/// In small hexadecimal digits.
pub(super) fn sha256(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text).iter().fold(String::with_capacity(64), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
