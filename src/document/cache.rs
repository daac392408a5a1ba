//! The cache of documents: a text that is sent again and again is scanned, parsed and validated once.

mod rejected;

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use async_graphql::parser::types::ExecutableDocument;
use quick_cache::{Weighter, sync::Cache};

use self::rejected::RejectedRequests;
use super::{DocumentError, cost, parse, sha256, specification::Specification};
use crate::graph::load::DocumentSelection;

pub use self::rejected::{RejectedRequest, RequestKey};

/// How many bytes the cached documents may take.
const BYTES: u64 = 16 * 1024 * 1024;

/// What a token takes once it is parsed: its part of the tree, in lists that grow by doubling.
const TOKEN_BYTES: u64 = 256;

/// What a document takes besides.
const ENTRY_BYTES: u64 = 4 * 1024;

/// A parsed document, with all that was derived from its text.
#[derive(Debug)]
pub struct ParsedDocument {
    text: Arc<str>,
    pub(crate) document: ExecutableDocument,
    pub(crate) sha256: String,
    pub(crate) selection: Arc<DocumentSelection>,
    pub(crate) cost: cost::EstimateCache,
    tokens: u64,
    /// Whether it was validated and passed.
    valid: AtomicBool,
    /// The bytes that it took when it was last cached.
    cached_bytes: AtomicU64,
}

impl ParsedDocument {
    /// Scans and parses a text.
    ///
    /// # Errors
    /// When the text is too long or too deep to be parsed, or breaks the grammar.
    pub fn parse(text: &str, specification: &Specification) -> Result<Self, DocumentError> {
        let tokens = cost::scan(text)?;
        let mut document = parse::parse(text)?;
        specification.write_out(&mut document);
        let selection = Arc::new(DocumentSelection::in_document(&document, specification.types()));
        Ok(Self {
            text: text.into(),
            document,
            sha256: sha256(text),
            selection,
            cost: cost::EstimateCache::default(),
            tokens: tokens as u64,
            valid: AtomicBool::new(false),
            cached_bytes: AtomicU64::new(0),
        })
    }

    /// Whether it was executed before, and so is valid.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.valid.load(Ordering::Relaxed)
    }

    /// The bytes that it takes: its text and its tree, its plans with their statements, and its cost.
    fn bytes(&self) -> u64 {
        // Texts and names are in the tree once more.
        let parsed = 2 * self.text.len() as u64 + self.tokens * TOKEN_BYTES;
        ENTRY_BYTES + parsed + self.selection.bytes() + self.cost.bytes()
    }
}

/// The documents that were executed last, and the requests that were rejected last.
#[derive(Debug)]
pub struct DocumentCache {
    documents: Cache<Arc<str>, Entry, ByBytes>,
    rejected: RejectedRequests,
}

impl Default for DocumentCache {
    fn default() -> Self {
        let entries = usize::try_from(BYTES / ENTRY_BYTES / 4).unwrap_or(usize::MAX);
        let documents = Cache::with_weighter(entries, BYTES, ByBytes);
        Self { documents, rejected: RejectedRequests::default() }
    }
}

impl DocumentCache {
    /// The document with this text.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Arc<ParsedDocument>> {
        self.documents.get(text).map(|entry| entry.document)
    }

    /// Caches a document that was executed, and so is valid. It is cached again when it has grown since, as its first
    /// execution makes its plans.
    pub fn insert(&self, document: &Arc<ParsedDocument>) {
        document.valid.store(true, Ordering::Relaxed);
        let bytes = document.bytes();
        if document.cached_bytes.fetch_max(bytes, Ordering::Relaxed) < bytes {
            let entry = Entry { document: Arc::clone(document), bytes };
            self.documents.insert(Arc::clone(&document.text), entry);
        }
    }

    /// The cached rejection of this request.
    #[must_use]
    pub fn rejected(&self, request: &RequestKey) -> Option<Arc<RejectedRequest>> {
        self.rejected.get(request)
    }

    /// Caches the rejection of a request.
    pub fn insert_rejected(&self, request: RequestKey, rejected: RejectedRequest) {
        self.rejected.insert(request, rejected);
    }
}

/// A document with its weight, which the cache wants constant.
#[derive(Clone, Debug)]
struct Entry {
    document: Arc<ParsedDocument>,
    bytes: u64,
}

#[derive(Clone, Debug)]
struct ByBytes;

impl Weighter<Arc<str>, Entry> for ByBytes {
    fn weight(&self, _: &Arc<str>, entry: &Entry) -> u64 {
        entry.bytes
    }
}
