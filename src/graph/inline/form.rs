//! Forms: data that is computed once for all objects of one selection, namely the keys of their results, the fields
//! that wait, and the sizes of fields.

use std::{
    any::TypeId,
    iter::once,
    ptr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
};

use async_graphql::{
    ContextSelectionSet, Name, Positioned, QueryPathNode, QueryPathSegment, Value, indexmap::IndexMap,
    parser::types::Field,
};
use rustc_hash::FxHashMap;

use super::library::Told;
use crate::graph::{
    scheduling::{Scheduler, TURN},
    size,
};

/// The number of fields after which a trial is abandoned. It is small compared with a turn, because these fields are
/// resolved again.
const TRIAL: u64 = TURN / 8;

/// The result of an object before its fields are resolved: every key, without a value.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) keys: IndexMap<Name, Value>,
    /// The fields to resolve.
    pub(super) parts: Vec<Part>,
    /// For each selected field, whether it is resolved; empty when all are.
    kept: Vec<bool>,
    /// The path of the first of these objects in the response.
    path: Vec<Name>,
}

/// A field of the objects, or the items of a list.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Whether it had to wait in at least one of the objects.
    pub(super) waited: AtomicBool,
    /// The position of its key in the result, and whether an earlier field has the same key.
    pub(super) index: usize,
    pub(super) again: bool,
    /// Bytes that it takes in the response.
    bytes: AtomicU64,
}

/// The address of a selection in memory, and the type that it is made on.
type SelectionKey = (usize, TypeId);

/// The forms of one request, by the selection and the type that it is made on.
#[derive(Debug, Default)]
pub struct Forms {
    pub(super) scheduler: Arc<Scheduler>,
    objects: Mutex<FxHashMap<SelectionKey, Arc<Form>>>,
    lists: Mutex<FxHashMap<usize, Arc<Part>>>,
    trying: AtomicBool,
    /// The number of fields resolved at the start of the outermost trial.
    tried: AtomicU64,
    /// The sizes of introspection results.
    pub(super) told: Told,
    /// Whether that trial was abandoned because it takes long, not because something in it waits.
    long: AtomicBool,
    /// The path of the widest field of a value that the library resolved and that made the response too large.
    widest: Mutex<Vec<String>>,
}

impl Forms {
    /// Creates the forms of an execution with this scheduler.
    #[must_use]
    pub fn at(scheduler: Arc<Scheduler>) -> Self {
        Self { scheduler, ..Self::default() }
    }

    /// Whether a trial is running, whose future is dropped when it has to wait.
    pub(super) fn trying(&self) -> bool {
        self.trying.load(Relaxed)
    }

    /// Whether to start nothing more: the trial takes long, or the response is too large.
    pub(super) fn gives_up(&self) -> bool {
        if self.trying() && self.scheduler.fields() - self.tried.load(Relaxed) > TRIAL {
            self.long.store(true, Relaxed);
            return true;
        }
        self.scheduler.is_too_large()
    }

    /// Runs a trial.
    pub(super) fn trial<T>(&self, run: impl FnOnce() -> T) -> T {
        let outer = self.trying.swap(true, Relaxed);
        if !outer {
            self.tried.store(self.scheduler.fields(), Relaxed);
            self.long.store(false, Relaxed);
        }
        let done = run();
        self.trying.store(outer, Relaxed);
        done
    }

    /// Whether a part is boxed from now on. Its trial has ended, after it started at this number of fields. Every
    /// part that had to wait is boxed, and of those that took long, the large ones.
    pub(super) fn is_boxed_from(&self, began: u64) -> bool {
        !self.long.load(Relaxed) || self.scheduler.fields() - began > TRIAL / 2
    }

    /// Counts the bytes of a field in the response, except those that objects inside it have counted.
    pub(super) fn count(&self, part: &Part, key: &Name, value: &Value, counted: bool) {
        let mut bytes = size::of_key(key);
        if !counted {
            bytes += size::of(value);
            if matches!(value, Value::List(_) | Value::Object(_)) {
                // The library resolved it as a whole; this estimates the number of its fields.
                self.scheduler.add_fields(bytes / 32);
            }
        }
        part.bytes.fetch_add(bytes, Relaxed);
        self.scheduler.add_bytes(bytes);
    }

    /// Counts the bytes of a list item that is not an object.
    pub(super) fn count_item(&self, value: &Value) {
        self.scheduler.add_bytes(size::of(value));
    }

    /// Subtracts bytes of a value that is already in the response.
    pub(super) fn take_back(&self, bytes: u64) {
        self.scheduler.forget_bytes(self.scheduler.bytes().saturating_sub(bytes));
    }

    /// Counts the bytes of a root value that the library resolved.
    pub(super) fn count_whole(&self, key: &Name, value: &Value) {
        self.scheduler.add_bytes(size::of(value));
        if self.scheduler.is_too_large() {
            let path = once(key.to_string()).chain(size::widest(value)).collect();
            *self.widest.lock().unwrap_or_else(PoisonError::into_inner) = path;
        }
    }

    /// The path of the field that takes most of the response so far.
    #[must_use]
    pub fn widest(&self) -> Vec<String> {
        let whole = self.widest.lock().unwrap_or_else(PoisonError::into_inner);
        if !whole.is_empty() {
            return whole.clone();
        }
        let forms = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        let parts = forms.values().flat_map(|form| {
            let key = |part: &Part| form.keys.get_index(part.index).map(|(key, _)| key);
            form.parts.iter().filter_map(move |part| Some((part.bytes.load(Relaxed), form, key(part)?)))
        });
        let widest = parts.max_by_key(|(bytes, ..)| *bytes);
        let widest = widest
            .map(|(bytes, form, key)| (bytes, form.path.iter().chain([key]).map(Name::to_string).collect()));
        let widest = widest.into_iter().chain(self.told.widest()).max_by_key(|(bytes, _)| *bytes);
        widest.map(|(_, path)| path).unwrap_or_default()
    }
}

/// The address of a selection, which does not move while a request is executed.
fn address(ctx: &ContextSelectionSet<'_>) -> usize {
    ptr::from_ref(ctx.item).addr()
}

/// The path of an object in the response.
fn path(ctx: &ContextSelectionSet<'_>) -> Vec<Name> {
    let Some(node) = &ctx.path_node else { return Vec::new() };
    let name = |node: &QueryPathNode<'_>| match node.segment {
        QueryPathSegment::Name(name) => Some(Name::new(name)),
        QueryPathSegment::Index(_) => None,
    };
    let mut path: Vec<Name> = once(node).chain(node.parents()).filter_map(name).collect();
    path.reverse();
    path
}

impl Form {
    /// Creates the form of objects at this path.
    fn of(fields: &[&Positioned<Field>], path: Vec<Name>) -> Self {
        let (mut keys, mut parts, mut kept) = (IndexMap::new(), Vec::new(), Vec::new());
        for field in fields {
            let (index, earlier) = keys.insert_full(field.node.response_key().node.clone(), Value::Null);
            let again = earlier.is_some();
            // A repeated leaf has the same value. A repeated object may have other fields selected.
            let keep = !(again && field.node.selection_set.node.items.is_empty());
            if keep {
                parts.push(Part { index, again, ..Part::default() });
            }
            kept.push(keep);
        }
        if parts.len() == fields.len() {
            kept = Vec::new();
        }
        Self { keys, parts, kept, path }
    }

    /// Removes leaf fields that are already in the result.
    pub(super) fn keep_first_leaves(&self, fields: &mut Vec<&Positioned<Field>>, forms: Option<&Arc<Forms>>) {
        if self.kept.is_empty() {
            return;
        }
        if let Some(forms) = forms {
            // Skipping a field takes a fraction of the time of resolving it.
            forms.scheduler.add_fields((fields.len() - self.parts.len()) as u64 / 16);
        }
        let mut kept = self.kept.iter();
        fields.retain(|_| kept.next().is_some_and(|kept| *kept));
    }
}

/// The form of objects of one type with these fields selected.
pub(super) fn form(ctx: &ContextSelectionSet<'_>, kind: TypeId, fields: &[&Positioned<Field>]) -> Arc<Form> {
    let made = || Arc::new(Form::of(fields, path(ctx)));
    let Some(forms) = ctx.data_opt::<Arc<Forms>>() else { return made() };
    let mut known = forms.objects.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(known.entry((address(ctx), kind)).or_insert_with(made))
}

/// The part for the items of the list with this selection.
pub(super) fn items(ctx: &ContextSelectionSet<'_>) -> Arc<Part> {
    let Some(forms) = ctx.data_opt::<Arc<Forms>>() else { return Arc::default() };
    Arc::clone(forms.lists.lock().unwrap_or_else(PoisonError::into_inner).entry(address(ctx)).or_default())
}
