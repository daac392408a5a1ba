//! Encodes batches of rows on a thread of its own.
//!
//! The rows of one file are written from many threads in turn. The allocator keeps what each of them frees, so that the
//! large buffers are all made and freed here: that takes a fifth of the memory.

use std::{
    io::{self, Write},
    panic::resume_unwind,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::{
    arrow::ArrowWriter,
    errors::{ParquetError, Result},
};

use super::builder::Builder;

/// A Parquet file and the thread that encodes its batches. The thread ends when this is dropped.
pub(super) struct Encoder<W: Write + Send> {
    /// None after the end.
    running: Option<Running<W>>,
}

struct Running<W: Write + Send> {
    full: SyncSender<Vec<Builder>>,
    empty: Receiver<Vec<Builder>>,
    thread: JoinHandle<Result<ArrowWriter<W>>>,
}

impl<W: Write + Send + 'static> Encoder<W> {
    /// # Errors
    /// When the system has no more threads.
    pub(super) fn begin(schema: Arc<Schema>, mut writer: ArrowWriter<W>) -> io::Result<Self> {
        let (full, received) = sync_channel::<Vec<Builder>>(1);
        let (given, empty) = sync_channel(1);
        let thread = thread::Builder::new().name("parquet".to_owned()).spawn(move || {
            for mut builders in received {
                let arrays = builders.iter_mut().map(Builder::finish).collect();
                // The next batch is collected while this one is encoded. Nobody receives after an error elsewhere.
                let _ = given.send(builders);
                writer.write(&RecordBatch::try_new(Arc::clone(&schema), arrays)?)?;
            }
            Ok(writer)
        })?;
        Ok(Self { running: Some(Running { full, empty, thread }) })
    }

    /// Encodes the rows in `builders`, which are replaced by empty ones.
    ///
    /// # Errors
    /// When an earlier batch could not be encoded, or the file could not be written.
    pub(super) fn write(&mut self, builders: &mut Vec<Builder>) -> Result<()> {
        let full = std::mem::take(builders);
        let sent = self.running.as_ref().and_then(|running| {
            running.full.send(full).ok()?;
            running.empty.recv().ok()
        });
        match sent {
            Some(empty) => {
                *builders = empty;
                Ok(())
            }
            None => self.end().map(drop),
        }
    }

    /// Writes what is left, and returns the file.
    ///
    /// # Errors
    /// When a batch could not be encoded, or the file cannot be written.
    pub(super) fn finish(mut self) -> Result<W> {
        self.end()?.into_inner()
    }

    fn end(&mut self) -> Result<ArrowWriter<W>> {
        let Some(Running { full, thread, .. }) = self.running.take() else {
            return Err(ParquetError::General("the file could not be written before".to_owned()));
        };
        drop(full);
        thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}
