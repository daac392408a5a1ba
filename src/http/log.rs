//! The log of operations: one line each, without variables, addresses or personal data.

pub(super) mod writer;

use std::time::Duration;

use super::door::{Answer, Asker, Record};

pub(super) fn operation(record: &Record, answer: &Answer, asker: &Asker, took: Duration) {
    let errors: Vec<String> =
        answer.codes().into_iter().map(|(code, times)| format!("{code}:{times}")).collect();
    let in_database: Duration = record.effort.statements.iter().sum();
    tracing::info!(
        target: "simpul::operation",
        operation = record.operation.as_deref().unwrap_or("anonymous"),
        document = record.document.get(..16),
        errors = (!errors.is_empty()).then(|| errors.join(" ")),
        milliseconds = milliseconds(took),
        requested = record.requested,
        actual = record.actual,
        statements = record.effort.statements.len(),
        sql_milliseconds = milliseconds(in_database),
        request_id = asker.request_id,
        trace_id = asker.trace.id,
        "answered"
    );
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}
