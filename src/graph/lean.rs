//! Resolving of objects and lists without a boxed future for each field, as the library has one.
//!
//! What a planned document asks for is mostly in memory when a resolver looks for it. So a field is polled once on the
//! stack, and only fields that wait get a future on the heap ([`join`]). Answers, errors and their paths are the
//! library's own, which resolves whatever is out of the ordinary. Its extensions would not see these fields; the
//! schema has none.

mod form;
mod join;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContainerType, ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    parser::types::{Field, Selection, SelectionSet},
    registry::Registry,
    resolver_utils::resolve_container,
};

pub use form::Forms;
use form::{form, items};
pub use join::root;
use join::together;

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
        let makes = self.0.iter().enumerate().map(|(index, item)| {
            move || async move {
                let ctx = ctx.with_index(index);
                item.leanly(&ctx).await.map_err(|error| ctx.set_error_path(error))
            }
        });
        let mut values = vec![Value::Null; makes.len()];
        let part = items(ctx);
        together(ctx, |_| &*part, makes, |index, value, _| values[index] = value).await?;
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
    let mut answer = form.keys.clone();
    let forms = ctx.data_opt::<Arc<Forms>>();
    let part = |index: usize| &form.parts[index];
    together(ctx, part, values, |index, value, counted| {
        if let (Some(forms), Some((key, _))) = (forms, form.keys.get_index(index)) {
            forms.count(part(index), key, &value, counted);
        }
        answer[index] = value;
    })
    .await?;
    Ok(Value::Object(answer))
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
