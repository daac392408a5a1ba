//! Listens for connections and serves them until a signal stops the node.

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

use super::{node::Node, router};
use crate::access::Caller;

mod answered;
mod connected;
mod files;
mod open;
mod pace;
mod reserve;
mod stop;
mod stream;
mod table;
mod unread;

use answered::Answered;
pub(super) use connected::{Connected, Held};
use stop::Stop;
use stream::Stream;
use table::{Displaced, Full, Place, Table};
use unread::Unread;
pub(super) use unread::Waiting;

/// The limits of connections.
#[derive(Clone, Copy, Debug)]
pub struct Listening {
    /// The most open connections.
    pub connections: usize,
    /// The time for the head of a request to arrive, including idle time before it.
    pub head: Duration,
    /// The time window in which the client has to read a part of what is sent.
    pub write: Duration,
    /// The most bytes of responses that wait to be read.
    pub unread: usize,
    /// The time for requests in progress to finish after a stop signal.
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

/// Why serving failed.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("{0} is in use; choose another address with --listen")]
    InUse(SocketAddr),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    #[error("serving failed: {0}")]
    Serve(#[from] io::Error),
}

/// The most bytes in the head of a request.
const HEAD_BYTES: usize = 64 * 1024;

/// Listens on `address`, calls `ready` with the actual address, and serves until a stop signal. Then no new requests
/// are accepted, and those in progress are finished.
///
/// # Errors
/// When the address is in use or cannot be listened on.
pub async fn serve(
    address: SocketAddr,
    node: Node,
    listening: Listening,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let listener = TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::InUse(address),
        _ => ServeError::Listen(address, error),
    })?;
    let mut stop = Stop::listen()?;
    ready(listener.local_addr()?);
    let stopped = async {
        stop.asked().await;
        tracing::info!("stopping: finishing requests in progress");
        tokio::select! {
            drained = timeout(listening.drain, node.drain()) => if drained.is_err() {
                tracing::warn!("some requests did not finish in time");
            },
            () = stop.asked_again() => tracing::warn!("stopping at once: abandoning requests in progress"),
        }
    };
    let connections = Arc::new(Connections::new(&node, listening));
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
    table: Table,
    reserve: Table,
    unread: Arc<Unread>,
    listening: Listening,
    closing: watch::Sender<bool>,
}

impl Connections {
    fn new(node: &Node, listening: Listening) -> Self {
        Self {
            router: router(node.clone()),
            node: node.clone(),
            table: Table::new(files::fitting(listening.connections)),
            reserve: Table::new(reserve::CONNECTIONS),
            unread: Unread::new(listening.unread, node.door().metrics().clone()),
            listening,
            closing: watch::Sender::new(false),
        }
    }

    /// Accepts connections forever: a node that is stopping still answers that it is.
    async fn accept(self: &Arc<Self>, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => self.take(stream, peer),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(self.made_room_after(&error)).await;
                }
            }
        }
    }

    /// Accepts a connection when there is room or another one can be closed; otherwise for health routes only.
    fn take(self: &Arc<Self>, stream: TcpStream, peer: SocketAddr) {
        // Whose a proxy's connection is, its first request tells.
        let owner = (!self.node.is_proxy(peer.ip())).then(|| Caller::from(peer.ip()));
        if let Ok(place) = self.place(&self.table, owner) {
            tokio::spawn(Arc::clone(self).converse(stream, peer, place));
        } else if let Ok(place) = self.place(&self.reserve, owner) {
            tokio::spawn(Arc::clone(self).check(stream, peer, place));
        } else {
            self.refuse(&stream);
        }
    }

    /// Closes a connection when the system has no room for another, and returns how long to wait.
    fn made_room_after(&self, error: &io::Error) -> Duration {
        if files::is_exhausted(error)
            && let Some(displaced) = self.table.give_way()
        {
            self.count(displaced);
            return Duration::from_millis(10);
        }
        Duration::from_millis(100)
    }

    fn place(&self, table: &Table, owner: Option<Caller>) -> Result<Place, Full> {
        let (place, displaced) = table.admit(owner)?;
        self.count(displaced);
        Ok(place)
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
        reserve::refuse(stream);
    }

    /// Serves a connection beyond the limit that requests a health route.
    async fn check(self: Arc<Self>, stream: TcpStream, peer: SocketAddr, place: Place) {
        let closed = place.open().closed();
        let asks = tokio::select! {
            asks = reserve::asks_for_health(&stream) => asks,
            () = closed => false,
        };
        if !asks {
            return self.refuse(&stream);
        }
        let mut http = http(reserve::HEAD);
        http.keep_alive(false);
        let _ = timeout(reserve::WHOLE, self.serve(&http, stream, peer, place)).await;
    }

    async fn converse(self: Arc<Self>, stream: TcpStream, peer: SocketAddr, place: Place) {
        self.serve(&http(self.listening.head), stream, peer, place).await;
    }

    /// Serves the requests of a connection until either side closes it, or it is closed to make room.
    async fn serve(&self, http: &http1::Builder, stream: TcpStream, peer: SocketAddr, place: Place) {
        let counted = self.node.door().metrics().connection();
        let (open, owning) = (Arc::clone(place.open()), place.owning());
        let made_room = open.closed();
        let connected = Connected::new(Arc::clone(&open), Arc::clone(&self.unread));
        let io = TokioIo::new(Stream::new(stream, self.listening.write, Arc::clone(&open), (place, counted)));
        let is_proxied = self.node.is_proxy(peer.ip());
        let followed = AtomicBool::new(false);
        let service = service_fn(|mut request: Request<Incoming>| {
            let under_way = open.under_way();
            if is_proxied {
                owning.pass_to(self.node.caller(peer.ip(), request.headers()));
            }
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(connected.clone());
            let connected = connected.clone();
            let answered = self.router.clone().oneshot(request.map(Body::new));
            let follows = followed.swap(true, Ordering::Relaxed);
            async move {
                if follows {
                    // The next request may be there already; all other connections, and what they wait for, come first.
                    yield_now().await;
                }
                let answer = answered.await?;
                let waiting = connected.hold(connected::held(&answer));
                Ok::<_, Infallible>(answer.map(|body| Answered::new(body, under_way, waiting)))
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

    /// Waits for responses that are being written.
    async fn close(&self) {
        self.closing.send_replace(true);
        let _ = timeout(LAST_WORDS, async { tokio::join!(self.table.empty(), self.reserve.empty()) }).await;
    }
}

/// The HTTP/1 settings.
fn http(head: Duration) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head);
    http.max_buf_size(HEAD_BYTES).max_header_size(HEAD_BYTES);
    http
}

/// The time for the last responses to be written.
const LAST_WORDS: Duration = Duration::from_secs(2);
