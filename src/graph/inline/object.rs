//! Resolves the fields of an object.

use std::{
    any::TypeId,
    borrow::Cow,
    pin::pin,
    sync::Arc,
    task::{Context, Poll},
};

use async_graphql::{
    ContainerType, ContextSelectionSet, Positioned, ServerResult, Value,
    parser::types::{Field, Selection, SelectionSet},
    registry::MetaType,
};
use futures_util::future::BoxFuture;

use super::{
    Forms,
    form::{Form, Part, form},
    join::{Parts, together},
    merge::merge,
};

/// Resolves the selection on an object.
pub async fn object<T>(ctx: &ContextSelectionSet<'_>, object: &T) -> ServerResult<Value>
where
    T: ContainerType + Send + Sync + 'static,
{
    let (form, fields) = selected(ctx, TypeId::of::<T>(), T::type_name);
    fill(ctx, &form, &ObjectFields { ctx, object, fields, form: &form }).await
}

struct ObjectFields<'f, 'a, T> {
    ctx: &'f ContextSelectionSet<'a>,
    object: &'f T,
    fields: Vec<&'a Positioned<Field>>,
    form: &'f Form,
}

impl<T: ContainerType + Send + Sync> ObjectFields<'_, '_, T> {
    async fn resolve(&self, at: usize) -> ServerResult<Value> {
        let field = self.fields[at];
        if field.node.name.node == "__typename" {
            return Ok(Value::String(self.object.introspection_type_name().into_owned()));
        }
        let ctx = self.ctx.with_field(field);
        self.object.resolve_field(&ctx).await.map(Option::unwrap_or_default)
    }
}

impl<T: ContainerType + Send + Sync> Parts for ObjectFields<'_, '_, T> {
    fn count(&self) -> usize {
        self.fields.len()
    }

    fn part(&self, at: usize) -> &Part {
        &self.form.parts[at]
    }

    fn poll_once(&self, at: usize, task: &mut Context<'_>) -> Poll<ServerResult<Value>> {
        pin!(self.resolve(at)).poll(task)
    }

    fn start(&self, at: usize) -> BoxFuture<'_, ServerResult<Value>> {
        Box::pin(self.resolve(at))
    }
}

/// The form of an object, and the fields of it to resolve.
fn selected<'a>(
    ctx: &ContextSelectionSet<'a>,
    kind: TypeId,
    name: TypeName,
) -> (Arc<Form>, Vec<&'a Positioned<Field>>) {
    let selected = &ctx.item.node;
    let mut fields = Vec::with_capacity(selected.items.len());
    gather(ctx, name, selected, &mut fields);
    let form = form(ctx, kind, &fields);
    form.keep_first_leaves(&mut fields, ctx.data_opt::<Arc<Forms>>());
    (form, fields)
}

/// The object of the fields' values.
async fn fill(ctx: &ContextSelectionSet<'_>, form: &Form, fields: &dyn Parts) -> ServerResult<Value> {
    let forms = ctx.data_opt::<Arc<Forms>>();
    let mut answer = form.keys.clone();
    let mut again = Vec::new();
    together(ctx, fields, &mut |index, value, counted| {
        let part = &form.parts[index];
        if let (Some(forms), Some((key, _))) = (forms, form.keys.get_index(part.index)) {
            forms.count(part, key, &value, counted);
        }
        if part.again {
            again.push((index, value));
        } else {
            answer[part.index] = value;
        }
    })
    .await?;
    again.sort_unstable_by_key(|(index, _)| *index);
    for (index, value) in again {
        let index = form.parts[index].index;
        if let Some((key, first)) = answer.get_index_mut(index) {
            merge(forms, key, first, value).await;
        }
    }
    Ok(Value::Object(answer))
}

/// The name of a type of the schema.
type TypeName = fn() -> Cow<'static, str>;

/// Adds the fields that are selected on an object of this type, in the order of the response.
fn gather<'a>(
    ctx: &ContextSelectionSet<'a>,
    name: TypeName,
    selected: &'a SelectionSet,
    fields: &mut Vec<&'a Positioned<Field>>,
) {
    for item in &selected.items {
        match &item.node {
            Selection::Field(field) => fields.push(field),
            Selection::InlineFragment(fragment) => {
                let on = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                if on.is_none_or(|on| applies(ctx, name, on)) {
                    gather(ctx, name, &fragment.node.selection_set.node, fields);
                }
            }
            Selection::FragmentSpread(spread) => {
                let fragment = ctx.query_env.fragments.get(&spread.node.fragment_name.node);
                if let Some(fragment) =
                    fragment.filter(|of| applies(ctx, name, &of.node.type_condition.node.on.node))
                {
                    gather(ctx, name, &fragment.node.selection_set.node, fields);
                }
            }
        }
    }
}

/// Whether a fragment on `on` applies to objects of this type.
fn applies(ctx: &ContextSelectionSet<'_>, name: TypeName, on: &str) -> bool {
    let (name, registry) = (name(), &ctx.schema_env.registry);
    let is_one = || match registry.types.get(on) {
        Some(MetaType::Union { possible_types, .. }) => possible_types.contains(&*name),
        _ => false,
    };
    name == on
        || registry.implements.get(&*name).is_some_and(|interfaces| interfaces.contains(on))
        || is_one()
}
