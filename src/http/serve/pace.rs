//! The write timeout: in each time window, a minimum of bytes or everything that waits must be written.
//!
//! A timeout that restarted with each byte would let a client that reads a byte now and then hold a response forever.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep};

/// The minimum rate of reading, in bytes per second.
const SLOWEST: f64 = 512.0;

/// The progress of the writes of one connection.
pub(super) struct Pace {
    window: Duration,
    /// Bytes that must be written per window.
    least: f64,
    end: Pin<Box<Sleep>>,
    /// Bytes written in the current window; none is open while nothing waits.
    written: Option<f64>,
    blocked: bool,
}

impl Pace {
    pub(super) fn new(window: Duration) -> Self {
        let least = (window.as_secs_f64() * SLOWEST).max(1.0);
        Self { window, least, end: Box::pin(sleep(window)), written: None, blocked: false }
    }

    /// Whether the last write was blocked.
    pub(super) fn is_blocked(&self) -> bool {
        self.blocked
    }

    /// Records written bytes.
    pub(super) fn wrote(&mut self, bytes: usize) {
        self.blocked = false;
        if let Some(written) = &mut self.written {
            #[expect(clippy::cast_precision_loss, reason = "no window sees so many bytes")]
            let bytes = bytes as f64;
            *written += bytes;
        }
    }

    /// Records that everything that waited was written; returns whether there was anything.
    pub(super) fn flushed(&mut self) -> bool {
        self.blocked = false;
        self.written.take().is_some()
    }

    /// Waits until writing is possible, and wakes the task at the end of the window.
    ///
    /// # Errors
    /// `TimedOut` at the end of a window in which too few bytes were written.
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

    use super::Pace;

    /// Writes so many bytes repeatedly, while more always wait, and returns the time until the timeout.
    async fn borne(pace: &mut Pace, bytes: usize, every: Duration, at_most: Duration) -> Duration {
        let began = Instant::now();
        while began.elapsed() < at_most {
            if let Err(error) = poll_fn(|cx| Poll::Ready(pace.wait(cx))).await {
                assert_eq!(error.kind(), ErrorKind::TimedOut);
                break;
            }
            pace.wrote(bytes);
            tokio::time::sleep(every).await;
        }
        began.elapsed()
    }

    #[tokio::test]
    async fn a_byte_now_and_then_is_too_little_and_a_steady_trickle_is_not() {
        let (window, every) = (Duration::from_millis(100), Duration::from_millis(10));
        let most = Duration::from_secs(1);
        assert!(borne(&mut Pace::new(window), 1, every, most).await < most);
        assert!(borne(&mut Pace::new(window), 100, every, most).await >= most);
    }

    #[tokio::test]
    async fn who_has_read_all_may_be_silent_for_as_long_as_it_likes() {
        let mut pace = Pace::new(Duration::from_millis(20));
        for _ in 0..5 {
            assert!(poll_fn(|cx| Poll::Ready(pace.wait(cx))).await.is_ok());
            assert!(pace.is_blocked());
            pace.wrote(1);
            pace.flushed();
            assert!(!pace.is_blocked());
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }
}
