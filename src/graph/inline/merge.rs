//! Merges the values of several fields that share one response key.

use std::sync::Arc;

use async_graphql::{Name, Value, indexmap::map::Entry};
use futures_util::future::BoxFuture;

use super::{Forms, join::never};
use crate::graph::size;

/// The number of merged values that take as long as resolving one field.
const AS_ONE_FIELD: u64 = 8;

/// Merges the value of a later field into that of the first one, as the library does; bytes of values that the response
/// already has are subtracted.
pub(super) async fn merge(forms: Option<&Arc<Forms>>, key: &Name, first: &mut Value, later: Value) {
    let mut merging = Merging { forms, merged: 0 };
    merging.spare(size::of_key(key));
    merging.add(first, later).await;
}

struct Merging<'f> {
    forms: Option<&'f Arc<Forms>>,
    merged: u64,
}

impl Merging<'_> {
    fn add<'v>(&'v mut self, first: &'v mut Value, later: Value) -> BoxFuture<'v, ()> {
        Box::pin(async move {
            match (first, later) {
                (Value::Object(fields), Value::Object(others)) => {
                    for (key, value) in others {
                        self.pause().await;
                        match fields.entry(key) {
                            Entry::Vacant(entry) => drop(entry.insert(value)),
                            Entry::Occupied(mut entry) => {
                                self.spare(size::of_key(entry.key()));
                                self.add_any(entry.get_mut(), value).await;
                            }
                        }
                    }
                }
                (Value::List(items), Value::List(others)) => {
                    let mut items = items.iter_mut();
                    for other in others {
                        self.pause().await;
                        match items.next() {
                            Some(item) => self.add_any(item, other).await,
                            None => self.spare(size::of_parts(&other)),
                        }
                    }
                }
                (_, later) => self.spare(size::of_parts(&later)),
            }
        })
    }

    async fn add_any(&mut self, first: &mut Value, later: Value) {
        match later {
            Value::Object(_) | Value::List(_) => self.add(first, later).await,
            later => self.spare(size::of_parts(&later)),
        }
    }

    /// Counts a merged value, and pauses at the end of the turn.
    async fn pause(&mut self) {
        let Some(forms) = self.forms else { return };
        self.merged += 1;
        if self.merged.is_multiple_of(AS_ONE_FIELD) {
            forms.scheduler.add_fields(1);
            if forms.gives_up() {
                never::<()>().await;
            } else if !forms.trying() {
                forms.scheduler.pause().await;
            }
        }
    }

    fn spare(&self, bytes: u64) {
        if let Some(forms) = self.forms {
            forms.take_back(bytes);
        }
    }
}
