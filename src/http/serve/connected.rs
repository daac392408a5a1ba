//! The connection of a request, as its handler sees it.

use std::sync::Arc;

use axum::{http::header, response::Response};

use super::{
    open::{Open, UnderWay},
    unread::{Unread, Waiting},
};

/// A handle of the connection of a request or a WebSocket.
#[derive(Clone, Debug)]
pub(in crate::http) struct Connected {
    open: Arc<Open>,
    unread: Arc<Unread>,
}

/// Bytes that the body of a response holds until it is written as a whole, as an extension of the response.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct Held(pub(in crate::http) usize);

/// Bytes of the state of a compressor: its window and its tables.
const COMPRESSOR: usize = 4 << 20;

/// Bytes that a response holds.
pub(super) fn held(response: &Response) -> usize {
    let Some(Held(bytes)) = response.extensions().get() else { return 0 };
    let is_compressed = response.headers().contains_key(header::CONTENT_ENCODING);
    bytes + if is_compressed { COMPRESSOR } else { 0 }
}

impl Connected {
    pub(super) fn new(open: Arc<Open>, unread: Arc<Unread>) -> Self {
        Self { open, unread }
    }

    /// Marks the connection as in use for as long as the guard is held.
    pub(in crate::http) fn under_way(&self) -> UnderWay {
        self.open.under_way()
    }

    /// Counts bytes that wait to be read for as long as the guard is held.
    pub(in crate::http) fn hold(&self, bytes: usize) -> Waiting {
        self.unread.hold(&self.open, bytes)
    }

    /// Returns when the connection is to be closed to make room.
    pub(in crate::http) fn closed(&self) -> impl Future<Output = ()> + use<> {
        self.open.closed()
    }
}
