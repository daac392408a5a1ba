//! Writes a temporary file, whose bytes are reserved before they are written.

use std::{
    fs::File,
    io::{self, BufWriter, Seek, SeekFrom, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::time::Instant;

use super::{Contents, Download, NoRoom, Room, SpooledFile, room::Share};

/// The size of the buffer.
const BUFFER_BYTES: usize = 64 << 10;

/// A temporary file that is being written.
#[derive(Debug)]
pub(in crate::http) struct SpoolWriter(BufWriter<Counted>);

#[derive(Debug)]
struct Counted {
    file: File,
    position: u64,
    room: Room,
    limits: Limits,
}

/// How long the file may be written.
#[derive(Clone, Debug)]
struct Limits {
    /// When it must be complete.
    until: Instant,
    is_given_up: Arc<AtomicBool>,
}

/// Whoever waits for a file: once it is dropped, the file is not written any further, on whatever thread.
#[derive(Debug)]
pub(in crate::http) struct Owner(Arc<AtomicBool>);

/// A finished file, with its bytes of the share of the caller that it was made for.
#[derive(Debug)]
pub(in crate::http) struct Finished {
    pub(in crate::http) file: Arc<SpooledFile>,
    share: Arc<Share>,
}

impl SpoolWriter {
    pub(super) fn new(file: File, room: Room, until: Instant) -> Self {
        let limits = Limits { until, is_given_up: Arc::default() };
        Self(BufWriter::with_capacity(BUFFER_BYTES, Counted { file, position: 0, room, limits }))
    }

    pub(in crate::http) fn owner(&self) -> Owner {
        Owner(Arc::clone(&self.0.get_ref().limits.is_given_up))
    }

    /// Room for other temporary bytes of the same export.
    pub(in crate::http) fn room_beside(&self) -> Room {
        self.0.get_ref().room.beside()
    }

    /// The finished file.
    ///
    /// # Errors
    /// When what is left cannot be written, or the file cannot be read.
    pub(in crate::http) fn finish(self, contents: Contents) -> io::Result<Finished> {
        let Counted { file, room, limits, .. } =
            self.0.into_inner().map_err(io::IntoInnerError::into_error)?;
        let (bytes, share) = room.into_parts();
        let file = Arc::new(SpooledFile::new(file, bytes, contents, || limits.check())?);
        Ok(Finished { file, share })
    }
}

impl Finished {
    /// The download by the caller that the file was made for.
    pub(in crate::http) fn into_download(self) -> Download {
        Download::first(self.file, self.share)
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Limits {
    fn check(&self) -> io::Result<()> {
        if self.is_given_up.load(Ordering::Relaxed) {
            return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
        }
        if Instant::now() > self.until {
            return Err(io::Error::from(io::ErrorKind::TimedOut));
        }
        Ok(())
    }
}

/// The error of a file that has no room. Its kind says which limit was reached.
impl From<NoRoom> for io::Error {
    fn from(none: NoRoom) -> Self {
        let kind = match none {
            NoRoom::TooLarge => io::ErrorKind::FileTooLarge,
            NoRoom::ShareTaken => io::ErrorKind::QuotaExceeded,
            NoRoom::Full => io::ErrorKind::StorageFull,
        };
        Self::new(kind, none)
    }
}

impl Write for SpoolWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Seek for SpoolWriter {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.limits.check()?;
        let end = self.position + bytes.len() as u64;
        if end > self.room.bytes() {
            self.room.set(end)?;
        }
        let written = self.file.write(bytes)?;
        self.position += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = self.file.seek(to)?;
        Ok(self.position)
    }
}
