//! Records the statements of one request, for `simpul explain`. A reader without a recorder keeps none.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use sea_orm::{QueryResult, Value};

use super::ReadError;

/// A statement that was sent for a recorded request.
#[derive(Clone, Debug)]
pub struct RecordedStatement {
    /// Which attempt of the request sent it, from 1. A request restarts when it needs a second statement that was not
    /// foreseen.
    pub attempt: usize,
    pub sql: String,
    pub values: Vec<Value>,
    /// What the loader wanted from it; none if it is not a statement of the loader's planner.
    pub plan: Option<String>,
    /// Its duration; none if it was given up.
    pub took: Option<Duration>,
    /// The columns of its row as text, or the error.
    pub result: Result<Vec<Option<String>>, String>,
}

/// The statements of one request, in the order in which they were sent.
#[derive(Debug, Default)]
pub struct Recorder(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    attempts: usize,
    statements: Vec<RecordedStatement>,
    /// What the loader wants from statements that are not sent yet, by their SQL.
    plans: HashMap<String, String>,
}

impl Recorder {
    /// Records that the request begins, or restarts.
    pub(super) fn begin_attempt(&self) {
        self.state().attempts += 1;
    }

    /// Records what the loader wants from the statement with this SQL.
    pub fn describe(&self, sql: &str, plan: String) {
        self.state().plans.insert(sql.to_owned(), plan);
    }

    /// Records that a statement is sent, and returns its number.
    pub(super) fn sent(&self, sql: &str, values: &[Value]) -> usize {
        let mut state = self.state();
        // Statements with equal SQL may have different plans.
        let (attempt, plan, sql) = (state.attempts, state.plans.remove(sql), sql.to_owned());
        let result = Err("it was given up".to_owned());
        let values = values.to_vec();
        state.statements.push(RecordedStatement { attempt, sql, values, plan, took: None, result });
        state.statements.len() - 1
    }

    /// Records the result of the statement with this number.
    pub(super) fn answered(
        &self,
        number: usize,
        took: Duration,
        answer: &Result<Option<QueryResult>, ReadError>,
    ) {
        let result = match answer {
            Ok(row) => Ok(row.as_ref().map(columns).unwrap_or_default()),
            Err(error) => Err(error.to_string()),
        };
        if let Some(statement) = self.state().statements.get_mut(number) {
            (statement.took, statement.result) = (Some(took), result);
        }
    }

    /// The statements so far.
    #[must_use]
    pub fn statements(&self) -> Vec<RecordedStatement> {
        self.state().statements.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The columns of a row as text.
fn columns(row: &QueryResult) -> Vec<Option<String>> {
    let text = |column: usize| {
        row.try_get_by_index::<Option<String>>(column).or_else(|_| {
            row.try_get_by_index::<Option<i64>>(column).map(|number| number.map(|number| number.to_string()))
        })
    };
    let column = |column| text(column).unwrap_or_else(|error| Some(format!("cannot be shown: {error}")));
    (0..row.column_names().len()).map(column).collect()
}
