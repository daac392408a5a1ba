//! Health and metrics routes: `/livez`, `/readyz`, `/metrics`.

use std::time::Duration;

use axum::{
    Extension, Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use migration::Pending;
use sea_orm::DatabaseConnection;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use super::{node::Node, paced, serve::Held, together::Together};
use crate::store::{FileFault, ServedFile};

/// The time limit of the readiness check.
pub const READY_WITHIN: Duration = Duration::from_secs(3);

/// `/livez`: the process is alive. Nothing else is checked.
pub(super) async fn livez() -> Response {
    said(StatusCode::OK, json!({ "status": "ok" }))
}

/// `/readyz`: the database answers and has the expected tables, and the node is not shutting down.
pub(super) async fn readyz(State(node): State<Node>) -> Response {
    if node.is_draining() {
        return said(StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "draining" }));
    }
    let (status, what) = node.watched().readiness(node.file()).await;
    said(status, what)
}

/// The readiness check of the database: on a connection that no request uses, and shared by all callers at one moment.
#[derive(Debug)]
pub(super) struct Watched {
    database: DatabaseConnection,
    looks: Together<(StatusCode, Value)>,
}

impl Watched {
    pub(super) fn new(database: DatabaseConnection) -> Self {
        Self { database, looks: Together::default() }
    }

    /// The result of the check. A caller that waits for a check already running has less time left for another one.
    async fn readiness(&self, file: Option<&ServedFile>) -> (StatusCode, Value) {
        let until = Instant::now() + READY_WITHIN;
        let looked = timeout_at(until, self.looks.get(look(&self.database, file, until)));
        looked.await.unwrap_or_else(|late| unready(&late.to_string().into()))
    }
}

async fn look(
    database: &DatabaseConnection,
    file: Option<&ServedFile>,
    until: Instant,
) -> (StatusCode, Value) {
    let found = timeout_at(until, pending(database, file));
    match found.await.unwrap_or_else(|late| Err(late.to_string().into())) {
        Ok(pending) if is_ready(&pending) => (StatusCode::OK, json!({ "status": "ok" })),
        Ok(pending) => {
            let migrations = json!({ "lacking": pending.count, "newer": pending.newer });
            (StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "migrations", "migrations": migrations }))
        }
        Err(why) => unready(&why),
    }
}

fn unready(Unready { file, error }: &Unready) -> (StatusCode, Value) {
    let what = if let Some(file) = file {
        tracing::warn!(error, "not ready: the database file has changed or is damaged");
        json!({ "status": "file", "file": file })
    } else {
        tracing::warn!(error, "not ready: the database does not answer");
        json!({ "status": "database" })
    };
    (StatusCode::SERVICE_UNAVAILABLE, what)
}

fn is_ready(pending: &Pending) -> bool {
    pending.count == 0 && pending.newer.is_none()
}

/// Why the check failed.
struct Unready {
    /// The fault of its file, in one word.
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

/// Reads the pending migrations; of a watched file by a new connection.
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

/// `/metrics`: the metrics of the node.
pub(super) async fn metrics(State(node): State<Node>) -> Response {
    let Some(text) = node.figures().await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let headers = [(header::CONTENT_TYPE, OPEN_METRICS), (header::CACHE_CONTROL, "no-store")];
    let held = Held(text.len());
    (headers, Extension(held), paced::body(text)).into_response()
}

pub(super) const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

fn said(status: StatusCode, what: Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(what)).into_response()
}
