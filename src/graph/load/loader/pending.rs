//! Questions that wait for the request's next statement.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashSet;
use tokio::sync::Notify;

use crate::graph::load::question::Key;

/// The questions for the next statement, and whether a statement is running. Only one runs at a time.
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

/// A running statement. It ends when this is dropped, with or without an answer.
#[derive(Debug)]
pub(super) struct Sent<'a>(&'a Pending);

impl Pending {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(&self, key: Key) {
        self.state().keys.insert(key);
    }

    /// Waits while a statement is running.
    pub(super) async fn idle(&self) {
        loop {
            let ended = self.ended.notified();
            if !self.state().busy {
                return;
            }
            ended.await;
        }
    }

    /// Takes all waiting questions, to send them; none while a statement is running.
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
