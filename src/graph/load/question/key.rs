//! The keys of the loader.

use std::{
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

use super::{Arguments, Planned, Question};
use crate::graph::{filter::RequiredRow, value::Value};

/// A key of the loader: a question about one parent. The plan is carried along but does not affect equality.
#[derive(Clone)]
pub(in crate::graph::load) struct Key {
    pub(in crate::graph::load) question: Question,
    pub(in crate::graph::load) parent: Value,
    pub(in crate::graph::load) plan: Option<Arc<Planned>>,
}

impl Key {
    pub(in crate::graph::load) fn new(question: Question, parent: Value) -> Self {
        Self { question, parent, plan: None }
    }
}

impl From<&RequiredRow> for Key {
    /// The question whether the row exists, which reads nothing of it.
    fn from(row: &RequiredRow) -> Self {
        let question = Question::new(row.edge, Arguments::default());
        Self { question, parent: Value::Text(Arc::clone(&row.key)), plan: Some(Arc::default()) }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.parent == other.parent && self.question == other.question
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.question.hash(state);
        self.parent.hash(state);
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.question.edge.name)
    }
}
