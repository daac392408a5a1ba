//! Values that a node computes for all its readers and keeps for a while: one computation at a time, and readers get
//! the last value while the next is computed.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex as SyncMutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::{sync::Mutex, time::Instant};

use crate::store::clock;

/// How long a value is used before it is computed again.
const FRESH: Duration = Duration::from_mins(1);

/// A value, and when its computation began.
#[derive(Debug)]
pub struct Computed<T> {
    pub value: T,
    pub at: DateTime<Utc>,
    began: Instant,
}

/// A value that is computed for all readers.
#[derive(Debug)]
pub struct Kept<T>(Arc<Inner<T>>);

#[derive(Debug)]
struct Inner<T> {
    fresh: Duration,
    last: SyncMutex<Option<Arc<Computed<T>>>>,
    computing: Arc<Mutex<()>>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self::fresh_for(FRESH)
    }
}

impl<T> Kept<T> {
    fn fresh_for(fresh: Duration) -> Self {
        Self(Arc::new(Inner { fresh, last: SyncMutex::new(None), computing: Arc::default() }))
    }
}

impl<T: Send + Sync + 'static> Kept<T> {
    /// The last value, which is computed by `make` where there is none; one that is no longer fresh is computed again
    /// meanwhile. `None` where the first computation failed.
    pub async fn get<F>(&self, make: F) -> Option<Arc<Computed<T>>>
    where
        F: Future<Output = Option<T>> + Send + 'static,
    {
        if let Some(last) = self.last() {
            if last.began.elapsed() >= self.0.fresh
                && let Ok(turn) = self.0.computing.clone().try_lock_owned()
            {
                let kept = self.clone();
                tokio::spawn(async move {
                    kept.compute(make).await;
                    drop(turn);
                });
            }
            return Some(last);
        }
        let (kept, turn) = (self.clone(), self.0.computing.clone().lock_owned().await);
        // In a task of its own: it goes on when its reader leaves.
        let first = tokio::spawn(async move {
            if kept.last().is_none() {
                kept.compute(make).await;
            }
            drop(turn);
            kept.last()
        });
        first.await.ok().flatten()
    }

    fn last(&self) -> Option<Arc<Computed<T>>> {
        self.0.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn compute(&self, make: impl Future<Output = Option<T>>) {
        let (at, began) = (clock::now(), Instant::now());
        if let Some(value) = make.await {
            let computed = Arc::new(Computed { value, at, began });
            *self.0.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(computed);
        }
    }
}

/// Values by keys, of which there are few.
#[derive(Debug)]
pub struct KeptBy<T>(Arc<SyncMutex<HashMap<String, Kept<T>>>>);

impl<T> Clone for KeptBy<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for KeptBy<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> KeptBy<T> {
    /// The value of a key, which must be one of a closed set.
    #[must_use]
    pub fn of(&self, key: &str) -> Kept<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key.to_owned()).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        time::Duration,
    };

    use futures_util::future::join_all;
    use tokio::sync::Semaphore;

    use super::Kept;

    #[tokio::test]
    async fn readers_share_a_computation_and_get_the_last_value_while_the_next_is_computed() {
        let kept = Kept::fresh_for(Duration::ZERO);
        let (made, allowed) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(1)));
        let make = || {
            let (made, allowed) = (made.clone(), allowed.clone());
            async move {
                allowed.acquire().await.unwrap().forget();
                Some(made.fetch_add(1, Ordering::Relaxed))
            }
        };
        let first = join_all((0..100).map(|_| kept.get(make()))).await;
        assert!(first.iter().all(|value| value.as_ref().unwrap().value == 0));
        for _ in 0..3 {
            assert_eq!(kept.get(make()).await.unwrap().value, 0, "nobody waits for the next");
            tokio::task::yield_now().await;
        }
        allowed.add_permits(1);
        while kept.last().unwrap().value == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(made.load(Ordering::Relaxed), 2, "one computation at a time");
    }

    #[tokio::test]
    async fn a_fresh_value_is_not_computed_again_and_a_failure_leaves_the_last_one() {
        let kept = Kept::default();
        assert!(kept.get(async { None::<u8> }).await.is_none());
        assert_eq!(kept.get(async { Some(1) }).await.unwrap().value, 1);
        assert_eq!(kept.get(async { panic!("it is fresh") }).await.unwrap().value, 1);
        let kept = Kept::fresh_for(Duration::ZERO);
        assert_eq!(kept.get(async { Some(1) }).await.unwrap().value, 1);
        assert_eq!(kept.get(async { None }).await.unwrap().value, 1);
        tokio::task::yield_now().await;
        assert_eq!(kept.get(async { Some(2) }).await.unwrap().value, 1);
    }
}
