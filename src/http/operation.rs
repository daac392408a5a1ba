//! The record of an operation, as data: what the log, the metrics and the spans report.

use std::{collections::BTreeMap, time::Duration};

use super::trace::Trace;
use crate::{document::named::Origin, store::Effort};

/// What is reported of one operation once it is answered.
#[derive(Debug, Default)]
pub(super) struct OperationRecord {
    /// The operation's name, if it has one.
    pub(super) name: Option<String>,
    /// Where the document comes from.
    pub(super) origin: Origin,
    /// The document's SHA-256; empty if there is no document.
    pub(super) document: String,
    /// The estimated cost.
    pub(super) requested: Option<u64>,
    /// The actual cost.
    pub(super) actual: Option<u64>,
    /// SQL statements and batches of the loader.
    pub(super) effort: Effort,
    /// The error codes of the answer, with how often each occurs.
    pub(super) errors: BTreeMap<String, u64>,
    pub(super) duration: Duration,
    pub(super) request_id: String,
    pub(super) trace: Trace,
}
