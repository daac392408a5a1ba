//! The handle that a request has of its connection.

use std::sync::Arc;

use axum::{http::header, response::Response};

use super::{
    connection_state::{ConnectionState, InFlight},
    unread_bytes::{UnreadBytes, UnreadGuard},
};

/// The connection of a request or of a WebSocket.
#[derive(Clone, Debug)]
pub(in crate::http) struct ConnectionHandle {
    state: Arc<ConnectionState>,
    unread: Arc<UnreadBytes>,
}

/// The bytes that a response body holds in memory, as an extension of the response.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct HeldBytes(pub(in crate::http) usize);

/// The memory of a compressor.
const COMPRESSOR_BYTES: usize = 4 << 20;

/// The bytes that a response holds in memory.
pub(super) fn held_bytes(response: &Response) -> usize {
    let Some(HeldBytes(bytes)) = response.extensions().get() else { return 0 };
    let is_compressed = response.headers().contains_key(header::CONTENT_ENCODING);
    bytes + if is_compressed { COMPRESSOR_BYTES } else { 0 }
}

impl ConnectionHandle {
    pub(super) fn new(state: Arc<ConnectionState>, unread: Arc<UnreadBytes>) -> Self {
        Self { state, unread }
    }

    /// Marks the connection as in use, until the guard is dropped.
    pub(in crate::http) fn in_flight(&self) -> InFlight {
        self.state.in_flight()
    }

    /// Counts unread bytes, until the guard is dropped.
    pub(in crate::http) fn hold(&self, bytes: usize) -> UnreadGuard {
        self.unread.hold(&self.state, bytes)
    }

    /// Returns once the connection is to be closed.
    pub(in crate::http) fn closed(&self) -> impl Future<Output = ()> + use<> {
        self.state.closed()
    }
}
