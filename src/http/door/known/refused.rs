//! Notes of questions that were refused: the errors of each, so that it is not read and validated anew each time.

use std::sync::Arc;

use async_graphql::{Request, ServerError, Value};
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

/// How many bytes notes may take.
const BYTES: u64 = 4 * 1024 * 1024;

/// The longest note; refusals with more to say are found out anew.
const MAX_NOTE_BYTES: u64 = 64 * 1024;

/// What a note takes besides its errors, and an error besides its message.
const ENTRY_BYTES: u64 = 512;
const ERROR_BYTES: u64 = 512;

/// The hash of all that decides whether a question is refused: its text, its operation, its variables, its way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::http::door) struct Question([u8; 32]);

impl Question {
    /// The question that a request asks by a document that was not read yet.
    pub(in crate::http::door) fn of(request: &Request, only_queries: bool, only_cost: bool) -> Self {
        let mut hash = Sha256::new();
        let name = request.operation_name.as_deref().map_or_else(String::new, |name| format!("={name}"));
        let variables = serde_json::to_vec(&request.variables).unwrap_or_default();
        for part in [request.query.as_bytes(), name.as_bytes(), &variables] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        hash.update([u8::from(only_queries), u8::from(only_cost)]);
        Self(hash.finalize().into())
    }
}

/// What is remembered of a question that was refused.
#[derive(Clone, Debug)]
pub(in crate::http::door) struct Note {
    pub(in crate::http::door) errors: Vec<ServerError>,
    /// `extensions.cost`, without the caller's part of it.
    pub(in crate::http::door) cost: Option<Value>,
    pub(in crate::http::door) operation: Option<String>,
    pub(in crate::http::door) document: String,
    pub(in crate::http::door) requested: Option<u64>,
}

impl Note {
    fn bytes(&self) -> u64 {
        let error = |error: &ServerError| {
            let places = size_of_val(error.locations.as_slice()) + size_of_val(error.path.as_slice());
            ERROR_BYTES + 2 * (error.message.len() + places) as u64
        };
        ENTRY_BYTES + self.errors.iter().map(error).sum::<u64>()
    }
}

/// The notes.
#[derive(Debug)]
pub(super) struct Refused(Cache<Question, Arc<Note>, Bytes>);

impl Default for Refused {
    fn default() -> Self {
        let entries = usize::try_from(BYTES / ENTRY_BYTES / 4).unwrap_or(usize::MAX);
        Self(Cache::with_weighter(entries, BYTES, Bytes))
    }
}

impl Refused {
    pub(super) fn find(&self, question: &Question) -> Option<Arc<Note>> {
        self.0.get(question)
    }

    pub(super) fn keep(&self, question: Question, note: Note) {
        if note.bytes() <= MAX_NOTE_BYTES {
            self.0.insert(question, Arc::new(note));
        }
    }
}

#[derive(Clone, Debug)]
struct Bytes;

impl Weighter<Question, Arc<Note>> for Bytes {
    fn weight(&self, _: &Question, note: &Arc<Note>) -> u64 {
        note.bytes()
    }
}
