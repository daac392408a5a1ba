//! What is missing in an answer because something failed there, by the paths of its errors.

use std::collections::HashMap;

use async_graphql::PathSegment;

/// Errors at a place of the answer and beneath it.
#[derive(Debug, Default)]
pub struct Missing {
    /// Whether a null here is missing work: something failed beneath, or here after it was begun.
    pub(super) failed: bool,
    fields: HashMap<String, Self>,
    items: HashMap<usize, Self>,
}

impl Missing {
    /// Notes an error at this path. Each object above it that is null had been begun; what stands at the path itself
    /// had been only where `begun` says so.
    pub fn add(&mut self, path: &[PathSegment], begun: bool) {
        let Some((first, rest)) = path.split_first() else {
            self.failed |= begun;
            return;
        };
        self.failed = true;
        let inside = match first {
            PathSegment::Field(key) => self.fields.entry(key.clone()).or_default(),
            PathSegment::Index(index) => self.items.entry(*index).or_default(),
        };
        inside.add(rest, begun);
    }

    pub(super) fn field(&self, key: &str) -> Option<&Self> {
        self.fields.get(key)
    }

    pub(super) fn item(&self, index: usize) -> Option<&Self> {
        self.items.get(&index)
    }
}
