//! Errors for violations of the specification.

use async_graphql::{Pos, ServerError};

/// The document is invalid.
pub(super) fn invalid(message: impl Into<String>, at: Vec<Pos>) -> ServerError {
    fault("GRAPHQL_VALIDATION_FAILED", message, at)
}

/// The document is valid, the variables are not.
pub(super) fn bad_input(message: impl Into<String>, at: Pos) -> ServerError {
    fault("BAD_USER_INPUT", message, vec![at])
}

/// The document is too large to be checked.
pub(super) fn too_large(message: impl Into<String>) -> ServerError {
    fault("DOCUMENT_LIMIT_EXCEEDED", message, Vec::new())
}

fn fault(code: &str, message: impl Into<String>, at: Vec<Pos>) -> ServerError {
    let mut error = ServerError::new(message, None);
    error.locations = at;
    error.extensions.get_or_insert_default().set("code", code);
    error
}
