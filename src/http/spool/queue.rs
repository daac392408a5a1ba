//! Limits how many exports run at once, how many wait, and how many of them one caller may have.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::timeout;

use crate::access::{Caller, FairSemaphore, Full, Permit};

/// The limits of exports.
#[derive(Clone, Copy, Debug)]
pub struct ExportCapacity {
    /// Exports that are executed at once.
    pub running: usize,
    /// Exports of one caller that are executed or wait.
    pub per_caller: usize,
    /// Exports of all callers that are executed or wait.
    pub all: usize,
    /// How long an export may wait.
    pub patience: Duration,
}

impl Default for ExportCapacity {
    fn default() -> Self {
        Self { running: 2, per_caller: 2, all: 32, patience: Duration::from_secs(30) }
    }
}

/// The exports of a node that are executed or wait.
#[derive(Debug)]
pub(in crate::http) struct ExportQueue {
    capacity: ExportCapacity,
    permits: Arc<FairSemaphore>,
    places: Arc<Mutex<HashMap<Option<Caller>, usize>>>,
}

/// A guard of an export that is executed or waits.
#[derive(Debug)]
pub(in crate::http) struct Place {
    caller: Option<Caller>,
    places: Arc<Mutex<HashMap<Option<Caller>, usize>>>,
}

/// Why an export has no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum TooManyExports {
    /// The caller has as many as it may have.
    OfCaller(usize),
    /// All callers together have.
    OfAll,
}

impl ExportQueue {
    pub(in crate::http) fn new(capacity: ExportCapacity) -> Self {
        // One caller alone leaves a permit to others, if there are two or more.
        let spare = capacity.running / 2;
        let permits = FairSemaphore::new(capacity.running, spare, capacity.all);
        Self { capacity, permits, places: Arc::default() }
    }

    /// Enters an export.
    pub(in crate::http) fn enter(&self, caller: Option<Caller>) -> Result<Place, TooManyExports> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if places.get(&caller).is_some_and(|own| *own >= self.capacity.per_caller) {
            return Err(TooManyExports::OfCaller(self.capacity.per_caller));
        }
        if places.values().sum::<usize>() >= self.capacity.all {
            return Err(TooManyExports::OfAll);
        }
        *places.entry(caller).or_default() += 1;
        Ok(Place { caller, places: Arc::clone(&self.places) })
    }

    /// Waits for the permit to execute an export that has a place.
    pub(in crate::http) async fn permit(&self, place: &Place) -> Result<Permit, Full> {
        timeout(self.capacity.patience, self.permits.acquire(place.caller)).await.unwrap_or(Err(Full))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = places.get_mut(&self.caller) {
            *own -= 1;
            if *own == 0 {
                places.remove(&self.caller);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{net::IpAddr, time::Duration};

    use super::{ExportCapacity, ExportQueue, TooManyExports};
    use crate::access::Caller;

    #[tokio::test]
    async fn a_caller_has_two_exports_at_most_and_executes_one_while_others_wait() {
        let capacity =
            ExportCapacity { all: 3, patience: Duration::from_millis(20), ..ExportCapacity::default() };
        let queue = ExportQueue::new(capacity);
        let caller = |last| -> Option<Caller> { Some(IpAddr::from([192, 0, 2, last]).into()) };
        let (first, second) = (queue.enter(caller(1)).unwrap(), queue.enter(caller(1)).unwrap());
        assert_eq!(queue.enter(caller(1)).unwrap_err(), TooManyExports::OfCaller(2));
        let permit = queue.permit(&first).await.unwrap();
        assert!(queue.permit(&second).await.is_err(), "the other permit is for other callers");
        let other = queue.enter(caller(2)).unwrap();
        assert!(queue.permit(&other).await.is_ok());
        assert_eq!(queue.enter(caller(3)).unwrap_err(), TooManyExports::OfAll);
        drop((permit, first));
        assert!(queue.permit(&second).await.is_ok());
        assert!(queue.enter(caller(3)).is_ok());
    }
}
