//! The answer of the door: a GraphQL response with what the transport needs to know.

use std::{any::Any, collections::BTreeMap, time::Duration};

use async_graphql::{PathSegment, Response, ServerError, Value};
use axum::http::StatusCode;
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    RateLimitStatus,
    errors::{code_of, panicked},
    execution::SYNTHETIC,
};
use crate::http::{entity_tag, refused::Refused};

/// A GraphQL response, with its execution statistics and cache control.
#[derive(Debug)]
pub struct Answer {
    pub(in crate::http) response: Response,
    /// The number of SQL statements.
    pub statements: usize,
    /// The most fields that were resolved without yielding to other tasks.
    pub longest_turn: u64,
    /// Whether anything was executed; if not, the response has no `data`.
    pub(super) executed: bool,
    /// Bytes of its data.
    pub(in crate::http) bytes: u64,
    /// The status of the caller's rate limit, if there is one.
    pub(in crate::http) rate_limit: Option<RateLimitStatus>,
    /// The newest sequence of the change log that the node knew before it read, or after a verb.
    pub(in crate::http) sequence: Option<i64>,
    /// `Retry-After`, for a request that exceeds the rate limit, and for a verb that waited too long for other writes.
    pub(in crate::http) retry_after: Option<Duration>,
}

/// An error of an answer.
#[derive(Clone, Copy, Debug)]
pub struct AnswerError<'a> {
    pub code: &'a str,
    pub message: &'a str,
    pub path: &'a [PathSegment],
}

impl Answer {
    fn of(response: Response, executed: bool) -> Self {
        Self {
            response,
            statements: 0,
            longest_turn: 0,
            executed,
            bytes: 0,
            rate_limit: None,
            sequence: None,
            retry_after: None,
        }
    }

    pub(super) fn executed(response: Response, statements: usize) -> Self {
        // An error of validation has no path.
        let executed =
            response.errors.is_empty() || response.errors.iter().any(|error| !error.path.is_empty());
        Self { statements, ..Self::of(response, executed) }
    }

    /// The answer to a request whose response became too large.
    pub(super) fn too_large(error: ServerError, statements: usize) -> Self {
        Self { statements, ..Self::of(Response::from_errors(vec![error]), true) }
    }

    /// The answer to an executed request whose data is kept back.
    pub(super) fn withheld(error: ServerError, statements: usize) -> Self {
        Self { statements, ..Self::of(Response::from_errors(vec![error]), true) }
    }

    pub(super) fn rejected(errors: Vec<ServerError>) -> Self {
        Self::of(Response::from_errors(errors), false)
    }

    /// The answer to a request that panicked.
    pub(in crate::http) fn panicked(panic: &(dyn Any + Send)) -> Self {
        Self::rejected(vec![panicked(panic)])
    }

    /// The same without `data`, for a dry run.
    pub(super) fn without_data(mut self) -> Self {
        self.executed = false;
        self
    }

    /// The code of the first error, if nothing was executed.
    #[must_use]
    pub fn rejection_code(&self) -> Option<&str> {
        if self.executed { None } else { self.response.errors.first().map(code_of) }
    }

    /// The codes of its errors, with how often each occurs.
    pub(in crate::http) fn codes(&self) -> BTreeMap<&str, u64> {
        let mut codes = BTreeMap::new();
        for error in &self.response.errors {
            *codes.entry(code_of(error)).or_default() += 1;
        }
        codes
    }

    /// Its data; null where nothing was executed.
    #[must_use]
    pub fn data(&self) -> &Value {
        &self.response.data
    }

    /// Its errors: code, message and path of each.
    pub fn errors(&self) -> impl Iterator<Item = AnswerError<'_>> {
        self.response.errors.iter().map(|error| AnswerError {
            code: code_of(error),
            message: &error.message,
            path: &error.path,
        })
    }

    /// Whether a row in it is made up.
    #[must_use]
    pub fn is_synthetic(&self) -> bool {
        self.response.extensions.contains_key(SYNTHETIC)
    }

    /// After how long a request may be sent again that exceeds the rate limit, or that waited too long for other writes.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// What a page says of its first error.
    #[must_use]
    pub fn refused(&self, status: StatusCode) -> Refused {
        let (code, message) =
            self.response.errors.first().map_or(("INTERNAL", ""), |error| (code_of(error), &error.message));
        Refused { status, code: code.to_owned().into(), message: message.to_owned() }
    }

    /// For how many seconds it may be cached; `None` for errors and for what may not be cached.
    #[must_use]
    pub fn max_age(&self) -> Option<i32> {
        let whole = self.executed && self.response.errors.is_empty();
        Some(self.response.cache_control.max_age).filter(|age| whole && *age > 0)
    }

    /// The entity tag of its data and of their being synthetic. It does not depend on the caller, nor on what the answer
    /// did cost.
    pub(in crate::http) fn entity_tag(&self) -> String {
        let mut content = serde_json::to_string(&self.response.data).unwrap_or_default();
        if self.response.extensions.contains_key(SYNTHETIC) {
            content.push_str(SYNTHETIC);
        }
        entity_tag::of(&content)
    }

    /// The `Cache-Control` header: an answer with the caller's rate limit is private.
    #[must_use]
    pub fn cache_control(&self) -> Option<String> {
        let by = if self.rate_limit.is_some() { "private" } else { "public" };
        self.max_age().map(|age| format!("{by}, max-age={age}"))
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Response { errors, data, extensions, .. } = &self.response;
        let mut map = serializer.serialize_map(None)?;
        if !errors.is_empty() {
            map.serialize_entry("errors", errors)?;
        }
        if self.executed {
            map.serialize_entry("data", data)?;
        }
        if !extensions.is_empty() {
            map.serialize_entry("extensions", extensions)?;
        }
        map.end()
    }
}
