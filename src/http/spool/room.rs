//! The bytes of temporary files: at most so many of all files together, and half of them of one caller.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use super::{Spool, locked};
use crate::access::Caller;

/// Why temporary files get no more bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::http) enum NoRoom {
    /// One export needs more than a caller's share.
    #[error("one export has more bytes than the files of a caller may have")]
    TooLarge,
    /// The files that the caller makes and downloads have all bytes of its share.
    #[error("the files of a caller have all bytes of its share")]
    ShareTaken,
    /// All files together have all bytes.
    #[error("the temporary files of exports have no more room")]
    Full,
}

/// Bytes that count against the limit of all files until it is dropped.
#[derive(Debug)]
pub(super) struct Reservation {
    spool: Spool,
    bytes: u64,
}

/// The bytes of one export that count against the share of its caller until it is dropped.
#[derive(Debug)]
pub(super) struct Share {
    spool: Spool,
    caller: Option<Caller>,
    bytes: AtomicU64,
}

/// Room for bytes of an export, within both limits.
#[derive(Debug)]
pub(in crate::http) struct Room {
    total: Reservation,
    share: Arc<Share>,
}

impl Room {
    pub(super) fn new(spool: &Spool, share: Arc<Share>) -> Self {
        Self { total: Reservation { spool: spool.clone(), bytes: 0 }, share }
    }

    pub(super) fn bytes(&self) -> u64 {
        self.total.bytes
    }

    /// Room for other bytes of the same export.
    pub(super) fn beside(&self) -> Self {
        Self::new(&self.total.spool, Arc::clone(&self.share))
    }

    /// Sets how many bytes it has.
    ///
    /// # Errors
    /// When that is more than there is room for. The export cannot go on then.
    pub(in crate::http) fn set(&mut self, bytes: u64) -> Result<(), NoRoom> {
        self.share.change(self.total.bytes, bytes)?;
        self.total.set(bytes)
    }

    /// The bytes of a finished file.
    pub(super) fn into_parts(self) -> (Reservation, Arc<Share>) {
        (self.total, self.share)
    }
}

impl Share {
    pub(super) fn caller(&self) -> Option<Caller> {
        self.caller
    }

    pub(super) fn of(spool: &Spool, caller: Option<Caller>) -> Arc<Self> {
        Arc::new(Self { spool: spool.clone(), caller, bytes: AtomicU64::new(0) })
    }

    /// Counts `after` bytes instead of `before`.
    ///
    /// # Errors
    /// When the caller's share has no room for them.
    pub(super) fn change(&self, before: u64, after: u64) -> Result<(), NoRoom> {
        let most = self.spool.most_of_caller();
        let mut held = locked(&self.spool.0.held);
        let own = self.bytes.load(Ordering::Relaxed) - before;
        let others = held.get(&self.caller).copied().unwrap_or(0) - before;
        if after > before && others + after > most {
            return Err(if own + after > most { NoRoom::TooLarge } else { NoRoom::ShareTaken });
        }
        self.bytes.store(own + after, Ordering::Relaxed);
        if others + after == 0 {
            held.remove(&self.caller);
        } else {
            held.insert(self.caller, others + after);
        }
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        // Fewer bytes always have room.
        let _ = self.change(self.bytes.load(Ordering::Relaxed), 0);
    }
}

impl Reservation {
    fn set(&mut self, bytes: u64) -> Result<(), NoRoom> {
        if bytes > self.bytes {
            self.spool.add(bytes - self.bytes)?;
        } else {
            self.spool.0.used.fetch_sub(self.bytes - bytes, Ordering::Relaxed);
        }
        self.bytes = bytes;
        Ok(())
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.spool.0.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}
