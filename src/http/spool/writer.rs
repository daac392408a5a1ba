//! Writes a temporary file, whose bytes are reserved before they are written.

use std::{
    fs::File,
    io::{self, BufWriter, Seek, SeekFrom, Write},
};

use tokio::time::Instant;

use super::{Reservation, SpoolFull, SpooledFile};

/// The size of the buffer.
const BUFFER_BYTES: usize = 64 << 10;

/// A temporary file that is being written.
#[derive(Debug)]
pub(in crate::http) struct SpoolWriter(BufWriter<Counted>);

#[derive(Debug)]
struct Counted {
    file: File,
    position: u64,
    reserved: Reservation,
    /// When it must be complete.
    until: Instant,
}

impl SpoolWriter {
    pub(super) fn new(file: File, reserved: Reservation, until: Instant) -> Self {
        Self(BufWriter::with_capacity(BUFFER_BYTES, Counted { file, position: 0, reserved, until }))
    }

    /// The finished file, with the number of its rows, for how long it may be cached, and the day of its rows.
    ///
    /// # Errors
    /// When what is left cannot be written, or the file cannot be read.
    pub(in crate::http) fn finish(
        self,
        rows: u64,
        max_age: Option<i32>,
        day: String,
    ) -> io::Result<SpooledFile> {
        let Counted { file, reserved, .. } = self.0.into_inner().map_err(io::IntoInnerError::into_error)?;
        SpooledFile::new(file, reserved, (rows, max_age, day))
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
        if Instant::now() > self.until {
            return Err(io::Error::from(io::ErrorKind::TimedOut));
        }
        let end = self.position + bytes.len() as u64;
        if end > self.reserved.most() {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        if end > self.reserved.bytes {
            self.reserved
                .set(end)
                .map_err(|SpoolFull| io::Error::new(io::ErrorKind::StorageFull, SpoolFull))?;
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
