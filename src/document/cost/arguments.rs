//! The price of a field's arguments: filters, orders, search, dimensions, sizes.

mod conditions;

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::types::Field as Selected;

use super::{
    estimate::{Figures, SORTED},
    price::{
        CHOSEN_FROM, COMPUTED_ORDER, CONTAINS, COUNT, COUNTED, DEFAULT_PAGE, DIMENSION, FIGURES,
        INTROSPECTION, LIST, MAX_STEPS, MEASURE, ONE, OPERATOR, ORDER, PLACE, RANKED, READ, RELATED,
        RELATION, ROW, SEARCH, SEARCH_WORD, STEP, THOUSAND, VALUE,
    },
    priced_schema::{Argument, Field, InputId, InputKind, PricedSchema, Role, Shape, begins_with},
    variables::{ArgumentValue, Bindings},
};
use crate::graph::{
    page::MAX_PAGE,
    search::{CANDIDATES, MOST_WORDS, word_count},
};

/// Prices the arguments of one field.
#[derive(Clone, Copy)]
pub(super) struct Arguments<'a> {
    pub(super) schema: &'a PricedSchema,
    pub(super) bindings: Bindings<'a>,
    pub(super) selected: &'a Selected,
    pub(super) field: &'a Field,
    pub(super) at_root: bool,
}

impl<'a> Arguments<'a> {
    /// The price of the field itself, without what is selected beneath it. `counts`: its `totalCount` is selected;
    /// `selected`: the figures that are.
    pub(super) fn price(self, counts: bool, selected: &Figures) -> u64 {
        let rows = self.field.chosen_from;
        let read = |price: u64| rows.saturating_mul(price);
        let filtered = self.filters();
        let (sorted, to_sort) = match self.found() {
            // Only what was found is sorted.
            Some(found) if found < rows => (self.orders().saturating_mul(found).div_ceil(rows), found),
            _ => (self.orders(), rows),
        };
        let figures = matches!(self.field.shape, Shape::Figures | Shape::Page { figures: true, .. });
        // Thousandths of points, since prices are for a thousand rows.
        let through = if figures {
            let each = READ.saturating_add(FIGURES).saturating_add(self.measures(selected));
            let grouped = read(each.saturating_add(self.dimensions().saturating_mul(DIMENSION)));
            let once = grouped.saturating_add(filtered).saturating_add(sorted);
            if counts { once.saturating_mul(2) } else { once }
        } else {
            let read_rows = match (filtered, sorted) {
                (0, 0) => 0,
                (0, _) => to_sort.saturating_mul(READ),
                _ => read(READ),
            };
            let counted = if counts { read(COUNT).saturating_add(filtered) } else { 0 };
            read_rows.saturating_add(filtered).saturating_add(sorted).saturating_add(counted)
        };
        let flat = match self.field.shape {
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
        through.saturating_add(self.search()).saturating_add(flat).saturating_add(self.steps())
    }

    /// The expected number of items that the field holds.
    pub(super) fn size(self) -> u64 {
        match self.field.shape {
            Shape::Page { most, .. } => self.sized(most).unwrap_or(DEFAULT_PAGE),
            Shape::List(stated) => {
                let named = self.find(&Role::Ids).and_then(|(_, ids)| ids.length());
                named.or_else(|| self.sized(MAX_PAGE.into())).unwrap_or(stated)
            }
            _ => 1,
        }
    }

    /// The argument that sets this number.
    pub(super) fn size_argument(self) -> Option<&'a str> {
        let mut sizes =
            self.field.arguments.iter().filter(|argument| matches!(argument.role, Role::Size { .. }));
        let present = sizes.clone().find(|argument| self.value(argument).is_some());
        present.or_else(|| sizes.next()).map(|argument| argument.name.as_str())
    }

    /// The argument that limits the steps of a walk.
    pub(super) fn steps_argument(self) -> Option<&'a str> {
        let mut arguments = self.field.arguments.iter();
        arguments
            .find(|argument| matches!(argument.role, Role::Steps { .. }))
            .map(|argument| argument.name.as_str())
    }

    fn sized(self, most: u64) -> Option<u64> {
        let sizes = self.field.arguments.iter().filter_map(|argument| match argument.role {
            Role::Size { default } => self.value(argument).map(|value| value.clamped(most)).or(default),
            _ => None,
        });
        sizes.max()
    }

    fn value(self, argument: &Argument) -> Option<ArgumentValue<'a>> {
        self.bindings.argument(self.selected, &argument.name)
    }

    fn find(self, role: &Role) -> Option<(&'a Argument, ArgumentValue<'a>)> {
        let argument = self.field.arguments.iter().find(|argument| argument.role == *role)?;
        Some((argument, self.value(argument)?))
    }

    fn filters(self) -> u64 {
        let filters = self.field.arguments.iter().filter_map(|argument| match argument.role {
            Role::Filter(input) => Some(self.filter(input, self.value(argument)?, self.field.chosen_from)),
            _ => None,
        });
        filters.fold(0, u64::saturating_add)
    }

    /// The price of all figures that are selected, compared or sorted by, each once.
    fn measures(self, selected: &Figures) -> u64 {
        let mut figures: BTreeMap<(&str, &str), u64> =
            selected.iter().map(|((name, part), price)| ((name.as_str(), part.as_str()), *price)).collect();
        let Some(row) = self.schema.figures_row(self.field) else { return 0 };
        for argument in &self.field.arguments {
            let Some(value) = self.value(argument) else { continue };
            match &argument.role {
                Role::Filter(input) if argument.name == "having" => {
                    self.compared(*input, value, &mut |name, value| {
                        let sorted = self.bindings.fields(value).iter().any(|(name, _)| *name == "median");
                        let price = self.schema.figure(row, name);
                        figures.extend(price.into_iter().flat_map(|price| parts(name, price, sorted)));
                    });
                }
                Role::Order { .. } => {
                    for term in self.bindings.items(value) {
                        for (_, word) in self.bindings.fields(term) {
                            let Some(word) = word.word() else { continue };
                            let figure = self.schema.figure_of_word(row, word).into_iter();
                            let sorted = word.ends_with("_MEDIAN");
                            figures.extend(figure.flat_map(|(name, price)| parts(name, price, sorted)));
                        }
                    }
                }
                _ => {}
            }
        }
        figures.into_values().fold(0, u64::saturating_add)
    }

    /// Calls `name_it` with each figure that a condition on groups compares.
    fn compared(
        self,
        input: InputId,
        value: ArgumentValue<'a>,
        name_it: &mut impl FnMut(&'a str, ArgumentValue<'a>),
    ) {
        for (name, value) in self.bindings.fields(value) {
            match self.schema.inputs.get(input).fields.get(name) {
                Some(inner) if ["and", "or", "not"].contains(&name) => {
                    for part in self.bindings.items(value) {
                        self.compared(*inner, part, name_it);
                    }
                }
                _ => name_it(name, value),
            }
        }
    }

    /// The most rows that a search leaves of the list; none without a search.
    fn found(self) -> Option<u64> {
        let (_, text) = self.find(&Role::Search)?;
        (text.word().map_or(MOST_WORDS, word_count) > 0).then_some(CANDIDATES as u64)
    }

    fn search(self) -> u64 {
        let Some((_, text)) = self.find(&Role::Search) else { return 0 };
        let words = text.word().map_or(MOST_WORDS, word_count);
        SEARCH.saturating_add(SEARCH_WORD.saturating_mul(words.saturating_sub(1) as u64))
    }

    fn dimensions(self) -> u64 {
        self.find(&Role::Dimensions).map_or(0, |(_, dimensions)| dimensions.length().unwrap_or(1))
    }

    fn steps(self) -> u64 {
        let steps = self.field.arguments.iter().filter_map(|argument| match argument.role {
            Role::Steps { default } => {
                let steps = self.value(argument).map_or(default, |value| value.clamped(MAX_STEPS));
                // Chains are searched from both ends.
                let ends = if matches!(self.field.shape, Shape::Page { .. }) { 1 } else { 2 };
                Some((ends * STEP) << (steps.clamp(1, MAX_STEPS) - 1))
            }
            _ => None,
        });
        steps.fold(0, u64::saturating_add)
    }

    fn orders(self) -> u64 {
        let rows = self.field.chosen_from;
        let mut price = 0_u64;
        for argument in &self.field.arguments {
            let (Role::Order { input, plain }, Some(terms)) = (&argument.role, self.value(argument)) else {
                continue;
            };
            for term in self.bindings.items(terms) {
                for (name, value) in self.bindings.fields(term) {
                    let inner = self.schema.inputs.get(*input).fields.get(name);
                    let part = match (name, inner) {
                        ("field", _) if plain.as_ref().is_none_or(|plain| holds(plain, value)) => {
                            rows.saturating_mul(ORDER)
                        }
                        ("field", _) => {
                            let related = value.word().map_or(0, |word| self.counted(*input, word));
                            rows.saturating_mul(COMPUTED_ORDER).saturating_add(related.saturating_mul(READ))
                        }
                        (_, Some(inner)) => {
                            self.filter(*inner, value, self.related_by(name)).saturating_mul(RELATED)
                        }
                        _ => 0,
                    };
                    price = price.saturating_add(part);
                }
            }
        }
        price
    }

    /// How many rows a relation of the `where` relates to all rows that the list is chosen from.
    fn related_by(self, relation: &str) -> u64 {
        let rows = self.field.chosen_from;
        let filter = self.field.arguments.iter().find_map(|argument| match argument.role {
            Role::Filter(input) if argument.name == "where" => Some(input),
            _ => None,
        });
        filter.map_or(rows, |filter| self.schema.related(filter, relation, rows))
    }

    /// How many related rows an order field counts or sums, such as `LINKAGE_COUNT` those of `linkages`.
    fn counted(self, order: InputId, word: &str) -> u64 {
        let relations = self.schema.inputs.get(order).fields.keys();
        let counted = relations.filter(|relation| begins_with(word, relation));
        counted.map(|relation| self.related_by(relation)).max().unwrap_or(0)
    }

    /// The price of a condition on this many rows, in thousandths of points.
    fn filter(self, input: InputId, value: ArgumentValue<'a>, rows: u64) -> u64 {
        let own = self.schema.inputs.get(input);
        let mut price = 0_u64;
        for (name, value) in self.bindings.fields(value) {
            let each = |price: u64| rows.saturating_mul(price);
            let part = match own.fields.get(name) {
                Some(inner) if own.kind == InputKind::Where && name == "or" => {
                    self.alternatives(*inner, value, rows)
                }
                Some(inner) if own.kind == InputKind::Where && ["and", "not"].contains(&name) => {
                    let parts = self.bindings.items(value).into_iter();
                    parts.map(|part| self.filter(*inner, part, rows)).fold(0, u64::saturating_add)
                }
                Some(inner) => match self.schema.inputs.get(*inner).kind {
                    InputKind::Where => self.filter(*inner, value, rows).saturating_add(each(ONE)),
                    InputKind::Relation => {
                        let related = self.schema.related(input, name, rows);
                        self.relation(*inner, value, rows, related)
                    }
                    InputKind::Operators => self.filter(*inner, value, rows),
                    InputKind::Operand => each(PLACE),
                },
                None if name == "contains" => each(CONTAINS),
                // A list of regions is a comparison for each of them.
                None if own.kind == InputKind::Where => {
                    each(value.length().unwrap_or(1).max(1).saturating_mul(OPERATOR))
                }
                None => each(value.length().unwrap_or(0).saturating_mul(VALUE).saturating_add(OPERATOR)),
            };
            price = price.saturating_add(part);
        }
        price
    }

    /// The price of an `or`. Alternatives that compare the same field for equality count as one list, as in SQL.
    fn alternatives(self, input: InputId, value: ArgumentValue<'a>, rows: u64) -> u64 {
        let (mut price, mut listed) = (0_u64, BTreeSet::new());
        for part in self.bindings.items(value) {
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

    /// The field and the number of its allowed values, if a condition is only an `eq` or an `in`.
    fn equality(self, input: InputId, value: ArgumentValue<'a>) -> Option<(&'a str, u64)> {
        let [(field, value)] = self.bindings.fields(value)[..] else { return None };
        let inner = self.schema.inputs.get(input).fields.get(field)?;
        if self.schema.inputs.get(*inner).kind != InputKind::Operators {
            return None;
        }
        match self.bindings.fields(value)[..] {
            [("eq", _)] => Some((field, 1)),
            [("in", values)] => Some((field, values.length()?)),
            _ => None,
        }
    }

    /// The price of a condition on `related` rows, which are related to this many rows.
    fn relation(self, input: InputId, value: ArgumentValue<'a>, rows: u64, related: u64) -> u64 {
        let fields = self.bindings.fields(value);
        let inner = |name: &str, value, rows: u64| {
            let inner = self.schema.inputs.get(input).fields.get(name);
            inner.map_or(rows.saturating_mul(OPERATOR), |inner| self.filter(*inner, value, rows))
        };
        let narrowed = fields.iter().filter(|(name, _)| *name == "where");
        let narrowed =
            narrowed.map(|(name, value)| inner(name, *value, related)).fold(0, u64::saturating_add);
        let read = related.saturating_mul(READ).saturating_add(narrowed);
        let mut price = 0_u64;
        for (name, value) in fields {
            let part = match name {
                "some" | "none" | "every" => {
                    let demanded = read.saturating_add(inner(name, value, related));
                    demanded.saturating_add(rows.saturating_mul(RELATION))
                }
                "count" => {
                    let counted = read.saturating_add(read / 2);
                    counted
                        .saturating_add(rows.saturating_mul(COUNTED))
                        .saturating_add(inner(name, value, rows))
                }
                "where" => 0,
                _ => rows.saturating_mul(OPERATOR),
            };
            price = price.saturating_add(part);
        }
        price
    }
}

/// The prices of a figure that is compared or sorted by; for a median, its values are `sorted`.
fn parts(name: &str, price: u64, sorted: bool) -> impl Iterator<Item = ((&str, &str), u64)> {
    let ranks = [((name, SORTED), RANKED), ((name, "median"), MEASURE)].into_iter().filter(move |_| sorted);
    [((name, ""), price)].into_iter().chain(ranks)
}

fn holds(plain: &BTreeSet<String>, value: ArgumentValue<'_>) -> bool {
    value.word().is_some_and(|word| plain.contains(word))
}
