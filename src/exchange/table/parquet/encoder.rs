//! Encodes batches of rows on a thread of its own.
//!
//! The rows of one file are written from many threads in turn. If these encoded, the allocator would keep freed memory
//! for each of them: five times as much as on one thread.

use std::{
    io::{self, Write},
    panic::resume_unwind,
    sync::mpsc::{SyncSender, sync_channel},
    thread::{Builder, JoinHandle},
};

use arrow_array::RecordBatch;
use parquet::{
    arrow::ArrowWriter,
    errors::{ParquetError, Result},
};

/// A Parquet file and the thread that encodes its batches. The thread ends when this is dropped.
pub(super) struct Encoder<W: Write + Send> {
    /// None after the end.
    running: Option<Running<W>>,
}

struct Running<W: Write + Send> {
    batches: SyncSender<RecordBatch>,
    thread: JoinHandle<Result<ArrowWriter<W>>>,
}

impl<W: Write + Send + 'static> Encoder<W> {
    /// # Errors
    /// When the system has no more threads.
    pub(super) fn begin(mut writer: ArrowWriter<W>) -> io::Result<Self> {
        // No batch waits: the next one is collected while one is encoded.
        let (batches, received) = sync_channel::<RecordBatch>(0);
        let thread = Builder::new().name("parquet".to_owned()).spawn(move || {
            for batch in received {
                writer.write(&batch)?;
            }
            Ok(writer)
        })?;
        Ok(Self { running: Some(Running { batches, thread }) })
    }

    /// Encodes a batch.
    ///
    /// # Errors
    /// When an earlier batch could not be encoded, or the file could not be written.
    pub(super) fn write(&mut self, batch: RecordBatch) -> Result<()> {
        let sent = self.running.as_ref().is_some_and(|running| running.batches.send(batch).is_ok());
        if sent { Ok(()) } else { self.end().map(drop) }
    }

    /// Writes what is left, and returns the file.
    ///
    /// # Errors
    /// When a batch could not be encoded, or the file cannot be written.
    pub(super) fn finish(mut self) -> Result<W> {
        self.end()?.into_inner()
    }

    fn end(&mut self) -> Result<ArrowWriter<W>> {
        let Some(Running { batches, thread }) = self.running.take() else {
            return Err(ParquetError::General("the file could not be written before".to_owned()));
        };
        drop(batches);
        thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}
