//! The number of conditions in the SQL statements of a field.
//!
//! A condition counts once for each time that a statement repeats it. One on related rows is repeated for each of
//! `some`, `none`, `every` and `count`, and so is their common `where`.

use std::collections::BTreeSet;

use super::{ArgumentValue, Arguments, InputId, InputKind, Role, Shape};

/// Bound values of `near` or a box.
const PLACE: u64 = 8;
/// Bound values of a cursor.
const CURSOR: u64 = 24;
/// How often a walk, a search for chains and a text search repeat the conditions on a row.
const WALK: u64 = 3;
const CHAINS: u64 = 12;
const SEARCH: u64 = 12;

impl<'a> Arguments<'a> {
    /// Conditions and terms of `ORDER BY` in the statements of this field, without what is selected beneath it.
    pub(in crate::document::cost) fn conditions(self, counts: bool) -> u64 {
        let filters = self.field.arguments.iter().filter_map(|argument| match &argument.role {
            Role::Filter(input) => Some(self.conditions_of(*input, self.value(argument)?)),
            _ => None,
        });
        let filters = sum(filters);
        let (terms, cursors) = (sum(self.terms()), self.cursors());
        let times = match self.field.shape {
            _ if self.find(&Role::Search).is_some() => SEARCH,
            Shape::Page { .. } if self.is_walk() => WALK,
            _ if self.is_walk() => CHAINS,
            _ => 1,
        };
        // Its rows, its length, and whether there are more beyond each cursor, are a subquery each.
        let subqueries = 1 + u64::from(counts) + cursors;
        let all = filters.saturating_mul(times).saturating_add(terms).saturating_add(cursors * CURSOR);
        all.saturating_mul(subqueries)
    }

    /// Whether it is a walk, whose statement is repeated for each start.
    pub(in crate::document::cost) fn is_walk(self) -> bool {
        self.steps_argument().is_some()
    }

    fn cursors(self) -> u64 {
        let cursors = self.field.arguments.iter().filter(|argument| argument.role == Role::Cursor);
        cursors.filter(|argument| self.value(argument).is_some()).count() as u64
    }

    /// The conditions of each term of an order, with those on the rows that it counts; a sum has two terms.
    fn terms(self) -> impl Iterator<Item = u64> {
        let orders = self.field.arguments.iter().filter_map(move |argument| match &argument.role {
            Role::Order { input, .. } => Some((*input, self.value(argument)?)),
            _ => None,
        });
        orders.flat_map(move |(input, terms)| {
            self.bindings.items(terms).into_iter().map(move |term| {
                let related = self.bindings.fields(term).into_iter().filter_map(|(name, value)| {
                    let inner = self.schema.inputs.get(input).fields.get(name)?;
                    Some(self.conditions_of(*inner, value))
                });
                sum(related).saturating_add(1).saturating_mul(2)
            })
        })
    }

    fn conditions_of(self, input: InputId, value: ArgumentValue<'a>) -> u64 {
        let own = self.schema.inputs.get(input);
        if own.kind == InputKind::Relation {
            return self.related(input, value);
        }
        let conditions = self.bindings.fields(value).into_iter().map(|(name, value)| {
            let Some(inner) = own.fields.get(name) else {
                return if own.kind == InputKind::Where { value.length().unwrap_or(1).max(1) } else { 1 };
            };
            match self.schema.inputs.get(*inner).kind {
                InputKind::Operand => PLACE,
                InputKind::Where if own.kind == InputKind::Where && name == "or" => {
                    let mut listed = BTreeSet::new();
                    let parts = self.bindings.items(value).into_iter().filter(|part| {
                        self.equality(*inner, *part).is_none_or(|(field, _)| listed.insert(field))
                    });
                    sum(parts.map(|part| self.conditions_of(*inner, part)))
                }
                InputKind::Where if own.kind == InputKind::Where && ["and", "not"].contains(&name) => {
                    sum(self.bindings.items(value).into_iter().map(|part| self.conditions_of(*inner, part)))
                }
                InputKind::Where => self.conditions_of(*inner, value).saturating_add(1),
                InputKind::Relation | InputKind::Operators => self.conditions_of(*inner, value),
            }
        });
        sum(conditions)
    }

    fn related(self, input: InputId, value: ArgumentValue<'a>) -> u64 {
        let fields = self.bindings.fields(value);
        let of = |name: &str, value| {
            let inner = self.schema.inputs.get(input).fields.get(name);
            inner.map_or(1, |inner| self.conditions_of(*inner, value))
        };
        let narrowed = fields.iter().filter(|(name, _)| !QUANTIFIERS.contains(name));
        let narrowed = sum(narrowed.map(|(name, value)| of(name, *value)));
        let quantified = fields.iter().filter(|(name, _)| QUANTIFIERS.contains(name));
        sum(quantified.map(|(name, value)| of(name, *value).saturating_add(narrowed).saturating_add(1)))
    }
}

/// Quantifiers over related rows. The other fields of such an input narrow the related rows.
const QUANTIFIERS: [&str; 4] = ["some", "none", "every", "count"];

fn sum(parts: impl Iterator<Item = u64>) -> u64 {
    parts.fold(0, u64::saturating_add)
}
