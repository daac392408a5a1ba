//! How many requests are worked on at once, and how many may wait for that.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// How much a node takes on.
#[derive(Clone, Copy, Debug)]
pub struct Capacity {
    /// Requests worked on at once.
    pub running: usize,
    /// Requests that wait for their turn.
    pub waiting: usize,
    /// How long they wait at most.
    pub patience: Duration,
}

/// Lets in as many requests as are worked on at once.
#[derive(Debug)]
pub(super) struct Gate {
    running: Arc<Semaphore>,
    waiting: Semaphore,
    patience: Duration,
    places: usize,
}

/// Neither a place nor one to wait at was free.
#[derive(Clone, Copy, Debug)]
pub(super) struct Full;

impl Gate {
    pub(super) fn new(capacity: Capacity) -> Self {
        let Capacity { running, waiting, patience } = capacity;
        Self {
            running: Arc::new(Semaphore::new(running)),
            waiting: Semaphore::new(waiting),
            patience,
            places: running,
        }
    }

    /// A place, for as long as the permit is held.
    pub(super) async fn enter(&self) -> Result<OwnedSemaphorePermit, Full> {
        if let Ok(place) = Arc::clone(&self.running).try_acquire_owned() {
            return Ok(place);
        }
        let _waiting = self.waiting.try_acquire().map_err(|_| Full)?;
        let place = timeout(self.patience, Arc::clone(&self.running).acquire_owned()).await;
        place.map_err(|_| Full)?.map_err(|_| Full)
    }

    /// Returns once nothing is worked on any more.
    pub(super) async fn empty(&self) {
        let places = u32::try_from(self.places).unwrap_or(u32::MAX);
        drop(self.running.acquire_many(places).await);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Capacity, Gate};

    #[tokio::test]
    async fn who_finds_neither_a_place_nor_room_to_wait_is_sent_away() {
        let gate = Gate::new(Capacity { running: 1, waiting: 1, patience: Duration::from_millis(50) });
        let place = gate.enter().await.unwrap();
        let (second, third) = tokio::join!(gate.enter(), gate.enter());
        assert!(second.is_err() && third.is_err(), "one was out of patience, the other had no room");
        let (waited, ()) = tokio::join!(gate.enter(), async { drop(place) });
        assert!(waited.is_ok());
    }
}
