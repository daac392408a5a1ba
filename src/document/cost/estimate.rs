//! The estimate: the price of a document when all its pages are full.
//!
//! A selection set is estimated once for each type that it is on, however often fragments are spread: the time is
//! linear in the document, not in the document with its fragments expanded.

use std::{
    collections::{BTreeMap, HashMap},
    ptr,
    sync::Arc,
};

use async_graphql::{
    Name, Positioned,
    parser::types::{Field as Selected, FragmentDefinition, Selection, SelectionSet},
};

use super::{
    arguments::Arguments,
    price::{FIELD, MEASURE, RANKED, ROW, VERB},
    priced_schema::{Field, PricedSchema, Shape, Type, TypeId},
    variables::Bindings,
};

/// The price of each figure per thousand rows, by its name and what is computed of it.
pub(super) type Figures = BTreeMap<(Name, Name), u64>;

/// What is computed of a figure by sorting, beside its statistics.
pub(super) const SORTED: &str = "sorted";

/// The price of a selection set.
#[derive(Debug, Default)]
pub(super) struct Estimate {
    /// The price with full pages, without the rows of the page that it may be on.
    pub(super) full: u64,
    /// The price for each row of that page.
    pub(super) per_row: u64,
    /// The price that does not depend on the answer, without `parts`.
    pub(super) fixed: u64,
    /// The prices that depend on the answer.
    pub(super) parts: Vec<Part>,
    /// The number of conditions in its SQL statements.
    pub(super) conditions: Conditions,
    /// Whether `totalCount` of a page is selected.
    pub(super) counts: bool,
    /// The selected figures, with the price of each per thousand rows.
    pub(super) figures: Figures,
    /// Whether rows of a page are selected.
    rows: bool,
    /// Whether `pageInfo` is selected.
    has_page_info: bool,
}

/// The number of conditions in the text of SQL statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Conditions {
    /// Those that are written once for any number of objects of the selection set.
    once: u64,
    /// Those that are written for each object.
    each: u64,
    /// Those that are written for each row of the page that the selection set may be on.
    per_row: u64,
}

impl Conditions {
    /// All of them, for a selection set at the root.
    pub(super) fn all(self) -> u64 {
        self.once.saturating_add(self.each)
    }

    fn add(&mut self, other: Self) {
        self.once = self.once.saturating_add(other.once);
        self.each = self.each.saturating_add(other.each);
        self.per_row = self.per_row.saturating_add(other.per_row);
    }

    /// Those of a field, and of what is selected beneath it on this many objects.
    fn beneath(own: u64, inner: Self, shape: Shape, size: u64, apart: bool) -> Self {
        let times = |times: u64| inner.each.saturating_mul(times);
        let (each, per_row) = match shape {
            Shape::Rows => (0, inner.each),
            Shape::List(_) => (times(size), 0),
            Shape::Page { .. } => (inner.per_row.saturating_mul(size).saturating_add(inner.each), 0),
            _ => (inner.each, inner.per_row),
        };
        let once = inner.once.saturating_add(own);
        if apart {
            return Self { once: 0, each: each.saturating_add(once), per_row };
        }
        Self { once, each, per_row }
    }
}

/// A part of the answer that occurs once, several times, or not at all.
#[derive(Debug)]
pub(super) enum Part {
    /// An object or a list of objects under this key: the price of each, with what is selected of it; at most `full`
    /// together.
    Under { key: Name, each: u64, of: Arc<Estimate>, full: u64 },
    /// A fragment on the same object.
    Fragment(Arc<Estimate>),
    /// One of these, by the type of the object.
    Either(Vec<Arc<Estimate>>),
}

/// Estimates the selection sets of one operation.
pub(super) struct Estimator<'a> {
    pub(super) schema: &'a PricedSchema,
    pub(super) bindings: Bindings<'a>,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    estimates: HashMap<(*const SelectionSet, TypeId), Arc<Estimate>>,
    #[cfg(test)]
    pub(super) visits: usize,
}

impl<'a> Estimator<'a> {
    pub(super) fn new(
        schema: &'a PricedSchema,
        bindings: Bindings<'a>,
        fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    ) -> Self {
        Self {
            schema,
            bindings,
            fragments,
            estimates: HashMap::new(),
            #[cfg(test)]
            visits: 0,
        }
    }

    /// Bytes that all estimates take so far.
    pub(super) fn bytes(&self) -> u64 {
        let parts = |estimate: &Arc<Estimate>| estimate.parts.len().next_power_of_two() * size_of::<Part>();
        let figures =
            |estimate: &Arc<Estimate>| 2 * estimate.figures.len() * size_of::<((Name, Name), u64)>();
        let bytes = |estimate| 16 + size_of::<Estimate>() + parts(estimate) + figures(estimate);
        self.estimates.values().map(|estimate| bytes(estimate) as u64).sum()
    }

    /// Estimates a selection set on an object of type `of`. Fragment cycles must have been refused.
    pub(super) fn set(&mut self, set: &'a SelectionSet, of: TypeId) -> Arc<Estimate> {
        let key = (ptr::from_ref(set), of);
        if let Some(estimate) = self.estimates.get(&key) {
            return Arc::clone(estimate);
        }
        let estimate = Arc::new(match self.schema.get(of) {
            Type::Object { .. } => self.object(set, of),
            Type::Abstract(possible) => {
                Estimate::costliest(possible.iter().map(|possible| self.set(set, *possible)).collect())
            }
        });
        self.estimates.insert(key, Arc::clone(&estimate));
        estimate
    }

    fn object(&mut self, set: &'a SelectionSet, of: TypeId) -> Estimate {
        let mut estimate = Estimate::default();
        for item in &set.items {
            #[cfg(test)]
            {
                self.visits += 1;
            }
            if let Some(field) = self.field_of(&item.node) {
                self.field(field, of, &mut estimate);
            } else if let Some(fragment) = self.fragment_of(&item.node, of) {
                let inner = self.set(fragment, of);
                estimate.fragment(inner);
            }
        }
        estimate
    }

    /// The field that an item selects, unless a directive skips it.
    pub(super) fn field_of(&self, item: &'a Selection) -> Option<&'a Selected> {
        match item {
            Selection::Field(field) if !self.bindings.skip(&field.node.directives) => Some(&field.node),
            _ => None,
        }
    }

    /// The selection set of a fragment, if it applies to type `of` and no directive skips it.
    pub(super) fn fragment_of(&self, item: &'a Selection, of: TypeId) -> Option<&'a SelectionSet> {
        let (on, set) = match item {
            Selection::Field(_) => return None,
            Selection::InlineFragment(fragment) => {
                let on = fragment.node.type_condition.as_ref().map(|on| &on.node.on.node);
                (on, &fragment.node.selection_set.node)
            }
            Selection::FragmentSpread(spread) => {
                let fragment = self.fragments.get(&spread.node.fragment_name.node)?;
                (Some(&fragment.node.type_condition.node.on.node), &fragment.node.selection_set.node)
            }
        };
        let applies = on.is_none_or(|on| self.schema.is(of, on)) && !self.bindings.skip(item.directives());
        applies.then_some(set)
    }

    /// Adds the price of a field to that of its siblings.
    pub(super) fn field(&mut self, selected: &'a Selected, on: TypeId, estimate: &mut Estimate) {
        estimate.add(FIELD);
        if self.schema.verbs == Some(on) {
            estimate.add(VERB);
        }
        // Validation reports an unknown field.
        let Some(field) = self.schema.field(on, &selected.name.node) else { return };
        let inner = field.of.map(|of| self.set(&selected.selection_set.node, of)).unwrap_or_default();
        let arguments = self.arguments_of(selected, field, on);
        estimate.add(arguments.price(inner.counts, &inner.figures));
        let own = arguments.conditions(inner.counts);
        let conditions =
            Conditions::beneath(own, inner.conditions, field.shape, arguments.size(), arguments.is_walk());
        estimate.conditions.add(conditions);
        let key = &selected.response_key().node;
        let row = if field.row { ROW } else { 0 };
        let name = &selected.name.node;
        if let Some(price) = self.schema.figure(on, name) {
            let mut figure = |part: &str, price| {
                estimate.figures.insert((name.clone(), Name::new(part)), price);
            };
            figure("", price);
            for ((_, rank), price) in &inner.figures {
                figure(SORTED, RANKED);
                figure(&format!("{key}.{rank}"), *price);
            }
        } else if self.schema.is_rank(on, name) {
            estimate.figures.insert((name.clone(), key.clone()), MEASURE);
        }
        match field.shape {
            Shape::Leaf => {}
            Shape::Count => estimate.counts = true,
            Shape::Rows => {
                estimate.rows = true;
                estimate.figures.extend(inner.figures.clone());
                estimate.per_row = estimate.per_row.saturating_add(row).saturating_add(inner.full);
                let full = row.saturating_add(inner.full);
                estimate.under(key, row, inner, full);
            }
            Shape::List(_) => {
                let full = arguments.size().saturating_mul(inner.full.saturating_add(row));
                estimate.full = estimate.full.saturating_add(full);
                estimate.under(key, row, inner, full);
            }
            Shape::Page { .. } => {
                let size = arguments.size();
                if inner.has_page_info && !inner.rows {
                    // `pageInfo` is computed from the rows.
                    estimate.add(size.saturating_mul(ROW));
                }
                let full = inner.on_page_of(size);
                estimate.full = estimate.full.saturating_add(full);
                estimate.under(key, 0, inner, full);
            }
            Shape::Inner => {
                let full = inner.full / 2;
                estimate.full = estimate.full.saturating_add(full);
                estimate.under(key, 0, inner, full);
            }
            Shape::One | Shape::Figures | Shape::Introspection => {
                estimate.has_page_info |= self.schema.is_page(on);
                estimate.full = estimate.full.saturating_add(inner.full);
                if inner.parts.is_empty() {
                    estimate.fixed = estimate.fixed.saturating_add(inner.fixed);
                } else {
                    let full = inner.full;
                    estimate.under(key, 0, inner, full);
                }
            }
        }
    }

    pub(super) fn arguments_of(&self, selected: &'a Selected, field: &'a Field, on: TypeId) -> Arguments<'a> {
        let at_root = self.schema.root == Some(on);
        Arguments { schema: self.schema, bindings: self.bindings, selected, field, at_root }
    }
}

impl Estimate {
    /// The price on a page of this many rows.
    pub(super) fn on_page_of(&self, rows: u64) -> u64 {
        self.per_row.saturating_mul(rows).saturating_add(self.full)
    }

    fn add(&mut self, price: u64) {
        self.full = self.full.saturating_add(price);
        self.fixed = self.fixed.saturating_add(price);
    }

    fn under(&mut self, key: &Name, each: u64, of: Arc<Self>, full: u64) {
        self.parts.push(Part::Under { key: key.clone(), each, of, full });
    }

    fn fragment(&mut self, inner: Arc<Self>) {
        self.full = self.full.saturating_add(inner.full);
        self.per_row = self.per_row.saturating_add(inner.per_row);
        self.conditions.add(inner.conditions);
        self.counts |= inner.counts;
        self.figures.extend(inner.figures.clone());
        self.rows |= inner.rows;
        self.has_page_info |= inner.has_page_info;
        if inner.parts.is_empty() {
            self.fixed = self.fixed.saturating_add(inner.fixed);
        } else {
            self.parts.push(Part::Fragment(inner));
        }
    }

    /// The price of an object of an abstract type: the greatest of all possible types.
    fn costliest(possible: Vec<Arc<Self>>) -> Self {
        let most =
            |price: fn(&Self) -> u64| possible.iter().map(|estimate| price(estimate)).max().unwrap_or(0);
        let (full, per_row, fixed) = (most(|w| w.full), most(|w| w.per_row), most(|w| w.fixed));
        // The statements hold the conditions of every possible type.
        let mut conditions = Conditions::default();
        for estimate in &possible {
            conditions.add(estimate.conditions);
        }
        if possible.iter().all(|estimate| estimate.parts.is_empty()) {
            return Self { full, per_row, fixed, conditions, ..Self::default() };
        }
        Self { full, per_row, fixed: 0, parts: vec![Part::Either(possible)], conditions, ..Self::default() }
    }
}
