//! The errors of a response: each gets a code; internal causes are hidden behind an `errorId` and logged.

use std::any::Any;

use async_graphql::{ServerError, Value, value};

use super::repeated;
use crate::{
    document::{DocumentError, grouped},
    graph::Error,
    store::clock,
};

/// The most errors of a response.
const MAX_ERRORS: usize = 50;

/// The greatest length of a message.
const MAX_MESSAGE_BYTES: usize = 1_000;

/// Merges the errors of forbidden fields in lists, and adds a code to each. Of too many errors, timeouts and internal errors are kept
/// first.
pub(super) fn prepare(errors: Vec<ServerError>) -> Vec<ServerError> {
    let mut errors = repeated::merge(errors);
    if errors.len() > MAX_ERRORS {
        errors.sort_by_key(|error| !is_stop(code_of(error)));
    }
    let mut errors = first_of(errors);
    for error in &mut errors {
        prepare_one(error);
        shorten(&mut error.message);
    }
    errors
}

/// The first errors, and one that says how many others there were, where there were two or more.
fn first_of(mut errors: Vec<ServerError>) -> Vec<ServerError> {
    if errors.len() > MAX_ERRORS + 1 {
        let others = errors.split_off(MAX_ERRORS);
        let mut omitted = ServerError::new(format!("{} more errors are left out", others.len()), None);
        set_code(&mut omitted, code_of(&others[0]));
        omitted.extensions.get_or_insert_default().set("omitted", others.len());
        errors.push(omitted);
    }
    errors
}

/// Truncates a message, which may repeat what the caller sent.
pub(in crate::http) fn shorten(message: &mut String) {
    if message.len() > MAX_MESSAGE_BYTES {
        message.truncate(message.floor_char_boundary(MAX_MESSAGE_BYTES));
        message.push('…');
    }
}

/// Whether this is the code of a request that was stopped during its execution.
pub(super) fn is_stop(code: &str) -> bool {
    matches!(code, "TIMEOUT" | "INTERNAL")
}

/// The code of an error, whether prepared or not.
pub(super) fn code_of(error: &ServerError) -> &str {
    let given = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    match (given, &error.source) {
        (Some(Value::String(code)), _) => code,
        // An error of the library: of validation, or of a value that does not match its type.
        (None, None) if error.path.is_empty() => "GRAPHQL_VALIDATION_FAILED",
        (None, None) => "BAD_USER_INPUT",
        (None, Some(source)) => match source.downcast_ref::<Error>() {
            Some(known) if known.is_public() => known.code(),
            _ => "INTERNAL",
        },
        _ => "INTERNAL",
    }
}

fn prepare_one(error: &mut ServerError) {
    if error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some()) {
        return;
    }
    let code = code_of(error).to_owned();
    let source = error.source.take();
    if code != "INTERNAL" {
        return set_code(error, &code);
    }
    let known = source.as_ref().and_then(|source| source.downcast_ref::<Error>());
    let cause = known.map_or_else(|| error.message.clone(), ToString::to_string);
    mask(error, &cause);
}

/// The error of a request that panicked.
pub(in crate::http) fn panicked(panic: &(dyn Any + Send)) -> ServerError {
    let cause = panic.downcast_ref::<&str>().map(ToString::to_string);
    let cause = cause.or_else(|| panic.downcast_ref::<String>().cloned());
    let mut error = ServerError::new("", None);
    mask(&mut error, &cause.unwrap_or_else(|| "a panic".to_owned()));
    error
}

/// Hides the cause, and logs it under an id that the response has.
fn mask(error: &mut ServerError, cause: &str) {
    let id = clock::new_id().to_string();
    tracing::error!(error_id = id, path = ?error.path, cause, "a request failed");
    "internal error".clone_into(&mut error.message);
    set_code(error, "INTERNAL");
    error.extensions.get_or_insert_default().set("errorId", Value::String(id));
}

/// The errors of a document, as a response has them.
pub(super) fn of_document(errors: Vec<DocumentError>) -> Vec<ServerError> {
    first_of(errors.into_iter().map(of_one).collect())
}

fn of_one(DocumentError { code, message, locations, details }: DocumentError) -> ServerError {
    let mut error = ServerError::new(message, None);
    shorten(&mut error.message);
    error.locations = locations;
    set_code(&mut error, code);
    for (name, value) in details {
        error.extensions.get_or_insert_default().set(name, value);
    }
    error
}

/// The error of an answer with too many bytes; `widest` is the path of the field that takes most of them.
pub(super) fn answer_too_large(limit: u32, widest: &[String]) -> ServerError {
    let message = format!(
        "the response has more than {} bytes, most of them in `{}`; select less",
        grouped(limit.into()),
        widest.join(".")
    );
    let mut error = ServerError::new(message, None);
    shorten(&mut error.message);
    set_code(&mut error, "DOCUMENT_LIMIT_EXCEEDED");
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("widest", value!({ "path": widest.to_vec() }));
    extensions.set("limit", limit);
    error
}

pub(super) fn set_code(error: &mut ServerError, code: &str) {
    error.extensions.get_or_insert_default().set("code", code);
}
