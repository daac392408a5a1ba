//! Objects whose fields share one place for their futures, where the library would box each.
//!
//! What a planned document asks for is mostly there when a resolver looks for it. So every field is polled once where
//! it stands, and only those that have to wait are waited for, together. Answers, errors and their places are the
//! library's own, which takes over wherever a document is out of the ordinary. Its extensions would not see these
//! fields; the schema has none.

use std::{borrow::Cow, task::Poll};

use async_graphql::{
    ContainerType, ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    parser::types::{Field, Selection, SelectionSet},
    registry::Registry,
    resolver_utils::resolve_container,
};
use futures_util::future::{poll_fn, try_join_all};
use tokio_util::sync::ReusableBoxFuture;

type Waiting<'a> = ReusableBoxFuture<'a, ServerResult<Value>>;

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
        let items = self.0.iter().enumerate().map(|(index, item)| async move {
            let ctx = ctx.with_index(index);
            item.leanly(&ctx).await.map_err(|error| ctx.set_error_path(error))
        });
        together(items).await.map(Value::List)
    }
}

/// Resolves what is selected of an object.
pub async fn object<T>(ctx: &ContextSelectionSet<'_>, object: &T) -> ServerResult<Value>
where
    T: ContainerType + Send + Sync,
{
    let Some(fields) = plain_fields::<T>(ctx) else { return resolve_container(ctx, object).await };
    let values = together(fields.iter().map(|field| async move {
        if field.node.name.node == "__typename" {
            return Ok(Value::String(object.introspection_type_name().into_owned()));
        }
        let ctx = ctx.with_field(field);
        object.resolve_field(&ctx).await.map(Option::unwrap_or_default)
    }));
    let keys = fields.iter().map(|field| field.node.response_key().node.clone());
    Ok(Value::Object(keys.zip(values.await?).collect()))
}

/// The fields that are selected of an object of this type, in the order of the answer; none where two share a key, or
/// something is to be done about one of them.
fn plain_fields<'a, T: OutputType>(ctx: &ContextSelectionSet<'a>) -> Option<Vec<&'a Positioned<Field>>> {
    let selected = &ctx.item.node;
    let mut fields = Vec::with_capacity(selected.items.len());
    let ordinary = gather::<T>(ctx, selected, &mut fields);
    let key = |field: &&'a Positioned<Field>| &field.node.response_key().node;
    let twice = || {
        fields.iter().enumerate().any(|(at, field)| fields[..at].iter().any(|other| key(other) == key(field)))
    };
    if !ordinary || twice() { None } else { Some(fields) }
}

fn gather<'a, T: OutputType>(
    ctx: &ContextSelectionSet<'a>,
    selected: &'a SelectionSet,
    fields: &mut Vec<&'a Positioned<Field>>,
) -> bool {
    selected.items.iter().all(|item| match &item.node {
        Selection::Field(field) => {
            fields.push(field);
            field.node.directives.is_empty()
        }
        Selection::InlineFragment(fragment) => {
            let on = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
            on.is_some_and(|on| !applies::<T>(ctx, on))
                || gather::<T>(ctx, &fragment.node.selection_set.node, fields)
        }
        Selection::FragmentSpread(spread) => {
            let fragment = ctx.query_env.fragments.get(&spread.node.fragment_name.node);
            fragment.is_some_and(|fragment| {
                !applies::<T>(ctx, &fragment.node.type_condition.node.on.node)
                    || gather::<T>(ctx, &fragment.node.selection_set.node, fields)
            })
        }
    })
}

/// Whether a fragment on `on` applies to objects of this type.
fn applies<T: OutputType>(ctx: &ContextSelectionSet<'_>, on: &str) -> bool {
    let name = T::type_name();
    name == on
        || ctx.schema_env.registry.implements.get(&*name).is_some_and(|interfaces| interfaces.contains(on))
}

/// What all of them come to. Each is polled at once; most are ready then, and leave their place to the next.
async fn together<'a, F>(mut futures: impl Iterator<Item = F>) -> ServerResult<Vec<Value>>
where
    F: Future<Output = ServerResult<Value>> + Send + 'a,
{
    let mut values = Vec::with_capacity(futures.size_hint().0);
    let (mut place, mut waiting): (Option<Waiting<'a>>, Vec<(usize, Waiting<'a>)>) = (None, Vec::new());
    while let Some(mut polled) = next(&mut futures, place.take()) {
        match poll_fn(|task| Poll::Ready(polled.poll(task))).await {
            Poll::Ready(value) => {
                values.push(value?);
                place = Some(polled);
            }
            Poll::Pending => {
                waiting.push((values.len(), polled));
                values.push(Value::Null);
            }
        }
    }
    if waiting.is_empty() {
        return Ok(values);
    }
    woken().await;
    let waited = waiting.into_iter().map(|(at, mut waiting)| async move {
        poll_fn(|task| waiting.poll(task)).await.map(|value| (at, value))
    });
    for (at, value) in try_join_all(waited).await? {
        values[at] = value;
    }
    Ok(values)
}

/// Until the task is woken, by whatever was polled in it before: nothing is polled twice in one tick.
async fn woken() {
    let mut polled = false;
    poll_fn(|_| if std::mem::replace(&mut polled, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// The next future, in the place of another.
fn next<'a, F>(futures: &mut impl Iterator<Item = F>, place: Option<Waiting<'a>>) -> Option<Waiting<'a>>
where
    F: Future<Output = ServerResult<Value>> + Send + 'a,
{
    let future = futures.next()?;
    Some(match place {
        Some(mut place) => {
            place.set(future);
            place
        }
        None => Waiting::new(future),
    })
}
