//! Field merging: fields with one response key must be the same call, with the same shape of result.
//!
//! This is `FieldsInSetCanMerge` of GraphQL's specification (5.3.2), checked by the algorithm of Simon Adameit: the
//! selections below all fields of one key are merged into one set, which is flattened, grouped by key, and merged
//! again below. Each merged set is checked once for each rule, so the work grows with the length of the document with
//! its fragments expanded. Comparing pairs of fields would take its square.

mod call;
mod sets;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use async_graphql::{parser::types::ExecutableDocument, registry::Registry};

use self::sets::{Entry, Sets};
use crate::document::DocumentError;

/// How many fields and fragments are visited at most. A document within the limits of size needs fewer, unless the same
/// keys are selected on interfaces and on their objects at many depths at once.
const MAX_STEPS: usize = 100_000;

/// How many errors are reported.
const MAX_ERRORS: usize = 50;

/// The conflicts between fields of a document.
pub(super) fn errors(registry: &Registry, document: &ExecutableDocument) -> Vec<DocumentError> {
    let mut merging = Merging::within(MAX_STEPS, Sets::of(registry, document));
    merging.run();
    merging.result()
}

/// What must be the same for all fields of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Rule {
    /// Their shape, for any types of objects (`SameResponseShape`).
    Shape,
    /// Field and arguments, where one object may have them all.
    Call,
}

/// A merged set: the selection sets that it is made of, in ascending order.
type Merged = Vec<usize>;

struct Merging<'a> {
    sets: Sets<'a>,
    seen: HashSet<(Rule, Merged)>,
    waiting: Vec<(Rule, Merged)>,
    /// The last merging that reached each selection set, and how many there were.
    rounds: Vec<usize>,
    round: usize,
    told: HashSet<(usize, usize)>,
    errors: Vec<DocumentError>,
    steps: usize,
    max_steps: usize,
}

impl<'a> Merging<'a> {
    fn within(max_steps: usize, sets: Sets<'a>) -> Self {
        let (seen, told) = (HashSet::new(), HashSet::new());
        let rounds = vec![0; sets.all.len()];
        Self {
            sets,
            seen,
            waiting: Vec::new(),
            rounds,
            round: 0,
            told,
            errors: Vec::new(),
            steps: 0,
            max_steps,
        }
    }

    fn result(self) -> Vec<DocumentError> {
        if self.steps <= self.max_steps {
            return self.errors;
        }
        let message = "the document uses the same response keys below too many types; use more aliases";
        vec![DocumentError::too_large(message)]
    }

    fn run(&mut self) {
        for root in self.sets.roots.clone() {
            for rule in [Rule::Call, Rule::Shape] {
                self.merge(rule, [root].into_iter());
            }
        }
        while self.steps <= self.max_steps
            && self.errors.len() < MAX_ERRORS
            && let Some((rule, merged)) = self.waiting.pop()
        {
            self.check(rule, &merged);
        }
    }

    /// Merges selection sets with the fragments that they spread, and lets the result wait for its check, once.
    fn merge(&mut self, rule: Rule, sets: impl Iterator<Item = usize>) {
        self.round += 1;
        let mut reached = Merged::new();
        let mut open: Vec<usize> = sets.collect();
        while let Some(set) = open.pop() {
            let last = std::mem::replace(&mut self.rounds[set], self.round);
            if last == self.round {
                continue;
            }
            let set_of = &self.sets.all[set];
            self.steps += 1 + set_of.spreads.len();
            if !set_of.entries.is_empty() {
                reached.push(set);
            }
            open.extend(&set_of.spreads);
        }
        reached.sort_unstable();
        if !reached.is_empty() && self.seen.insert((rule, reached.clone())) {
            self.waiting.push((rule, reached));
        }
    }

    fn check(&mut self, rule: Rule, merged: &[usize]) {
        let entries = merged.iter().flat_map(|set| &self.sets.all[*set].entries);
        let keyed = |entry: &usize| (self.entry(*entry).key, self.entry(*entry).field.pos, *entry);
        let mut entries: Vec<_> = entries.map(keyed).collect();
        self.steps += entries.len();
        entries.sort_unstable();
        for group in entries.chunk_by(|one, other| one.0 == other.0) {
            let group: Vec<usize> = group.iter().map(|(_, _, entry)| *entry).collect();
            match rule {
                Rule::Shape => self.check_shape(&group),
                Rule::Call => self.check_calls(&group),
            }
        }
    }

    fn check_shape(&mut self, group: &[usize]) {
        for other in &group[1..] {
            if self.entry(group[0]).shape != self.entry(*other).shape {
                self.conflict(group[0], *other);
            }
        }
        self.merge_below(Rule::Shape, group);
    }

    fn check_calls(&mut self, group: &[usize]) {
        let (mut on_objects, on_any): (Vec<usize>, Vec<usize>) =
            group.iter().partition(|entry| self.entry(**entry).of_object);
        on_objects.sort_by_key(|entry| self.entry(*entry).parent);
        if on_objects.is_empty() {
            return self.check_one_call(&on_any);
        }
        let objects = on_objects.chunk_by(|one, other| self.entry(*one).parent == self.entry(*other).parent);
        // A field of an interface may be that of any object.
        let groups: Vec<Vec<usize>> = objects.map(|own| [on_any.as_slice(), own].concat()).collect();
        for group in groups {
            self.check_one_call(&group);
            if self.steps > self.max_steps {
                return;
            }
        }
    }

    fn check_one_call(&mut self, group: &[usize]) {
        self.steps += group.len();
        for other in &group[1..] {
            if self.entry(group[0]).call != self.entry(*other).call {
                self.conflict(group[0], *other);
            }
        }
        self.merge_below(Rule::Call, group);
    }

    fn merge_below(&mut self, rule: Rule, group: &[usize]) {
        let below: Vec<usize> = group.iter().filter_map(|entry| self.entry(*entry).below).collect();
        self.merge(rule, below.into_iter());
    }

    fn entry(&self, entry: usize) -> &Entry<'a> {
        &self.sets.entries[entry]
    }

    fn conflict(&mut self, one: usize, other: usize) {
        if self.told.len() < MAX_ERRORS && self.told.insert((one, other)) {
            let (one, other) = (self.entry(one), self.entry(other));
            let message = difference(one, other);
            let at = [one.field.pos, other.field.pos];
            self.errors.push(DocumentError::invalid(message).at(at));
        }
    }
}

/// How two fields under one key differ.
fn difference(one: &Entry<'_>, other: &Entry<'_>) -> String {
    let key = &one.field.node.response_key().node;
    let (name, other_name) = (&one.field.node.name.node, &other.field.node.name.node);
    let how = if one.shape != other.shape {
        let (of, other_of) = (one.of, other.of);
        format!("`{name}` of type {of} and `{other_name}` of type {other_of}")
    } else if name != other_name {
        format!("`{name}` and `{other_name}`")
    } else {
        let argument = call::differing(&one.field.node, &other.field.node).unwrap_or_default();
        format!("`{name}` with two values of `{argument}`")
    };
    format!("the response key `{key}` is used for {how}; give one of them another alias")
}
