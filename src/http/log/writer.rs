//! The writer of the log: a bounded queue of lines, and one thread that writes them, so that no request blocks.

use std::{
    io::{self, Write},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use tracing_appender::non_blocking::{ErrorCounter, NonBlocking, NonBlockingBuilder, WorkerGuard};

/// The most lines in the queue; some megabytes at most.
const LINES: usize = 4096;

/// The time that a process waits at its end for the last lines to be written.
const LAST_LINES: Duration = Duration::from_secs(2);

/// Number of lines that could not be written, because the reader is gone.
static UNREAD: AtomicU64 = AtomicU64::new(0);

/// Number of log lines lost because the queue was full.
static OVERFLOWN: OnceLock<ErrorCounter> = OnceLock::new();

/// Number of log lines lost since the start of the process.
pub(in crate::http) fn lost() -> u64 {
    let overflown = OVERFLOWN.get().map_or(0, ErrorCounter::dropped_lines);
    UNREAD.load(Ordering::Relaxed) + u64::try_from(overflown).unwrap_or(u64::MAX)
}

/// A stream that a thread of its own writes line by line. Writing never fails and never blocks: a line is lost when the
/// queue is full or the reader is gone.
#[derive(Debug)]
pub struct Lines {
    queue: NonBlocking,
    guard: WorkerGuard,
}

impl Lines {
    /// The log on standard error; lost lines are counted in the metrics.
    #[must_use]
    pub fn log() -> Self {
        let lines = Self::over(Stream { stream: io::stderr(), unread: Some(&UNREAD) });
        // A process has one log.
        let _ = OVERFLOWN.set(lines.queue.error_counter());
        lines
    }

    /// Messages for the operator on standard output.
    #[must_use]
    pub fn output() -> Self {
        Self::over(Stream { stream: io::stdout(), unread: None })
    }

    fn over(stream: impl Write + Send + 'static) -> Self {
        let queue = NonBlockingBuilder::default().lossy(true).buffered_lines_limit(LINES);
        let (queue, guard) = queue.finish(stream);
        Self { queue, guard }
    }

    /// The queue.
    #[must_use]
    pub fn queue(&self) -> NonBlocking {
        self.queue.clone()
    }

    /// Stops the thread when it has written the queue, or after two seconds.
    pub fn end(self) {
        let (ended, end) = mpsc::channel();
        // A queue that stays full makes the guard print, which might wait for ever as well.
        thread::spawn(move || {
            drop(self.guard);
            let _ = ended.send(());
        });
        let _ = end.recv_timeout(LAST_LINES);
    }
}

/// A stream whose errors are counted and not returned.
struct Stream<S> {
    stream: S,
    unread: Option<&'static AtomicU64>,
}

impl<S: Write> Write for Stream<S> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.stream.write_all(line).is_err()
            && let Some(unread) = self.unread
        {
            unread.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = self.stream.flush();
        Ok(())
    }
}
