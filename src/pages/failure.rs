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
        let (code, message) = answer
            .errors()
            .next()
            .map_or(("INTERNAL", String::new()), |error| (error.code, error.message.to_owned()));
        let (status, code) = match code {
            "RATE_LIMITED" => (StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED"),
            "TIMEOUT" => (StatusCode::SERVICE_UNAVAILABLE, "TIMEOUT"),
            "COST_LIMIT_EXCEEDED" => (StatusCode::BAD_REQUEST, "COST_LIMIT_EXCEEDED"),
            "BAD_USER_INPUT" => (StatusCode::BAD_REQUEST, "BAD_USER_INPUT"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL"),
        };
        let wait = answer.retry_after().map(|wait| wait.as_secs().max(1));
        Self::Refused(Refused { status, code, message }, wait)
    }
}
