//! Keeps the first error of a file, which the libraries of the formats wrap or replace.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

/// A file whose first error is kept.
#[derive(Debug)]
pub(super) struct Kept<W> {
    out: W,
    error: FirstError,
}

/// The first error of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct FirstError(Arc<Mutex<Option<io::Error>>>);

impl<W> Kept<W> {
    pub(super) fn new(out: W) -> (Self, FirstError) {
        let error = FirstError::default();
        (Self { out, error: error.clone() }, error)
    }

    pub(super) fn into_inner(self) -> W {
        self.out
    }
}

impl FirstError {
    pub(super) fn take(&self) -> Option<io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Keeps the error, and returns another one of its kind.
    fn keep(&self, error: io::Error) -> io::Error {
        let copy = io::Error::new(error.kind(), error.to_string());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        copy
    }
}

impl<W: Write> Write for Kept<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.out.write(bytes) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => Err(self.error.keep(error)),
            other => other,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush().map_err(|error| self.error.keep(error))
    }
}
