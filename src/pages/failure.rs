//! Why a page cannot be shown.

use axum::http::StatusCode;

use crate::http::{Answer, Refusal, Refused};

/// Why a page cannot be shown.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is no such record.
    NotFound,
    /// The node did not execute the document.
    Refused(Refused, Option<u64>),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.refused(), Some(1))
    }
}

impl Failure {
    /// Why an answer has no data.
    pub(super) fn of(answer: &Answer) -> Self {
        let status = match answer.errors().next().map_or("INTERNAL", |error| error.code) {
            "RATE_LIMITED" => StatusCode::TOO_MANY_REQUESTS,
            "TIMEOUT" => StatusCode::SERVICE_UNAVAILABLE,
            "INTERNAL" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        let wait = answer.retry_after().map(|wait| wait.as_secs().max(1));
        Self::Refused(answer.refused(status), wait)
    }
}
