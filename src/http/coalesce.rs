//! Coalesces concurrent calls (single flight): all waiting calls share one computation, and computations are spaced.

use std::time::Duration;

use tokio::{
    sync::Mutex,
    time::{Instant, sleep_until},
};

/// The least time between two computations.
const PAUSE: Duration = Duration::from_millis(20);

/// The last value, and when its computation began.
#[derive(Debug)]
pub(super) struct Coalesced<T>(Mutex<Option<(Instant, T)>>);

impl<T> Default for Coalesced<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Coalesced<T> {
    /// A value that is not older than this call: computed by `make`, or by a concurrent call.
    pub(super) async fn get(&self, make: impl Future<Output = T>) -> T {
        let came = Instant::now();
        let mut last = self.0.lock().await;
        if let Some((at, value)) = &*last {
            if *at >= came {
                return value.clone();
            }
            sleep_until(*at + PAUSE).await;
        }
        let at = Instant::now();
        let value = make.await;
        *last = Some((at, value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::future::join_all;
    use tokio::time::Instant;

    use super::{Coalesced, PAUSE};

    #[tokio::test]
    async fn a_hundred_concurrent_calls_share_two_values_and_get_no_older_one() {
        let (coalesced, made) = (Coalesced::default(), AtomicUsize::new(0));
        let ask = async || {
            let came = Instant::now();
            let make = async {
                made.fetch_add(1, Ordering::Relaxed);
                let at = Instant::now();
                tokio::task::yield_now().await;
                at
            };
            assert!(coalesced.get(make).await >= came);
        };
        join_all((0..100).map(|_| ask())).await;
        // The first call computes; all later ones share the next computation.
        assert!(made.load(Ordering::Relaxed) <= 2, "{made:?} were made");
        let began = Instant::now();
        for _ in 0..5 {
            ask().await;
        }
        assert!(began.elapsed() >= 4 * PAUSE);
    }
}
