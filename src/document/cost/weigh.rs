//! The pass: what a document costs when every page of it is full.
//!
//! A selection is weighed once for each type that it is made on, however often a fragment brings it there: the pass
//! takes as long as the document is, never as long as its fragments written out.

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
    asking::Asking,
    given::Bindings,
    price::{FIELD, ROW},
    sheet::{Field, Shape, Sheet, Type, TypeId},
};

/// What a selection costs.
#[derive(Debug, Default)]
pub(super) struct Weight {
    /// With full pages, but for the rows of the page that it may be made on.
    pub(super) full: u64,
    /// For each row of that page.
    pub(super) per_row: u64,
    /// Whatever is delivered, but for `parts`.
    pub(super) fixed: u64,
    /// What depends on what is delivered.
    pub(super) parts: Vec<Part>,
    /// How many conditions the statements of all of it hold.
    pub(super) written: Written,
    /// Whether a page is asked for its length, for its rows, and for whether it goes on.
    pub(super) counts: bool,
    /// The figures that are selected, and what each costs for each thousand rows that it is taken of.
    pub(super) figures: BTreeMap<Name, u64>,
    rows: bool,
    peeks: bool,
}

/// Conditions in the text of statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// Those that are written once, however many objects the selection is made on.
    once: u64,
    /// Those that are written for each object.
    each: u64,
    /// Those that are written for each row of the page that the selection may be made on.
    per_row: u64,
}

impl Written {
    /// All of them, for a selection at the root.
    pub(super) fn all(self) -> u64 {
        self.once.saturating_add(self.each)
    }

    fn add(&mut self, other: Self) {
        self.once = self.once.saturating_add(other.once);
        self.each = self.each.saturating_add(other.each);
        self.per_row = self.per_row.saturating_add(other.per_row);
    }

    /// Of a field's own conditions, and of what is selected beneath it on so many objects.
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

/// What is delivered once, several times, or not at all.
#[derive(Debug)]
pub(super) enum Part {
    /// Under this key, an object or a list of them: each costs so much, and what is selected of it; all of them at most
    /// `full`.
    Under { key: Name, each: u64, of: Arc<Weight>, full: u64 },
    /// What a fragment selects of the same object.
    Fragment(Arc<Weight>),
    /// One of these, whichever type the object is of.
    Either(Vec<Arc<Weight>>),
}

/// Weighs the selections of one operation.
pub(super) struct Scales<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) bindings: Bindings<'a>,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    known: HashMap<(*const SelectionSet, TypeId), Arc<Weight>>,
    #[cfg(test)]
    pub(super) visits: usize,
}

impl<'a> Scales<'a> {
    pub(super) fn new(
        sheet: &'a Sheet,
        bindings: Bindings<'a>,
        fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    ) -> Self {
        Self {
            sheet,
            bindings,
            fragments,
            known: HashMap::new(),
            #[cfg(test)]
            visits: 0,
        }
    }

    /// Bytes that all weights take which were made so far.
    pub(super) fn bytes(&self) -> u64 {
        let parts = |weight: &Arc<Weight>| weight.parts.len().next_power_of_two() * size_of::<Part>();
        let figures = |weight: &Arc<Weight>| 2 * weight.figures.len() * size_of::<(Name, u64)>();
        let bytes = |weight| 16 + size_of::<Weight>() + parts(weight) + figures(weight);
        self.known.values().map(|weight| bytes(weight) as u64).sum()
    }

    /// Weighs a selection on an object of type `of`. Fragments that spread themselves must have been refused.
    pub(super) fn set(&mut self, set: &'a SelectionSet, of: TypeId) -> Arc<Weight> {
        let place = (ptr::from_ref(set), of);
        if let Some(known) = self.known.get(&place) {
            return Arc::clone(known);
        }
        let weight = Arc::new(match self.sheet.get(of) {
            Type::Object { .. } => self.object(set, of),
            Type::Abstract(possible) => {
                Weight::dearest(possible.iter().map(|possible| self.set(set, *possible)).collect())
            }
        });
        self.known.insert(place, Arc::clone(&weight));
        weight
    }

    fn object(&mut self, set: &'a SelectionSet, of: TypeId) -> Weight {
        let mut weight = Weight::default();
        for item in &set.items {
            #[cfg(test)]
            {
                self.visits += 1;
            }
            if let Some(field) = self.field_of(&item.node) {
                self.field(field, of, &mut weight);
            } else if let Some(fragment) = self.fragment_of(&item.node, of) {
                let inner = self.set(fragment, of);
                weight.fragment(inner);
            }
        }
        weight
    }

    /// The field that an item selects, unless it is left out.
    pub(super) fn field_of(&self, item: &'a Selection) -> Option<&'a Selected> {
        match item {
            Selection::Field(field) if !self.bindings.skip(&field.node.directives) => Some(&field.node),
            _ => None,
        }
    }

    /// What a fragment selects of an object of type `of`, if it is on such objects and not left out.
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
        let applies = on.is_none_or(|on| self.sheet.is(of, on)) && !self.bindings.skip(item.directives());
        applies.then_some(set)
    }

    /// Adds what a field costs to what its siblings cost.
    pub(super) fn field(&mut self, selected: &'a Selected, on: TypeId, weight: &mut Weight) {
        weight.add(FIELD);
        // What is nowhere in the schema is validation's to report.
        let Some(field) = self.sheet.field(on, &selected.name.node) else { return };
        let inner = field.of.map(|of| self.set(&selected.selection_set.node, of)).unwrap_or_default();
        let asking = self.asking(selected, field, on);
        weight.add(asking.price(inner.counts, &inner.figures));
        let own = asking.written(inner.counts);
        let written = Written::beneath(own, inner.written, field.shape, asking.size(), asking.is_walk());
        weight.written.add(written);
        let key = &selected.response_key().node;
        let row = if field.row { ROW } else { 0 };
        if let Some(price) = self.sheet.figure(on, &selected.name.node) {
            weight.figures.insert(selected.name.node.clone(), price);
        }
        match field.shape {
            Shape::Leaf => {}
            Shape::Count => weight.counts = true,
            Shape::Rows => {
                weight.rows = true;
                weight.figures.extend(inner.figures.clone());
                weight.per_row = weight.per_row.saturating_add(row).saturating_add(inner.full);
                let full = row.saturating_add(inner.full);
                weight.under(key, row, inner, full);
            }
            Shape::List(_) => {
                let full = asking.size().saturating_mul(inner.full.saturating_add(row));
                weight.full = weight.full.saturating_add(full);
                weight.under(key, row, inner, full);
            }
            Shape::Page { .. } => {
                let size = asking.size();
                if inner.peeks && !inner.rows {
                    // Whether a page goes on is known from its rows.
                    weight.add(size.saturating_mul(ROW));
                }
                let full = inner.on_page_of(size);
                weight.full = weight.full.saturating_add(full);
                weight.under(key, 0, inner, full);
            }
            Shape::Inner => {
                let full = inner.full / 2;
                weight.full = weight.full.saturating_add(full);
                weight.under(key, 0, inner, full);
            }
            Shape::One | Shape::Figures | Shape::Introspection => {
                weight.peeks |= self.sheet.is_page(on);
                weight.full = weight.full.saturating_add(inner.full);
                if inner.parts.is_empty() {
                    weight.fixed = weight.fixed.saturating_add(inner.fixed);
                } else {
                    let full = inner.full;
                    weight.under(key, 0, inner, full);
                }
            }
        }
    }

    pub(super) fn asking(&self, selected: &'a Selected, field: &'a Field, on: TypeId) -> Asking<'a> {
        let at_root = self.sheet.root == Some(on);
        Asking { sheet: self.sheet, bindings: self.bindings, selected, field, at_root }
    }
}

impl Weight {
    /// The whole price, made on a page of so many rows.
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
        self.written.add(inner.written);
        self.counts |= inner.counts;
        self.figures.extend(inner.figures.clone());
        self.rows |= inner.rows;
        self.peeks |= inner.peeks;
        if inner.parts.is_empty() {
            self.fixed = self.fixed.saturating_add(inner.fixed);
        } else {
            self.parts.push(Part::Fragment(inner));
        }
    }

    /// An object is of one type only: what it costs is what the dearest of them costs.
    fn dearest(possible: Vec<Arc<Self>>) -> Self {
        let most = |price: fn(&Self) -> u64| possible.iter().map(|weight| price(weight)).max().unwrap_or(0);
        let (full, per_row, fixed) = (most(|w| w.full), most(|w| w.per_row), most(|w| w.fixed));
        // Whichever it is, what each of them demands is written.
        let mut written = Written::default();
        for weight in &possible {
            written.add(weight.written);
        }
        if possible.iter().all(|weight| weight.parts.is_empty()) {
            return Self { full, per_row, fixed, written, ..Self::default() };
        }
        Self { full, per_row, fixed: 0, parts: vec![Part::Either(possible)], written, ..Self::default() }
    }
}
