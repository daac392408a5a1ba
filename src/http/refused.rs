//! What was refused, as an extension of its response: a page says it in the words of its reader.

use std::borrow::Cow;

use axum::http::StatusCode;

/// The status of a refusal, its code and its message.
#[derive(Clone, Debug)]
pub struct Refused {
    pub status: StatusCode,
    pub code: Cow<'static, str>,
    pub message: String,
}
