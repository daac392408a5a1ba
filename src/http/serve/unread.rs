//! Limits the bytes of responses that wait to be read, and closes connections when there are too many.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::time::Instant;

use super::open::Open;
use crate::{access::Caller, http::metrics::Metrics};

/// The responses of all connections that are not written yet.
#[derive(Debug)]
pub(super) struct Unread {
    /// The limit of their bytes.
    most: usize,
    metrics: Metrics,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    bytes: usize,
    connections: Vec<Holding>,
}

/// The bytes that wait at one connection.
#[derive(Debug)]
struct Holding {
    open: Arc<Open>,
    bytes: usize,
    since: Instant,
}

/// Guard of bytes that wait at a connection.
#[derive(Debug)]
pub(in crate::http) struct Waiting {
    unread: Arc<Unread>,
    open: Arc<Open>,
    bytes: usize,
}

impl Unread {
    pub(super) fn new(most: usize, metrics: Metrics) -> Arc<Self> {
        Arc::new(Self { most, metrics, held: Mutex::default() })
    }

    /// Adds bytes that wait at a connection.
    ///
    /// When the total exceeds the limit, the caller with the most bytes loses the connection whose bytes have waited
    /// longest; this repeats until the total is within the limit.
    pub(super) fn hold(self: &Arc<Self>, open: &Arc<Open>, bytes: usize) -> Waiting {
        let mut held = self.held();
        // What waits at a connection that makes room is dropped with it, and counts no more.
        let bytes = if open.is_closed() { 0 } else { bytes };
        held.add(open, bytes);
        while held.bytes > self.most
            && let Some(given_up) = held.longest_of_who_has_most()
        {
            given_up.close();
            self.metrics.displaced("unread");
        }
        self.metrics.unread(held.bytes);
        Waiting { unread: Arc::clone(self), open: Arc::clone(open), bytes }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn at(&self, open: &Arc<Open>) -> Option<usize> {
        self.connections.iter().position(|holding| Arc::ptr_eq(&holding.open, open))
    }

    fn add(&mut self, open: &Arc<Open>, bytes: usize) {
        if bytes == 0 {
            return;
        }
        self.bytes += bytes;
        match self.at(open) {
            Some(at) => self.connections[at].bytes += bytes,
            None => {
                self.connections.push(Holding { open: Arc::clone(open), bytes, since: Instant::now() });
            }
        }
    }

    /// Subtracts bytes of a connection. A closed one is not there any more.
    fn take(&mut self, open: &Arc<Open>, bytes: usize) {
        let Some(at) = self.at(open) else { return };
        self.bytes -= bytes;
        self.connections[at].bytes -= bytes;
        if self.connections[at].bytes == 0 {
            self.connections.swap_remove(at);
        }
    }

    /// Removes the connection to close.
    fn longest_of_who_has_most(&mut self) -> Option<Arc<Open>> {
        let mut owned: HashMap<Caller, usize> = HashMap::new();
        let owners: Vec<_> = self.connections.iter().map(|holding| holding.open.owner()).collect();
        for (owner, holding) in owners.iter().zip(&self.connections) {
            if let Some(owner) = owner {
                *owned.entry(*owner).or_default() += holding.bytes;
            }
        }
        let bytes = |at: usize| owners[at].map_or(self.connections[at].bytes, |owner| owned[&owner]);
        let most = (0..owners.len()).map(bytes).max()?;
        let heaviest = (0..owners.len()).filter(|at| bytes(*at) == most);
        let at = heaviest.min_by_key(|at| self.connections[*at].since)?;
        let Holding { open, bytes, .. } = self.connections.swap_remove(at);
        self.bytes -= bytes;
        Some(open)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.bytes > 0 {
            let mut held = self.unread.held();
            held.take(&self.open, self.bytes);
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

    use super::{super::open::Open, Unread};
    use crate::{access::Caller, http::metrics::Metrics};

    fn connection(of: u8) -> Arc<Open> {
        Arc::new(Open::new(Some(Caller::from(IpAddr::V4(Ipv4Addr::new(10, 0, 0, of))))))
    }

    #[test]
    fn who_has_most_loses_the_connection_that_waits_for_the_longest() {
        let unread = Unread::new(100, Metrics::new());
        let (first, second, third, other) = (connection(1), connection(1), connection(1), connection(2));
        let held = [unread.hold(&first, 30), unread.hold(&other, 40), unread.hold(&second, 30)];
        assert!(!first.is_closed());
        let _more = unread.hold(&third, 20);
        assert!(first.is_closed() && [&second, &third, &other].iter().all(|open| !open.is_closed()));
        let _none = unread.hold(&first, 1000);
        drop(held);
        assert_eq!(unread.held().bytes, 20, "what has gone counts once");
        let _whole = unread.hold(&other, 80);
        assert!(!other.is_closed() && !third.is_closed());
    }

    proptest! {
        /// Property test over adding and removing in any order.
        #[test]
        fn nobody_loses_anything_who_has_less_than_another(
            answers in prop::collection::vec((0..4_u8, 1..40_usize, any::<bool>()), 1..80),
        ) {
            let unread = Unread::new(100, Metrics::new());
            let mut held: Vec<(u8, Arc<Open>, _)> = Vec::new();
            for (of, bytes, read) in answers {
                if read && !held.is_empty() {
                    held.remove(0);
                }
                let open = connection(of);
                let waiting = unread.hold(&open, bytes);
                held.push((of, open, waiting));
                let has = |of: u8| -> usize {
                    let owned = held.iter().filter(|(owner, open, _)| *owner == of && !open.is_closed());
                    owned.map(|(.., waiting)| waiting.bytes).sum()
                };
                prop_assert!((0..4).map(has).sum::<usize>() <= 100);
                prop_assert_eq!((0..4).map(has).sum::<usize>(), unread.held().bytes);
                let lost = |of: u8| -> usize {
                    let lost = held.iter().filter(|(owner, open, _)| *owner == of && open.is_closed());
                    lost.map(|(.., waiting)| waiting.bytes).sum()
                };
                for of in (0..4).filter(|of| lost(*of) > 0) {
                    // What it had before was the most.
                    prop_assert!((0..4).all(|other| has(other) <= has(of) + lost(of)));
                }
                held.retain(|(_, open, _)| !open.is_closed());
            }
        }
    }
}
