//! How many files the process may open: as many as the system lets it, and no more connections than fit.

use std::io;

use rustix::{
    io::Errno,
    process::{Resource, Rlimit, getrlimit, setrlimit},
};

use super::reserve;

/// Files that are no connections of callers: the database's, the log, and what the runtime needs.
const OWN: usize = 128;

/// A node with fewer connections than this is none.
const LEAST: usize = 16;

/// How many of the connections that are `wanted` fit beneath the limit of open files, which is raised as far as it goes.
pub(super) fn fitting(wanted: usize) -> usize {
    let Some(files) = raised() else { return wanted };
    let files = usize::try_from(files).unwrap_or(usize::MAX);
    let room = files.saturating_sub(reserve::CONNECTIONS + OWN).max(LEAST);
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
        // Some systems allow less than they say; then it stays as it is.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
    getrlimit(Resource::Nofile).current
}

/// Whether an error says that no more can be open.
pub(super) fn is_exhausted(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::MFILE | Errno::NFILE | Errno::NOBUFS | Errno::NOMEM))
}
