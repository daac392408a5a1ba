//! Limits the bytes of answers that wait to be read; beyond the limit, connections are closed.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::time::Instant;

use super::connection_state::ConnectionState;
use crate::{access::Caller, http::metrics::Metrics};

/// The unread bytes of all connections.
#[derive(Debug)]
pub(super) struct UnreadBytes {
    /// The greatest sum.
    most: usize,
    metrics: Metrics,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    bytes: usize,
    connections: Vec<Holding>,
}

/// The unread bytes of one connection.
#[derive(Debug)]
struct Holding {
    state: Arc<ConnectionState>,
    bytes: usize,
    since: Instant,
}

/// A guard that counts unread bytes of a connection until it is dropped.
#[derive(Debug)]
pub(in crate::http) struct UnreadGuard {
    unread: Arc<UnreadBytes>,
    state: Arc<ConnectionState>,
    bytes: usize,
}

impl UnreadBytes {
    pub(super) fn new(most: usize, metrics: Metrics) -> Arc<Self> {
        Arc::new(Self { most, metrics, held: Mutex::default() })
    }

    /// Counts unread bytes of a connection.
    ///
    /// While the sum is too large, the caller with the most unread bytes loses the connection whose bytes have waited
    /// longest.
    pub(super) fn hold(self: &Arc<Self>, state: &Arc<ConnectionState>, bytes: usize) -> UnreadGuard {
        let mut held = self.held();
        // A closed connection drops its bytes, which do not count any more.
        let bytes = if state.is_closed() { 0 } else { bytes };
        held.add(state, bytes);
        while held.bytes > self.most
            && let Some(given_up) = held.take_longest_of_largest_caller()
        {
            given_up.close();
            self.metrics.displaced("unread");
        }
        self.metrics.unread(held.bytes);
        UnreadGuard { unread: Arc::clone(self), state: Arc::clone(state), bytes }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn at(&self, state: &Arc<ConnectionState>) -> Option<usize> {
        self.connections.iter().position(|holding| Arc::ptr_eq(&holding.state, state))
    }

    fn add(&mut self, state: &Arc<ConnectionState>, bytes: usize) {
        if bytes == 0 {
            return;
        }
        self.bytes += bytes;
        match self.at(state) {
            Some(at) => self.connections[at].bytes += bytes,
            None => {
                self.connections.push(Holding { state: Arc::clone(state), bytes, since: Instant::now() });
            }
        }
    }

    /// Removes bytes, unless the connection was closed and removed.
    fn take(&mut self, state: &Arc<ConnectionState>, bytes: usize) {
        let Some(at) = self.at(state) else { return };
        self.bytes -= bytes;
        self.connections[at].bytes -= bytes;
        if self.connections[at].bytes == 0 {
            self.connections.swap_remove(at);
        }
    }

    /// Removes the connection that has waited longest of the caller with the most bytes.
    fn take_longest_of_largest_caller(&mut self) -> Option<Arc<ConnectionState>> {
        let mut owned: HashMap<Caller, usize> = HashMap::new();
        let owners: Vec<_> = self.connections.iter().map(|holding| holding.state.owner()).collect();
        for (owner, holding) in owners.iter().zip(&self.connections) {
            if let Some(owner) = owner {
                *owned.entry(*owner).or_default() += holding.bytes;
            }
        }
        let bytes = |at: usize| owners[at].map_or(self.connections[at].bytes, |owner| owned[&owner]);
        let most = (0..owners.len()).map(bytes).max()?;
        let heaviest = (0..owners.len()).filter(|at| bytes(*at) == most);
        let at = heaviest.min_by_key(|at| self.connections[*at].since)?;
        let Holding { state, bytes, .. } = self.connections.swap_remove(at);
        self.bytes -= bytes;
        Some(state)
    }
}

impl Drop for UnreadGuard {
    fn drop(&mut self) {
        if self.bytes > 0 {
            let mut held = self.unread.held();
            held.take(&self.state, self.bytes);
            self.unread.metrics.unread(held.bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        net::{IpAddr, Ipv4Addr},
        sync::Arc,
    };

    use proptest::prelude::*;

    use super::{super::connection_state::ConnectionState, UnreadBytes};
    use crate::{access::Caller, http::metrics::Metrics};

    fn connection(of: u8) -> Arc<ConnectionState> {
        Arc::new(ConnectionState::new(Some(Caller::from(IpAddr::V4(Ipv4Addr::new(10, 0, 0, of))))))
    }

    #[test]
    fn the_caller_with_most_unread_bytes_loses_its_oldest_connection() {
        let unread = UnreadBytes::new(100, Metrics::new());
        let (first, second, third, other) = (connection(1), connection(1), connection(1), connection(2));
        let held = [unread.hold(&first, 30), unread.hold(&other, 40), unread.hold(&second, 30)];
        assert!(!first.is_closed());
        let _more = unread.hold(&third, 20);
        assert!(first.is_closed() && [&second, &third, &other].iter().all(|state| !state.is_closed()));
        let _none = unread.hold(&first, 1000);
        drop(held);
        assert_eq!(unread.held().bytes, 20, "what has gone counts once");
        let _whole = unread.hold(&other, 80);
        assert!(!other.is_closed() && !third.is_closed());
    }

    proptest! {
        /// For random owners and orders.
        #[test]
        fn a_caller_with_fewer_unread_bytes_loses_no_connection(
            answers in prop::collection::vec((0..4_u8, 1..40_usize, any::<bool>()), 1..80),
        ) {
            let unread = UnreadBytes::new(100, Metrics::new());
            let mut held: Vec<(u8, Arc<ConnectionState>, _)> = Vec::new();
            for (of, bytes, read) in answers {
                if read && !held.is_empty() {
                    held.remove(0);
                }
                let state = connection(of);
                let waiting = unread.hold(&state, bytes);
                held.push((of, state, waiting));
                let has = |of: u8| -> usize {
                    let owned = held.iter().filter(|(owner, state, _)| *owner == of && !state.is_closed());
                    owned.map(|(.., waiting)| waiting.bytes).sum()
                };
                prop_assert!((0..4).map(has).sum::<usize>() <= 100);
                prop_assert_eq!((0..4).map(has).sum::<usize>(), unread.held().bytes);
                let lost = |of: u8| -> usize {
                    let lost = held.iter().filter(|(owner, state, _)| *owner == of && state.is_closed());
                    lost.map(|(.., waiting)| waiting.bytes).sum()
                };
                for of in (0..4).filter(|of| lost(*of) > 0) {
                    // What it had before was the most.
                    prop_assert!((0..4).all(|other| has(other) <= has(of) + lost(of)));
                }
                held.retain(|(_, state, _)| !state.is_closed());
            }
        }
    }
}
