//! Answers to questions, as the loader keeps them.

use std::sync::Arc;

use super::{AnyRow, RowList};
use crate::graph::{Error, Result};

/// The answer to a question.
#[derive(Clone, Debug)]
pub(super) enum Loaded {
    Row(Option<(usize, AnyRow)>),
    Page(Arc<RowList>),
    Count(u32),
    Failed(Error),
}

impl Loaded {
    pub(super) fn row(self) -> Result<Option<(usize, AnyRow)>> {
        match self {
            Self::Row(row) => Ok(row),
            other => Err(other.unexpected()),
        }
    }

    pub(super) fn page(self) -> Result<Arc<RowList>> {
        match self {
            Self::Page(page) => Ok(page),
            other => Err(other.unexpected()),
        }
    }

    pub(super) fn count(self) -> Result<u32> {
        match self {
            Self::Count(count) => Ok(count),
            other => Err(other.unexpected()),
        }
    }

    fn unexpected(self) -> Error {
        match self {
            Self::Failed(error) => error,
            other => Error::Internal(format!("an edge answered with {other:?}")),
        }
    }
}
