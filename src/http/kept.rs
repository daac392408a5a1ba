//! Values that a node computes for all its readers and keeps for a while: one computation at a time, and readers get
//! the last value while the next is computed.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex as SyncMutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::{
    sync::{Mutex, OnceCell},
    time::Instant,
};

use crate::store::clock;

/// How long a value is used before it is computed again.
const FRESH: Duration = Duration::from_mins(1);

/// How old the last value may be that readers get while the next is computed.
const USABLE: Duration = Duration::from_hours(2);

/// How long nothing is computed after a failure.
const REST: Duration = Duration::from_secs(5);

/// A value, and when its computation began.
#[derive(Debug)]
pub struct Computed<T> {
    pub value: T,
    pub at: DateTime<Utc>,
    began: Instant,
}

impl<T> Computed<T> {
    /// A value that was computed for one reader just now.
    #[must_use]
    pub fn now(value: T) -> Self {
        Self { value, at: clock::now(), began: Instant::now() }
    }
}

/// A value that is computed for all readers.
#[derive(Debug)]
pub struct Kept<T>(Arc<Inner<T>>);

#[derive(Debug)]
struct Inner<T> {
    fresh: Duration,
    usable: Duration,
    failed: Failed,
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
        Self::new(fresh, REST)
    }

    fn new(fresh: Duration, rest: Duration) -> Self {
        let usable = fresh.saturating_mul(4).max(USABLE);
        let (failed, last, computing) = (Failed::never(rest), SyncMutex::new(None), Arc::default());
        Self(Arc::new(Inner { fresh, usable, failed, last, computing }))
    }
}

impl<T: Send + Sync + 'static> Kept<T> {
    /// The last value, which is computed by `make` where there is none, or one of hours ago; one that is no longer fresh
    /// is computed again meanwhile. `None` where the first computation failed; the next one waits for some seconds.
    pub async fn get<F>(&self, make: F) -> Option<Arc<Computed<T>>>
    where
        F: Future<Output = Option<T>> + Send + 'static,
    {
        if let Some(last) = self.usable() {
            if last.began.elapsed() >= self.0.fresh
                && !self.0.failed.is_recent()
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
            if kept.usable().is_none() && !kept.0.failed.is_recent() {
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

    fn usable(&self) -> Option<Arc<Computed<T>>> {
        self.last().filter(|last| last.began.elapsed() < self.0.usable)
    }

    async fn compute(&self, make: impl Future<Output = Option<T>>) {
        let (at, began) = (clock::now(), Instant::now());
        if let Some(value) = make.await {
            let computed = Arc::new(Computed { value, at, began });
            *self.0.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(computed);
        } else {
            self.0.failed.note();
        }
    }
}

/// When a computation failed the last time.
#[derive(Debug)]
struct Failed {
    rest: Duration,
    at: SyncMutex<Option<Instant>>,
}

impl Failed {
    const fn never(rest: Duration) -> Self {
        Self { rest, at: SyncMutex::new(None) }
    }

    fn note(&self) {
        *self.at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn is_recent(&self) -> bool {
        let at = *self.at.lock().unwrap_or_else(PoisonError::into_inner);
        at.is_some_and(|at| at.elapsed() < self.rest)
    }
}

/// A value that is computed once, and again only some seconds after a failure.
#[derive(Debug)]
pub struct Once<T> {
    value: OnceCell<T>,
    failed: Failed,
}

impl<T> Once<T> {
    #[must_use]
    pub const fn new() -> Self {
        Self { value: OnceCell::const_new(), failed: Failed::never(REST) }
    }

    /// The value, which is computed by `make` where there is none; `None` where that failed.
    pub async fn get(&self, make: impl Future<Output = Option<T>>) -> Option<&T> {
        let compute = async {
            if self.failed.is_recent() {
                return Err(());
            }
            make.await.ok_or_else(|| self.failed.note())
        };
        self.value.get_or_try_init(|| compute).await.ok()
    }
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Values by keys, of which there are few.
#[derive(Debug)]
pub struct KeptBy<T> {
    fresh: Duration,
    values: Arc<SyncMutex<HashMap<String, Kept<T>>>>,
}

impl<T> Clone for KeptBy<T> {
    fn clone(&self) -> Self {
        Self { fresh: self.fresh, values: self.values.clone() }
    }
}

impl<T> Default for KeptBy<T> {
    fn default() -> Self {
        Self::fresh_for(FRESH)
    }
}

impl<T> KeptBy<T> {
    /// Values that are computed again after this time.
    #[must_use]
    pub fn fresh_for(fresh: Duration) -> Self {
        Self { fresh, values: Arc::default() }
    }

    /// The value of a key, which must be one of a closed set.
    #[must_use]
    pub fn of(&self, key: &str) -> Kept<T> {
        let mut values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        values.entry(key.to_owned()).or_insert_with(|| Kept::fresh_for(self.fresh)).clone()
    }

    /// The value of a key that was asked for before.
    #[must_use]
    pub fn known(&self, key: &str) -> Option<Kept<T>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
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

    use super::{FRESH, Kept, Once};

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
        let kept = Kept::new(FRESH, Duration::ZERO);
        assert!(kept.get(async { None::<u8> }).await.is_none());
        assert_eq!(kept.get(async { Some(1) }).await.unwrap().value, 1);
        assert_eq!(kept.get(async { panic!("it is fresh") }).await.unwrap().value, 1);
        let kept = Kept::fresh_for(Duration::ZERO);
        assert_eq!(kept.get(async { Some(1) }).await.unwrap().value, 1);
        assert_eq!(kept.get(async { None }).await.unwrap().value, 1);
        while !kept.0.failed.is_recent() {
            tokio::task::yield_now().await;
        }
        for _ in 0..10 {
            assert_eq!(
                kept.get(async { Some(2) }).await.unwrap().value,
                1,
                "nothing is computed after a failure"
            );
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn nothing_is_computed_for_some_seconds_after_a_failure() {
        let kept = Kept::default();
        assert!(kept.get(async { None::<u8> }).await.is_none());
        assert!(kept.get(async { panic!("it failed just now") }).await.is_none());
        let once = Once::new();
        assert_eq!(once.get(async { None::<u8> }).await, None);
        assert_eq!(once.get(async { panic!("it failed just now") }).await, None);
        let once = Once::new();
        assert_eq!(once.get(async { Some(1) }).await, Some(&1));
        assert_eq!(once.get(async { None }).await, Some(&1));
    }
}
