//! A node: the door, and what stands between it and the world.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{
    body::Bytes,
    extract::ConnectInfo,
    http::{Extensions, HeaderMap, HeaderValue},
};
use ipnet::IpNet;
use sea_orm::DatabaseConnection;
use tokio::sync::watch;

use super::{
    door::{CallerContext, Door},
    gate::{Capacity, Gate},
    graphql::BodyLimits,
    health::Watched,
    mark::Mark,
    metrics::Counted,
    refusal::Refusal,
    together::Together,
};
use crate::{
    access::{Caller, Permit, Viewer},
    store::ServedFile,
};

/// What an operator chose.
#[derive(Clone, Debug)]
pub struct Settings {
    pub body: BodyLimits,
    pub capacity: Capacity,
    /// Pages of these origins may ask.
    pub origins: Vec<HeaderValue>,
    /// Proxies whose word on who calls is taken.
    pub proxies: Vec<IpNet>,
    pub sockets: SocketLimits,
}

/// What one WebSocket may do.
#[derive(Clone, Copy, Debug)]
pub struct SocketLimits {
    /// How long after its opening it must have introduced itself.
    pub init: Duration,
    /// How often a silent one is asked whether it is still there.
    pub ping: Duration,
    /// Operations under way at once.
    pub operations: usize,
    /// Operations that wait for one of these to end; together they have no more bytes than one message may.
    pub waiting: usize,
}

impl Default for Settings {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            body: BodyLimits { bytes: 512 * 1024, time: Duration::from_secs(15) },
            capacity: Capacity {
                running: 16 * cores,
                waiting: 128 * cores,
                patience: Duration::from_secs(2),
            },
            origins: Vec::new(),
            proxies: Vec::new(),
            sockets: SocketLimits {
                init: Duration::from_secs(3),
                ping: Duration::from_secs(30),
                operations: 10,
                waiting: 100,
            },
        }
    }
}

/// What every route of a node shares.
#[derive(Clone, Debug)]
pub struct Node(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    door: Door,
    settings: Settings,
    gate: Gate,
    watched: Watched,
    figures: Together<Option<Bytes>>,
    draining: watch::Sender<bool>,
    /// Operations of sockets that were taken on, and have not ended.
    accepted: watch::Sender<usize>,
    file: Option<Arc<ServedFile>>,
}

/// The promise that an operation will be answered, although the node is told to end.
#[derive(Debug)]
pub(super) struct Accepted(Node);

/// What is told to who comes while the node ends.
fn ending() -> Refusal {
    Refusal::unavailable("this node is about to end")
}

impl Drop for Accepted {
    fn drop(&mut self) {
        self.0.0.accepted.send_modify(|accepted| *accepted -= 1);
    }
}

/// The right to be worked on.
#[derive(Debug)]
pub(super) struct Place {
    _permit: Permit,
    _counted: Counted,
}

impl Node {
    #[must_use]
    pub fn new(door: Door, settings: Settings) -> Self {
        let (gate, watched) = (Gate::new(settings.capacity), Watched::new(door.database().clone()));
        let draining = watch::Sender::new(false);
        let figures = Together::default();
        let accepted = watch::Sender::new(0);
        Self(Arc::new(Inner { door, settings, gate, watched, figures, draining, accepted, file: None }))
    }

    /// The same node, which is ready only while the `file` behind its database is there and whole.
    #[must_use]
    pub fn watching(mut self, file: Option<Arc<ServedFile>>) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.file = file;
        }
        self
    }

    /// The same node, whose health routes ask the database by connections of their own.
    #[must_use]
    pub fn asking(mut self, database: DatabaseConnection) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.watched = Watched::new(database);
        }
        self
    }

    pub(super) fn file(&self) -> Option<&ServedFile> {
        self.0.file.as_deref()
    }

    pub(super) fn watched(&self) -> &Watched {
        &self.0.watched
    }

    /// What the node counted, as Prometheus reads it; written once for all who ask at the same time.
    pub(super) async fn figures(&self) -> Option<Bytes> {
        let write = async { self.door().metrics().text(self.door().database()).ok().map(Bytes::from) };
        self.0.figures.get(write).await
    }

    pub(super) fn door(&self) -> &Door {
        &self.0.door
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// A place to be worked on.
    ///
    /// # Errors
    /// 503 when the node is full, or about to end.
    pub(super) async fn enter(&self, caller: Option<Caller>) -> Result<Place, Refusal> {
        if self.is_draining() { Err(ending()) } else { self.place(caller).await }
    }

    /// A place for what was taken on before.
    pub(super) async fn enter_accepted(
        &self,
        caller: Option<Caller>,
        _: &Accepted,
    ) -> Result<Place, Refusal> {
        self.place(caller).await
    }

    async fn place(&self, caller: Option<Caller>) -> Result<Place, Refusal> {
        let Ok(permit) = self.0.gate.enter(caller).await else {
            self.door().metrics().shed();
            return Err(Refusal::unavailable("this node has more to do than it can"));
        };
        Ok(Place { _permit: permit, _counted: self.door().metrics().running() })
    }

    /// Takes an operation on that waits for its turn.
    pub(super) fn accept(&self) -> Result<Accepted, Refusal> {
        // Counted first: who drains the node looks at the count after it has said so.
        self.0.accepted.send_modify(|accepted| *accepted += 1);
        let accepted = Accepted(self.clone());
        if self.is_draining() { Err(ending()) } else { Ok(accepted) }
    }

    pub(super) fn is_draining(&self) -> bool {
        *self.0.draining.borrow()
    }

    /// Returns once the node is about to end.
    pub(super) fn draining(&self) -> impl Future<Output = ()> + use<> {
        let mut draining = self.0.draining.subscribe();
        async move {
            // The sender lives as long as the node.
            let _ = draining.wait_for(|draining| *draining).await;
        }
    }

    /// Takes on nothing more, and returns once nothing is under way.
    pub async fn drain(&self) {
        self.0.draining.send_replace(true);
        let _ = self.0.accepted.subscribe().wait_for(|accepted| *accepted == 0).await;
        self.0.gate.empty().await;
    }

    /// The context of a request: its caller, its id and its trace.
    pub(super) fn caller_context(&self, headers: &HeaderMap, extensions: &Extensions) -> CallerContext {
        let Mark { request_id, trace } = extensions.get::<Mark>().cloned().unwrap_or_default();
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let caller = peer.map(|peer| self.caller(peer, headers));
        CallerContext { viewer: Viewer::Anonymous, caller, request_id, trace }
    }

    /// Whose a request from `peer` is: the proxy's own, where it names no caller.
    pub(super) fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> Caller {
        Caller::from(self.behind_proxies(peer, headers))
    }

    /// Whether an address is one of our own proxies.
    pub(super) fn is_proxy(&self, address: IpAddr) -> bool {
        self.0.settings.proxies.iter().any(|proxies| proxies.contains(&address.to_canonical()))
    }

    /// The nearest address that is not one of our own proxies.
    fn behind_proxies(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut nearest = peer;
        let lines = headers.get_all("x-forwarded-for").iter().rev();
        // What callers wrote themselves stands to the left, in the same line, and may be no text at all.
        for name in lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b',')) {
            if !self.is_proxy(nearest) {
                break;
            }
            let Some(address) = address(name) else { break };
            nearest = address;
        }
        nearest
    }
}

/// An address as proxies write it: some add the port.
fn address(name: &[u8]) -> Option<IpAddr> {
    let name = str::from_utf8(name).ok()?.trim();
    name.parse().ok().or_else(|| Some(name.parse::<SocketAddr>().ok()?.ip()))
}
