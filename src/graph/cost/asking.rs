//! What it costs to ask for a field, before what it holds: its filters, its order, its search, its dimensions.

use std::collections::BTreeSet;

use async_graphql::parser::types::Field as Selected;

use super::{
    given::{Bindings, Given},
    price::{
        COMPUTED_ORDER, CONTAINS, COUNT, DEFAULT_PAGE, DIMENSION, FIGURES, INTROSPECTION, LIST, MAX_STEPS,
        ONE, OPERATOR, ORDER, PLACE, RELATED, RELATION, ROOT, ROW, SEARCH, STEP, VALUE,
    },
    sheet::{Argument, Field, InputId, InputKind, Role, Shape, Sheet},
};
use crate::graph::page::MAX_PAGE;

/// Prices the arguments of one field.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) bindings: Bindings<'a>,
    pub(super) selected: &'a Selected,
    pub(super) field: &'a Field,
    pub(super) at_root: bool,
}

impl<'a> Asking<'a> {
    /// The price of the question itself.
    pub(super) fn price(self, counts: bool) -> u64 {
        let (kept, sought) = (self.filters(), self.search());
        let mut through = kept.saturating_add(sought).saturating_add(self.orders());
        if counts {
            through = through.saturating_add(COUNT).saturating_add(kept).saturating_add(sought);
        }
        let figures = matches!(self.field.shape, Shape::Figures | Shape::Page { figures: true, .. });
        if figures {
            through =
                through.saturating_add(FIGURES).saturating_add(self.dimensions().saturating_mul(DIMENSION));
        }
        let asked = match self.field.shape {
            Shape::Page { .. } => LIST,
            Shape::List(_) if self.field.row => LIST,
            Shape::One if self.field.row => ROW,
            Shape::Introspection => INTROSPECTION,
            _ => 0,
        };
        let scale = if self.at_root { ROOT } else { 1 };
        through.saturating_mul(scale).saturating_add(asked).saturating_add(self.steps())
    }

    /// How many of what the field holds are to be expected.
    pub(super) fn size(self) -> u64 {
        match self.field.shape {
            Shape::Page { most, .. } => self.sized(most).unwrap_or(DEFAULT_PAGE),
            Shape::List(stated) => {
                let named = self.given(&Role::Ids).and_then(|(_, ids)| ids.length());
                named.or_else(|| self.sized(MAX_PAGE.into())).unwrap_or(stated)
            }
            _ => 1,
        }
    }

    /// The argument that says how many.
    pub(super) fn size_argument(self) -> Option<&'a str> {
        let mut sizes =
            self.field.arguments.iter().filter(|argument| matches!(argument.role, Role::Size { .. }));
        let given = sizes.clone().find(|argument| self.value(argument).is_some());
        given.or_else(|| sizes.next()).map(|argument| argument.name.as_str())
    }

    /// The argument that says how far.
    pub(super) fn steps_argument(self) -> Option<&'a str> {
        let mut arguments = self.field.arguments.iter();
        arguments
            .find(|argument| matches!(argument.role, Role::Steps { .. }))
            .map(|argument| argument.name.as_str())
    }

    fn sized(self, most: u64) -> Option<u64> {
        let sizes = self.field.arguments.iter().filter_map(|argument| match argument.role {
            Role::Size { default } => self.value(argument).map(|given| given.clamped(most)).or(default),
            _ => None,
        });
        sizes.max()
    }

    fn value(self, argument: &Argument) -> Option<Given<'a>> {
        self.bindings.argument(self.selected, &argument.name)
    }

    fn given(self, role: &Role) -> Option<(&'a Argument, Given<'a>)> {
        let argument = self.field.arguments.iter().find(|argument| argument.role == *role)?;
        Some((argument, self.value(argument)?))
    }

    fn filters(self) -> u64 {
        let filters = self.field.arguments.iter().filter_map(|argument| match argument.role {
            Role::Filter(input) => Some(self.filter(input, self.value(argument)?)),
            _ => None,
        });
        filters.fold(0, u64::saturating_add)
    }

    fn search(self) -> u64 {
        self.given(&Role::Words).map_or(0, |_| SEARCH)
    }

    fn dimensions(self) -> u64 {
        self.given(&Role::Dimensions).map_or(0, |(_, dimensions)| dimensions.length().unwrap_or(1))
    }

    fn steps(self) -> u64 {
        let steps = self.field.arguments.iter().filter_map(|argument| match argument.role {
            Role::Steps { default } => {
                let steps = self.value(argument).map_or(default, |given| given.clamped(MAX_STEPS));
                Some(STEP << (steps.clamp(1, MAX_STEPS) - 1))
            }
            _ => None,
        });
        steps.fold(0, u64::saturating_add)
    }

    fn orders(self) -> u64 {
        let mut price = 0_u64;
        for argument in &self.field.arguments {
            let (Role::Order { input, plain }, Some(terms)) = (&argument.role, self.value(argument)) else {
                continue;
            };
            for term in self.bindings.items(terms) {
                for (name, given) in self.bindings.fields(term) {
                    let inner = self.sheet.inputs.get(*input).fields.get(name);
                    let part = match (name, inner) {
                        ("field", _) if plain.as_ref().is_none_or(|plain| holds(plain, given)) => ORDER,
                        ("field", _) => COMPUTED_ORDER,
                        (_, Some(inner)) => self.filter(*inner, given).saturating_mul(RELATED),
                        _ => 0,
                    };
                    price = price.saturating_add(part);
                }
            }
        }
        price
    }

    /// The price of a condition, whatever stands in it.
    fn filter(self, input: InputId, given: Given<'a>) -> u64 {
        let own = self.sheet.inputs.get(input);
        if own.kind == InputKind::Relation {
            return self.relation(input, given);
        }
        let mut price = 0_u64;
        for (name, given) in self.bindings.fields(given) {
            let part = match own.fields.get(name) {
                Some(inner) if own.kind == InputKind::Where && ["and", "or", "not"].contains(&name) => {
                    let parts = self.bindings.items(given).into_iter().map(|part| self.filter(*inner, part));
                    parts.fold(0, u64::saturating_add)
                }
                Some(inner) => match self.sheet.inputs.get(*inner).kind {
                    InputKind::Where => self.filter(*inner, given).saturating_add(ONE),
                    InputKind::Relation | InputKind::Operators => self.filter(*inner, given),
                    InputKind::Operand => PLACE,
                },
                None if name == "contains" => CONTAINS,
                None => given.length().unwrap_or(0).saturating_mul(VALUE).saturating_add(OPERATOR),
            };
            price = price.saturating_add(part);
        }
        price
    }

    /// Each condition on related rows looks at several of them, with all that is demanded of them.
    fn relation(self, input: InputId, given: Given<'a>) -> u64 {
        let fields = self.bindings.fields(given);
        let inner = |name: &str, given| {
            let inner = self.sheet.inputs.get(input).fields.get(name);
            inner.map_or(OPERATOR, |inner| self.filter(*inner, given))
        };
        let narrowed = fields.iter().filter(|(name, _)| *name == "where");
        let narrowed = narrowed.map(|(name, given)| inner(name, *given)).fold(0, u64::saturating_add);
        let mut price = 0_u64;
        for (name, given) in fields {
            let part = match name {
                "some" | "none" | "every" => {
                    let demanded = inner(name, given).saturating_add(narrowed);
                    demanded.saturating_mul(RELATED).saturating_add(RELATION)
                }
                "count" => {
                    let demanded = narrowed.saturating_mul(RELATED).saturating_add(2 * RELATION);
                    demanded.saturating_add(inner(name, given))
                }
                "where" => 0,
                _ => OPERATOR,
            };
            price = price.saturating_add(part);
        }
        price
    }
}

fn holds(plain: &BTreeSet<String>, given: Given<'_>) -> bool {
    given.word().is_some_and(|word| plain.contains(word))
}
