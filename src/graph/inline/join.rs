//! Awaits the fields of an object, or the items of a list, with few futures on the heap and few restarts.
//!
//! A *trial* polls a future once, on the stack, and drops it when it has to wait: these futures are large, and moving
//! them costs more than most of them do. A dropped future is started again, in a box that is kept. Two rules bound the
//! number of starts:
//!
//! 1. A trial keeps no future. If one has to wait, the outermost trial ends, and only that one is started again.
//! 2. A part that had to wait once is boxed from then on, without a trial; so are the parts that contain it.
//!
//! So the trial that ends at a field marks every field above it, and the next attempt boxes all of them. A field of
//! one object is started at most twice, at any depth.
//!
//! A trial also ends when it has started many fields. Such a large part is boxed, and can pause. Then only the large
//! fields above are marked, those that had started half as many fields. The small ones inside are tried again, and a
//! field is started at most two times more.

use std::{
    future::{self, Future},
    pin::{Pin, pin},
    sync::{Arc, PoisonError, atomic::Ordering::Relaxed},
    task::{Context, Poll},
};

use async_graphql::{ContextSelectionSet, QueryEnv, ServerResult, Value};
use futures_util::future::{BoxFuture, poll_fn, try_join_all};

use super::{Forms, form::Part};
use crate::graph::scheduling::Scheduler;

/// The fields of an object, or the items of a list: futures that can be started more than once. Its implementations are
/// the only code here that is compiled for each type.
pub(super) trait Parts: Sync {
    /// The number of parts.
    fn count(&self) -> usize;

    /// What is kept for a part in the form.
    fn part(&self, at: usize) -> &Part;

    /// Starts a part on the stack, polls it once and drops it.
    fn poll_once(&self, at: usize, task: &mut Context<'_>) -> Poll<ServerResult<Value>>;

    /// Starts a part on the heap.
    fn start(&self, at: usize) -> BoxFuture<'_, ServerResult<Value>>;
}

/// Awaits all values and puts each in its place, with a flag for whether objects inside it have counted their bytes
/// in the response.
pub(super) async fn together(
    ctx: &ContextSelectionSet<'_>,
    parts: &dyn Parts,
    put: &mut (dyn FnMut(usize, Value, bool) + Send),
) -> ServerResult<()> {
    let forms = ctx.data_opt::<Arc<Forms>>();
    let mut waiting = Vec::new();
    let mut paused = false;
    for at in 0..parts.count() {
        if let Some(forms) = forms {
            if forms.gives_up() {
                return never().await;
            }
            if forms.scheduler.turn_is_over() && !forms.trying() {
                paused = true;
                forms.scheduler.pause().await;
            }
            let began = forms.scheduler.fields();
            forms.scheduler.add_fields(1);
            let part = parts.part(at);
            if !part.waited.load(Relaxed) {
                match poll_fn(|task| Poll::Ready(trial(forms, ctx.query_env, parts, at, task))).await {
                    Poll::Ready((value, counted)) => {
                        put(at, value?, counted);
                        continue;
                    }
                    Poll::Pending if forms.is_boxed_from(began) => part.waited.store(true, Relaxed),
                    Poll::Pending => {}
                }
            }
            if forms.trying() {
                return never().await;
            }
        }
        let future = parts.start(at);
        let mut kept = Kept { future, scheduler: forms.map(|forms| &*forms.scheduler), counted: false };
        match poll_fn(|task| Poll::Ready(Pin::new(&mut kept).poll(task))).await {
            Poll::Ready(value) => put(at, value?, kept.counted),
            Poll::Pending => waiting.push((at, kept)),
        }
    }
    if waiting.is_empty() {
        return Ok(());
    }
    // All of them were polled in this turn, unless it is another one by now.
    let mut polled = !paused;
    poll_fn(|_| if std::mem::take(&mut polled) { Poll::Pending } else { Poll::Ready(()) }).await;
    let waited = waiting.into_iter().map(|(at, mut kept)| async move {
        let value = (&mut kept).await;
        value.map(|value| (at, value, kept.counted))
    });
    for (at, value, counted) in try_join_all(waited).await? {
        put(at, value, counted);
    }
    Ok(())
}

/// Waits forever: for futures that are dropped by the trial that they are part of, or with the whole execution.
pub(super) async fn never<T>() -> T {
    future::pending().await
}

/// Polls a part once and returns its result if it is ready. Otherwise it removes the errors and bytes that the part
/// added, because it is started again.
fn trial(
    forms: &Forms,
    request: &QueryEnv,
    parts: &dyn Parts,
    at: usize,
    task: &mut Context<'_>,
) -> Poll<(ServerResult<Value>, bool)> {
    let errors = || request.errors.lock().unwrap_or_else(PoisonError::into_inner);
    let (before, bytes) = (errors().len(), forms.scheduler.bytes());
    let polled = forms.trial(|| parts.poll_once(at, task));
    let counted = forms.scheduler.bytes() > bytes;
    if polled.is_pending() && !forms.scheduler.is_too_large() {
        errors().truncate(before);
        forms.scheduler.forget_bytes(bytes);
    }
    polled.map(|value| (value, counted))
}

/// Resolves a root field, and counts its bytes in the response unless objects inside it have done so.
pub async fn root(
    ctx: &async_graphql::Context<'_>,
    field: impl Future<Output = ServerResult<Option<Value>>>,
) -> ServerResult<Option<Value>> {
    let Some(forms) = ctx.data_opt::<Arc<Forms>>() else { return field.await };
    let (mut field, mut counted) = (pin!(field), false);
    let value = poll_fn(|task| {
        let before = forms.scheduler.bytes();
        let polled = field.as_mut().poll(task);
        counted |= forms.scheduler.bytes() > before;
        polled
    });
    let value = value.await?;
    if let Some(value) = value.as_ref().filter(|_| !counted) {
        forms.count_whole(&ctx.item.node.response_key().node, value);
    }
    Ok(value)
}

/// A future that waits.
struct Kept<'a> {
    future: BoxFuture<'a, ServerResult<Value>>,
    scheduler: Option<&'a Scheduler>,
    /// Whether objects inside it have counted their bytes in the response.
    counted: bool,
}

impl Future for Kept<'_> {
    type Output = ServerResult<Value>;

    fn poll(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        let before = self.scheduler.map_or(0, Scheduler::bytes);
        let polled = self.future.as_mut().poll(task);
        self.counted |= self.scheduler.map_or(0, Scheduler::bytes) > before;
        polled
    }
}
