//! The shared state of an open connection: its owner, whether it is in use, and whether it is to be closed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::{sync::watch, time::Instant};

use crate::access::Caller;

/// The state of a connection.
#[derive(Debug)]
pub(in crate::http) struct ConnectionState {
    state: Mutex<State>,
    closed: watch::Sender<bool>,
}

#[derive(Debug)]
struct State {
    owner: Option<Caller>,
    /// Requests in flight, or operations of a WebSocket.
    in_flight: usize,
    /// Whether a write waits for the peer to read.
    unsent: bool,
    /// Since when it is in use or idle.
    since: Instant,
}

/// A guard that marks a request, or an operation of a WebSocket, as in flight.
#[derive(Debug)]
pub(in crate::http) struct InFlight(Arc<ConnectionState>);

impl ConnectionState {
    pub(super) fn new(owner: Option<Caller>) -> Self {
        let state = State { owner, in_flight: 0, unsent: false, since: Instant::now() };
        Self { state: Mutex::new(state), closed: watch::Sender::new(false) }
    }

    pub(in crate::http) fn in_flight(self: &Arc<Self>) -> InFlight {
        self.change(|state| state.in_flight += 1);
        InFlight(Arc::clone(self))
    }

    pub(super) fn set_unsent(&self, unsent: bool) {
        self.change(|state| state.unsent = unsent);
    }

    pub(super) fn owner(&self) -> Option<Caller> {
        self.state().owner
    }

    pub(super) fn set_owner(&self, owner: Option<Caller>) {
        self.state().owner = owner;
    }

    pub(super) fn is_idle(&self) -> bool {
        self.state().is_idle()
    }

    pub(super) fn since(&self) -> Instant {
        self.state().since
    }

    /// Asks for the connection to be closed, to make room for another.
    pub(super) fn close(&self) {
        self.closed.send_replace(true);
    }

    pub(super) fn is_closed(&self) -> bool {
        *self.closed.borrow()
    }

    /// Returns once the connection is to be closed.
    pub(in crate::http) fn closed(&self) -> impl Future<Output = ()> + use<> {
        let mut closed = self.closed.subscribe();
        async move {
            if closed.wait_for(|closed| *closed).await.is_err() {
                // The state was dropped, so it is never closed.
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
        self.in_flight == 0 && !self.unsent
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.change(|state| state.in_flight -= 1);
    }
}
