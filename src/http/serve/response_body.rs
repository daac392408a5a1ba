//! The body of a response: its request is in flight until all of it is handed over, in bounded parts.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    Error,
    body::{Body, Bytes},
};
use hyper::body::{Frame, SizeHint};

use super::{connection_state::InFlight, unread_bytes::UnreadGuard};

/// The size of a part: as much as a connection buffers before it waits for the peer to read.
const PART: usize = 64 * 1024;

pub(super) struct ResponseBody {
    body: Body,
    rest: Bytes,
    _request: InFlight,
    _unread: UnreadGuard,
}

impl ResponseBody {
    pub(super) fn new(body: Body, request: InFlight, unread: UnreadGuard) -> Self {
        Self { body, rest: Bytes::new(), _request: request, _unread: unread }
    }
}

impl hyper::body::Body for ResponseBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if self.rest.is_empty() {
            let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else { return Poll::Pending };
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => self.rest = data,
                Some(Ok(Err(other))) => return Poll::Ready(Some(Ok(other))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let part = self.rest.len().min(PART);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(part)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (more, rest) = (self.body.size_hint(), self.rest.len() as u64);
        let mut hint = SizeHint::new();
        hint.set_lower(more.lower() + rest);
        if let Some(upper) = more.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}
