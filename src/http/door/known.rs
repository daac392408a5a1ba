//! Documents that were read before: those that are asked for again and again are scanned, parsed and checked once.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::{
    ServerError,
    parser::{parse_query, types::ExecutableDocument},
};
use quick_cache::{Weighter, sync::Cache};

use super::dress;
use crate::{
    graph::{cost, load::Outline, specification::Specification},
    http::documents::sha256,
};

/// How many bytes documents may take that are remembered.
const BYTES: u64 = 16 * 1024 * 1024;

/// What a selection takes, and what an entry takes besides its text and its selections.
const SELECTION_BYTES: u64 = 1024;
const ENTRY_BYTES: u64 = 1024;

/// A document, read.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) document: ExecutableDocument,
    pub(super) sha256: String,
    pub(super) outline: Arc<Outline>,
    pub(super) weight: cost::Known,
    /// Whether it was held to the schema and the specification, and fits both.
    valid: AtomicBool,
}

impl Known {
    fn read(text: &str, specification: &Specification) -> Result<Self, Box<ServerError>> {
        cost::scan(text).map_err(dress::refusal)?;
        let document = parse_query(text).map_err(|error| {
            let mut error = ServerError::from(error);
            dress::set_code(&mut error, "GRAPHQL_PARSE_FAILED");
            error
        })?;
        let outline = Arc::new(Outline::in_document(&document, specification.types()));
        Ok(Self {
            document,
            sha256: sha256(text),
            outline,
            weight: cost::Known::default(),
            valid: AtomicBool::new(false),
        })
    }

    pub(super) fn is_valid(&self) -> bool {
        self.valid.load(Ordering::Relaxed)
    }

    pub(super) fn found_valid(&self) {
        self.valid.store(true, Ordering::Relaxed);
    }
}

/// Those asked for last.
#[derive(Debug)]
pub(super) struct Memory(Cache<String, Arc<Known>, Bytes>);

impl Default for Memory {
    fn default() -> Self {
        let entries = usize::try_from(BYTES / ENTRY_BYTES / 8).unwrap_or(usize::MAX);
        Self(Cache::with_weighter(entries, BYTES, Bytes))
    }
}

impl Memory {
    /// The document with this text.
    ///
    /// # Errors
    /// When it is too long or too deep to be read, or no document.
    pub(super) fn read(
        &self,
        text: &str,
        specification: &Specification,
    ) -> Result<Arc<Known>, Box<ServerError>> {
        if let Some(known) = self.0.get(text) {
            return Ok(known);
        }
        let known = Arc::new(Known::read(text, specification)?);
        self.0.insert(text.to_owned(), Arc::clone(&known));
        Ok(known)
    }
}

#[derive(Clone, Debug)]
struct Bytes;

impl Weighter<String, Arc<Known>> for Bytes {
    fn weight(&self, text: &String, known: &Arc<Known>) -> u64 {
        text.len() as u64 + known.outline.selections() * SELECTION_BYTES + ENTRY_BYTES
    }
}

#[cfg(test)]
mod tests {
    use super::{BYTES, Memory};
    use crate::{graph::specification::Specification, schema};

    #[test]
    fn documents_are_read_once_and_never_take_more_room_than_they_may() {
        let (memory, schema) = (Memory::default(), Specification::of(schema::registry()));
        let first = memory.read("{ __typename }", &schema).unwrap();
        assert!(std::sync::Arc::ptr_eq(&first, &memory.read("{ __typename }", &schema).unwrap()));
        for number in 0..20_000 {
            let text = format!("query Name{number} {{ __typename }} #{}", "x".repeat(900));
            memory.read(&text, &schema).unwrap();
        }
        assert!(memory.0.weight() <= BYTES, "{} bytes", memory.0.weight());
        assert!(!memory.0.is_empty());
    }
}
