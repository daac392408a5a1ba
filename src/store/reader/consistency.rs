//! Consistency of a request: all of its statements see one state of the registry.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// How the statements of one reader see the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Mode {
    /// Each statement sees the newest state.
    Newest,
    /// The one statement of a request sees one state by itself.
    Single,
    /// All statements see the state that the first one saw.
    Snapshot,
}

/// Which state the next statement sees, and whether the request has to restart.
#[derive(Debug)]
pub(super) struct Consistency {
    mode: AtomicU8,
    /// Whether a statement of the request was sent.
    sent: AtomicBool,
    may_restart: bool,
    restart: AtomicBool,
}

/// How the next statement is sent: by itself, in the snapshot, or not at all because the request restarts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Plain,
    InSnapshot,
    Restart,
}

impl Default for Consistency {
    fn default() -> Self {
        Self::new(Mode::Newest, false)
    }
}

impl Consistency {
    fn new(mode: Mode, may_restart: bool) -> Self {
        let mode = AtomicU8::new(mode as u8);
        Self { mode, sent: AtomicBool::new(false), may_restart, restart: AtomicBool::new(false) }
    }

    /// For a request that sends one statement, and restarts in a snapshot if it needs a second one.
    pub(super) fn of_one_statement() -> Self {
        Self::new(Mode::Single, true)
    }

    /// For a request that sends several statements; where `may_restart`, it restarts when its snapshot is lost.
    pub(super) fn of_several(may_restart: bool) -> Self {
        Self::new(Mode::Snapshot, may_restart)
    }

    fn is(&self, mode: Mode) -> bool {
        self.mode.load(Ordering::Relaxed) == mode as u8
    }

    /// Makes the first statement open a snapshot. Without effect once a statement was sent.
    pub(super) fn expect_several(&self) {
        if self.is(Mode::Single) && !self.sent.load(Ordering::Relaxed) {
            self.mode.store(Mode::Snapshot as u8, Ordering::Relaxed);
        }
    }

    /// Decides how the next statement of the request is sent.
    pub(super) fn next(&self) -> Next {
        if self.must_restart() {
            return Next::Restart;
        }
        let another = self.sent.swap(true, Ordering::Relaxed);
        if another && self.is(Mode::Single) {
            self.restart.store(true, Ordering::Relaxed);
            return Next::Restart;
        }
        if self.is(Mode::Snapshot) { Next::InSnapshot } else { Next::Plain }
    }

    /// Decides how a statement is sent whose result is shared among requests: on the connection of the snapshot once that
    /// is open.
    pub(super) fn next_apart(&self) -> Next {
        let open = self.is(Mode::Snapshot) && self.sent.load(Ordering::Relaxed);
        if open { Next::InSnapshot } else { Next::Plain }
    }

    /// Records that the snapshot was lost, and returns whether the request can restart.
    pub(super) fn lost(&self) -> bool {
        if self.may_restart {
            self.restart.store(true, Ordering::Relaxed);
        }
        self.may_restart
    }

    /// Whether the request has to restart.
    pub(super) fn must_restart(&self) -> bool {
        self.restart.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::{Consistency, Next};

    #[test]
    fn a_second_statement_restarts_a_request_of_one() {
        let one = Consistency::of_one_statement();
        assert_eq!([one.next(), one.next_apart()], [Next::Plain, Next::Plain]);
        assert!(!one.must_restart());
        assert_eq!([one.next(), one.next()], [Next::Restart, Next::Restart]);
        assert!(one.must_restart());
    }

    #[test]
    fn a_request_that_expects_several_opens_a_snapshot_before_its_first_statement_only() {
        let several = Consistency::of_one_statement();
        several.expect_several();
        assert_eq!(several.next_apart(), Next::Plain, "no snapshot is open yet");
        assert_eq!([several.next(), several.next()], [Next::InSnapshot, Next::InSnapshot]);
        assert_eq!(several.next_apart(), Next::InSnapshot);
        let late = Consistency::of_one_statement();
        assert_eq!(late.next(), Next::Plain);
        late.expect_several();
        assert_eq!(late.next(), Next::Restart);
    }

    #[test]
    fn a_reader_outside_of_requests_sees_the_newest_state() {
        let newest = Consistency::default();
        assert_eq!([newest.next(), newest.next()], [Next::Plain, Next::Plain]);
        assert!(!newest.lost() && !newest.must_restart());
    }
}
