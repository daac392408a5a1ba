//! Raises the limit of open files of the process, and limits the connections accordingly.

use std::io;

use rustix::{
    io::Errno,
    process::{Resource, Rlimit, getrlimit, setrlimit},
};

use super::reserve;

/// Files besides connections of clients: those of the database, the log and the runtime.
const OWN: usize = 128;

/// The least number of connections of a node.
const LEAST: usize = 16;

/// The number of the `wanted` connections that fit the limit of open files, which is raised as far as possible.
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

/// The raised limit, if there is one.
fn raised() -> Option<u64> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum {
        // Some systems allow less than they say; then it stays as it is.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
    getrlimit(Resource::Nofile).current
}

/// Whether an error means that no more files can be opened.
pub(super) fn is_exhausted(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::MFILE | Errno::NFILE | Errno::NOBUFS | Errno::NOMEM))
}
