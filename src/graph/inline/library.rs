//! Counts fields that the library resolves itself (introspection), and yields between turns.

use std::{
    collections::HashMap,
    ptr,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::{
    Name, QueryPathSegment, ServerResult, Value,
    async_trait::async_trait,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextResolve, ResolveInfo},
};
use rustc_hash::FxHashMap;

use super::{Forms, join::never};
use crate::graph::size;

/// A schema extension that sees each field and each item of introspection.
#[derive(Clone, Copy, Debug, Default)]
pub struct Library;

impl ExtensionFactory for Library {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(*self)
    }
}

#[async_trait]
impl Extension for Library {
    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let forms = ctx.data_opt::<Arc<Forms>>();
        let told = info.is_for_introspection || info.name.starts_with("__");
        let Some(forms) = forms.filter(|_| told) else { return next.run(ctx, info).await };
        forms.scheduler.pause().await;
        forms.scheduler.add_fields(1);
        if forms.gives_up() {
            return never().await;
        }
        let address = ptr::from_ref(info.field).addr();
        let node = info.path_node;
        let value = next.run(ctx, info).await?;
        if let Some(Value::Object(fields)) = &value {
            let bytes = fields.iter().map(|(key, value)| (key, size::of_key(key) + inside(value)));
            forms.scheduler.add_bytes(bytes.clone().map(|(_, bytes)| bytes).sum());
            forms.told.add(address, bytes, || {
                let names =
                    std::iter::once(node).chain(node.parents()).filter_map(|node| match node.segment {
                        QueryPathSegment::Name(name) => Some(name.to_owned()),
                        QueryPathSegment::Index(_) => None,
                    });
                let mut path: Vec<String> = names.collect();
                path.reverse();
                path
            });
        }
        Ok(value)
    }
}

/// Bytes of a field's value, except those that objects inside it have counted.
fn inside(value: &Value) -> u64 {
    match value {
        Value::Object(_) => 0,
        Value::List(items) => items.iter().map(inside).sum(),
        leaf => size::of(leaf),
    }
}

/// Bytes by the document field that contains the objects, and by the key in these.
#[derive(Debug, Default)]
pub(super) struct Told(Mutex<FxHashMap<usize, Objects>>);

#[derive(Debug)]
struct Objects {
    path: Vec<String>,
    keys: HashMap<Name, u64>,
}

impl Told {
    fn add<'v>(
        &self,
        address: usize,
        bytes: impl Iterator<Item = (&'v Name, u64)>,
        path: impl FnOnce() -> Vec<String>,
    ) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let objects = known.entry(address).or_insert_with(|| Objects { path: path(), keys: HashMap::new() });
        for (key, bytes) in bytes {
            match objects.keys.get_mut(key) {
                Some(sum) => *sum += bytes,
                None => drop(objects.keys.insert(key.clone(), bytes)),
            }
        }
    }

    /// The widest field, and its path.
    pub(super) fn widest(&self) -> Option<(u64, Vec<String>)> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fields = known.values().flat_map(|of| of.keys.iter().map(move |(key, bytes)| (*bytes, of, key)));
        let widest = fields.max_by_key(|(bytes, ..)| *bytes);
        widest.map(|(bytes, of, key)| (bytes, of.path.iter().cloned().chain([key.to_string()]).collect()))
    }
}
