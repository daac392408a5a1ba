//! How many conditions the statements of a field hold: what its arguments come to once they are written as SQL.
//!
//! A condition counts once for each place where a statement has it. One on related rows stands once beneath each of
//! `some`, `none`, `every` and `count`, and so does what their common `where` demands.

use std::collections::BTreeSet;

use super::{Asking, Given, InputId, InputKind, Role, Shape};

/// What `near` or a box binds.
const PLACE: u64 = 8;
/// What a page binds to begin behind a cursor, or before one.
const CURSOR: u64 = 24;
/// How often a walk, a search for chains and a search for words write what they demand of a row.
const WALK: u64 = 3;
const CHAINS: u64 = 12;
const SEARCH: u64 = 12;

impl<'a> Asking<'a> {
    /// Conditions and terms of orders in the statements of this field, what is selected of it left out.
    pub(in crate::document::cost) fn written(self, counts: bool) -> u64 {
        let filters = self.field.arguments.iter().filter_map(|argument| match &argument.role {
            Role::Filter(input) => Some(self.conditions(*input, self.value(argument)?)),
            _ => None,
        });
        let filters = sum(filters);
        let (terms, cursors) = (sum(self.terms()), self.cursors());
        let times = match self.field.shape {
            _ if self.given(&Role::Words).is_some() => SEARCH,
            Shape::Page { .. } if self.is_walk() => WALK,
            _ if self.is_walk() => CHAINS,
            _ => 1,
        };
        // Its rows, its length, and whether it goes on beyond each of its cursors, are a subquery each.
        let subqueries = 1 + u64::from(counts) + cursors;
        let all = filters.saturating_mul(times).saturating_add(terms).saturating_add(cursors * CURSOR);
        all.saturating_mul(subqueries)
    }

    /// Whether it is followed step by step, and written anew for each of its starts.
    pub(in crate::document::cost) fn is_walk(self) -> bool {
        self.steps_argument().is_some()
    }

    fn cursors(self) -> u64 {
        let cursors = self.field.arguments.iter().filter(|argument| argument.role == Role::Cursor);
        cursors.filter(|argument| self.value(argument).is_some()).count() as u64
    }

    /// Each term of an order, with the conditions on the rows that it counts; of a sum there are two.
    fn terms(self) -> impl Iterator<Item = u64> {
        let orders = self.field.arguments.iter().filter_map(move |argument| match &argument.role {
            Role::Order { input, .. } => Some((*input, self.value(argument)?)),
            _ => None,
        });
        orders.flat_map(move |(input, terms)| {
            self.bindings.items(terms).into_iter().map(move |term| {
                let related = self.bindings.fields(term).into_iter().filter_map(|(name, given)| {
                    let inner = self.sheet.inputs.get(input).fields.get(name)?;
                    Some(self.conditions(*inner, given))
                });
                sum(related).saturating_add(1).saturating_mul(2)
            })
        })
    }

    fn conditions(self, input: InputId, given: Given<'a>) -> u64 {
        let own = self.sheet.inputs.get(input);
        if own.kind == InputKind::Relation {
            return self.related(input, given);
        }
        let conditions = self.bindings.fields(given).into_iter().map(|(name, given)| {
            let Some(inner) = own.fields.get(name) else { return 1 };
            match self.sheet.inputs.get(*inner).kind {
                InputKind::Operand => PLACE,
                InputKind::Where if own.kind == InputKind::Where && name == "or" => {
                    let mut listed = BTreeSet::new();
                    let parts = self.bindings.items(given).into_iter().filter(|part| {
                        self.equality(*inner, *part).is_none_or(|(field, _)| listed.insert(field))
                    });
                    sum(parts.map(|part| self.conditions(*inner, part)))
                }
                InputKind::Where if own.kind == InputKind::Where && ["and", "not"].contains(&name) => {
                    sum(self.bindings.items(given).into_iter().map(|part| self.conditions(*inner, part)))
                }
                InputKind::Where => self.conditions(*inner, given).saturating_add(1),
                InputKind::Relation | InputKind::Operators => self.conditions(*inner, given),
            }
        });
        sum(conditions)
    }

    fn related(self, input: InputId, given: Given<'a>) -> u64 {
        let fields = self.bindings.fields(given);
        let of = |name: &str, given| {
            let inner = self.sheet.inputs.get(input).fields.get(name);
            inner.map_or(1, |inner| self.conditions(*inner, given))
        };
        let narrowed = fields.iter().filter(|(name, _)| !DEMANDS.contains(name));
        let narrowed = sum(narrowed.map(|(name, given)| of(name, *given)));
        let demands = fields.iter().filter(|(name, _)| DEMANDS.contains(name));
        sum(demands.map(|(name, given)| of(name, *given).saturating_add(narrowed).saturating_add(1)))
    }
}

/// What is demanded of related rows; whatever else stands beside it narrows which of them are meant.
const DEMANDS: [&str; 4] = ["some", "none", "every", "count"];

fn sum(parts: impl Iterator<Item = u64>) -> u64 {
    parts.fold(0, u64::saturating_add)
}
