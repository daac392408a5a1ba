//! The temporary files of exports: within a limit on their bytes, without names in their folder, kept for a short time so
//! that an interrupted download can go on.

mod queue;
mod writer;

use std::{
    collections::HashMap,
    fs::File,
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use sha2::{Digest, Sha256};
use tokio::time::Instant;

pub use self::queue::ExportCapacity;
pub(super) use self::{
    queue::{ExportQueue, Place, TooManyExports},
    writer::SpoolWriter,
};
use super::door::Caveats;

/// The most finished files that are kept while nobody reads them: each is an open file.
pub(super) const MOST_KEPT: usize = 64;

/// How long a finished file is kept for other downloads of the same export.
const KEPT_FOR: Duration = Duration::from_mins(5);

/// How often files that were kept for long enough are removed.
const SWEPT_AFTER: Duration = Duration::from_secs(10);

/// The default limit on the bytes of all files.
pub const DEFAULT_EXPORT_BYTES: u64 = 1 << 30;

/// The temporary files of a node.
#[derive(Clone, Debug)]
pub(super) struct Spool(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    most: u64,
    used: AtomicU64,
    kept: Mutex<HashMap<String, Kept>>,
    /// Whether a task removes the files that are kept for long enough.
    sweeping: AtomicBool,
    /// A lock for each export that is made, so that the same one is made once.
    making: Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>,
}

#[derive(Debug)]
struct Kept {
    file: Arc<SpooledFile>,
    since: Instant,
}

/// A finished file.
#[derive(Debug)]
pub(super) struct SpooledFile {
    file: File,
    pub(super) length: u64,
    /// Its strong entity tag: a hash of its bytes.
    pub(super) tag: String,
    pub(super) rows: u64,
    /// For how many seconds it may be cached from `since` on; none where it may not be.
    pub(super) max_age: Option<i32>,
    /// The day on which its rows were read.
    pub(super) day: String,
    /// What callers have to know of its rows.
    pub(super) caveats: Caveats,
    /// When it was finished.
    pub(super) since: Instant,
    _bytes: Reservation,
}

/// Bytes that count against the limit until it is dropped.
#[derive(Debug)]
pub(super) struct Reservation {
    spool: Spool,
    bytes: u64,
}

/// The temporary files have no more room.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the temporary files of exports have no more room")]
pub(super) struct SpoolFull;

impl Spool {
    /// Temporary files in a folder, of at most this many bytes together.
    pub(super) fn new(folder: PathBuf, most: u64) -> Self {
        let (kept, making) = (Mutex::default(), Mutex::default());
        let (used, sweeping) = (AtomicU64::new(0), AtomicBool::new(false));
        Self(Arc::new(Inner { folder, most, used, kept, sweeping, making }))
    }

    pub(super) fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// The bytes of all files.
    pub(super) fn used(&self) -> u64 {
        self.0.used.load(Ordering::Relaxed)
    }

    /// Begins a file, which has no name, and is written until a time.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub(super) fn create(&self, until: Instant) -> io::Result<SpoolWriter> {
        Ok(SpoolWriter::new(tempfile::tempfile_in(&self.0.folder)?, self.reserve(), until))
    }

    /// A reservation without bytes.
    pub(super) fn reserve(&self) -> Reservation {
        Reservation { spool: self.clone(), bytes: 0 }
    }

    /// The lock of an export: who holds it makes the file, the others find it kept.
    pub(super) fn making(&self, identity: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut making = locked(&self.0.making);
        making.retain(|_, lock| lock.strong_count() > 0);
        if let Some(lock) = making.get(identity).and_then(Weak::upgrade) {
            return lock;
        }
        let lock = Arc::default();
        making.insert(identity.to_owned(), Arc::downgrade(&lock));
        lock
    }

    /// The finished file of an export, if it is kept.
    pub(super) fn find(&self, identity: &str) -> Option<Arc<SpooledFile>> {
        let kept = locked(&self.0.kept);
        kept.get(identity).filter(|kept| kept.since.elapsed() < KEPT_FOR).map(|kept| Arc::clone(&kept.file))
    }

    /// Keeps the finished file of an export for a short time.
    pub(super) fn keep(&self, identity: String, file: Arc<SpooledFile>) {
        let before = locked(&self.0.kept).insert(identity, Kept { file, since: Instant::now() });
        drop(before);
        while self.kept() > MOST_KEPT && self.drop_oldest() {}
        if !self.0.sweeping.swap(true, Ordering::Relaxed) {
            tokio::spawn(sweep(Arc::downgrade(&self.0)));
        }
    }

    fn kept(&self) -> usize {
        locked(&self.0.kept).len()
    }

    /// Adds bytes. Kept files that nobody reads make room, the oldest first.
    fn add(&self, bytes: u64) -> Result<(), SpoolFull> {
        loop {
            let added = self.0.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
                used.checked_add(bytes).filter(|used| *used <= self.0.most)
            });
            if added.is_ok() {
                return Ok(());
            }
            if !self.drop_oldest() {
                return Err(SpoolFull);
            }
        }
    }

    fn drop_oldest(&self) -> bool {
        let mut kept = locked(&self.0.kept);
        let unread = kept.iter().filter(|(_, kept)| Arc::strong_count(&kept.file) == 1);
        let oldest = unread.min_by_key(|(_, kept)| kept.since).map(|(identity, _)| identity.clone());
        let dropped = oldest.and_then(|identity| kept.remove(&identity));
        drop(kept);
        dropped.is_some()
    }
}

impl Reservation {
    /// The most bytes of all files together.
    fn most(&self) -> u64 {
        self.spool.0.most
    }

    /// Sets how many bytes are reserved.
    ///
    /// # Errors
    /// When there is no more room.
    pub(super) fn set(&mut self, bytes: u64) -> Result<(), SpoolFull> {
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

impl SpooledFile {
    /// A finished file.
    ///
    /// # Errors
    /// When it cannot be read.
    fn new(
        file: File,
        bytes: Reservation,
        (rows, max_age, day): (u64, Option<i32>, String),
    ) -> io::Result<Self> {
        let (mut hash, mut length, mut part) = (Sha256::new(), 0, vec![0; 1 << 16]);
        loop {
            match file.read_at(&mut part, length)? {
                0 => break,
                read => {
                    hash.update(&part[..read]);
                    length += read as u64;
                }
            }
        }
        let hash: Vec<String> = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let (tag, caveats, since) = (format!("\"{}\"", hash.concat()), Caveats::default(), Instant::now());
        Ok(Self { file, length, tag, rows, max_age, day, caveats, since, _bytes: bytes })
    }

    /// Reads up to this many bytes at a position.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn read_at(&self, position: u64, most: usize) -> io::Result<Vec<u8>> {
        let mut part = vec![0; most];
        let read = self.file.read_at(&mut part, position)?;
        part.truncate(read);
        Ok(part)
    }
}

/// Removes the files that are kept for long enough, until the spool ends.
async fn sweep(spool: Weak<Inner>) {
    loop {
        tokio::time::sleep(SWEPT_AFTER).await;
        let Some(inner) = spool.upgrade() else { break };
        let mut expired = Vec::new();
        locked(&inner.kept).retain(|_, kept| {
            let fresh = kept.since.elapsed() < KEPT_FOR;
            if !fresh {
                expired.push(Arc::clone(&kept.file));
            }
            fresh
        });
    }
}

fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{io::Write, sync::Arc, time::Duration};

    use tokio::time::Instant;

    use super::{MOST_KEPT, Spool};

    fn written(spool: &Spool, bytes: usize) -> std::io::Result<Arc<super::SpooledFile>> {
        let mut writer = spool.create(Instant::now() + Duration::from_mins(1))?;
        writer.write_all(&vec![b'x'; bytes])?;
        Ok(Arc::new(writer.finish(1, None, String::new())?))
    }

    #[tokio::test]
    async fn files_stay_within_the_limit_and_kept_ones_make_room_unless_they_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::new(folder.path().to_owned(), 100_000);
        let first = written(&spool, 60_000).unwrap();
        spool.keep("first".to_owned(), Arc::clone(&first));
        assert_eq!((spool.used(), first.length), (60_000, 60_000));
        assert!(written(&spool, 60_000).is_err(), "the first one is being read");
        assert_eq!(spool.used(), 60_000, "what failed gave its bytes back");
        drop(first);
        let second = written(&spool, 60_000).unwrap();
        assert!(spool.find("first").is_none());
        assert_eq!(spool.used(), 60_000);
        assert_eq!(second.read_at(59_990, 100).unwrap(), b"x".repeat(10));
        drop(second);
        assert_eq!(spool.used(), 0);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "files have no names");
    }

    #[tokio::test]
    async fn a_file_is_not_written_beyond_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::new(folder.path().to_owned(), 1_000_000);
        let mut writer = spool.create(Instant::now()).unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
        let error = writer.write_all(&vec![b'x'; 100_000]).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_limited_number_of_files_is_kept_beside_those_that_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::new(folder.path().to_owned(), 100_000);
        let read = written(&spool, 10).unwrap();
        spool.keep("read".to_owned(), Arc::clone(&read));
        for nth in 0..MOST_KEPT + 10 {
            let file = written(&spool, 10).unwrap();
            spool.keep(nth.to_string(), file);
        }
        assert_eq!((spool.kept(), spool.used()), (MOST_KEPT, MOST_KEPT as u64 * 10));
        assert!(spool.find("read").is_some() && spool.find("0").is_none());
    }
}
