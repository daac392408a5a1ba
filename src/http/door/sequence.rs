//! The newest sequence of the change log that a node knows, for the header `Simpul-Sequence`.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use super::Door;
use crate::{access::Viewer, registry::changes, store::Reader};

/// How long it is used before it is read again.
const FRESH: Duration = Duration::from_secs(1);

/// No sequence was read yet.
const UNKNOWN: i64 = -1;

/// The newest sequence that was read, shared by all requests of a node.
#[derive(Debug)]
pub(super) struct NewestSequence {
    sequence: AtomicI64,
    /// When it was last begun to be read.
    read: Mutex<Option<Instant>>,
}

impl Default for NewestSequence {
    fn default() -> Self {
        Self { sequence: AtomicI64::new(UNKNOWN), read: Mutex::default() }
    }
}

impl NewestSequence {
    fn known(&self) -> Option<i64> {
        Some(self.sequence.load(Ordering::Relaxed)).filter(|sequence| *sequence != UNKNOWN)
    }

    /// Whether it is to be read again, by the caller that is told so.
    fn is_old(&self) -> bool {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let old = read.is_none_or(|read| read.elapsed() >= FRESH);
        if old {
            *read = Some(Instant::now());
        }
        old
    }
}

impl Door {
    /// The newest sequence that the node knows: of the state that a request which begins now will see, or of an earlier one.
    /// It is read again aside, so that no request waits for it.
    pub(super) fn newest_sequence(&self) -> Option<i64> {
        let known = self.0.sequence.known();
        if self.0.sequence.is_old() {
            let door = self.clone();
            tokio::spawn(async move { door.read_newest_sequence().await });
        }
        known
    }

    /// The newest sequence, read now; the one that is known where that fails.
    pub(super) async fn read_newest_sequence(&self) -> Option<i64> {
        let reader = Reader::new(&self.0.database, Viewer::default(), self.0.bound);
        match changes::newest(&reader).await {
            // Reads that overlap may end in another order.
            Ok(newest) => _ = self.0.sequence.sequence.fetch_max(newest, Ordering::Relaxed),
            Err(error) => tracing::debug!(%error, "the newest sequence could not be read"),
        }
        self.0.sequence.known()
    }
}
