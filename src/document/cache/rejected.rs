//! The cache of rejected requests: their errors, so that the same request is not parsed and validated again.

use std::sync::Arc;

use async_graphql::{Request, ServerError, Value};
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

/// How many bytes all entries may take.
const BYTES: u64 = 4 * 1024 * 1024;

/// The largest entry; what is larger is not cached.
const MAX_ENTRY_BYTES: u64 = 64 * 1024;

/// What an entry takes besides its errors, and an error besides its message.
const ENTRY_BYTES: u64 = 512;
const ERROR_BYTES: u64 = 512;

/// The hash of all that decides whether a request is rejected: text, operation name, variables, method, dry run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestKey([u8; 32]);

impl RequestKey {
    /// The key of a request whose document is not cached.
    #[must_use]
    pub fn of(request: &Request, only_queries: bool, only_cost: bool) -> Self {
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

/// What the answer and the record of a rejected request hold.
#[derive(Clone, Debug)]
pub struct RejectedRequest {
    pub errors: Vec<ServerError>,
    /// `extensions.cost`, without what depends on the caller.
    pub cost: Option<Value>,
    pub operation: Option<String>,
    /// The document's SHA-256.
    pub document: String,
    pub requested: Option<u64>,
}

impl RejectedRequest {
    fn bytes(&self) -> u64 {
        let error = |error: &ServerError| {
            let positions = size_of_val(error.locations.as_slice()) + size_of_val(error.path.as_slice());
            ERROR_BYTES + 2 * (error.message.len() + positions) as u64
        };
        ENTRY_BYTES + self.errors.iter().map(error).sum::<u64>()
    }
}

/// The requests that were rejected last.
#[derive(Debug)]
pub(super) struct RejectedRequests(Cache<RequestKey, Arc<RejectedRequest>, ByBytes>);

impl Default for RejectedRequests {
    fn default() -> Self {
        let entries = usize::try_from(BYTES / ENTRY_BYTES / 4).unwrap_or(usize::MAX);
        Self(Cache::with_weighter(entries, BYTES, ByBytes))
    }
}

impl RejectedRequests {
    pub(super) fn get(&self, request: &RequestKey) -> Option<Arc<RejectedRequest>> {
        self.0.get(request)
    }

    pub(super) fn insert(&self, request: RequestKey, rejected: RejectedRequest) {
        if rejected.bytes() <= MAX_ENTRY_BYTES {
            self.0.insert(request, Arc::new(rejected));
        }
    }
}

#[derive(Clone, Debug)]
struct ByBytes;

impl Weighter<RequestKey, Arc<RejectedRequest>> for ByBytes {
    fn weight(&self, _: &RequestKey, rejected: &Arc<RejectedRequest>) -> u64 {
        rejected.bytes()
    }
}
