//! The TCP stream of a connection: it enforces the write timeout, and reads nothing while a write is blocked.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

use super::{open::Open, pace::Pace};

/// Bytes of the send buffer of the system: with a buffer of megabytes a stream shows no progress for minutes.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 16 * 1024;

/// A stream, and what is held while it is open, also after it has become a WebSocket.
pub(super) struct Stream<T> {
    tcp: TcpStream,
    pace: Pace,
    /// The waker of the reader that continues when writes continue.
    reader: Option<Waker>,
    open: Arc<Open>,
    _with: T,
}

impl<T> Stream<T> {
    /// Creates a stream that fails with `TimedOut` when the client reads too little in a `window`.
    pub(super) fn new(tcp: TcpStream, window: Duration, open: Arc<Open>, with: T) -> Self {
        // Both make it better, and neither is needed.
        let _ = tcp.set_nodelay(true);
        #[cfg(target_os = "linux")]
        let _ = socket2::SockRef::from(&tcp).set_tcp_notsent_lowat(UNSENT);
        Self { tcp, pace: Pace::new(window), reader: None, open, _with: with }
    }

    fn written(&mut self, cx: &mut Context<'_>, wrote: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match wrote {
            Poll::Ready(Ok(bytes)) => {
                self.pace.wrote(bytes);
                self.read_on();
            }
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                self.pace.wait(cx)?;
                self.open.wait_to_be_read(true);
            }
        }
        wrote
    }

    fn read_on(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }
}

impl<T: Unpin> AsyncRead for Stream<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.pace.is_blocked() {
            self.reader = Some(cx.waker().clone());
            self.pace.wait(cx)?;
            return Poll::Pending;
        }
        Pin::new(&mut self.tcp).poll_read(cx, into)
    }
}

impl<T: Unpin> AsyncWrite for Stream<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.tcp).poll_write(cx, bytes);
        self.written(cx, wrote)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.tcp).poll_flush(cx);
        if flushed.is_ready() && self.pace.flushed() {
            self.open.wait_to_be_read(false);
            self.read_on();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.tcp).poll_write_vectored(cx, parts);
        self.written(cx, wrote)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }
}
