//! The signals that shut a node down.

use std::{fs, io};

use tokio::signal::unix::{Signal, SignalKind, signal};

/// The signals of a graceful shutdown: SIGTERM, SIGINT, SIGHUP and SIGQUIT.
pub(super) struct ShutdownSignals {
    terminate: Signal,
    interrupt: Signal,
    quit: Signal,
    hang_up: Option<Signal>,
}

impl ShutdownSignals {
    /// Handles these signals, which do not end the process by themselves from then on.
    pub(super) fn listen() -> io::Result<Self> {
        let hang_up = SignalKind::hangup();
        // Started with `nohup`, the process outlives the terminal.
        let hang_up = (!is_ignored(hang_up)).then(|| signal(hang_up)).transpose()?;
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            hang_up,
        })
    }

    /// Returns at the first signal.
    pub(super) async fn first(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            _ = self.quit.recv() => {}
            () = received(self.hang_up.as_mut()) => {}
        }
    }

    /// Returns at a further SIGINT or SIGQUIT, which shut down at once; supervisors repeat SIGTERM and SIGHUP.
    pub(super) async fn second(&mut self) {
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

/// Whether the process was started with a signal ignored, as far as the system tells.
fn is_ignored(signal: SignalKind) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    u32::try_from(signal.as_raw_value() - 1).is_ok_and(|bit| (mask >> bit) & 1 == 1)
}
