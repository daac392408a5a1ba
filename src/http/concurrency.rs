//! Limits how many requests are executed at once, and how many may wait.

use std::{sync::Arc, time::Duration};

use tokio::time::timeout;

use crate::access::{Caller, FairSemaphore, Full, Permit};

/// The limits of a node.
#[derive(Clone, Copy, Debug)]
pub struct Capacity {
    /// Requests of one caller that are executed at once; a quarter as many again are reserved for other callers.
    pub running: usize,
    /// Requests that may wait.
    pub waiting: usize,
    /// How long a request may wait.
    pub patience: Duration,
}

/// The permits to execute requests, shared among callers.
#[derive(Debug)]
pub(super) struct ConcurrencyLimiter {
    permits: Arc<FairSemaphore>,
    patience: Duration,
}

impl ConcurrencyLimiter {
    pub(super) fn new(capacity: Capacity) -> Self {
        let Capacity { running, waiting, patience } = capacity;
        let spare = running.div_ceil(4);
        Self { permits: FairSemaphore::new(running + spare, spare, waiting), patience }
    }

    /// Waits for a permit to execute a request.
    pub(super) async fn acquire(&self, caller: Option<Caller>) -> Result<Permit, Full> {
        timeout(self.patience, self.permits.acquire(caller)).await.unwrap_or(Err(Full))
    }

    /// Returns once no request is executed.
    pub(super) async fn empty(&self) {
        self.permits.empty().await;
    }
}

#[cfg(test)]
mod tests {
    use std::{net::IpAddr, time::Duration};

    use super::{Capacity, ConcurrencyLimiter};
    use crate::access::Caller;

    #[tokio::test]
    async fn a_request_is_refused_when_slots_and_queue_are_full() {
        let limiter =
            ConcurrencyLimiter::new(Capacity { running: 1, waiting: 1, patience: Duration::from_millis(50) });
        let one: Option<Caller> = Some(IpAddr::from([192, 0, 2, 1]).into());
        let permit = limiter.acquire(one).await.unwrap();
        let (second, third) = tokio::join!(limiter.acquire(one), limiter.acquire(one));
        assert!(second.is_err() && third.is_err(), "one was out of patience, the other had no room");
        let other = limiter.acquire(Some(IpAddr::from([192, 0, 2, 2]).into())).await;
        assert!(other.is_ok(), "who has nothing under way does not wait for who has");
        let (waited, ()) = tokio::join!(limiter.acquire(one), async { drop(permit) });
        assert!(waited.is_ok());
    }
}
