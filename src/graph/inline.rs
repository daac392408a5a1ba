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
mod list;
mod merge;
mod object;
#[cfg(test)]
pub(crate) mod tests;

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Pos, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry,
};

pub use form::Forms;
pub use join::root;
pub use library::Library;
pub use object::object;

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
        list::resolve(ctx, &self.0).await
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
