//! What is known of a document before it is executed: the columns that it can look at, and the plans made before.
//!
//! Two paths of a document may reach one row, and whichever is read first brings its columns. So what counts is which
//! fields a document names anywhere, never where it names them.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use async_graphql::{
    Context, Pos,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};
use rustc_hash::FxHashMap;

use super::{
    Edge, Graph, Table,
    mask::Mask,
    plan::{self, Plan, Planned},
    table::Shape,
};
use crate::graph::{filter::Expression, order::Term};

/// A document, as far as it is known before it is executed.
#[derive(Debug, Default)]
pub struct Outline {
    /// The fields that it names; none stands for all there are.
    names: Option<HashSet<String>>,
    selections: u64,
    /// Whether variables decide what is selected: what they leave out is not there any more when plans are made.
    conditional: bool,
    /// Which columns these read, by table.
    masks: Masks,
    /// Plans that were made for it; none where variables make each another.
    plans: Mutex<FxHashMap<Place, Option<Arc<Planned>>>>,
}

/// One mask for each table that there may be.
#[derive(Debug)]
struct Masks([OnceLock<Mask>; Table::MOST]);

impl Default for Masks {
    fn default() -> Self {
        Self(std::array::from_fn(|_| OnceLock::new()))
    }
}

/// Where in a document a plan begins, and whether reference data was in memory by then.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Place {
    line: usize,
    column: usize,
    edge: &'static str,
    shape: Shape,
    residents: bool,
}

impl Outline {
    /// All fields that stand anywhere in a document.
    #[must_use]
    pub fn in_document(document: &ExecutableDocument) -> Self {
        let mut outline = Self { names: Some(HashSet::new()), ..Self::default() };
        let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set);
        let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set);
        for set in operations.chain(fragments) {
            outline.gather(&set.node);
        }
        outline
    }

    fn gather(&mut self, set: &SelectionSet) {
        for item in &set.items {
            self.selections += 1;
            let conditions = item.node.directives().iter().flat_map(|directive| &directive.node.arguments);
            self.conditional |= conditions.into_iter().any(|(_, value)| !plan::is_fixed(&value.node));
            match &item.node {
                Selection::Field(field) => {
                    self.names.get_or_insert_default().insert(field.node.name.node.to_string());
                    self.gather(&field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => self.gather(&fragment.node.selection_set.node),
                // Gathered where it is defined.
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    /// How many selections there are in the document.
    #[must_use]
    pub fn selections(&self) -> u64 {
        self.selections
    }

    /// The columns that these fields read of a table's rows, with what its rows are found and sorted by.
    pub(super) fn columns(&self, table: &Table, order: &[Term], plan: &Plan, index: usize) -> Mask {
        let sorted = order.iter().filter_map(|term| match &term.by {
            Expression::Column(column) if !column.on_link => Some(column),
            _ => None,
        });
        let onward = plan.of(index).iter().map(|branch| &branch.from);
        self.read(table).and(Mask::of(sorted)).and(Mask::of(onward))
    }

    /// What the current field selects beneath `edge`: as it was planned before, where it is the same each time.
    pub(super) fn plan(&self, ctx: &Context<'_>, edge: &Edge, shape: Shape, graph: &Graph) -> Arc<Planned> {
        let Pos { line, column } = ctx.item.pos;
        let place = Place { line, column, edge: edge.name, shape, residents: graph.has_residents() };
        if let Some(Some(known)) = held(&self.plans).get(&place) {
            return Arc::clone(known);
        }
        let planned = Arc::new(Planned::from(plan::beneath(ctx, edge, shape, graph)));
        held(&self.plans)
            .entry(place)
            .or_insert_with(|| (!self.conditional && plan::is_constant(ctx)).then(|| Arc::clone(&planned)));
        planned
    }

    fn read(&self, table: &Table) -> Mask {
        let Some(names) = &self.names else { return Mask::ALL };
        *self.masks.0[table.place].get_or_init(|| {
            let read = table.reads.iter().filter(|(field, _)| names.contains(*field));
            read.fold(Mask::of(&table.key), |mask, (_, columns)| mask.and(*columns))
        })
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
