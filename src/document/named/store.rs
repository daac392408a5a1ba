//! The documents that clients registered by their hash. Their total size is bounded; the least used are evicted.

use std::sync::Arc;

use quick_cache::{Weighter, sync::Cache};

/// What an entry takes besides its text.
const ENTRY_BYTES: u64 = 256;

#[derive(Debug)]
pub(super) struct PersistedDocuments(Cache<String, Arc<str>, Bytes>);

#[derive(Clone, Debug)]
struct Bytes;

impl Weighter<String, Arc<str>> for Bytes {
    fn weight(&self, hash: &String, text: &Arc<str>) -> u64 {
        (hash.len() + text.len()) as u64 + ENTRY_BYTES
    }
}

impl PersistedDocuments {
    pub(super) fn new(bytes: u64) -> Self {
        let entries = usize::try_from(bytes / 1024).unwrap_or(usize::MAX).max(1);
        Self(Cache::with_weighter(entries, bytes, Bytes))
    }

    pub(super) fn get(&self, hash: &str) -> Option<Arc<str>> {
        self.0.get(&hash.to_ascii_lowercase())
    }

    pub(super) fn insert(&self, hash: &str, text: &str) {
        self.0.insert(hash.to_ascii_lowercase(), text.into());
    }
}

#[cfg(test)]
mod tests {
    use super::PersistedDocuments;

    #[test]
    fn the_store_stays_within_its_limit_of_bytes() {
        let store = PersistedDocuments::new(64 * 1024);
        for number in 0..10_000 {
            store.insert(&format!("{number:064}"), &"x".repeat(900));
        }
        assert!(store.0.weight() <= 64 * 1024, "{} bytes", store.0.weight());
        assert!(!store.0.is_empty());
        store.insert("too-large", &"x".repeat(100_000));
        assert!(store.0.weight() <= 64 * 1024);
    }
}
