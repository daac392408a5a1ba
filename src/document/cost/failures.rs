//! The parts of an answer that are missing because of errors, by the paths of the errors.

use std::collections::HashMap;

use async_graphql::PathSegment;

/// The errors at a position of the answer and beneath it.
#[derive(Debug, Default)]
pub struct Failures {
    /// Whether a null here stands for work that was begun: something failed beneath, or here after it was begun.
    pub(super) failed: bool,
    fields: HashMap<String, Self>,
    items: HashMap<usize, Self>,
}

impl Failures {
    /// Adds an error at this path. Work on each null object above the path had begun; work at the path itself had begun
    /// if `begun`.
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
