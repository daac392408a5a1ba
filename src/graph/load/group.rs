//! A batch, sorted into groups of questions that differ in their parents only.

use std::sync::Arc;

use super::{Edge, decode::Question, loader::Key, plan::Planned};
use crate::graph::value::Value;

/// Questions that differ in their parents only, and are answered together.
pub(super) struct Group {
    template: Key,
    /// Empty for a question at the root.
    pub(super) parents: Vec<Value>,
    pub(super) plan: Arc<Planned>,
}

impl Group {
    /// Sorts a batch into groups, in an order that does not depend on chance, so that texts repeat.
    pub(super) fn gather(keys: &[Key]) -> Vec<Self> {
        let mut keys: Vec<&Key> = keys.iter().collect();
        keys.sort_by(|a, b| {
            let rank = |key: &&Key| (key.edge.name, key.want);
            rank(a).cmp(&rank(b)).then_with(|| a.args.cmp(&b.args)).then_with(|| a.parent.cmp(&b.parent))
        });
        let mut groups: Vec<Self> = Vec::new();
        for key in keys {
            let known = groups.iter_mut().find(|group| {
                let alike = group.template.edge == key.edge && group.template.want == key.want;
                alike
                    && group.template.args == key.args
                    && key.plan.as_ref().is_some_and(|plan| group.plan.plan == plan.plan)
                    && !group.parents.is_empty()
                    && group.parents.len() < key.edge.most_parents()
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

    pub(super) fn edge(&self) -> &'static Edge {
        self.template.edge
    }

    pub(super) fn question(&self) -> Question<'_> {
        Question { edge: self.template.edge, args: &self.template.args, want: self.template.want }
    }

    pub(super) fn key(&self, parent: Value) -> Key {
        Key { parent, ..self.template.clone() }
    }

    /// The questions of this group.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        let root = self.parents.is_empty().then_some(Value::Null);
        self.parents.iter().cloned().chain(root).map(|parent| self.key(parent))
    }
}
