//! Response bodies in chunks. The task yields after each, because compressing a large body takes long.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};

/// The size of a chunk.
const CHUNK_BYTES: usize = 64 << 10;

#[derive(Debug)]
struct ChunkedBody {
    bytes: Bytes,
    /// Whether a chunk was returned since the last yield.
    returned: bool,
}

/// A body of these bytes, in chunks if it is large.
pub(super) fn chunked(bytes: impl Into<Bytes>) -> Body {
    let bytes = bytes.into();
    if bytes.len() <= CHUNK_BYTES { bytes.into() } else { Body::new(ChunkedBody { bytes, returned: false }) }
}

impl hyper::body::Body for ChunkedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.bytes.is_empty() {
            return Poll::Ready(None);
        }
        if std::mem::replace(&mut self.returned, false) {
            task.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.returned = true;
        let length = self.bytes.len().min(CHUNK_BYTES);
        Poll::Ready(Some(Ok(Frame::data(self.bytes.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use axum::body::HttpBody;
    use tokio::pin;

    use super::{CHUNK_BYTES, chunked};

    #[test]
    fn a_large_body_yields_after_each_chunk_and_is_complete() {
        let bytes: Vec<u8> = (0..5 * CHUNK_BYTES + 7).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let large = chunked(bytes.clone());
        assert_eq!(large.size_hint().exact(), Some(bytes.len() as u64));
        pin!(large);
        let (mut told, mut pauses, mut pieces) = (Vec::new(), 0, 0);
        loop {
            match large.as_mut().poll_frame(&mut Context::from_waker(Waker::noop())) {
                Poll::Pending => pauses += 1,
                Poll::Ready(None) => break,
                Poll::Ready(Some(frame)) => {
                    let piece = frame.unwrap().into_data().unwrap();
                    assert!(piece.len() <= CHUNK_BYTES);
                    told.extend_from_slice(&piece);
                    pieces += 1;
                }
            }
            assert!(pieces <= pauses + 1, "two pieces in a row");
        }
        assert_eq!((told == bytes, pauses), (true, 5));
    }
}
