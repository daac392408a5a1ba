//! Groups a batch into questions that differ only in their parents.

use std::sync::Arc;

use super::{Edge, Key, Planned, Question};
use crate::graph::value::Value;

/// Questions that differ only in their parents, and are answered together.
pub(in crate::graph::load) struct Group {
    template: Key,
    /// The keys of the parents; empty for a question at the root.
    pub(in crate::graph::load) parents: Vec<Value>,
    pub(in crate::graph::load) plan: Arc<Planned>,
}

impl Group {
    /// Groups a batch. The order of groups is deterministic, so that equal batches give equal statements.
    pub(in crate::graph::load) fn gather(keys: &[Key]) -> Vec<Self> {
        let mut keys: Vec<&Key> = keys.iter().collect();
        keys.sort_by(|a, b| {
            let rank = |key: &&Key| (key.question.edge.name, key.question.want);
            rank(a)
                .cmp(&rank(b))
                .then_with(|| a.question.arguments.cmp(&b.question.arguments))
                .then_with(|| a.parent.cmp(&b.parent))
        });
        let mut groups: Vec<Self> = Vec::new();
        for key in keys {
            let known = groups.iter_mut().find(|group| {
                group.template.question == key.question
                    && key.plan.as_ref().is_some_and(|plan| group.plan.plan == plan.plan)
                    && !group.parents.is_empty()
                    && group.parents.len() < key.question.edge.most_parents()
            });
            let parent = (!key.parent.is_null()).then(|| key.parent.clone());
            match (known, parent) {
                (Some(group), Some(parent)) => group.parents.push(parent),
                (_, parent) => groups.push(Self {
                    template: key.clone(),
                    parents: parent.into_iter().collect(),
                    plan: key.plan.clone().unwrap_or_default(),
                }),
            }
        }
        groups
    }

    pub(in crate::graph::load) fn edge(&self) -> &'static Edge {
        self.template.question.edge
    }

    pub(in crate::graph::load) fn question(&self) -> &Question {
        &self.template.question
    }

    pub(in crate::graph::load) fn key(&self, parent: Value) -> Key {
        Key { parent, ..self.template.clone() }
    }

    /// The keys of the questions of this group.
    pub(in crate::graph::load) fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        let root = self.parents.is_empty().then_some(Value::Null);
        self.parents.iter().cloned().chain(root).map(|parent| self.key(parent))
    }
}
