//! Classifies input types: filters, relations, operators.

use std::collections::HashMap;

use async_graphql::registry::{MetaInputValue, MetaType, Registry};

use super::{InputId, bare};

/// All input types of the schema.
#[derive(Debug, Default)]
pub(in crate::document::cost) struct Inputs {
    types: Vec<Input>,
    names: HashMap<String, InputId>,
}

/// An input type.
#[derive(Debug)]
pub(in crate::document::cost) struct Input {
    pub(in crate::document::cost) kind: InputKind,
    /// The fields whose types are input objects.
    pub(in crate::document::cost) fields: HashMap<String, InputId>,
}

/// The kind of an input type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document::cost) enum InputKind {
    /// Conditions on a row, or on a row of figures: it has `and`, `or` and `not`.
    Where,
    /// Conditions on related rows: it has `some`, `none` and `every`.
    Relation,
    /// Conditions on a value: it has `eq` or `isNull`, or groups such conditions.
    Operators,
    /// A compound value, such as a place.
    Operand,
}

impl Inputs {
    pub(super) fn read(registry: &Registry) -> Self {
        let objects = registry.types.values().filter_map(|kind| match kind {
            MetaType::InputObject { name, input_fields, .. } => Some((name, input_fields)),
            _ => None,
        });
        let objects: Vec<_> = objects.collect();
        let names: HashMap<String, InputId> =
            objects.iter().enumerate().map(|(at, (name, _))| ((*name).clone(), InputId(at))).collect();
        let types = objects.iter().map(|(_, fields)| {
            let inputs = fields
                .values()
                .filter_map(|field| Some((field.name.clone(), *names.get(bare(&field.ty))?)))
                .collect();
            Input { kind: kind(registry, fields.values(), 0), fields: inputs }
        });
        Self { types: types.collect(), names }
    }

    pub(in crate::document::cost) fn get(&self, of: InputId) -> &Input {
        &self.types[of.0]
    }

    /// All of them, with their numbers.
    pub(super) fn all(&self) -> impl Iterator<Item = (InputId, &Input)> {
        self.types.iter().enumerate().map(|(at, input)| (InputId(at), input))
    }

    pub(super) fn find(&self, written: &str) -> Option<InputId> {
        self.names.get(bare(written)).copied()
    }
}

fn kind<'a>(
    registry: &Registry,
    fields: impl Iterator<Item = &'a MetaInputValue> + Clone,
    depth: usize,
) -> InputKind {
    let has = |names: &[&str]| fields.clone().any(|field| names.contains(&field.name.as_str()));
    if has(&["and"]) && has(&["or"]) {
        InputKind::Where
    } else if has(&["some", "none", "every"]) {
        InputKind::Relation
    } else if has(&["eq", "isNull", "hasSome"]) || (depth < 2 && holds_operators(registry, fields, depth)) {
        InputKind::Operators
    } else {
        InputKind::Operand
    }
}

/// Whether one of its fields holds conditions.
fn holds_operators<'a>(
    registry: &Registry,
    fields: impl Iterator<Item = &'a MetaInputValue>,
    depth: usize,
) -> bool {
    fields.into_iter().any(|field| match super::kind(registry, &field.ty) {
        Some(MetaType::InputObject { input_fields, .. }) => {
            let inner: Vec<_> = input_fields.values().collect();
            kind(registry, inner.into_iter(), depth + 1) != InputKind::Operand
        }
        _ => false,
    })
}
