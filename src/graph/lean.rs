//! Objects whose fields are resolved where they stand, where the library would box each.
//!
//! What a planned document asks for is mostly there when a resolver looks for it. So every field is polled once, on
//! the stack, and only those that have to wait are waited for, together. Answers, errors and their places are the
//! library's own, which takes over wherever a document is out of the ordinary. Its extensions would not see these
//! fields; the schema has none.

use std::{
    any::TypeId,
    borrow::Cow,
    pin::pin,
    ptr,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use async_graphql::{
    ContainerType, ContextSelectionSet, Name, OutputType, Positioned, QueryEnv, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{Field, Selection, SelectionSet},
    registry::Registry,
    resolver_utils::resolve_container,
};
use futures_util::future::{BoxFuture, poll_fn, try_join_all};
use rustc_hash::FxHashMap;

/// A type whose objects can be resolved this way.
pub trait Leanly: OutputType + Send + Sync {
    /// What is selected of it.
    fn leanly(&self, ctx: &ContextSelectionSet<'_>) -> impl Future<Output = ServerResult<Value>> + Send;
}

/// An object, resolved leanly.
#[derive(Clone, Debug)]
pub struct Lean<T>(pub T);

/// What was found, as a nullable field returns it.
pub fn lean<T, E>(found: Result<Option<T>, E>) -> Option<Result<Lean<T>, E>> {
    found.transpose().map(|found| found.map(Lean))
}

impl<T: Leanly> OutputType for Lean<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        self.0.leanly(ctx).await
    }
}

/// A list of objects, resolved leanly.
#[derive(Clone, Debug)]
pub struct Items<T>(pub Vec<T>);

impl<T: Leanly> OutputType for Items<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let items = self.0.iter().enumerate().map(|(index, item)| {
            move || async move {
                let ctx = ctx.with_index(index);
                item.leanly(&ctx).await.map_err(|error| ctx.set_error_path(error))
            }
        });
        let mut values = vec![Value::Null; items.len()];
        together(ctx.query_env, items, |index, value| values[index] = value).await?;
        Ok(Value::List(values))
    }
}

/// Resolves what is selected of an object.
pub async fn object<T>(ctx: &ContextSelectionSet<'_>, object: &T) -> ServerResult<Value>
where
    T: ContainerType + Send + Sync + 'static,
{
    let fields = fields::<T>(ctx);
    let Some(form) = form::<T>(ctx, &fields) else { return resolve_container(ctx, object).await };
    let values = fields.iter().map(|field| {
        move || async move {
            if field.node.name.node == "__typename" {
                return Ok(Value::String(object.introspection_type_name().into_owned()));
            }
            let ctx = ctx.with_field(field);
            object.resolve_field(&ctx).await.map(Option::unwrap_or_default)
        }
    });
    let mut answer = (*form).clone();
    together(ctx.query_env, values, |index, value| answer[index] = value).await?;
    Ok(Value::Object(answer))
}

/// What an object answers with before its fields are resolved: every key, without its value. None where the library
/// must see to it: two fields share a key, or something is to be done about one of them.
type Form = Option<Arc<IndexMap<Name, Value>>>;

/// The forms of one request: lists are full of objects that are selected alike.
#[derive(Debug, Default)]
pub struct Forms(Mutex<FxHashMap<(usize, TypeId), Form>>);

fn form<T: 'static>(ctx: &ContextSelectionSet<'_>, fields: &[&Positioned<Field>]) -> Form {
    let made = || {
        let form: IndexMap<_, _> =
            fields.iter().map(|field| (field.node.response_key().node.clone(), Value::Null)).collect();
        let plain = form.len() == fields.len() && fields.iter().all(|field| field.node.directives.is_empty());
        plain.then(|| Arc::new(form))
    };
    // The document stands still for as long as the request takes.
    let place = (ptr::from_ref(ctx.item).addr(), TypeId::of::<T>());
    let Some(Forms(known)) = ctx.data_opt() else { return made() };
    known.lock().unwrap_or_else(PoisonError::into_inner).entry(place).or_insert_with(made).clone()
}

/// The fields that are selected of an object of this type, in the order of the answer.
fn fields<'a, T: OutputType>(ctx: &ContextSelectionSet<'a>) -> Vec<&'a Positioned<Field>> {
    let selected = &ctx.item.node;
    let mut fields = Vec::with_capacity(selected.items.len());
    gather::<T>(ctx, selected, &mut fields);
    fields
}

fn gather<'a, T: OutputType>(
    ctx: &ContextSelectionSet<'a>,
    selected: &'a SelectionSet,
    fields: &mut Vec<&'a Positioned<Field>>,
) {
    for item in &selected.items {
        match &item.node {
            Selection::Field(field) => fields.push(field),
            Selection::InlineFragment(fragment) => {
                let on = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                if on.is_none_or(|on| applies::<T>(ctx, on)) {
                    gather::<T>(ctx, &fragment.node.selection_set.node, fields);
                }
            }
            Selection::FragmentSpread(spread) => {
                let fragment = ctx.query_env.fragments.get(&spread.node.fragment_name.node);
                if let Some(fragment) =
                    fragment.filter(|of| applies::<T>(ctx, &of.node.type_condition.node.on.node))
                {
                    gather::<T>(ctx, &fragment.node.selection_set.node, fields);
                }
            }
        }
    }
}

/// Whether a fragment on `on` applies to objects of this type.
fn applies<T: OutputType>(ctx: &ContextSelectionSet<'_>, on: &str) -> bool {
    let name = T::type_name();
    name == on
        || ctx.schema_env.registry.implements.get(&*name).is_some_and(|interfaces| interfaces.contains(on))
}

/// Puts each where it belongs when it comes. Most are ready at once; the others begin anew, in a place of their own, and
/// wait together.
async fn together<'a, M, F>(
    request: &QueryEnv,
    makes: impl Iterator<Item = M>,
    mut put: impl FnMut(usize, Value),
) -> ServerResult<()>
where
    M: FnOnce() -> F + Copy,
    F: Future<Output = ServerResult<Value>> + Send + 'a,
{
    let mut waiting = Vec::new();
    for (at, make) in makes.enumerate() {
        match poll_fn(|task| Poll::Ready(now(request, make, task))).await {
            Poll::Ready(value) => put(at, value?),
            Poll::Pending => waiting.push((at, begun(make))),
        }
    }
    let waited =
        waiting.into_iter().map(|(at, waiting)| async move { waiting.await.map(|value| (at, value)) });
    for (at, value) in try_join_all(waited).await? {
        put(at, value);
    }
    Ok(())
}

/// What a future comes to, if it need not wait; else it leaves no error behind, since it will begin anew. It lives on
/// the stack for as long as that takes: these futures are large, and moving them costs more than most of them do.
fn now<F: Future>(request: &QueryEnv, make: impl FnOnce() -> F, task: &mut Context<'_>) -> Poll<F::Output> {
    let errors = || request.errors.lock().unwrap_or_else(PoisonError::into_inner);
    let before = errors().len();
    let polled = pin!(make()).poll(task);
    if polled.is_pending() {
        errors().truncate(before);
    }
    polled
}

fn begun<'a, F>(make: impl FnOnce() -> F) -> BoxFuture<'a, ServerResult<Value>>
where
    F: Future<Output = ServerResult<Value>> + Send + 'a,
{
    Box::pin(make())
}
