//! The write timeout: in each window of time the peer must read a minimum number of bytes, or all pending ones.
//!
//! A timeout that restarts with each byte would let a peer that reads a byte now and then hold an answer for ever.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep};

/// The slowest accepted reader, in bytes per second.
const SLOWEST: f64 = 512.0;

/// The write timeout of one connection.
pub(super) struct WriteTimeout {
    window: Duration,
    /// Bytes that must be written in a window.
    least: f64,
    end: Pin<Box<Sleep>>,
    /// Bytes that were written in the current window; `None` while nothing waits.
    written: Option<f64>,
    blocked: bool,
}

impl WriteTimeout {
    pub(super) fn new(window: Duration) -> Self {
        let least = (window.as_secs_f64() * SLOWEST).max(1.0);
        Self { window, least, end: Box::pin(sleep(window)), written: None, blocked: false }
    }

    /// Whether the last write had to wait.
    pub(super) fn is_blocked(&self) -> bool {
        self.blocked
    }

    /// Records written bytes.
    pub(super) fn wrote(&mut self, bytes: usize) {
        self.blocked = false;
        if let Some(written) = &mut self.written {
            #[expect(clippy::cast_precision_loss, reason = "the bytes of a window fit in an f64")]
            let bytes = bytes as f64;
            *written += bytes;
        }
    }

    /// Records that everything was written; returns whether anything had waited.
    pub(super) fn flushed(&mut self) -> bool {
        self.blocked = false;
        self.written.take().is_some()
    }

    /// Records that a write waits, and wakes the task at the end of the window.
    ///
    /// # Errors
    /// `TimedOut` at the end of a window with too few written bytes.
    pub(super) fn wait(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        self.blocked = true;
        if self.written.is_none() {
            self.begin();
        }
        while let Poll::Ready(()) = self.end.as_mut().poll(cx) {
            if self.written.is_some_and(|written| written < self.least) {
                return Err(io::Error::new(io::ErrorKind::TimedOut, "the client reads too slowly"));
            }
            self.begin();
        }
        Ok(())
    }

    fn begin(&mut self) {
        self.written = Some(0.0);
        self.end.as_mut().reset(Instant::now() + self.window);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        future::poll_fn,
        io::ErrorKind,
        task::Poll,
        time::{Duration, Instant},
    };

    use super::WriteTimeout;

    /// Writes this many bytes again and again, and returns how long that was accepted.
    async fn borne(timeout: &mut WriteTimeout, bytes: usize, every: Duration, at_most: Duration) -> Duration {
        let began = Instant::now();
        while began.elapsed() < at_most {
            if let Err(error) = poll_fn(|cx| Poll::Ready(timeout.wait(cx))).await {
                assert_eq!(error.kind(), ErrorKind::TimedOut);
                break;
            }
            timeout.wrote(bytes);
            tokio::time::sleep(every).await;
        }
        began.elapsed()
    }

    #[tokio::test]
    async fn reading_below_the_minimum_rate_times_out() {
        let (window, every) = (Duration::from_millis(100), Duration::from_millis(10));
        let most = Duration::from_secs(1);
        assert!(borne(&mut WriteTimeout::new(window), 1, every, most).await < most);
        assert!(borne(&mut WriteTimeout::new(window), 100, every, most).await >= most);
    }

    #[tokio::test]
    async fn a_peer_that_has_read_everything_does_not_time_out() {
        let mut timeout = WriteTimeout::new(Duration::from_millis(20));
        for _ in 0..5 {
            assert!(poll_fn(|cx| Poll::Ready(timeout.wait(cx))).await.is_ok());
            assert!(timeout.is_blocked());
            timeout.wrote(1);
            timeout.flushed();
            assert!(!timeout.is_blocked());
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }
}
