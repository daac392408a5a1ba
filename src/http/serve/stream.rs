//! The TCP stream of a connection, with a write timeout. Nothing is read while a write waits.

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

use super::{connection_state::ConnectionState, write_timeout::WriteTimeout};

/// How many unsent bytes the system buffers: with megabytes, a slow reader would show no progress for minutes.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 16 * 1024;

/// A stream with the guards that are held while it is open, also as a WebSocket.
pub(super) struct Stream<T> {
    tcp: TcpStream,
    timeout: WriteTimeout,
    /// The task that reads on once writes continue.
    reader: Option<Waker>,
    state: Arc<ConnectionState>,
    _with: T,
}

impl<T> Stream<T> {
    /// A stream that fails with `TimedOut` when the peer reads too little in a `window`.
    pub(super) fn new(tcp: TcpStream, window: Duration, state: Arc<ConnectionState>, with: T) -> Self {
        // Both are optional improvements.
        let _ = tcp.set_nodelay(true);
        #[cfg(target_os = "linux")]
        let _ = socket2::SockRef::from(&tcp).set_tcp_notsent_lowat(UNSENT);
        Self { tcp, timeout: WriteTimeout::new(window), reader: None, state, _with: with }
    }

    fn written(&mut self, cx: &mut Context<'_>, wrote: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match wrote {
            Poll::Ready(Ok(bytes)) => {
                self.timeout.wrote(bytes);
                self.read_on();
            }
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                self.timeout.wait(cx)?;
                self.state.set_unsent(true);
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
        if self.timeout.is_blocked() {
            self.reader = Some(cx.waker().clone());
            self.timeout.wait(cx)?;
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
        if flushed.is_ready() && self.timeout.flushed() {
            self.state.set_unsent(false);
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
