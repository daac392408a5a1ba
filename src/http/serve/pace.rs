//! The write timeout: so many bytes must go out in each window of time, or all that waits.
//!
//! A timeout that began anew with each byte would let who reads a byte now and then hold an answer for ever.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep};

/// The slowest reader that is waited for, in bytes a second.
const SLOWEST: f64 = 512.0;

/// How the writes of one connection get on.
pub(super) struct Pace {
    window: Duration,
    /// Bytes that must go out in a window.
    least: f64,
    end: Pin<Box<Sleep>>,
    /// Bytes that went out in the present window; none is open while nothing waits.
    written: Option<f64>,
    blocked: bool,
}

impl Pace {
    pub(super) fn new(window: Duration) -> Self {
        let least = (window.as_secs_f64() * SLOWEST).max(1.0);
        Self { window, least, end: Box::pin(sleep(window)), written: None, blocked: false }
    }

    /// Whether the last write found no room.
    pub(super) fn is_blocked(&self) -> bool {
        self.blocked
    }

    /// Some bytes went out.
    pub(super) fn wrote(&mut self, bytes: usize) {
        self.blocked = false;
        if let Some(written) = &mut self.written {
            #[expect(clippy::cast_precision_loss, reason = "no window sees so many bytes")]
            let bytes = bytes as f64;
            *written += bytes;
        }
    }

    /// All that waited went out; whether anything did.
    pub(super) fn flushed(&mut self) -> bool {
        self.blocked = false;
        self.written.take().is_some()
    }

    /// Waits for room, and wakes the task at the end of the window.
    ///
    /// # Errors
    /// `TimedOut` at the end of a window in which too few bytes went out.
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

    /// Writes so many bytes again and again, which never are all, and says how long that was borne.
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
