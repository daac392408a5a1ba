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
        let status = status(answer.errors().next().map_or("INTERNAL", |error| error.code));
        let wait = answer.retry_after().map(|wait| wait.as_secs().max(1));
        Self::Refused(answer.refused(status), wait.or_else(|| soon(status)))
    }

    /// Why the answer to a lookup has no record: it failed with these codes and messages, or there is none.
    pub(super) fn absent(errors: &[(String, String)]) -> Self {
        Self::failed(errors).of_unknown_key()
    }

    /// Why an answer, which depends on more than a key, has no record.
    pub(super) fn failed(errors: &[(String, String)]) -> Self {
        let Some((code, message)) = errors.first() else { return Self::NotFound };
        let status = status(code);
        let (code, message) = (code.clone().into(), message.clone());
        Self::Refused(Refused { status, code, message }, soon(status))
    }

    /// The same, for a lookup by a key that only a record has: a key that nothing has is refused as an input.
    pub(super) fn of_unknown_key(self) -> Self {
        match self {
            Self::Refused(refused, _) if refused.code == "BAD_USER_INPUT" => Self::NotFound,
            other => other,
        }
    }
}

fn status(code: &str) -> StatusCode {
    match code {
        "RATE_LIMITED" => StatusCode::TOO_MANY_REQUESTS,
        "TIMEOUT" | "UNAVAILABLE" => StatusCode::SERVICE_UNAVAILABLE,
        "INTERNAL" => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// When to ask again, in seconds, what failed for want of time.
fn soon(status: StatusCode) -> Option<u64> {
    (status == StatusCode::SERVICE_UNAVAILABLE).then_some(1)
}
