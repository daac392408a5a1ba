//! The connection that a request came on, as the request sees it.

use std::sync::Arc;

use axum::{http::header, response::Response};

use super::{
    open::{Open, UnderWay},
    unread::{Unread, Waiting},
};

/// What a request, or a WebSocket, knows of the connection beneath it.
#[derive(Clone, Debug)]
pub(in crate::http) struct Connected {
    open: Arc<Open>,
    unread: Arc<Unread>,
}

/// Bytes that the body of a response holds until all of it is handed over, for those who look at it from outside.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct Held(pub(in crate::http) usize);

/// What holds the state of a compressor: its window, and tables of what it has seen.
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

    /// Something is worked on, for as long as this is held.
    pub(in crate::http) fn under_way(&self) -> UnderWay {
        self.open.under_way()
    }

    /// So many bytes wait to be read, for as long as this is held.
    pub(in crate::http) fn hold(&self, bytes: usize) -> Waiting {
        self.unread.hold(&self.open, bytes)
    }

    /// Returns once the connection is to make room for another.
    pub(in crate::http) fn closed(&self) -> impl Future<Output = ()> + use<> {
        self.open.closed()
    }
}
