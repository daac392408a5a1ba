//! What a process writes: its log and its panics on standard error, and lines for its operator on standard output.

use std::{
    io::{self, Write},
    panic::PanicHookInfo,
    sync::OnceLock,
};

use tracing_appender::non_blocking::NonBlocking;
use tracing_subscriber::EnvFilter;

use crate::{config::LogFormat, http::Lines};

/// Where lines for the operator go in a command that serves: nobody who asks may wait until they are read.
static SERVING: OnceLock<NonBlocking> = OnceLock::new();

/// The streams of a process that writes a log.
#[derive(Debug)]
pub(super) struct Output {
    log: Lines,
    told: Option<Lines>,
}

impl Output {
    /// Begins the log, panics included; a command that serves waits for no reader of its standard output either.
    pub(super) fn begin(filter: EnvFilter, format: LogFormat, serves: bool) -> Self {
        let log = Lines::log();
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .log_internal_errors(false)
            .with_writer(log.queue());
        match format {
            LogFormat::Pretty => subscriber.init(),
            LogFormat::Json => subscriber.json().flatten_event(true).init(),
        }
        std::panic::set_hook(Box::new(panicked));
        let told = serves.then(Lines::output);
        if let Some(told) = &told {
            let _ = SERVING.set(told.queue());
        }
        Self { log, told }
    }

    /// Writes the last lines, and `complaint` after them.
    pub(super) fn end(self, complaint: Option<&str>) {
        if let Some(told) = self.told {
            told.end();
        }
        if let Some(complaint) = complaint {
            let _ = self.log.queue().write_all(format!("simpul: {complaint}\n").as_bytes());
        }
        self.log.end();
    }
}

/// A panic goes into the log: standard error itself may be full.
fn panicked(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    tracing::error!(place, cause = panic.payload_as_str().unwrap_or("unknown"), "a task panicked");
}

/// Tells the operator a line.
pub(super) fn say(line: &str) {
    let line = format!("{line}\n");
    let _ = match SERVING.get() {
        Some(queue) => queue.clone().write_all(line.as_bytes()),
        None => io::stdout().write_all(line.as_bytes()),
    };
}

/// Writes a text to standard output, as far as somebody reads it.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Says why a command does not even begin.
pub(super) fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "simpul: {line}");
}
