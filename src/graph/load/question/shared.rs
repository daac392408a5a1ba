//! Shared arguments: reference-counted, hashed once, and compared by their hash first.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    ops::Deref,
    sync::{Arc, OnceLock},
};

use rustc_hash::FxHasher;

use super::Arguments;
use crate::graph::{cursor::Fingerprint, filter::RequiredRow};

/// Arguments behind a shared pointer. Their hash is computed once, and their fingerprint at most once.
#[derive(Clone)]
pub(crate) struct SharedArguments(Arc<Inner>);

struct Inner {
    arguments: Arguments,
    hash: u64,
    fingerprint: OnceLock<Fingerprint>,
    required: OnceLock<Vec<RequiredRow>>,
}

impl SharedArguments {
    /// The fingerprint of the list, which its cursors contain.
    pub(in crate::graph::load) fn fingerprint(&self) -> Fingerprint {
        *self.0.fingerprint.get_or_init(|| self.0.arguments.fingerprint())
    }

    /// The rows that its conditions refer to by their keys, and that must exist.
    pub(in crate::graph::load) fn required(&self) -> &[RequiredRow] {
        self.0.required.get_or_init(|| {
            let mut required = Vec::new();
            let mut add = |row: &RequiredRow| {
                if !required.contains(row) {
                    required.push(row.clone());
                }
            };
            self.0.arguments.filter.required_rows(&mut add);
            self.0.arguments.order.iter().for_each(|term| term.by.required_rows(&mut add));
            required
        })
    }
}

impl From<Arguments> for SharedArguments {
    fn from(arguments: Arguments) -> Self {
        let mut hasher = FxHasher::default();
        arguments.hash(&mut hasher);
        Self(Arc::new(Inner {
            arguments,
            hash: hasher.finish(),
            fingerprint: OnceLock::new(),
            required: OnceLock::new(),
        }))
    }
}

impl Deref for SharedArguments {
    type Target = Arguments;

    fn deref(&self) -> &Arguments {
        &self.0.arguments
    }
}

impl PartialEq for SharedArguments {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.hash == other.0.hash && self.0.arguments == other.0.arguments)
    }
}

impl Eq for SharedArguments {}

impl Hash for SharedArguments {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

impl PartialOrd for SharedArguments {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SharedArguments {
    /// Compares the arguments themselves, because this order must be the same in every process, and hashes may
    /// differ.
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) {
            Ordering::Equal
        } else {
            self.0.arguments.cmp(&other.0.arguments)
        }
    }
}

impl fmt::Debug for SharedArguments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.arguments.fmt(f)
    }
}
