//! The routes for orchestrators and monitoring: liveness, readiness, metrics.

use axum::{
    Extension, Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{body, node::Node, serve::HeldBytes};

/// Liveness: the process answers.
pub(super) async fn livez() -> Response {
    said(StatusCode::OK, json!({ "status": "ok" }))
}

/// Readiness: the database answers and has the expected migrations, and the node is not draining.
pub(super) async fn readyz(State(node): State<Node>) -> Response {
    if node.is_draining() {
        return said(StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "draining" }));
    }
    let (status, what) = node.readiness().check(node.file()).await;
    said(status, what)
}

/// The metrics of the node.
pub(super) async fn metrics(State(node): State<Node>) -> Response {
    let Some(text) = node.metrics_text().await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [(header::CONTENT_TYPE, OPEN_METRICS), (header::CACHE_CONTROL, "no-store")];
    let held = HeldBytes(text.len());
    (headers, Extension(held), body::chunked(text)).into_response()
}

pub(super) const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

fn said(status: StatusCode, what: Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(what)).into_response()
}
