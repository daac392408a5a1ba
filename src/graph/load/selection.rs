//! What is known of a document before it is executed: the columns that it can look at, and the plans made before.
//!
//! Two paths of a document may reach one row, and whichever is read first brings its columns. So what counts is which
//! fields of a noun a document names anywhere, never where it names them.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use async_graphql::{
    Context, Pos,
    parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet},
    registry::{MetaType, Registry},
};
use rustc_hash::FxHashMap;

use super::{
    Table,
    mask::Mask,
    question::{Edge, Plan, Planned, Shape},
    selected::is_fixed,
};
use crate::{
    access::{Scope, Shape as ScopeShape},
    graph::{filter::Expression, order::Term},
};

/// What the place of a plan takes, with its part of the table.
const PLACE_BYTES: u64 = 256;

/// The interface of all nouns.
const NODE: &str = "Node";

/// A document, as far as it is known before it is executed.
#[derive(Debug, Default)]
pub struct DocumentSelection {
    /// The fields that it names; none stands for all there are.
    named: Option<Named>,
    /// Whether variables decide what is selected: what they leave out is not there any more when plans are made.
    conditional: bool,
    /// What is kept for each shape of a scope.
    kept: [OnceLock<Box<Kept>>; ScopeShape::ALL.len()],
    /// Bytes of the plans, and of the statements' texts that were kept with them.
    bytes: AtomicU64,
    /// Whether a request of this document needed more than one statement.
    several: AtomicBool,
}

/// What one document needs again in each request of one shape of scope.
#[derive(Debug, Default)]
struct Kept {
    /// Which columns its fields read, by table.
    masks: Masks,
    /// Plans that were made for it; none where variables make each another. A plan holds the text of its statement.
    plans: Mutex<FxHashMap<Place, Option<Arc<Planned>>>>,
}

/// The names of the fields that a document selects.
#[derive(Debug, Default)]
struct Named {
    /// Those of each noun. What has an id in the registry reads its own row.
    of_nouns: HashMap<String, HashSet<String>>,
    /// Those of all other types, which may read the rows of any noun.
    of_others: HashSet<String>,
}

impl Named {
    fn add(&mut self, field: &str, of: Option<&MetaType>, types: &Registry) {
        let Some(of) = of else {
            self.of_others.insert(field.to_owned());
            return;
        };
        if of.field_by_name(field).is_none() {
            return;
        }
        let possible = of.possible_types().map(|possible| possible.iter().map(String::as_str).collect());
        let possible: Vec<&str> = possible.unwrap_or_else(|| vec![of.name()]);
        for possible in possible {
            let noun = types.implements.get(possible).is_some_and(|of| of.contains(NODE));
            let names = if noun {
                self.of_nouns.entry(possible.to_owned()).or_default()
            } else {
                &mut self.of_others
            };
            names.insert(field.to_owned());
        }
    }

    /// Whether the document selects this field where it reads rows of the noun: its own, `Other.field` of another noun,
    /// or one of what is no noun.
    fn on(&self, noun: &str, field: &str) -> bool {
        let (of, field) = field.split_once('.').unwrap_or((noun, field));
        self.of_nouns.get(of).is_some_and(|names| names.contains(field)) || self.of_others.contains(field)
    }
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
pub(super) struct Place {
    line: usize,
    column: usize,
    edge: &'static str,
    shape: Shape,
    residents: bool,
}

impl Place {
    /// The place of the current field.
    pub(super) fn of(ctx: &Context<'_>, edge: &Edge, shape: Shape, residents: bool) -> Self {
        let Pos { line, column } = ctx.item.pos;
        Self { line, column, edge: edge.name, shape, residents }
    }
}

impl DocumentSelection {
    /// All fields that stand anywhere in a document.
    #[must_use]
    pub fn in_document(document: &ExecutableDocument, types: &Registry) -> Self {
        let mut selection = Self { named: Some(Named::default()), ..Self::default() };
        for (_, operation) in document.operations.iter() {
            let root = match operation.node.ty {
                OperationType::Query => Some(&types.query_type),
                OperationType::Mutation => types.mutation_type.as_ref(),
                OperationType::Subscription => types.subscription_type.as_ref(),
            };
            let of = root.and_then(|root| types.types.get(root));
            selection.gather(&operation.node.selection_set.node, of, types);
        }
        for fragment in document.fragments.values() {
            let of = types.types.get(fragment.node.type_condition.node.on.node.as_str());
            selection.gather(&fragment.node.selection_set.node, of, types);
        }
        selection
    }

    fn gather(&mut self, set: &SelectionSet, of: Option<&MetaType>, types: &Registry) {
        for item in &set.items {
            let conditions = item.node.directives().iter().flat_map(|directive| &directive.node.arguments);
            self.conditional |= conditions.into_iter().any(|(_, value)| !is_fixed(&value.node));
            match &item.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    self.named.get_or_insert_default().add(name, of, types);
                    let found = of.and_then(|of| of.field_by_name(name));
                    let of = found.and_then(|found| types.concrete_type_by_name(&found.ty));
                    self.gather(&field.node.selection_set.node, of, types);
                }
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    let of = on.map_or(of, |on| types.types.get(on.node.on.node.as_str()));
                    self.gather(&fragment.node.selection_set.node, of, types);
                }
                // Gathered where it is defined.
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    /// Whether a request of this document needed more than one statement, so that others better begin in a snapshot.
    #[must_use]
    pub fn needs_several(&self) -> bool {
        self.several.load(Ordering::Relaxed)
    }

    /// Notes that a request of this document needed more than one statement.
    pub fn note_several(&self) {
        self.several.store(true, Ordering::Relaxed);
    }

    /// Bytes that the plans take, and the statements' texts that were kept with them.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(super) fn add_bytes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The columns that these fields read of a table's rows, with what its rows are found and sorted by.
    pub(super) fn columns(
        &self,
        scope: &Scope,
        table: &Table,
        order: &[Term],
        plan: &Plan,
        index: usize,
    ) -> Mask {
        let sorted = order.iter().filter_map(|term| match &term.by {
            Expression::Column(column) if !column.on_link => Some(column),
            _ => None,
        });
        let onward = plan.of(index).iter().map(|branch| &branch.from);
        self.read(scope, table).and(Mask::of(sorted)).and(Mask::of(onward))
    }

    /// The plan at a place of the document: the one that was made before, where it is the same each time.
    pub(super) fn planned(
        &self,
        scope: &Scope,
        place: Place,
        plan: impl FnOnce() -> (Plan, bool),
    ) -> Arc<Planned> {
        let kept = self.kept(scope);
        if let Some(Some(known)) = held(&kept.plans).get(&place) {
            return Arc::clone(known);
        }
        let (plan, constant) = plan();
        let planned = Arc::new(Planned::from(plan));
        held(&kept.plans).entry(place).or_insert_with(|| {
            let again = (!self.conditional && constant).then(|| Arc::clone(&planned));
            self.add_bytes(PLACE_BYTES + again.as_ref().map_or(0, |planned| planned.plan.bytes()));
            again
        });
        planned
    }

    fn kept(&self, scope: &Scope) -> &Kept {
        self.kept[scope.shape().index()].get_or_init(|| {
            self.add_bytes(size_of::<Kept>() as u64);
            Box::default()
        })
    }

    fn read(&self, scope: &Scope, table: &Table) -> Mask {
        let Some(named) = &self.named else { return Mask::ALL };
        *self.kept(scope).masks.0[table.place].get_or_init(|| {
            let read = table.reads.iter().filter(|(field, _)| named.on(table.noun, field));
            read.fold(Mask::of(&table.key), |mask, (_, columns)| mask.and(*columns))
        })
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
