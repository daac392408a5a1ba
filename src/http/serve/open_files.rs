//! Raises the limit of open files, and caps the number of connections by it.

use std::io;

use rustix::{
    io::Errno,
    process::{Resource, Rlimit, getrlimit, setrlimit},
};

use super::health_reserve;
use crate::http::spool;

/// Files of the process itself: connections to the database, the log, the runtime, and the files of exports that are kept.
const OWN: usize = 128 + spool::MOST_KEPT;

/// The least number of connections.
const LEAST: usize = 16;

/// How many of the `wanted` connections fit the limit of open files, which is raised to its maximum.
pub(super) fn fitting(wanted: usize) -> usize {
    let Some(files) = raised() else { return wanted };
    let files = usize::try_from(files).unwrap_or(usize::MAX);
    let room = files.saturating_sub(health_reserve::CONNECTIONS + OWN).max(LEAST);
    if room < wanted {
        tracing::warn!(
            files,
            connections = room,
            "the limit of open files is too low for all connections; the number of connections is reduced"
        );
    }
    wanted.min(room)
}

/// The limit, where there is one.
fn raised() -> Option<u64> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum {
        // Some systems allow less than their maximum; the limit stays then.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
    getrlimit(Resource::Nofile).current
}

/// Whether an error means that no more files can be opened.
pub(super) fn is_exhausted(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::MFILE | Errno::NFILE | Errno::NOBUFS | Errno::NOMEM))
}
