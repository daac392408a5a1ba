//! The temporary files of exports: within a limit on their bytes, without names in their folder, kept for a short time so
//! that an interrupted download can go on.

mod file;
mod queue;
mod room;
mod writer;

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;

pub use self::queue::ExportCapacity;
use self::room::Share;
pub(super) use self::{
    file::{Caveats, Contents, Download, SpooledFile},
    queue::{ExportQueue, Place, TooManyExports},
    room::{NoRoom, Room},
    writer::{Finished, SpoolWriter},
};
use crate::access::Caller;

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
    /// The bytes of the files that each caller makes and downloads.
    held: Mutex<HashMap<Option<Caller>, u64>>,
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

impl Spool {
    /// Temporary files in a folder, of at most this many bytes together.
    pub(super) fn new(folder: PathBuf, most: u64) -> Self {
        let (held, kept, making) = (Mutex::default(), Mutex::default(), Mutex::default());
        let (used, sweeping) = (AtomicU64::new(0), AtomicBool::new(false));
        Self(Arc::new(Inner { folder, most, used, held, kept, sweeping, making }))
    }

    pub(super) fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// The bytes of all files.
    pub(super) fn used(&self) -> u64 {
        self.0.used.load(Ordering::Relaxed)
    }

    /// The most bytes of the files that one caller makes and downloads: half of all, so that others have room.
    pub(super) fn most_of_caller(&self) -> u64 {
        self.0.most / 2
    }

    /// Begins a file for a caller, which has no name, and is written until a time.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub(super) fn create(&self, caller: Option<Caller>, until: Instant) -> io::Result<SpoolWriter> {
        let room = Room::new(self, Share::of(self, caller));
        Ok(SpoolWriter::new(tempfile::tempfile_in(&self.0.folder)?, room, until))
    }

    /// Begins the download of a finished file.
    ///
    /// # Errors
    /// When the share of the caller has no room for it.
    pub(super) fn download(
        &self,
        file: Arc<SpooledFile>,
        caller: Option<Caller>,
    ) -> Result<Download, NoRoom> {
        Download::begin(self, file, caller)
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
    fn add(&self, bytes: u64) -> Result<(), NoRoom> {
        loop {
            let added = self.0.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
                used.checked_add(bytes).filter(|used| *used <= self.0.most)
            });
            if added.is_ok() {
                return Ok(());
            }
            if !self.drop_oldest() {
                return Err(NoRoom::Full);
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
    use std::{io, io::Write, net::IpAddr, sync::Arc, time::Duration};

    use tokio::time::Instant;

    use super::{Caller, Contents, Download, MOST_KEPT, NoRoom, Spool, SpooledFile};

    fn caller(last: u8) -> Caller {
        IpAddr::from([192, 0, 2, last]).into()
    }

    fn by(caller: Caller, spool: &Spool, bytes: usize) -> io::Result<(Arc<SpooledFile>, Download)> {
        let mut writer = spool.create(Some(caller), Instant::now() + Duration::from_mins(1))?;
        writer.write_all(&vec![b'x'; bytes])?;
        let finished = writer.finish(Contents::default())?;
        Ok((Arc::clone(&finished.file), finished.into_download()))
    }

    /// Writes a file, which nobody downloads.
    fn written(spool: &Spool, bytes: usize) -> io::Result<Arc<SpooledFile>> {
        Ok(by(caller(9), spool, bytes)?.0)
    }

    #[tokio::test]
    async fn files_stay_within_the_limit_and_kept_ones_make_room_unless_they_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::new(folder.path().to_owned(), 120_000);
        let first = written(&spool, 60_000).unwrap();
        spool.keep("first".to_owned(), Arc::clone(&first));
        assert_eq!((spool.used(), first.length), (60_000, 60_000));
        let other = by(caller(1), &spool, 50_000).unwrap();
        let full = written(&spool, 60_000).unwrap_err();
        assert_eq!(full.kind(), io::ErrorKind::StorageFull, "the first one is being read");
        assert_eq!(spool.used(), 110_000, "what failed gave its bytes back");
        drop(first);
        let second = written(&spool, 60_000).unwrap();
        assert!(spool.find("first").is_none());
        assert_eq!(spool.used(), 110_000);
        assert_eq!(second.read_at(59_990, 100).unwrap(), b"x".repeat(10));
        drop((second, other));
        assert_eq!(spool.used(), 0);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "files have no names");
    }

    #[tokio::test]
    async fn a_caller_that_makes_and_downloads_files_leaves_half_of_the_bytes_to_others() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::new(folder.path().to_owned(), 100_000);
        let kind = |made: io::Result<_>| {
            made.map(|_: (Arc<SpooledFile>, Download)| ()).map_err(|error| error.kind())
        };
        assert_eq!(kind(by(caller(1), &spool, 50_001)), Err(io::ErrorKind::FileTooLarge));
        let (file, download) = by(caller(1), &spool, 30_000).unwrap();
        let again = spool.download(Arc::clone(&file), Some(caller(1))).unwrap();
        assert_eq!(kind(by(caller(1), &spool, 20_001)), Err(io::ErrorKind::QuotaExceeded));
        let (other, _downloaded) = by(caller(2), &spool, 50_000).unwrap();
        assert_eq!(spool.download(Arc::clone(&other), Some(caller(1))).unwrap_err(), NoRoom::ShareTaken);
        drop(download);
        assert_eq!(
            kind(by(caller(1), &spool, 20_001)),
            Err(io::ErrorKind::QuotaExceeded),
            "it is read again"
        );
        drop(again);
        assert!(spool.download(other, Some(caller(1))).is_ok(), "what nobody downloads counts for nobody");
        drop(file);
        assert_eq!(kind(by(caller(1), &spool, 50_000)), Ok(()));
        // What a format keeps beside the file counts like the file.
        let writer = spool.create(Some(caller(1)), Instant::now() + Duration::from_mins(1)).unwrap();
        let mut beside = writer.room_beside();
        beside.set(30_000).unwrap();
        assert_eq!(writer.room_beside().set(20_001), Err(NoRoom::TooLarge));
        assert_eq!(kind(by(caller(1), &spool, 20_001)), Err(io::ErrorKind::QuotaExceeded));
        beside.set(0).unwrap();
        assert_eq!(kind(by(caller(1), &spool, 50_000)), Ok(()));
    }

    #[tokio::test]
    async fn a_file_is_not_written_beyond_its_time_nor_when_it_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::new(folder.path().to_owned(), 1_000_000);
        let mut writer = spool.create(None, Instant::now()).unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
        let error = writer.write_all(&vec![b'x'; 100_000]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        let mut writer = spool.create(None, Instant::now() + Duration::from_mins(1)).unwrap();
        let owner = writer.owner();
        writer.write_all(&vec![b'x'; 100_000]).unwrap();
        drop(owner);
        let error = writer.write_all(&vec![b'x'; 100_000]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionAborted);
        assert!(writer.finish(Contents::default()).is_err());
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
