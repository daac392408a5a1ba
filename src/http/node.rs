//! A node: the state that all routes share, its limits, and its shutdown.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use axum::{
    body::Bytes,
    extract::ConnectInfo,
    http::{Extensions, HeaderMap, header},
};
use ipnet::IpNet;
use sea_orm::DatabaseConnection;
use tokio::sync::watch;

use super::{
    authority::{Authority, Identified, Token, Unidentified},
    coalesce::Coalesced,
    concurrency::{Capacity, ConcurrencyLimiter},
    door::{CallerContext, Door},
    metrics::GaugeGuard,
    origin::Origins,
    readiness::ReadinessCheck,
    refusal::Refusal,
    request_id::RequestIds,
    spool::{DEFAULT_EXPORT_BYTES, ExportCapacity, ExportQueue, Spool},
};
use crate::{
    access::{Caller, Identity, Permit, Scope, Viewer},
    graph::label::Language,
    store::ServedFile,
};

/// The settings of a node.
#[derive(Clone, Debug)]
pub struct Settings {
    pub body: BodyLimits,
    pub capacity: Capacity,
    pub origins: Origins,
    /// Trusted proxies, whose `X-Forwarded-For` is used.
    pub proxies: Vec<IpNet>,
    pub sockets: SocketLimits,
    pub exports: ExportFiles,
}

/// The temporary files of exports, and how many exports there may be.
#[derive(Clone, Debug)]
pub struct ExportFiles {
    pub folder: PathBuf,
    /// The bytes of all files.
    pub bytes: u64,
    pub capacity: ExportCapacity,
}

/// The greatest size of a body, and the time to receive it.
#[derive(Clone, Copy, Debug)]
pub struct BodyLimits {
    pub bytes: usize,
    pub time: Duration,
}

/// The limits of a WebSocket.
#[derive(Clone, Copy, Debug)]
pub struct SocketLimits {
    /// How long after it is opened `connection_init` must arrive.
    pub init: Duration,
    /// How often a silent one is pinged.
    pub ping: Duration,
    /// Operations that are executed at once.
    pub operations: usize,
    /// Operations that may wait; together they have at most the bytes of one message.
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
            origins: Origins::default(),
            proxies: Vec::new(),
            sockets: SocketLimits {
                init: Duration::from_secs(3),
                ping: Duration::from_secs(30),
                operations: 10,
                waiting: 100,
            },
            exports: ExportFiles {
                folder: std::env::temp_dir(),
                bytes: DEFAULT_EXPORT_BYTES,
                capacity: ExportCapacity::default(),
            },
        }
    }
}

/// The state that all routes share.
#[derive(Clone, Debug)]
pub struct Node(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    door: Door,
    settings: Settings,
    limiter: ConcurrencyLimiter,
    readiness: ReadinessCheck,
    metrics_text: Coalesced<Option<Bytes>>,
    draining: watch::Sender<bool>,
    /// Operations of `WebSocket`s that were accepted and are not answered.
    accepted: watch::Sender<usize>,
    file: Option<Arc<ServedFile>>,
    /// What credentials are trusted by; without it, all are refused.
    authority: Option<Authority>,
    exports: ExportQueue,
    spool: Spool,
}

/// A guard of an accepted operation or export, which is answered before the node ends.
#[derive(Debug)]
pub(super) struct Accepted(Node);

/// The error while the node is draining.
fn draining() -> Refusal {
    Refusal::unavailable("this node is shutting down")
}

impl Drop for Accepted {
    fn drop(&mut self) {
        self.0.0.accepted.send_modify(|accepted| *accepted -= 1);
    }
}

/// The permit to execute a request.
#[derive(Debug)]
pub(super) struct ExecutionPermit {
    _permit: Permit,
    _running: GaugeGuard,
}

impl Node {
    #[must_use]
    pub fn new(door: Door, settings: Settings) -> Self {
        let (limiter, readiness) =
            (ConcurrencyLimiter::new(settings.capacity), ReadinessCheck::new(door.database().clone()));
        let draining = watch::Sender::new(false);
        let metrics_text = Coalesced::default();
        let accepted = watch::Sender::new(0);
        let ExportFiles { folder, bytes, capacity } = settings.exports.clone();
        let (exports, spool) = (ExportQueue::new(capacity), Spool::new(folder, bytes));
        let door = door.with_export_files(spool.most_of_caller(), capacity.per_caller);
        Self(Arc::new(Inner {
            door,
            settings,
            limiter,
            readiness,
            metrics_text,
            draining,
            accepted,
            file: None,
            authority: None,
            exports,
            spool,
        }))
    }

    /// Sets the `file` of the database; the node is ready only while it is intact.
    #[must_use]
    pub fn with_file(mut self, file: Option<Arc<ServedFile>>) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.file = file;
        }
        self
    }

    /// Sets what credentials are trusted by.
    #[must_use]
    pub fn with_authority(mut self, authority: Authority) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.authority = Some(authority);
        }
        self
    }

    /// Sets the connections of the health routes.
    #[must_use]
    pub fn with_health_database(mut self, database: DatabaseConnection) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.readiness = ReadinessCheck::new(database);
        }
        self
    }

    pub(super) fn file(&self) -> Option<&ServedFile> {
        self.0.file.as_deref()
    }

    /// The exports that are executed or wait.
    pub(super) fn exports(&self) -> &ExportQueue {
        &self.0.exports
    }

    /// The temporary files of exports.
    pub(super) fn spool(&self) -> &Spool {
        &self.0.spool
    }

    pub(super) fn readiness(&self) -> &ReadinessCheck {
        &self.0.readiness
    }

    /// The metrics in the text format. Concurrent calls are coalesced.
    pub(super) async fn metrics_text(&self) -> Option<Bytes> {
        self.door().metrics().exports().stored(self.0.spool.used());
        let write = async { self.door().metrics().text(self.door().database()).ok().map(Bytes::from) };
        self.0.metrics_text.get(write).await
    }

    pub(super) fn door(&self) -> &Door {
        &self.0.door
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Waits for the permit to execute a request.
    ///
    /// # Errors
    /// 503 when the node is full, or about to end.
    pub(super) async fn acquire(&self, caller: Option<Caller>) -> Result<ExecutionPermit, Refusal> {
        if self.is_draining() { Err(draining()) } else { self.permit(caller).await }
    }

    /// Waits for the permit to execute an accepted operation, also while draining.
    pub(super) async fn acquire_accepted(
        &self,
        caller: Option<Caller>,
        _: &Accepted,
    ) -> Result<ExecutionPermit, Refusal> {
        self.permit(caller).await
    }

    async fn permit(&self, caller: Option<Caller>) -> Result<ExecutionPermit, Refusal> {
        let Ok(permit) = self.0.limiter.acquire(caller).await else {
            self.door().metrics().shed();
            return Err(Refusal::unavailable("this node is overloaded"));
        };
        Ok(ExecutionPermit { _permit: permit, _running: self.door().metrics().running() })
    }

    /// Accepts an operation that may wait.
    pub(super) fn accept(&self) -> Result<Accepted, Refusal> {
        // Counted first: `drain` reads the count after it has set the flag.
        self.0.accepted.send_modify(|accepted| *accepted += 1);
        let accepted = Accepted(self.clone());
        if self.is_draining() { Err(draining()) } else { Ok(accepted) }
    }

    pub(super) fn is_draining(&self) -> bool {
        *self.0.draining.borrow()
    }

    /// Returns once the node is draining.
    pub(super) fn draining(&self) -> impl Future<Output = ()> + use<> {
        let mut draining = self.0.draining.subscribe();
        async move {
            // The sender lives as long as the node.
            let _ = draining.wait_for(|draining| *draining).await;
        }
    }

    /// Accepts nothing more, and returns once all requests are answered, and all writes have ended.
    pub async fn drain(&self) {
        self.0.draining.send_replace(true);
        let _ = self.0.accepted.subscribe().wait_for(|accepted| *accepted == 0).await;
        self.0.limiter.empty().await;
        if let Some(writer) = self.0.door.writer() {
            writer.idle().await;
        }
    }

    /// Checks the credential of a request.
    ///
    /// # Errors
    /// 401 when it is not valid, for which its sender pays; 503 when it cannot be checked.
    pub(super) async fn identified(
        &self,
        token: Token,
        headers: &HeaderMap,
        extensions: &Extensions,
    ) -> Result<Identified, Refusal> {
        self.identified_from(token, self.sender(headers, extensions)).await
    }

    /// The same, for a credential from this address.
    pub(super) async fn identified_from(
        &self,
        token: Token,
        sender: Option<Caller>,
    ) -> Result<Identified, Refusal> {
        let identity = match &self.0.authority {
            Some(authority) => authority.identify(&token, sender).await,
            None => Err(Unidentified::Invalid),
        };
        match identity {
            Ok(identity) => Ok(Identified { identity, token }),
            Err(Unidentified::Unavailable) => {
                Err(Refusal::unavailable("credentials cannot be checked at present; try again"))
            }
            Err(Unidentified::Invalid) => Err(match self.door().charge_sender(sender) {
                Some(status) => Refusal::rate_limited(status.wait_for(1)),
                None => Refusal::unauthenticated(),
            }),
        }
    }

    /// The address that a request came from.
    pub(super) fn sender(&self, headers: &HeaderMap, extensions: &Extensions) -> Option<Caller> {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        peer.map(|peer| self.caller(peer, headers))
    }

    /// The context of a request: its viewer, its caller, its id and its trace.
    pub(super) fn caller_context(&self, headers: &HeaderMap, extensions: &Extensions) -> CallerContext {
        let RequestIds { request_id, trace } = extensions.get::<RequestIds>().cloned().unwrap_or_default();
        let (viewer, caller) = match extensions.get::<Identified>() {
            Some(Identified { identity, .. }) => known(identity),
            None => (Viewer::Anonymous, self.sender(headers, extensions)),
        };
        let scope = Scope::from(viewer.scope());
        CallerContext { viewer, scope, caller, request_id, language: language(headers), trace }
    }

    /// The caller of a request from `peer`: the proxy itself, if it names no other.
    pub(super) fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> Caller {
        Caller::from(self.behind_proxies(peer, headers))
    }

    /// Whether an address is a trusted proxy.
    pub(super) fn is_proxy(&self, address: IpAddr) -> bool {
        self.0.settings.proxies.iter().any(|proxies| proxies.contains(&address.to_canonical()))
    }

    /// The nearest address that is not a trusted proxy.
    fn behind_proxies(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut nearest = peer;
        let lines = headers.get_all("x-forwarded-for").iter().rev();
        // What callers send themselves is to the left in the same line, and may be no UTF-8.
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

/// The language that `Accept-Language` prefers of the two that messages are written in; Indonesian by default.
fn language(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let first = accepted.and_then(|value| value.split([',', ';', '-']).next()).map(str::trim);
    if first.is_some_and(|first| first.eq_ignore_ascii_case("en")) { Language::En } else { Language::Id }
}

/// The viewer with this identity, and the caller that its limits count for.
pub(super) fn known(identity: &Arc<Identity>) -> (Viewer, Option<Caller>) {
    (Viewer::Known(Arc::clone(identity)), Some(Caller::of_subject(&identity.subject)))
}

/// Parses an address of `X-Forwarded-For`; some proxies add the port.
fn address(name: &[u8]) -> Option<IpAddr> {
    let name = str::from_utf8(name).ok()?.trim();
    name.parse().ok().or_else(|| Some(name.parse::<SocketAddr>().ok()?.ip()))
}
