//! Resolves the items of a list.

use std::{
    pin::pin,
    sync::Arc,
    task::{Context, Poll},
};

use async_graphql::{ContextSelectionSet, ServerError, ServerResult, Value};
use futures_util::future::BoxFuture;

use super::{
    Forms, ResolveInline,
    form::{Part, items},
    join::{Parts, together},
};

/// Resolves the selection on each item.
pub(super) async fn resolve<T: ResolveInline>(
    ctx: &ContextSelectionSet<'_>,
    list: &[T],
) -> ServerResult<Value> {
    fill(ctx, &ListItems { ctx, items: list, part: items(ctx) }).await
}

struct ListItems<'f, 'a, T> {
    ctx: &'f ContextSelectionSet<'a>,
    items: &'f [T],
    part: Arc<Part>,
}

impl<T: ResolveInline> ListItems<'_, '_, T> {
    async fn resolve(&self, at: usize) -> ServerResult<Value> {
        let ctx = self.ctx.with_index(at);
        // An error of a field within the item has its path.
        let located =
            |error: ServerError| if error.path.is_empty() { ctx.set_error_path(error) } else { error };
        self.items[at].resolve_inline(&ctx).await.map_err(located)
    }
}

impl<T: ResolveInline> Parts for ListItems<'_, '_, T> {
    fn count(&self) -> usize {
        self.items.len()
    }

    fn part(&self, _: usize) -> &Part {
        &self.part
    }

    fn poll_once(&self, at: usize, task: &mut Context<'_>) -> Poll<ServerResult<Value>> {
        pin!(self.resolve(at)).poll(task)
    }

    fn start(&self, at: usize) -> BoxFuture<'_, ServerResult<Value>> {
        Box::pin(self.resolve(at))
    }
}

/// The list of the items' values.
async fn fill(ctx: &ContextSelectionSet<'_>, items: &dyn Parts) -> ServerResult<Value> {
    let mut values = vec![Value::Null; items.count()];
    let forms = ctx.data_opt::<Arc<Forms>>();
    together(ctx, items, &mut |index, value, counted| {
        if let Some(forms) = forms.filter(|_| !counted) {
            forms.count_item(&value);
        }
        values[index] = value;
    })
    .await?;
    Ok(Value::List(values))
}
