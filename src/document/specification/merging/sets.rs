//! The selection sets of a document as lists of numbers, for fast merging and comparison.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
    registry::{MetaType, MetaTypeName, Registry},
};

use super::call;

/// A selected field.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) field: &'a Positioned<Field>,
    /// The type of its result, as the schema writes it.
    pub(super) of: &'a str,
    /// The type that it is selected of.
    pub(super) parent: &'a str,
    /// Whether that is an object type.
    pub(super) of_object: bool,
    /// Numbers of its response key, of its name with its arguments, and of the shape of its result.
    pub(super) key: usize,
    pub(super) call: usize,
    pub(super) shape: usize,
    /// The selection set beneath it.
    pub(super) below: Option<usize>,
}

/// A selection set, its inline fragments included.
#[derive(Debug, Default)]
pub(super) struct Set {
    pub(super) entries: Vec<usize>,
    /// The selection sets of the fragments that are spread in it, each once.
    pub(super) spreads: Vec<usize>,
}

/// All selection sets of a document. Unknown fields are left out; the library reports them.
#[derive(Debug)]
pub(super) struct Sets<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) all: Vec<Set>,
    /// Those of the operations.
    pub(super) roots: Vec<usize>,
}

impl<'a> Sets<'a> {
    pub(super) fn of(registry: &'a Registry, document: &'a ExecutableDocument) -> Self {
        // In the order of the document, so that errors are the same each time.
        let mut fragments: Vec<_> = document.fragments.iter().collect();
        fragments.sort_by_key(|(_, fragment)| fragment.pos);
        let numbers = fragments.iter().enumerate().map(|(at, (name, _))| (*name, at)).collect();
        let all = fragments.iter().map(|_| Set::default()).collect();
        let sets = Sets { entries: Vec::new(), all, roots: Vec::new() };
        let mut reading = Reading { registry, fragments: numbers, sets, words: HashMap::new() };
        for (at, (_, fragment)) in fragments.into_iter().enumerate() {
            let on = registry.types.get(fragment.node.type_condition.node.on.node.as_str());
            reading.fill(at, &fragment.node.selection_set.node, on);
        }
        let mut operations: Vec<_> = document.operations.iter().map(|(_, operation)| operation).collect();
        operations.sort_by_key(|operation| operation.pos);
        for operation in operations {
            let root = match operation.node.ty {
                OperationType::Query => Some(&registry.query_type),
                OperationType::Mutation => registry.mutation_type.as_ref(),
                OperationType::Subscription => registry.subscription_type.as_ref(),
            };
            let on = root.and_then(|root| registry.types.get(root));
            let root = reading.add(&operation.node.selection_set.node, on);
            reading.sets.roots.push(root);
        }
        reading.sets
    }
}

struct Reading<'a> {
    registry: &'a Registry,
    /// The numbers of the fragments' selection sets.
    fragments: HashMap<&'a Name, usize>,
    sets: Sets<'a>,
    /// The numbers of keys, calls and shapes.
    words: HashMap<String, usize>,
}

impl<'a> Reading<'a> {
    fn add(&mut self, set: &'a SelectionSet, on: Option<&'a MetaType>) -> usize {
        let at = self.sets.all.len();
        self.sets.all.push(Set::default());
        self.fill(at, set, on);
        at
    }

    fn fill(&mut self, at: usize, set: &'a SelectionSet, on: Option<&'a MetaType>) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => self.field(at, field, on),
                Selection::InlineFragment(fragment) => {
                    let inner = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                    let on = inner.map_or(on, |inner| self.registry.types.get(inner));
                    self.fill(at, &fragment.node.selection_set.node, on);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(spread) = self.fragments.get(&spread.node.fragment_name.node) {
                        self.sets.all[at].spreads.push(*spread);
                    }
                }
            }
        }
        let spreads = &mut self.sets.all[at].spreads;
        spreads.sort_unstable();
        spreads.dedup();
    }

    fn field(&mut self, at: usize, field: &'a Positioned<Field>, on: Option<&'a MetaType>) {
        let name = field.node.name.node.as_str();
        let Some(parent) = on else { return };
        let of = match parent.field_by_name(name) {
            Some(known) => known.ty.as_str(),
            None if name == "__typename" => "String!",
            None => return,
        };
        let result = self.registry.concrete_type_by_name(of);
        let entry = Entry {
            field,
            of,
            parent: parent.name(),
            of_object: !parent.is_abstract(),
            key: self.number(field.node.response_key().node.to_string()),
            call: self.number(call::written(&field.node)),
            shape: self.number(shape(of, result)),
            below: None,
        };
        let entry_at = self.sets.entries.len();
        self.sets.entries.push(entry);
        self.sets.all[at].entries.push(entry_at);
        if !field.node.selection_set.node.items.is_empty() {
            let below = self.add(&field.node.selection_set.node, result);
            self.sets.entries[entry_at].below = Some(below);
        }
    }

    fn number(&mut self, word: String) -> usize {
        let next = self.words.len();
        *self.words.entry(word).or_insert(next)
    }
}

/// The shape of a result: the type, with all composite types taken as one.
fn shape(of: &str, result: Option<&MetaType>) -> String {
    let name = MetaTypeName::concrete_typename(of);
    if result.is_some_and(MetaType::is_composite) { of.replace(name, "{}") } else { of.to_owned() }
}
