//! Resolves objects and lists without a boxed future for each field, which the library uses.
//!
//! Most values of a planned document are in memory when a resolver needs them. So a field is polled once on the stack,
//! and only fields that wait get a future on the heap ([`join`]). Responses, errors and their paths are the same as
//! with the library. Each field counts its bytes in the response, and pauses at the end of a turn; fields that the
//! library resolves do neither. So every object of the schema is resolved here, except the root and introspection
//! ([`Library`] handles these).

mod form;
mod join;
mod library;
mod merge;
#[cfg(test)]
pub(crate) mod tests;

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContainerType, ContextSelectionSet, OutputType, Pos, Positioned, ServerResult, Value,
    parser::types::{Field, Selection, SelectionSet},
    registry::{MetaType, Registry},
};

pub use form::Forms;
use form::{form, items};
pub use join::root;
use join::together;
pub use library::Library;
use merge::merge;

use super::Result;

/// A type whose objects can be resolved by this module.
pub trait ResolveInline: OutputType + Send + Sync {
    /// Resolves the selection on it.
    fn resolve_inline(
        &self,
        ctx: &ContextSelectionSet<'_>,
    ) -> impl Future<Output = ServerResult<Value>> + Send;
}

/// Implements [`ResolveInline`] for object types, or for an interface or union.
macro_rules! inline_object {
    ($($object:ty),* $(,)?) => {
        $(impl $crate::graph::inline::ResolveInline for $object {
            async fn resolve_inline(
                &self,
                ctx: &async_graphql::ContextSelectionSet<'_>,
            ) -> async_graphql::ServerResult<async_graphql::Value> {
                $crate::graph::inline::object(ctx, self).await
            }
        })*
    };
    ($any:ident: $($kind:ident),* $(,)?) => {
        impl $crate::graph::inline::ResolveInline for $any {
            async fn resolve_inline(
                &self,
                ctx: &async_graphql::ContextSelectionSet<'_>,
            ) -> async_graphql::ServerResult<async_graphql::Value> {
                match self {
                    $(Self::$kind(object) => object.resolve_inline(ctx).await,)*
                }
            }
        }
    };
}

pub(crate) use inline_object;

impl<T: ResolveInline> ResolveInline for &T {
    async fn resolve_inline(&self, ctx: &ContextSelectionSet<'_>) -> ServerResult<Value> {
        T::resolve_inline(self, ctx).await
    }
}

/// A nullable item of a list.
impl<T: ResolveInline> ResolveInline for Option<T> {
    async fn resolve_inline(&self, ctx: &ContextSelectionSet<'_>) -> ServerResult<Value> {
        let Some(object) = self else { return Ok(Value::Null) };
        Ok(object.resolve_inline(ctx).await.unwrap_or_else(|error| {
            ctx.add_error(error);
            Value::Null
        }))
    }
}

/// An item of a list that may have failed: it is null then, with an error at its path.
#[derive(Clone, Debug)]
pub struct Tried<T> {
    pub found: Result<Option<T>>,
    /// The position of the list in the document.
    pub pos: Pos,
}

impl<T: ResolveInline> ResolveInline for Tried<T> {
    async fn resolve_inline(&self, ctx: &ContextSelectionSet<'_>) -> ServerResult<Value> {
        match &self.found {
            Ok(found) => found.resolve_inline(ctx).await,
            Err(error) => {
                let error = async_graphql::Error::from(error.clone()).into_server_error(self.pos);
                ctx.add_error(ctx.set_error_path(error));
                Ok(Value::Null)
            }
        }
    }
}

impl<T: ResolveInline> OutputType for Tried<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        Option::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Option::<T>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        self.resolve_inline(ctx).await
    }
}

/// An object that is resolved by this module.
#[derive(Clone, Debug)]
pub struct Inline<T>(pub T);

/// Wraps an optional object for a nullable field.
pub fn inline<T, E>(found: std::result::Result<Option<T>, E>) -> Option<std::result::Result<Inline<T>, E>> {
    found.transpose().map(|found| found.map(Inline))
}

impl<T: ResolveInline> OutputType for Inline<T> {
    fn type_name() -> Cow<'static, str> {
        named(T::type_name())
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry);
        Self::qualified_type_name()
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve_inline(ctx).await
    }
}

/// A list of objects that is resolved by this module.
#[derive(Clone, Debug)]
pub struct Items<T>(pub Vec<T>);

impl<T: ResolveInline> OutputType for Items<T> {
    fn type_name() -> Cow<'static, str> {
        named(Vec::<T>::type_name())
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry);
        Self::qualified_type_name()
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let makes = self.0.iter().enumerate().map(|(index, item)| {
            move || async move {
                let ctx = ctx.with_index(index);
                item.resolve_inline(&ctx).await.map_err(|error| ctx.set_error_path(error))
            }
        });
        let mut values = vec![Value::Null; makes.len()];
        let part = items(ctx);
        let forms = ctx.data_opt::<Arc<Forms>>();
        together(
            ctx,
            |_| &*part,
            makes,
            |index, value, counted| {
                if let Some(forms) = forms.filter(|_| !counted) {
                    forms.count_item(&value);
                }
                values[index] = value;
            },
        )
        .await?;
        Ok(Value::List(values))
    }
}

/// The type name of a field whose objects are resolved by this module: unchanged, unless a test marks it.
fn named(name: Cow<'static, str>) -> Cow<'static, str> {
    #[cfg(test)]
    if tests::MARKED.get() {
        return Cow::from(format!("{name}{}", tests::MARK));
    }
    name
}

/// Resolves the selection on an object.
pub async fn object<T>(ctx: &ContextSelectionSet<'_>, object: &T) -> ServerResult<Value>
where
    T: ContainerType + Send + Sync + 'static,
{
    let mut fields = fields::<T>(ctx);
    let form = form::<T>(ctx, &fields);
    let forms = ctx.data_opt::<Arc<Forms>>();
    form.keep_first_leaves(&mut fields, forms);
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
    let mut again = Vec::new();
    let part = |index: usize| &form.parts[index];
    together(ctx, part, values, |index, value, counted| {
        let part = part(index);
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

/// The fields selected on an object of this type, in the order of the response.
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
    let (name, registry) = (T::type_name(), &ctx.schema_env.registry);
    let is_one = || match registry.types.get(on) {
        Some(MetaType::Union { possible_types, .. }) => possible_types.contains(&*name),
        _ => false,
    };
    name == on
        || registry.implements.get(&*name).is_some_and(|interfaces| interfaces.contains(on))
        || is_one()
}
