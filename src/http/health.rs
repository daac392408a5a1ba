//! What orchestrators and monitoring ask.

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use migration::Pending;
use sea_orm::DatabaseConnection;
use serde_json::json;
use tokio::time::timeout;

use super::node::Node;

/// How long the database may take to say what it holds.
const READY_WITHIN: Duration = Duration::from_secs(3);

/// The process is alive; whether it can work is not asked.
pub(super) async fn livez() -> Response {
    said(StatusCode::OK, json!({ "status": "ok" }))
}

/// Whether the node can work: its database answers, holds the tables that it knows, and it is not about to end.
pub(super) async fn readyz(State(node): State<Node>) -> Response {
    if node.is_draining() {
        return said(StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "draining" }));
    }
    match pending(node.door().database()).await {
        Ok(pending) if pending.count == 0 && pending.newer.is_none() => {
            said(StatusCode::OK, json!({ "status": "ok" }))
        }
        Ok(pending) => {
            let migrations = json!({ "lacking": pending.count, "newer": pending.newer });
            said(StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "migrations", "migrations": migrations }))
        }
        Err(error) => {
            tracing::warn!(error, "not ready: the database does not answer");
            said(StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "database" }))
        }
    }
}

/// Whoever asks wants to know now: a database that lets one wait is none to work with.
async fn pending(database: &DatabaseConnection) -> Result<Pending, String> {
    let pending = timeout(READY_WITHIN, migration::pending(database)).await;
    pending.map_err(|late| late.to_string())?.map_err(|error| error.to_string())
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

fn said(status: StatusCode, what: serde_json::Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(what)).into_response()
}
