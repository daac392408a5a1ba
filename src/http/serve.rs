//! The server: accepts connections and answers their requests until it is shut down.

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::yield_now,
    time::{sleep, timeout},
};
use tower::ServiceExt;

use super::{Pages, node::Node, router};
use crate::access::Caller;

mod connection_handle;
mod connection_state;
mod connection_table;
mod health_reserve;
mod open_files;
mod response_body;
mod shutdown;
mod stream;
mod unread_bytes;
mod write_timeout;

pub(super) use connection_handle::{ConnectionHandle, HeldBytes};
use connection_table::{ConnectionTable, Displaced, Full, Slot};
use response_body::ResponseBody;
use shutdown::ShutdownSignals;
use stream::Stream;
use unread_bytes::UnreadBytes;
pub(super) use unread_bytes::UnreadGuard;

/// The limits of connections.
#[derive(Clone, Copy, Debug)]
pub struct Listening {
    /// Connections open at once.
    pub connections: usize,
    /// How long a request's head may take to arrive, and how long a connection may stay silent before it.
    pub head: Duration,
    /// The window of the write timeout.
    pub write: Duration,
    /// The greatest sum of unread bytes of answers.
    pub unread: usize,
    /// How long requests in flight may take once the node shuts down.
    pub drain: Duration,
}

impl Default for Listening {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            connections: 1024,
            head: seconds(15),
            write: seconds(30),
            unread: 256 << 20,
            drain: seconds(30),
        }
    }
}

/// Why a node cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("{0} is in use; choose another address with --listen")]
    InUse(SocketAddr),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    #[error("serving failed: {0}")]
    Serve(#[from] io::Error),
}

/// The greatest size of a request head.
const HEAD_BYTES: usize = 64 * 1024;

/// Listens on `address`, calls `ready` with the actual address, and serves until a signal. Then nothing new is accepted, and
/// requests in flight are finished first.
///
/// # Errors
/// When the address is taken or cannot be listened on.
pub async fn serve(
    address: SocketAddr,
    node: Node,
    pages: Option<Pages>,
    listening: Listening,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let listener = TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::InUse(address),
        _ => ServeError::Listen(address, error),
    })?;
    let mut signals = ShutdownSignals::listen()?;
    ready(listener.local_addr()?);
    let stopped = async {
        signals.first().await;
        tracing::info!("stopping: finishing requests in progress");
        tokio::select! {
            drained = timeout(listening.drain, node.drain()) => if drained.is_err() {
                tracing::warn!("some requests did not finish in time");
            },
            () = signals.second() => tracing::warn!("stopping at once: abandoning requests in progress"),
        }
    };
    let connections = Arc::new(Connections::new(&node, pages, listening));
    tokio::select! {
        () = connections.accept(listener) => {}
        () = stopped => {}
    }
    connections.close().await;
    Ok(())
}

struct Connections {
    router: Router,
    node: Node,
    table: ConnectionTable,
    health_table: ConnectionTable,
    unread: Arc<UnreadBytes>,
    listening: Listening,
    closing: watch::Sender<bool>,
}

impl Connections {
    fn new(node: &Node, pages: Option<Pages>, listening: Listening) -> Self {
        Self {
            router: router(node.clone(), pages),
            node: node.clone(),
            table: ConnectionTable::new(open_files::fitting(listening.connections)),
            health_table: ConnectionTable::new(health_reserve::CONNECTIONS),
            unread: UnreadBytes::new(listening.unread, node.door().metrics().clone()),
            listening,
            closing: watch::Sender::new(false),
        }
    }

    /// Accepts connections for ever: a draining node still answers with 503.
    async fn accept(self: &Arc<Self>, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => self.admit(stream, peer),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(self.made_room_after(&error)).await;
                }
            }
        }
    }

    /// Admits a connection to the table, or to the reserve for health checks, or refuses it.
    fn admit(self: &Arc<Self>, stream: TcpStream, peer: SocketAddr) {
        // The owner of a proxy's connection is known from its first request.
        let owner = (!self.node.is_proxy(peer.ip())).then(|| Caller::from(peer.ip()));
        if let Ok(slot) = self.slot(&self.table, owner) {
            tokio::spawn(Arc::clone(self).serve_slot(stream, peer, slot));
        } else if let Ok(slot) = self.slot(&self.health_table, owner) {
            tokio::spawn(Arc::clone(self).check(stream, peer, slot));
        } else {
            self.refuse(&stream);
        }
    }

    /// Closes a connection if no more files can be opened, and returns how long to wait.
    fn made_room_after(&self, error: &io::Error) -> Duration {
        if open_files::is_exhausted(error)
            && let Some(displaced) = self.table.give_way()
        {
            self.count(displaced);
            return Duration::from_millis(10);
        }
        Duration::from_millis(100)
    }

    fn slot(&self, table: &ConnectionTable, owner: Option<Caller>) -> Result<Slot, Full> {
        let (slot, displaced) = table.admit(owner)?;
        self.count(displaced);
        Ok(slot)
    }

    fn count(&self, displaced: Displaced) {
        let metrics = self.node.door().metrics();
        match displaced {
            Displaced::Nothing => {}
            Displaced::Idle => metrics.displaced("idle"),
            Displaced::Busy => metrics.displaced("busy"),
        }
    }

    fn refuse(&self, stream: &TcpStream) {
        self.node.door().metrics().shed();
        health_reserve::refuse(stream);
    }

    /// Serves a reserved connection, if it requests a health route.
    async fn check(self: Arc<Self>, stream: TcpStream, peer: SocketAddr, slot: Slot) {
        let closed = slot.state().closed();
        let asks = tokio::select! {
            asks = health_reserve::asks_for_health(&stream) => asks,
            () = closed => false,
        };
        if !asks {
            return self.refuse(&stream);
        }
        let mut http = http(health_reserve::HEAD);
        http.keep_alive(false);
        let _ = timeout(health_reserve::WHOLE, self.serve(&http, stream, peer, slot)).await;
    }

    async fn serve_slot(self: Arc<Self>, stream: TcpStream, peer: SocketAddr, slot: Slot) {
        self.serve(&http(self.listening.head), stream, peer, slot).await;
    }

    /// Serves a connection until a side closes it, or it is closed to make room.
    async fn serve(&self, http: &http1::Builder, stream: TcpStream, peer: SocketAddr, slot: Slot) {
        let counted = self.node.door().metrics().connection();
        let (state, owner) = (Arc::clone(slot.state()), slot.owner_handle());
        let made_room = state.closed();
        let handle = ConnectionHandle::new(Arc::clone(&state), Arc::clone(&self.unread));
        let io = TokioIo::new(Stream::new(stream, self.listening.write, Arc::clone(&state), (slot, counted)));
        let is_proxied = self.node.is_proxy(peer.ip());
        let followed = AtomicBool::new(false);
        let service = service_fn(|mut request: Request<Incoming>| {
            let in_flight = state.in_flight();
            if is_proxied {
                owner.pass_to(self.node.caller(peer.ip(), request.headers()));
            }
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(handle.clone());
            let handle = handle.clone();
            let answered = self.router.clone().oneshot(request.map(Body::new));
            let follows = followed.swap(true, Ordering::Relaxed);
            async move {
                if follows {
                    // The next request may have arrived already; other tasks run first.
                    yield_now().await;
                }
                let answer = answered.await?;
                let unread = handle.hold(connection_handle::held_bytes(&answer));
                Ok::<_, Infallible>(answer.map(|body| ResponseBody::new(body, in_flight, unread)))
            }
        });
        let mut connection = pin!(http.serve_connection(io, service).with_upgrades());
        let mut closing = self.closing.subscribe();
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = made_room => Ok(()),
            () = async { drop(closing.wait_for(|closing| *closing).await) } => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended");
        }
    }

    /// Waits for answers that are being written.
    async fn close(&self) {
        self.closing.send_replace(true);
        let _ = timeout(FLUSH_TIMEOUT, async { tokio::join!(self.table.empty(), self.health_table.empty()) })
            .await;
    }
}

/// The HTTP/1 server.
fn http(head: Duration) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head);
    http.max_buf_size(HEAD_BYTES).max_header_size(HEAD_BYTES);
    http
}

/// How long the last answers may take to be written.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(2);
