//! Admission control: limits the requests in execution, and those that wait for execution.

use std::{sync::Arc, time::Duration};

use tokio::time::timeout;

use crate::access::{Caller, Full, Permit, Shares};

/// The capacity of a node.
#[derive(Clone, Copy, Debug)]
pub struct Capacity {
    /// The most requests of one caller in execution; a quarter as many more are reserved for callers with fewer.
    pub running: usize,
    /// The most requests that may wait.
    pub waiting: usize,
    /// The longest time that they may wait.
    pub patience: Duration,
}

/// Admits requests up to the capacity, and shares it fairly among callers.
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

    /// Waits for a permit to execute.
    pub(super) async fn enter(&self, caller: Option<Caller>) -> Result<Permit, Full> {
        timeout(self.patience, self.places.acquire(caller)).await.unwrap_or(Err(Full))
    }

    /// Returns when no request is in execution.
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
