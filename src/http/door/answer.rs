//! What the door answers.

use std::{collections::BTreeMap, time::Duration};

use async_graphql::{Response, ServerError};
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Standing, dress::code_of};

/// An answer, and what it took.
#[derive(Debug)]
pub struct Answer {
    pub(in crate::http) response: Response,
    /// How many SQL statements it took.
    pub statements: usize,
    /// The most fields that were resolved without yielding to other requests.
    pub longest_turn: u64,
    /// Whether anything was executed; else there is no `data`, not even null.
    pub(super) executed: bool,
    /// Bytes of its data.
    pub(in crate::http) bytes: u64,
    /// How the caller stands with the limit, where there is one.
    pub(in crate::http) standing: Option<Standing>,
    /// After how long asking again is worth it.
    pub(in crate::http) retry_after: Option<Duration>,
}

impl Answer {
    fn of(response: Response, executed: bool) -> Self {
        Self {
            response,
            statements: 0,
            longest_turn: 0,
            executed,
            bytes: 0,
            standing: None,
            retry_after: None,
        }
    }

    pub(super) fn executed(response: Response, statements: usize) -> Self {
        // What validation refuses has no path.
        let executed =
            response.errors.is_empty() || response.errors.iter().any(|error| !error.path.is_empty());
        Self { statements, ..Self::of(response, executed) }
    }

    /// What was executed, and came to too large an answer.
    pub(super) fn too_large(error: ServerError, statements: usize) -> Self {
        Self { statements, ..Self::of(Response::from_errors(vec![error]), true) }
    }

    pub(super) fn refused(errors: Vec<ServerError>) -> Self {
        Self::of(Response::from_errors(errors), false)
    }

    /// The same without `data`, because nothing was to be executed.
    pub(super) fn without_data(mut self) -> Self {
        self.executed = false;
        self
    }

    /// The code of the first error, when nothing was executed because of it.
    #[must_use]
    pub fn refusal_code(&self) -> Option<&str> {
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

    /// For how long it may be kept, in seconds: nobody keeps errors, nor what nobody knows the age of.
    pub(super) fn max_age(&self) -> Option<i32> {
        let whole = self.executed && self.response.errors.is_empty();
        Some(self.response.cache_control.max_age).filter(|age| whole && *age > 0)
    }

    /// For how long it may be kept, and by whom: what says how its caller stands is for that caller only.
    pub(in crate::http) fn cache_control(&self) -> Option<String> {
        let by = if self.standing.is_some() { "private" } else { "public" };
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
