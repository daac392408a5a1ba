//! The queue of operations of a WebSocket that wait until another has ended.

use std::collections::VecDeque;

use serde_json::value::RawValue;

use crate::http::node::Accepted;

/// A queued operation, not parsed yet.
#[derive(Debug)]
pub(super) struct Queued {
    pub(super) id: String,
    pub(super) payload: Box<RawValue>,
    pub(super) accepted: Accepted,
}

impl Queued {
    fn bytes(&self) -> usize {
        self.id.len() + self.payload.get().len()
    }
}

/// The queue, of bounded length and bytes.
#[derive(Debug)]
pub(super) struct Queue {
    waiting: VecDeque<Queued>,
    bytes: usize,
    most: usize,
    most_bytes: usize,
}

impl Queue {
    pub(super) fn new(most: usize, most_bytes: usize) -> Self {
        Self { waiting: VecDeque::new(), bytes: 0, most, most_bytes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn holds(&self, id: &str) -> bool {
        self.waiting.iter().any(|queued| queued.id == id)
    }

    /// Adds an operation, if there is room.
    pub(super) fn push(&mut self, queued: Queued) -> bool {
        let bytes = self.bytes + queued.bytes();
        if self.waiting.len() >= self.most || bytes > self.most_bytes {
            return false;
        }
        self.bytes = bytes;
        self.waiting.push_back(queued);
        true
    }

    pub(super) fn pop(&mut self) -> Option<Queued> {
        let first = self.waiting.pop_front()?;
        self.bytes -= first.bytes();
        Some(first)
    }

    /// Removes a cancelled operation.
    pub(super) fn remove(&mut self, id: &str) {
        self.waiting.retain(|queued| queued.id != id);
        self.bytes = self.waiting.iter().map(Queued::bytes).sum();
    }
}
