//! The output of a process: log and panics to standard error, messages for the operator to standard output.

use std::{
    io::{self, Write},
    panic::PanicHookInfo,
    sync::OnceLock,
};

use tracing_appender::non_blocking::NonBlocking;
use tracing_subscriber::EnvFilter;

use crate::{config::LogFormat, http::Lines};

/// The writer of messages for the operator in a command that serves. It never blocks a request.
static SERVING: OnceLock<NonBlocking> = OnceLock::new();

/// The streams of a process that writes a log.
#[derive(Debug)]
pub(super) struct Output {
    log: Lines,
    told: Option<Lines>,
}

impl Output {
    /// Starts the log, which includes panics. In a command that serves, standard output is written without blocking as
    /// well.
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

    /// Writes the remaining lines, then `complaint`.
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

/// Writes a panic to the log, because standard error itself may block.
fn panicked(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    tracing::error!(place, cause = panic.payload_as_str().unwrap_or("unknown"), "a task panicked");
}

/// Prints a line for the operator.
pub(super) fn say(line: &str) {
    let line = format!("{line}\n");
    let _ = match SERVING.get() {
        Some(queue) => queue.clone().write_all(line.as_bytes()),
        None => io::stdout().write_all(line.as_bytes()),
    };
}

/// Writes a text to standard output, until its reader closes it.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        // The reader closed its end.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Rows of cells in columns, two spaces apart.
pub(super) fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let widths: [usize; N] =
        std::array::from_fn(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0));
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

/// Prints why a command cannot start.
pub(super) fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "simpul: {line}");
}
