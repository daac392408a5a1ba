//! Documents that requests name instead of sending them: trusted documents of the operator's manifest, and automatic
//! persisted queries, which clients registered before.

mod manifest;
mod store;

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

pub use manifest::{Manifest, ManifestError};
use store::PersistedDocuments;

use super::{DocumentError, sha256};

/// What is done with documents that the manifest does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UntrustedDocuments {
    /// They are executed.
    #[default]
    Allowed,
    /// They are executed and logged.
    Logged,
    /// They are refused.
    Refused,
}

/// All documents that can be executed by name.
#[derive(Debug, Default)]
pub struct NamedDocuments {
    manifest: Manifest,
    untrusted: UntrustedDocuments,
    persisted: Option<PersistedDocuments>,
}

/// Why a request has no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LookupError {
    /// It has neither `query` nor an id.
    Empty,
    /// `persistedQuery` does not follow Apollo's protocol.
    Malformed,
    NotFound,
    /// Persisted documents are switched off.
    NotSupported,
    /// The protocol's version is not 1.
    Version,
    /// The hash is not that of the document.
    HashMismatch,
    /// The manifest does not hold the document, and others are refused.
    Untrusted,
}

impl LookupError {
    fn code(self) -> &'static str {
        match self {
            Self::Empty | Self::Malformed | Self::Version => "BAD_USER_INPUT",
            Self::NotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::NotSupported => "PERSISTED_QUERY_NOT_SUPPORTED",
            Self::HashMismatch => "PERSISTED_QUERY_HASH_MISMATCH",
            Self::Untrusted => "PERSISTED_QUERY_REQUIRED",
        }
    }

    /// Apollo's clients recognise some of these by their text.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::Empty => "a request must have `query` or the id of a persisted document",
            Self::Malformed => "`persistedQuery` must be `{version: 1, sha256Hash: \"…\"}`",
            Self::NotFound => "PersistedQueryNotFound",
            Self::NotSupported => "PersistedQueryNotSupported",
            Self::Version => "Unsupported persisted query version",
            Self::HashMismatch => "provided sha does not match query",
            Self::Untrusted => "only documents in this service's manifest are allowed",
        }
    }
}

impl From<LookupError> for DocumentError {
    fn from(error: LookupError) -> Self {
        Self::new(error.code(), error.message())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersistedQuery {
    version: u32,
    sha256_hash: String,
}

/// Where a document comes from, the least trusted first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// The request itself.
    #[default]
    Sent,
    /// An earlier request, which registered it.
    Persisted,
    /// The operator's manifest.
    Trusted,
}

/// The document of a request.
#[derive(Debug)]
pub(crate) enum Found {
    /// The request has it; under this hash it is to be registered, once it was executed.
    Sent { register_as: Option<String> },
    /// The request names it.
    Named(Arc<str>),
}

impl NamedDocuments {
    #[must_use]
    pub fn new(manifest: Manifest, untrusted: UntrustedDocuments, persisted_bytes: u64) -> Self {
        let persisted = (persisted_bytes > 0).then(|| PersistedDocuments::new(persisted_bytes));
        Self { manifest, untrusted, persisted }
    }

    /// Finds the document of a request.
    pub(crate) fn find(
        &self,
        sent: Option<&str>,
        id: Option<&str>,
        persisted: Option<&Value>,
    ) -> Result<Found, LookupError> {
        let persisted =
            persisted.map(PersistedQuery::deserialize).transpose().map_err(|_| LookupError::Malformed)?;
        if persisted.as_ref().is_some_and(|persisted| persisted.version != 1) {
            return Err(LookupError::Version);
        }
        let hash = persisted.map(|persisted| persisted.sha256_hash);
        match (sent, id.or(hash.as_deref())) {
            (None, None) => Err(LookupError::Empty),
            (None, Some(name)) => self.named(name),
            (Some(text), _) => {
                if hash.as_deref().is_some_and(|hash| !is_hash_of(hash, text)) {
                    return Err(LookupError::HashMismatch);
                }
                self.check_trust(text)?;
                Ok(Found::Sent { register_as: hash.filter(|_| self.persisted.is_some()) })
            }
        }
    }

    /// Where the document with this text comes from.
    pub(crate) fn origin(&self, text: &str, is_named: bool) -> Origin {
        match (self.manifest.contains(text), is_named) {
            (true, _) => Origin::Trusted,
            (false, true) => Origin::Persisted,
            (false, false) => Origin::Sent,
        }
    }

    fn named(&self, name: &str) -> Result<Found, LookupError> {
        let bare = name.strip_prefix("sha256:").unwrap_or(name);
        if let Some(text) = self.manifest.get(name).or_else(|| self.manifest.get(bare)) {
            return Ok(Found::Named(text));
        }
        if self.untrusted == UntrustedDocuments::Refused {
            return Err(LookupError::Untrusted);
        }
        let Some(registered) = &self.persisted else {
            return Err(LookupError::NotSupported);
        };
        let text = registered.get(bare).ok_or(LookupError::NotFound)?;
        self.check_trust(&text)?;
        Ok(Found::Named(text))
    }

    /// Whether documents that are not in the manifest are refused.
    pub(crate) fn refuses_untrusted(&self) -> bool {
        self.untrusted == UntrustedDocuments::Refused
    }

    fn check_trust(&self, text: &str) -> Result<(), LookupError> {
        if self.untrusted == UntrustedDocuments::Allowed || self.manifest.contains(text) {
            return Ok(());
        }
        if self.untrusted == UntrustedDocuments::Refused {
            return Err(LookupError::Untrusted);
        }
        tracing::warn!(sha256 = sha256(text), "a document that is not in the manifest");
        Ok(())
    }

    /// Registers a document that was executed, under the hash that the request gave.
    pub(crate) fn register(&self, hash: &str, text: &str) {
        if let Some(registered) = &self.persisted {
            registered.insert(hash, text);
        }
    }
}

fn is_hash_of(hash: &str, text: &str) -> bool {
    sha256(text).eq_ignore_ascii_case(hash)
}
