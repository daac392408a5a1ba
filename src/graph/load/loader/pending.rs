//! Questions that wait for the request's next statement.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashSet;
use tokio::sync::Notify;

use crate::graph::load::question::Key;

/// What is asked next, and whether a statement is under way: there is one at a time.
#[derive(Debug, Default)]
pub(super) struct Pending {
    state: Mutex<State>,
    ended: Notify,
}

#[derive(Debug, Default)]
struct State {
    keys: FxHashSet<Key>,
    busy: bool,
}

/// A statement under way; it ends when this is dropped, with its answer or without.
#[derive(Debug)]
pub(super) struct Sent<'a>(&'a Pending);

impl Pending {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(&self, key: Key) {
        self.state().keys.insert(key);
    }

    /// Waits while a statement is under way.
    pub(super) async fn idle(&self) {
        loop {
            let ended = self.ended.notified();
            if !self.state().busy {
                return;
            }
            ended.await;
        }
    }

    /// Takes all that is asked, to send it; nothing while a statement is under way.
    pub(super) fn send(&self) -> Option<(Sent<'_>, Vec<Key>)> {
        let mut state = self.state();
        if state.busy || state.keys.is_empty() {
            return None;
        }
        state.busy = true;
        Some((Sent(self), state.keys.drain().collect()))
    }
}

impl Drop for Sent<'_> {
    fn drop(&mut self) {
        self.0.state().busy = false;
        self.0.ended.notify_waiters();
    }
}
