//! Limits on the size of a document, independent of its cost.

use crate::document::{DocumentError, grouped};

/// Bytes of the document.
pub const MAX_BYTES: usize = 100_000;
/// Tokens in it.
pub const MAX_TOKENS: usize = 10_000;
/// Bytes of a name, such as an alias: the answer repeats it for each row.
pub const MAX_NAME_BYTES: usize = 100;
/// Depth of brackets, of selections and of values.
pub const MAX_BRACKETS: usize = 60;
/// Aliases.
pub const MAX_ALIASES: usize = 200;
/// Fields at the root, those of fragments included.
pub const MAX_ROOT_FIELDS: u32 = 100;
/// Depth of fields.
pub const MAX_DEPTH: u32 = 24;
/// Depth of selection sets, fragments included, which bounds recursion.
pub const MAX_SELECTION_DEPTH: u32 = 100;
/// Fields, with all fragments expanded.
pub const MAX_SELECTIONS: u32 = 10_000;
/// Depth of lists and objects in a variable.
pub const MAX_VALUE_DEPTH: usize = 32;
/// Values in all variables, counted once for each use.
pub const MAX_VALUES: usize = 20_000;
/// Uses of variables, with all fragments expanded, over all operations.
pub const MAX_USES: u64 = 10_000;
/// Bytes of all arguments, counted once for each use of a value.
pub const MAX_VALUE_BYTES: u64 = 2 << 20;

/// Conditions and terms of `ORDER BY` in the SQL statements of a document.
pub const MAX_CONDITIONS: u32 = 2_000;

/// Refuses a document that has more of something than the limit.
pub(super) fn check(what: &str, is: u64, limit: u64) -> Result<(), DocumentError> {
    if is <= limit {
        return Ok(());
    }
    Err(DocumentError::too_large(format!(
        "the document has {} {what}; at most {}",
        grouped(is),
        grouped(limit)
    )))
}
