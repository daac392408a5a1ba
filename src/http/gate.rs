//! How many requests are worked on at once, and how many may wait for that.

use std::{sync::Arc, time::Duration};

use tokio::time::timeout;

use crate::access::{Caller, Full, Permit, Shares};

/// How much a node takes on.
#[derive(Clone, Copy, Debug)]
pub struct Capacity {
    /// Requests of one caller worked on at once; a quarter as many again are kept for callers with fewer.
    pub running: usize,
    /// Requests that wait for their turn.
    pub waiting: usize,
    /// How long they wait at most.
    pub patience: Duration,
}

/// Lets in as many requests as are worked on at once, and shares the places among callers.
#[derive(Debug)]
pub(super) struct Gate {
    places: Arc<Shares>,
    patience: Duration,
}

impl Gate {
    pub(super) fn new(capacity: Capacity) -> Self {
        let Capacity { running, waiting, patience } = capacity;
        let spare = running.div_ceil(4);
        Self { places: Shares::new(running + spare, spare, waiting), patience }
    }

    /// A place, for as long as the permit is held.
    pub(super) async fn enter(&self, caller: Option<Caller>) -> Result<Permit, Full> {
        timeout(self.patience, self.places.acquire(caller)).await.unwrap_or(Err(Full))
    }

    /// Returns once nothing is worked on any more.
    pub(super) async fn empty(&self) {
        self.places.empty().await;
    }
}

#[cfg(test)]
mod tests {
    use std::{net::IpAddr, time::Duration};

    use super::{Capacity, Gate};
    use crate::access::Caller;

    #[tokio::test]
    async fn who_finds_neither_a_place_nor_room_to_wait_is_sent_away() {
        let gate = Gate::new(Capacity { running: 1, waiting: 1, patience: Duration::from_millis(50) });
        let one: Option<Caller> = Some(IpAddr::from([192, 0, 2, 1]).into());
        let place = gate.enter(one).await.unwrap();
        let (second, third) = tokio::join!(gate.enter(one), gate.enter(one));
        assert!(second.is_err() && third.is_err(), "one was out of patience, the other had no room");
        let other = gate.enter(Some(IpAddr::from([192, 0, 2, 2]).into())).await;
        assert!(other.is_ok(), "who has nothing under way does not wait for who has");
        let (waited, ()) = tokio::join!(gate.enter(one), async { drop(place) });
        assert!(waited.is_ok());
    }
}
