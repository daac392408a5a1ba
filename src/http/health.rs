//! What orchestrators and monitoring ask.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::node::Node;

/// The process is alive; whether it can work is not asked.
pub(super) async fn livez() -> Response {
    said(StatusCode::OK, json!({ "status": "ok" }))
}

/// Whether the node can work: its database answers, holds the tables that it knows, and it is not about to end.
pub(super) async fn readyz(State(node): State<Node>) -> Response {
    if node.is_draining() {
        return said(StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "draining" }));
    }
    match migration::pending(node.door().database()).await {
        Ok(pending) if pending.count == 0 && pending.newer.is_none() => {
            said(StatusCode::OK, json!({ "status": "ok" }))
        }
        Ok(pending) => {
            let migrations = json!({ "lacking": pending.count, "newer": pending.newer });
            said(StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "migrations", "migrations": migrations }))
        }
        Err(error) => {
            tracing::warn!(%error, "not ready: the database does not answer");
            said(StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "database" }))
        }
    }
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
