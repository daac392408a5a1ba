//! The log line of each operation. It holds no variables, no addresses and no personal data.

pub(super) mod writer;

use std::time::Duration;

use super::operation::OperationRecord;

/// Logs an operation.
pub(super) fn operation(record: &OperationRecord) {
    let errors: Vec<String> = record.errors.iter().map(|(code, times)| format!("{code}:{times}")).collect();
    let in_database: Duration = record.effort.statements.iter().sum();
    tracing::info!(
        target: "simpul::operation",
        operation = record.name.as_deref().unwrap_or("anonymous"),
        document = record.document.get(..16),
        errors = (!errors.is_empty()).then(|| errors.join(" ")),
        milliseconds = milliseconds(record.duration),
        requested = record.requested,
        actual = record.actual,
        statements = record.effort.statements.len(),
        sql_milliseconds = milliseconds(in_database),
        request_id = record.request_id,
        trace_id = record.trace.id,
        "answered"
    );
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}
