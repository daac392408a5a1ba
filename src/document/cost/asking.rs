//! What it costs to ask for a field, before what it holds: its filters, its order, its search, its dimensions.

mod written;

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::{Name, parser::types::Field as Selected};

use super::{
    given::{Bindings, Given},
    price::{
        CHOSEN_FROM, COMPUTED_ORDER, CONTAINS, COUNT, COUNTED, DEFAULT_PAGE, DIMENSION, FIGURES,
        INTROSPECTION, LIST, MAX_STEPS, ONE, OPERATOR, ORDER, PLACE, READ, RELATED, RELATION, ROW, SEARCH,
        STEP, THOUSAND, VALUE,
    },
    sheet::{Argument, Field, InputId, InputKind, Role, Shape, Sheet, begins_with},
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
    /// The price of the question itself: whether a page is asked for its length, and which figures are selected.
    pub(super) fn price(self, counts: bool, selected: &BTreeMap<Name, u64>) -> u64 {
        let rows = self.field.among;
        let read = |price: u64| rows.saturating_mul(price);
        let (kept, sorted) = (self.filters(), self.orders());
        let figures = matches!(self.field.shape, Shape::Figures | Shape::Page { figures: true, .. });
        // Thousandths of points, since prices are for a thousand rows.
        let through = if figures {
            let each = READ.saturating_add(FIGURES).saturating_add(self.measures(selected));
            let grouped = read(each.saturating_add(self.dimensions().saturating_mul(DIMENSION)));
            let once = grouped.saturating_add(kept).saturating_add(sorted);
            if counts { once.saturating_mul(2) } else { once }
        } else {
            let looked_at = if kept > 0 || sorted > 0 { read(READ) } else { 0 };
            let counted = if counts { read(COUNT).saturating_add(kept) } else { 0 };
            looked_at.saturating_add(kept).saturating_add(sorted).saturating_add(counted)
        };
        let sought = if counts { self.search().saturating_mul(2) } else { self.search() };
        let asked = match self.field.shape {
            Shape::Page { .. } if self.field.stated && !self.at_root => {
                LIST.saturating_add(rows / CHOSEN_FROM)
            }
            Shape::Page { .. } => LIST,
            Shape::List(_) if self.field.row => LIST,
            Shape::One if self.field.row => ROW,
            Shape::Introspection => INTROSPECTION,
            _ => 0,
        };
        let through = through.div_ceil(THOUSAND);
        through.saturating_add(sought).saturating_add(asked).saturating_add(self.steps())
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
            Role::Filter(input) => Some(self.filter(input, self.value(argument)?, self.field.among)),
            _ => None,
        });
        filters.fold(0, u64::saturating_add)
    }

    /// The price of all figures that are taken of a row: those that are selected, compared or sorted by, each once.
    fn measures(self, selected: &BTreeMap<Name, u64>) -> u64 {
        let mut figures: BTreeMap<&str, u64> =
            selected.iter().map(|(name, price)| (name.as_str(), *price)).collect();
        let Some(row) = self.sheet.figures_row(self.field) else { return 0 };
        for argument in &self.field.arguments {
            let Some(given) = self.value(argument) else { continue };
            match &argument.role {
                Role::Filter(input) if argument.name == "having" => {
                    self.compared(*input, given, &mut |name| {
                        figures.extend(self.sheet.figure(row, name).map(|price| (name, price)));
                    });
                }
                Role::Order { .. } => {
                    for term in self.bindings.items(given) {
                        for (_, word) in self.bindings.fields(term) {
                            figures.extend(word.word().and_then(|word| self.sheet.figure_of_word(row, word)));
                        }
                    }
                }
                _ => {}
            }
        }
        figures.into_values().fold(0, u64::saturating_add)
    }

    /// Names each figure that a condition on groups compares.
    fn compared(self, input: InputId, given: Given<'a>, name_it: &mut impl FnMut(&'a str)) {
        for (name, given) in self.bindings.fields(given) {
            match self.sheet.inputs.get(input).fields.get(name) {
                Some(inner) if ["and", "or", "not"].contains(&name) => {
                    for part in self.bindings.items(given) {
                        self.compared(*inner, part, name_it);
                    }
                }
                _ => name_it(name),
            }
        }
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
                // Chains are looked for from either end.
                let ends = if matches!(self.field.shape, Shape::Page { .. }) { 1 } else { 2 };
                Some((ends * STEP) << (steps.clamp(1, MAX_STEPS) - 1))
            }
            _ => None,
        });
        steps.fold(0, u64::saturating_add)
    }

    fn orders(self) -> u64 {
        let rows = self.field.among;
        let mut price = 0_u64;
        for argument in &self.field.arguments {
            let (Role::Order { input, plain }, Some(terms)) = (&argument.role, self.value(argument)) else {
                continue;
            };
            for term in self.bindings.items(terms) {
                for (name, given) in self.bindings.fields(term) {
                    let inner = self.sheet.inputs.get(*input).fields.get(name);
                    let part = match (name, inner) {
                        ("field", _) if plain.as_ref().is_none_or(|plain| holds(plain, given)) => {
                            rows.saturating_mul(ORDER)
                        }
                        ("field", _) => {
                            let related = given.word().map_or(0, |word| self.counted(*input, word));
                            rows.saturating_mul(COMPUTED_ORDER).saturating_add(related.saturating_mul(READ))
                        }
                        (_, Some(inner)) => {
                            self.filter(*inner, given, self.related_by(name)).saturating_mul(RELATED)
                        }
                        _ => 0,
                    };
                    price = price.saturating_add(part);
                }
            }
        }
        price
    }

    /// How many rows are related to all that the list is chosen from, by a relation of its `where`.
    fn related_by(self, relation: &str) -> u64 {
        let rows = self.field.among;
        let filter = self.field.arguments.iter().find_map(|argument| match argument.role {
            Role::Filter(input) if argument.name == "where" => Some(input),
            _ => None,
        });
        filter.map_or(rows, |filter| self.sheet.related(filter, relation, rows))
    }

    /// How many related rows a word of an order counts or sums, such as `LINKAGE_COUNT` those of `linkages`.
    fn counted(self, order: InputId, word: &str) -> u64 {
        let relations = self.sheet.inputs.get(order).fields.keys();
        let counted = relations.filter(|relation| begins_with(word, relation));
        counted.map(|relation| self.related_by(relation)).max().unwrap_or(0)
    }

    /// The price of a condition on so many rows, in thousandths of points.
    fn filter(self, input: InputId, given: Given<'a>, rows: u64) -> u64 {
        let own = self.sheet.inputs.get(input);
        let mut price = 0_u64;
        for (name, given) in self.bindings.fields(given) {
            let each = |price: u64| rows.saturating_mul(price);
            let part = match own.fields.get(name) {
                Some(inner) if own.kind == InputKind::Where && name == "or" => {
                    self.alternatives(*inner, given, rows)
                }
                Some(inner) if own.kind == InputKind::Where && ["and", "not"].contains(&name) => {
                    let parts = self.bindings.items(given).into_iter();
                    parts.map(|part| self.filter(*inner, part, rows)).fold(0, u64::saturating_add)
                }
                Some(inner) => match self.sheet.inputs.get(*inner).kind {
                    InputKind::Where => self.filter(*inner, given, rows).saturating_add(each(ONE)),
                    InputKind::Relation => {
                        let related = self.sheet.related(input, name, rows);
                        self.relation(*inner, given, rows, related)
                    }
                    InputKind::Operators => self.filter(*inner, given, rows),
                    InputKind::Operand => each(PLACE),
                },
                None if name == "contains" => each(CONTAINS),
                None => each(given.length().unwrap_or(0).saturating_mul(VALUE).saturating_add(OPERATOR)),
            };
            price = price.saturating_add(part);
        }
        price
    }

    /// The price of an `or`. Alternatives that ask whether the same field is this or that are one list, as they are in SQL.
    fn alternatives(self, input: InputId, given: Given<'a>, rows: u64) -> u64 {
        let (mut price, mut listed) = (0_u64, BTreeSet::new());
        for part in self.bindings.items(given) {
            let added = match self.equality(input, part) {
                Some((field, values)) if !listed.insert(field) => {
                    rows.saturating_mul(values.saturating_mul(VALUE))
                }
                _ => self.filter(input, part, rows),
            };
            price = price.saturating_add(added);
        }
        price
    }

    /// The field and the number of values of which it has to be one, if a condition demands nothing else.
    fn equality(self, input: InputId, given: Given<'a>) -> Option<(&'a str, u64)> {
        let [(field, given)] = self.bindings.fields(given)[..] else { return None };
        let inner = self.sheet.inputs.get(input).fields.get(field)?;
        if self.sheet.inputs.get(*inner).kind != InputKind::Operators {
            return None;
        }
        match self.bindings.fields(given)[..] {
            [("eq", _)] => Some((field, 1)),
            [("in", values)] => Some((field, values.length()?)),
            _ => None,
        }
    }

    /// The price of a condition on the related rows of so many rows, `related` in all.
    fn relation(self, input: InputId, given: Given<'a>, rows: u64, related: u64) -> u64 {
        let fields = self.bindings.fields(given);
        let inner = |name: &str, given, rows: u64| {
            let inner = self.sheet.inputs.get(input).fields.get(name);
            inner.map_or(rows.saturating_mul(OPERATOR), |inner| self.filter(*inner, given, rows))
        };
        let narrowed = fields.iter().filter(|(name, _)| *name == "where");
        let narrowed =
            narrowed.map(|(name, given)| inner(name, *given, related)).fold(0, u64::saturating_add);
        let looked_at = related.saturating_mul(READ).saturating_add(narrowed);
        let mut price = 0_u64;
        for (name, given) in fields {
            let part = match name {
                "some" | "none" | "every" => {
                    let demanded = looked_at.saturating_add(inner(name, given, related));
                    demanded.saturating_add(rows.saturating_mul(RELATION))
                }
                "count" => {
                    let counted = looked_at.saturating_add(looked_at / 2);
                    counted
                        .saturating_add(rows.saturating_mul(COUNTED))
                        .saturating_add(inner(name, given, rows))
                }
                "where" => 0,
                _ => rows.saturating_mul(OPERATOR),
            };
            price = price.saturating_add(part);
        }
        price
    }
}

fn holds(plain: &BTreeSet<String>, given: Given<'_>) -> bool {
    given.word().is_some_and(|word| plain.contains(word))
}
