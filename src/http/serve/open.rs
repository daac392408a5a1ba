//! The shared state of one open connection.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::{sync::watch, time::Instant};

use crate::access::Caller;

/// The owner of a connection, and whether it is in use.
#[derive(Debug)]
pub(in crate::http) struct Open {
    state: Mutex<State>,
    closed: watch::Sender<bool>,
}

#[derive(Debug)]
struct State {
    owner: Option<Caller>,
    /// Number of requests, or operations of a WebSocket, in progress.
    under_way: usize,
    /// Whether a write waits for the client to read.
    unsent: bool,
    /// The time since which it has been in use, or idle.
    since: Instant,
}

/// Guard of a request, or an operation of a WebSocket, in progress.
#[derive(Debug)]
pub(in crate::http) struct UnderWay(Arc<Open>);

impl Open {
    pub(super) fn new(owner: Option<Caller>) -> Self {
        let state = State { owner, under_way: 0, unsent: false, since: Instant::now() };
        Self { state: Mutex::new(state), closed: watch::Sender::new(false) }
    }

    pub(in crate::http) fn under_way(self: &Arc<Self>) -> UnderWay {
        self.change(|state| state.under_way += 1);
        UnderWay(Arc::clone(self))
    }

    pub(super) fn wait_to_be_read(&self, unsent: bool) {
        self.change(|state| state.unsent = unsent);
    }

    pub(super) fn owner(&self) -> Option<Caller> {
        self.state().owner
    }

    pub(super) fn belong_to(&self, owner: Option<Caller>) {
        self.state().owner = owner;
    }

    pub(super) fn is_idle(&self) -> bool {
        self.state().is_idle()
    }

    pub(super) fn since(&self) -> Instant {
        self.state().since
    }

    /// Requests that it is closed to make room for another.
    pub(super) fn close(&self) {
        self.closed.send_replace(true);
    }

    pub(super) fn is_closed(&self) -> bool {
        *self.closed.borrow()
    }

    /// Returns when it is to be closed to make room.
    pub(in crate::http) fn closed(&self) -> impl Future<Output = ()> + use<> {
        let mut closed = self.closed.subscribe();
        async move {
            if closed.wait_for(|closed| *closed).await.is_err() {
                // Nobody is left who could ask for it.
                std::future::pending::<()>().await;
            }
        }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        let was_idle = state.is_idle();
        change(&mut state);
        if state.is_idle() != was_idle {
            state.since = Instant::now();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_idle(&self) -> bool {
        self.under_way == 0 && !self.unsent
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.change(|state| state.under_way -= 1);
    }
}
