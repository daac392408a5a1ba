//! Documents that were read before: those that are asked for again and again are scanned, parsed and validated once.

mod refused;

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use async_graphql::{ServerError, parser::types::ExecutableDocument};
use quick_cache::{Weighter, sync::Cache};

use self::refused::Refused;
use super::dress;
use crate::{
    graph::{cost, document, load::DocumentSelection, specification::Specification},
    http::documents::sha256,
};

pub(super) use self::refused::{Note, Question};

/// How many bytes documents may take that are remembered.
const BYTES: u64 = 16 * 1024 * 1024;

/// What a token takes once it is parsed: its part of the tree, in lists that are grown by doubling.
const TOKEN_BYTES: u64 = 256;

/// What a document takes besides.
const ENTRY_BYTES: u64 = 4 * 1024;

/// A document, read.
#[derive(Debug)]
pub(super) struct Known {
    text: Arc<str>,
    pub(super) document: ExecutableDocument,
    pub(super) sha256: String,
    pub(super) outline: Arc<DocumentSelection>,
    pub(super) weight: cost::Known,
    tokens: u64,
    /// Whether it was held to the schema and the specification, and fits both.
    valid: AtomicBool,
    /// Bytes that it took when it was last kept.
    kept: AtomicU64,
}

impl Known {
    fn read(text: &str, specification: &Specification) -> Result<Self, Box<ServerError>> {
        let tokens = cost::scan(text).map_err(dress::refusal)?;
        let mut document = document::read(text)?;
        specification.write_out(&mut document);
        let outline = Arc::new(DocumentSelection::in_document(&document, specification.types()));
        Ok(Self {
            text: text.into(),
            document,
            sha256: sha256(text),
            outline,
            weight: cost::Known::default(),
            tokens: tokens as u64,
            valid: AtomicBool::new(false),
            kept: AtomicU64::new(0),
        })
    }

    pub(super) fn is_valid(&self) -> bool {
        self.valid.load(Ordering::Relaxed)
    }

    /// Bytes that it takes: its text and its tree, its plans with their statements, and its weight.
    fn bytes(&self) -> u64 {
        // Texts and names stand in the tree once more.
        let read = 2 * self.text.len() as u64 + self.tokens * TOKEN_BYTES;
        ENTRY_BYTES + read + self.outline.bytes() + self.weight.bytes()
    }
}

/// What was asked for last: valid documents, and why others were refused.
#[derive(Debug)]
pub(super) struct Memory {
    known: Cache<Arc<str>, Kept, Bytes>,
    refused: Refused,
}

impl Default for Memory {
    fn default() -> Self {
        let entries = usize::try_from(BYTES / ENTRY_BYTES / 4).unwrap_or(usize::MAX);
        Self { known: Cache::with_weighter(entries, BYTES, Bytes), refused: Refused::default() }
    }
}

impl Memory {
    /// The document with this text, if it is remembered.
    pub(super) fn find(&self, text: &str) -> Option<Arc<Known>> {
        self.known.get(text).map(|kept| kept.known)
    }

    /// Reads a document that is not remembered.
    ///
    /// # Errors
    /// When it is too long or too deep to be read, or no document.
    pub(super) fn read(text: &str, specification: &Specification) -> Result<Arc<Known>, Box<ServerError>> {
        Known::read(text, specification).map(Arc::new)
    }

    /// Remembers a document that was executed, and so is valid. It is weighed again when it has grown since, as its
    /// first execution makes its plans.
    pub(super) fn keep(&self, known: &Arc<Known>) {
        known.valid.store(true, Ordering::Relaxed);
        let bytes = known.bytes();
        if known.kept.fetch_max(bytes, Ordering::Relaxed) < bytes {
            self.known.insert(Arc::clone(&known.text), Kept { known: Arc::clone(known), bytes });
        }
    }

    /// Why this question was refused, if it is remembered.
    pub(super) fn refused(&self, question: &Question) -> Option<Arc<Note>> {
        self.refused.find(question)
    }

    /// Remembers why a question was refused.
    pub(super) fn note(&self, question: Question, note: Note) {
        self.refused.keep(question, note);
    }
}

/// A document, and what it took when it was put here: the cache wants weights that do not change.
#[derive(Clone, Debug)]
struct Kept {
    known: Arc<Known>,
    bytes: u64,
}

#[derive(Clone, Debug)]
struct Bytes;

impl Weighter<Arc<str>, Kept> for Bytes {
    fn weight(&self, _: &Arc<str>, kept: &Kept) -> u64 {
        kept.bytes
    }
}
