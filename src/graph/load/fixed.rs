//! What never changes once it is made, and is compared, hashed and sealed often.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    ops::Deref,
    sync::{Arc, OnceLock},
};

use rustc_hash::FxHasher;

use super::ask::Args;
use crate::graph::cursor::Fingerprint;

/// Shared arguments: equal ones are told apart from others by their hash, and their fingerprint is taken once.
#[derive(Clone)]
pub(crate) struct Fixed(Arc<Inner>);

struct Inner {
    args: Args,
    hash: u64,
    fingerprint: OnceLock<Fingerprint>,
}

impl Fixed {
    /// The fingerprint of the list, which its cursors carry.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        *self.0.fingerprint.get_or_init(|| self.0.args.fingerprint())
    }
}

impl From<Args> for Fixed {
    fn from(args: Args) -> Self {
        let mut hasher = FxHasher::default();
        args.hash(&mut hasher);
        Self(Arc::new(Inner { args, hash: hasher.finish(), fingerprint: OnceLock::new() }))
    }
}

impl Deref for Fixed {
    type Target = Args;

    fn deref(&self) -> &Args {
        &self.0.args
    }
}

impl PartialEq for Fixed {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.0.hash == other.0.hash && self.0.args == other.0.args)
    }
}

impl Eq for Fixed {}

impl Hash for Fixed {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

impl PartialOrd for Fixed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fixed {
    /// In an order that is the same in every process, which hashes are not bound to be.
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.0.args.cmp(&other.0.args) }
    }
}

impl fmt::Debug for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.args.fmt(f)
    }
}
