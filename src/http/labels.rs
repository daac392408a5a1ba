//! `GET /labels.json`: labels and descriptions of the schema's vocabularies, in both languages.

use std::sync::LazyLock;

use axum::{http::HeaderMap, response::Response};

use super::tagged::Tagged;
use crate::registry::vocabulary;

static LABELS: LazyLock<Tagged> =
    LazyLock::new(|| Tagged::new("application/json; charset=utf-8", vocabulary::json().to_string()));

pub(super) async fn read(headers: HeaderMap) -> Response {
    LABELS.response(&headers).await
}
