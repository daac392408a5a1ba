//! The signals that stop a node.

use std::{fs, io};

use tokio::signal::unix::{Signal, SignalKind, signal};

/// The signals that stop a node after it has finished the requests in progress: SIGTERM, SIGINT, SIGHUP and SIGQUIT.
pub(super) struct Stop {
    terminate: Signal,
    interrupt: Signal,
    quit: Signal,
    hang_up: Option<Signal>,
}

impl Stop {
    /// Installs the handlers: from now on these signals do not end the process directly.
    pub(super) fn listen() -> io::Result<Self> {
        let hang_up = SignalKind::hangup();
        // Who started this with `nohup` wants it to outlive the terminal.
        let hang_up = (!is_ignored(hang_up)).then(|| signal(hang_up)).transpose()?;
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            hang_up,
        })
    }

    /// Returns at the first signal.
    pub(super) async fn asked(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            _ = self.quit.recv() => {}
            () = received(self.hang_up.as_mut()) => {}
        }
    }

    /// Returns at a second signal from a terminal. Supervisors may repeat SIGTERM and SIGHUP, so these do not count.
    pub(super) async fn asked_again(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.quit.recv() => {}
        }
    }
}

async fn received(signal: Option<&mut Signal>) {
    match signal {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}

/// Whether the process was started with this signal ignored; false when the system does not tell.
fn is_ignored(signal: SignalKind) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    u32::try_from(signal.as_raw_value() - 1).is_ok_and(|bit| (mask >> bit) & 1 == 1)
}
