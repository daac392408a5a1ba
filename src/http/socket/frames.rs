//! The stream of a WebSocket with a read timeout: a message that has begun must be complete in time.
//!
//! The library reports whole messages only, so the frame headers are parsed here to know whether one is incomplete.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

/// Tracks whether a message of the client is incomplete (RFC 6455, 5.2).
#[derive(Debug, Default)]
struct Scanner {
    head: [u8; 14],
    /// How many bytes of the next frame's header have arrived.
    known: usize,
    /// How many bytes of the frame's payload are missing.
    left: u64,
    /// Whether a message has begun and is not complete.
    open: bool,
    /// How many messages have begun.
    begun: u64,
}

impl Scanner {
    fn feed(&mut self, mut bytes: &[u8]) {
        while let [byte, rest @ ..] = bytes {
            if self.left > 0 {
                let skipped = bytes.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
                bytes = &bytes[skipped..];
                self.left -= skipped as u64;
            } else {
                self.head[self.known] = *byte;
                self.known += 1;
                bytes = rest;
                if !self.open && !self.is_control() {
                    self.open = true;
                    self.begun += 1;
                }
                if self.known < self.head_bytes() {
                    continue;
                }
                self.left = self.payload_bytes();
            }
            if self.left == 0 {
                self.known = 0;
                // A control frame may come between the fragments of a message.
                self.open &= self.is_control() || self.head[0] & 0x80 == 0;
            }
        }
    }

    fn is_control(&self) -> bool {
        self.head[0] & 0x08 != 0
    }

    fn head_bytes(&self) -> usize {
        if self.known < 2 {
            return 2;
        }
        let length = match self.head[1] & 0x7f {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let mask = if self.head[1] & 0x80 == 0 { 0 } else { 4 };
        2 + length + mask
    }

    fn payload_bytes(&self) -> u64 {
        let long = match self.head[1] & 0x7f {
            126 => &self.head[2..4],
            127 => &self.head[2..10],
            short => return short.into(),
        };
        long.iter().fold(0, |length, byte| (length << 8) | u64::from(*byte))
    }
}

/// A stream that fails with `TimedOut` when a message takes too long to arrive.
pub(super) struct Frames<S> {
    stream: S,
    scanner: Scanner,
    time: Duration,
    end: Pin<Box<Sleep>>,
}

impl<S> Frames<S> {
    pub(super) fn new(stream: S, time: Duration) -> Self {
        Self { stream, scanner: Scanner::default(), time, end: Box::pin(sleep(time)) }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Frames<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, into);
        let begun = self.scanner.begun;
        self.scanner.feed(&into.filled()[before..]);
        if !self.scanner.open {
            return read;
        }
        if self.scanner.begun > begun {
            let end = Instant::now() + self.time;
            self.end.as_mut().reset(end);
        }
        match self.end.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, LATE))),
            Poll::Pending => read,
        }
    }
}

/// The message of the timeout.
pub(super) const LATE: &str = "the message took too long to arrive";

impl<S: AsyncWrite + Unpin> AsyncWrite for Frames<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tokio_tungstenite::tungstenite::protocol::frame::{
        Frame,
        coding::{Control, Data, OpCode},
    };

    use super::Scanner;

    /// A frame of a client: what it is, whether it is the last of its message, and how long.
    fn frame() -> impl Strategy<Value = (bool, bool, usize)> {
        (any::<bool>(), any::<bool>(), prop_oneof![0..5_usize, 120..130_usize, 65_530..65_540_usize])
    }

    proptest! {
        #[test]
        fn a_message_is_open_from_its_first_frame_to_its_last(
            frames in prop::collection::vec(frame(), 1..12),
            chunk in 1..70_000_usize,
        ) {
            let (mut scanner, mut open) = (Scanner::default(), false);
            for (is_control, is_last, length) in frames {
                let length = if is_control { length.min(125) } else { length };
                let opcode = match (is_control, open) {
                    (true, _) => OpCode::Control(Control::Ping),
                    (_, true) => OpCode::Data(Data::Continue),
                    _ => OpCode::Data(Data::Text),
                };
                let mut frame = Frame::message(vec![b'x'; length], opcode, is_control || is_last);
                frame.header_mut().mask = Some([1, 2, 3, 4]);
                let mut bytes = Vec::new();
                frame.format(&mut bytes).unwrap();
                for part in bytes.chunks(chunk) {
                    scanner.feed(part);
                }
                if !is_control {
                    open = !is_last;
                }
                prop_assert_eq!(scanner.open, open);
                prop_assert_eq!((scanner.known, scanner.left), (0, 0));
            }
        }
    }
}
