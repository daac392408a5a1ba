//! What orchestrators and monitoring ask.

use std::time::{Duration, Instant};

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use migration::Pending;
use sea_orm::DatabaseConnection;
use serde_json::{Value, json};
use tokio::{sync::Mutex, time::timeout};

use super::node::Node;
use crate::store::{FileFault, ServedFile};

/// How long the database may take to say what it holds.
pub const READY_WITHIN: Duration = Duration::from_secs(3);

/// The process is alive; whether it can work is not asked.
pub(super) async fn livez() -> Response {
    said(StatusCode::OK, json!({ "status": "ok" }))
}

/// Whether the node can work: its database answers, holds the tables that it knows, and it is not about to end.
pub(super) async fn readyz(State(node): State<Node>) -> Response {
    if node.is_draining() {
        return said(StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "draining" }));
    }
    let (status, what) = node.watched().readiness(node.file()).await;
    said(status, what)
}

/// The database as health routes see it: by a connection that no request uses, and asked once for all who wait for it.
#[derive(Debug)]
pub(super) struct Watched {
    database: DatabaseConnection,
    last: Mutex<Option<(Instant, (StatusCode, Value))>>,
}

impl Watched {
    pub(super) fn new(database: DatabaseConnection) -> Self {
        Self { database, last: Mutex::new(None) }
    }

    async fn readiness(&self, file: Option<&ServedFile>) -> (StatusCode, Value) {
        let came = Instant::now();
        let mut last = self.last.lock().await;
        // The database was asked while this one waited.
        if let Some((at, answer)) = &*last
            && *at >= came
        {
            return answer.clone();
        }
        let at = Instant::now();
        let answer = asked(&self.database, file).await;
        *last = Some((at, answer.clone()));
        answer
    }
}

async fn asked(database: &DatabaseConnection, file: Option<&ServedFile>) -> (StatusCode, Value) {
    let found = timeout(READY_WITHIN, pending(database, file));
    match found.await.unwrap_or_else(|late| Err(late.to_string().into())) {
        Ok(pending) if is_ready(&pending) => (StatusCode::OK, json!({ "status": "ok" })),
        Ok(pending) => {
            let migrations = json!({ "lacking": pending.count, "newer": pending.newer });
            (StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "migrations", "migrations": migrations }))
        }
        Err(Unready { file: Some(file), error }) => {
            tracing::warn!(error, "not ready: something has happened to the database's file");
            (StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "file", "file": file }))
        }
        Err(Unready { file: None, error }) => {
            tracing::warn!(error, "not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "database" }))
        }
    }
}

fn is_ready(pending: &Pending) -> bool {
    pending.count == 0 && pending.newer.is_none()
}

/// Why the database does not say what it holds.
struct Unready {
    /// What has happened to its file, in one word.
    file: Option<&'static str>,
    error: String,
}

impl From<String> for Unready {
    fn from(error: String) -> Self {
        Self { file: None, error }
    }
}

impl From<FileFault> for Unready {
    fn from(fault: FileFault) -> Self {
        Self { file: fault.name(), error: fault.to_string() }
    }
}

/// What the database holds, asked of a file by a connection that has read nothing of it before.
async fn pending(database: &DatabaseConnection, file: Option<&ServedFile>) -> Result<Pending, Unready> {
    let Some(file) = file else {
        return migration::pending(database).await.map_err(|error| error.to_string().into());
    };
    let fresh = file.look().await?;
    let pending = migration::pending(&fresh).await.map_err(FileFault::from);
    let _ = fresh.close().await;
    if !pending.as_ref().is_ok_and(is_ready) {
        file.distrust();
    }
    Ok(pending?)
}

/// What the node counted and timed.
pub(super) async fn metrics(State(node): State<Node>) -> Response {
    let content = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    match node.door().metrics().text(node.door().database()) {
        Ok(text) => {
            ([(header::CONTENT_TYPE, content), (header::CACHE_CONTROL, "no-store")], text).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn said(status: StatusCode, what: Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(what)).into_response()
}
