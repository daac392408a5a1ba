//! Listening, until the operator says stop.

use std::{
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use super::{node::Node, router};

mod held;
mod stop;

use held::Held;
use stop::Stop;

/// How connections are treated.
#[derive(Clone, Copy, Debug)]
pub struct Listening {
    /// Connections open at once.
    pub connections: usize,
    /// How long a request's head may take to arrive, and how long a connection may stay silent before it.
    pub head: Duration,
    /// How long the other side may take to read what it is sent.
    pub write: Duration,
    /// How long requests under way may take once the node is to end.
    pub drain: Duration,
}

impl Default for Listening {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connections: 1024, head: seconds(15), write: seconds(30), drain: seconds(30) }
    }
}

/// Why a node does not listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("{0} is in use; choose another address with --listen")]
    InUse(SocketAddr),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    #[error("serving failed: {0}")]
    Serve(#[from] io::Error),
}

/// The largest head of a request.
const HEAD_BYTES: usize = 64 * 1024;

/// What a full node says to a connection that it cannot take.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// Listens on `address`, calls `ready` with the address that it got, and answers until a signal tells it to end: from then on
/// nothing new is taken on, and what is under way is finished first.
///
/// # Errors
/// When the address is taken or cannot be listened on.
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
        tracing::info!("stopping: requests under way are finished first");
        tokio::select! {
            drained = timeout(listening.drain, node.drain()) => if drained.is_err() {
                tracing::warn!("some requests did not end in time");
            },
            () = stop.asked_again() => tracing::warn!("stopping at once: requests under way are given up"),
        }
    };
    let connections = Connections::new(&node, listening);
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
    slots: Arc<Semaphore>,
    listening: Listening,
    closing: watch::Sender<bool>,
    http: http1::Builder,
}

impl Connections {
    fn new(node: &Node, listening: Listening) -> Self {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(listening.head);
        http.max_buf_size(HEAD_BYTES).max_header_size(HEAD_BYTES);
        Self {
            router: router(node.clone()),
            node: node.clone(),
            slots: Arc::new(Semaphore::new(listening.connections)),
            listening,
            closing: watch::Sender::new(false),
            http,
        }
    }

    /// Takes on connections for ever: a node that drains still says so to those who ask.
    async fn accept(&self, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => self.take(stream, peer),
                Err(error) => {
                    // No more files may be open, mostly: some will be closed soon.
                    tracing::warn!(%error, "a connection could not be taken on");
                    sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    fn take(&self, stream: TcpStream, peer: SocketAddr) {
        let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else {
            self.node.door().metrics().shed();
            // It fits into the socket's buffer, or nobody is waited for.
            let _ = stream.try_write(FULL);
            return;
        };
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.listening.write));
        let counted = self.node.door().metrics().connection();
        let io = TokioIo::new(Held::new(Box::pin(stream), (slot, counted)));
        let router = self.router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request.map(Body::new))
        });
        let connection = self.http.serve_connection(io, service).with_upgrades();
        let mut closing = self.closing.subscribe();
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                () = async { drop(closing.wait_for(|closing| *closing).await) } => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended");
            }
        });
    }

    /// Lets answers that are being written go out.
    async fn close(self) {
        self.closing.send_replace(true);
        let all = u32::try_from(self.listening.connections).unwrap_or(u32::MAX);
        let _ = timeout(LAST_WORDS, self.slots.acquire_many(all)).await;
    }
}

/// How long the last answers may take to go out.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// A connection, as hyper takes it.
type Stream = Pin<Box<TimeoutStream<TcpStream>>>;
