//! The data that is kept for a document: the columns that it may read, and its plans.
//!
//! Two paths of a document may lead to the same row, and the first one that is loaded determines its columns. So the
//! columns depend on all fields of a noun that the document selects anywhere, not on where it selects them.

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
    column_set::ColumnSet,
    question::{Edge, Plan, Planned, Shape},
    selected::is_fixed,
};
use crate::{
    access::{Scope, ScopeShape},
    graph::{filter::Expression, order::Term},
};

/// The bytes that the entry of a plan takes in the table.
const PLACE_BYTES: u64 = 256;

/// The interface of all nouns.
const NODE: &str = "Node";

/// The selected fields of a document, with the plans and texts kept for it.
#[derive(Debug, Default)]
pub struct DocumentSelection {
    /// The names of the fields that it selects; none stands for all fields.
    named: Option<Named>,
    /// Whether variables may exclude fields. Excluded fields are removed before plans are made.
    conditional: bool,
    /// The data kept for each shape of a scope.
    kept: [OnceLock<Box<Kept>>; ScopeShape::ALL.len()],
    /// The bytes that the plans and their SQL texts take.
    bytes: AtomicU64,
    /// Whether a request with this document needed several statements.
    several: AtomicBool,
}

/// The data kept for all requests with one document and one shape of scope.
#[derive(Debug, Default)]
struct Kept {
    /// The columns that its fields read, by table.
    columns_read: ColumnSets,
    /// Its plans, with their SQL texts; none where the plan depends on variables.
    plans: Mutex<FxHashMap<PlanKey, Option<Arc<Planned>>>>,
}

/// The names of the fields that a document selects.
#[derive(Debug, Default)]
struct Named {
    /// The fields of each noun. An object with a global id reads its own row.
    of_nouns: HashMap<String, HashSet<String>>,
    /// The fields of all other types, which may read rows of any noun.
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

    /// Whether the document selects this field of the noun, `Other.field` of another noun, or a field of this name of
    /// a type that is not a noun.
    fn on(&self, noun: &str, field: &str) -> bool {
        let (of, field) = field.split_once('.').unwrap_or((noun, field));
        self.of_nouns.get(of).is_some_and(|names| names.contains(field)) || self.of_others.contains(field)
    }
}

/// One column set for each possible table.
#[derive(Debug)]
struct ColumnSets([OnceLock<ColumnSet>; Table::MOST]);

impl Default for ColumnSets {
    fn default() -> Self {
        Self(std::array::from_fn(|_| OnceLock::new()))
    }
}

/// The position of a plan in a document, and whether reference data was in memory when it was made.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct PlanKey {
    line: usize,
    column: usize,
    edge: &'static str,
    shape: Shape,
    in_memory: bool,
}

impl PlanKey {
    /// The position of the current field.
    pub(super) fn of(ctx: &Context<'_>, edge: &Edge, shape: Shape, in_memory: bool) -> Self {
        let Pos { line, column } = ctx.item.pos;
        Self { line, column, edge: edge.name, shape, in_memory }
    }
}

impl DocumentSelection {
    /// Creates the selection of a document: all fields anywhere in it.
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
                // A fragment's fields are collected from its definition.
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    /// Whether a request with this document needed several statements, so that later ones should begin with a
    /// snapshot.
    #[must_use]
    pub fn needs_several(&self) -> bool {
        self.several.load(Ordering::Relaxed)
    }

    /// Records that a request with this document needed several statements.
    pub fn note_several(&self) {
        self.several.store(true, Ordering::Relaxed);
    }

    /// The bytes that the plans and their SQL texts take.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(super) fn add_bytes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The columns of a table that the selected fields read, and those that its rows are found and sorted by.
    pub(super) fn columns(
        &self,
        scope: &Scope,
        table: &Table,
        order: &[Term],
        plan: &Plan,
        index: usize,
    ) -> ColumnSet {
        let sorted = order.iter().filter_map(|term| match &term.by {
            Expression::Column(column) if !column.on_link => Some(column),
            _ => None,
        });
        let onward = plan.of(index).iter().map(|branch| &branch.from);
        self.read(scope, table).union(ColumnSet::of(sorted)).union(ColumnSet::of(onward))
    }

    /// The plan at a position of the document. A plan that is always the same is made only once.
    pub(super) fn planned(
        &self,
        scope: &Scope,
        key: PlanKey,
        plan: impl FnOnce() -> (Plan, bool),
    ) -> Arc<Planned> {
        let kept = self.kept(scope);
        if let Some(Some(known)) = held(&kept.plans).get(&key) {
            return Arc::clone(known);
        }
        let (plan, constant) = plan();
        let planned = Arc::new(Planned::from(plan));
        held(&kept.plans).entry(key).or_insert_with(|| {
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

    fn read(&self, scope: &Scope, table: &Table) -> ColumnSet {
        let Some(named) = &self.named else { return ColumnSet::ALL };
        *self.kept(scope).columns_read.0[table.index].get_or_init(|| {
            let read = table.reads.iter().filter(|(field, _)| named.on(table.noun, field));
            read.fold(ColumnSet::of(table.key.iter().chain(&table.source)), |set, (_, columns)| {
                set.union(*columns)
            })
        })
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
