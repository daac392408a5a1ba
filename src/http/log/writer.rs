//! The log's writer: a bounded queue of lines and one thread that writes them, so that no request waits for a reader.

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

/// Lines that wait to be written; some megabytes at most.
const LINES: usize = 4096;

/// How long a process that ends waits for its last lines to be written.
const LAST_LINES: Duration = Duration::from_secs(2);

/// Lines that could not be written, because nobody reads any more.
static UNREAD: AtomicU64 = AtomicU64::new(0);

/// Lines of the log that found the queue full.
static OVERFLOWN: OnceLock<ErrorCounter> = OnceLock::new();

/// Lines of the log that were lost since the process started.
pub(in crate::http) fn lost() -> u64 {
    let overflown = OVERFLOWN.get().map_or(0, ErrorCounter::dropped_lines);
    UNREAD.load(Ordering::Relaxed) + u64::try_from(overflown).unwrap_or(u64::MAX)
}

/// A stream that is written line by line from a thread of its own. Writing never fails and never waits: a line that
/// finds the queue full, or nobody to read it, is lost.
#[derive(Debug)]
pub struct Lines {
    queue: NonBlocking,
    guard: WorkerGuard,
}

impl Lines {
    /// The log, on standard error; its lost lines are counted in the metrics.
    #[must_use]
    pub fn log() -> Self {
        let lines = Self::over(Stream { stream: io::stderr(), unread: Some(&UNREAD) });
        // A process has one log.
        let _ = OVERFLOWN.set(lines.queue.error_counter());
        lines
    }

    /// What a command tells its operator, on standard output.
    #[must_use]
    pub fn output() -> Self {
        Self::over(Stream { stream: io::stdout(), unread: None })
    }

    fn over(stream: impl Write + Send + 'static) -> Self {
        let queue = NonBlockingBuilder::default().lossy(true).buffered_lines_limit(LINES);
        let (queue, guard) = queue.finish(stream);
        Self { queue, guard }
    }

    /// Where lines are put.
    #[must_use]
    pub fn queue(&self) -> NonBlocking {
        self.queue.clone()
    }

    /// Ends the thread once it has written what waits, or after two seconds.
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

/// A stream whose errors are counted and not passed on.
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
