//! The readiness check of a node: whether its database answers, and has the expected migrations.

use std::time::Duration;

use axum::http::StatusCode;
use migration::Pending;
use sea_orm::DatabaseConnection;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use super::coalesce::Coalesced;
use crate::store::{FileFault, ServedFile};

/// How long the database may take to answer a readiness check.
pub const READY_WITHIN: Duration = Duration::from_secs(3);

/// The readiness check of the database, by a connection of its own. Concurrent checks are coalesced.
#[derive(Debug)]
pub(super) struct ReadinessCheck {
    database: DatabaseConnection,
    checks: Coalesced<(StatusCode, Value)>,
}

impl ReadinessCheck {
    pub(super) fn new(database: DatabaseConnection) -> Self {
        Self { database, checks: Coalesced::default() }
    }

    /// The result of a check that is not older than this call.
    pub(super) async fn check(&self, file: Option<&ServedFile>) -> (StatusCode, Value) {
        let until = Instant::now() + READY_WITHIN;
        let looked = timeout_at(until, self.checks.get(check(&self.database, file, until)));
        looked.await.unwrap_or_else(|late| unready(&late.to_string().into()))
    }
}

async fn check(
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

/// Why the node is not ready.
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

/// The pending migrations. Of a file they are read by a fresh connection, which has cached nothing of it.
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
