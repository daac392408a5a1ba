//! Tests of how often resolvers are started, and that responses equal the library's.

use std::{
    cell::Cell,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::Poll,
};

use async_graphql::{
    Context, ContextSelectionSet, EmptyMutation, EmptySubscription, Object, Request, Schema, ServerResult,
    Value, futures_util::future::poll_fn, resolver_utils::resolve_container,
};

use super::{Forms, Inline, Items, ResolveInline, object};
use crate::graph::size;

/// The mark behind the name of a type whose objects are resolved by this module.
pub(crate) const MARK: char = '\u{2713}';

thread_local! {
    pub(crate) static MARKED: Cell<bool> = const { Cell::new(false) };
}

/// Makes the library resolve all objects.
#[derive(Clone, Copy, Debug)]
struct ByLibrary;

/// Number of resolvers started.
#[derive(Clone, Debug, Default)]
struct Begun(Arc<AtomicUsize>);

impl Begun {
    fn note(ctx: &Context<'_>) {
        ctx.data_unchecked::<Self>().0.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Clone, Copy, Debug)]
struct Level;

impl ResolveInline for Level {
    async fn resolve_inline(&self, ctx: &ContextSelectionSet<'_>) -> ServerResult<Value> {
        match ctx.data_opt::<ByLibrary>() {
            Some(ByLibrary) => resolve_container(ctx, self).await,
            None => object(ctx, self).await,
        }
    }
}

#[Object]
impl Level {
    async fn next(&self) -> Inline<Self> {
        Inline(*self)
    }

    async fn same(&self) -> Self {
        *self
    }

    async fn late(&self) -> Inline<Self> {
        wait().await;
        Inline(*self)
    }

    async fn three(&self) -> Items<Self> {
        Items(vec![*self; 3])
    }

    async fn many(&self) -> Items<Self> {
        Items(vec![*self; 40])
    }

    async fn fails(&self) -> Option<async_graphql::Result<Inline<Self>>> {
        Some(Err("no".into()))
    }

    async fn holes(&self) -> Items<Option<Self>> {
        Items(vec![None, Some(*self)])
    }

    async fn ready(&self, ctx: &Context<'_>) -> usize {
        Begun::note(ctx);
        1
    }

    async fn waits(&self, ctx: &Context<'_>) -> usize {
        Begun::note(ctx);
        wait().await;
        1
    }
}

/// Waits for four turns.
async fn wait() {
    let mut left = 4;
    poll_fn(|task| {
        left -= 1;
        task.waker().wake_by_ref();
        if left == 0 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

struct Root;

#[Object]
impl Root {
    async fn root(&self) -> Inline<Level> {
        Inline(Level)
    }
}

/// The number of resolvers started, and the number of values.
async fn begun(document: &str) -> (usize, usize) {
    let begun = Begun::default();
    let schema = Schema::build(Root, EmptyMutation, EmptySubscription).limit_recursive_depth(100).finish();
    let request = Request::new(document).data(begun.clone()).data(Arc::new(Forms::default()));
    let response = schema.execute(request).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    (begun.0.load(Ordering::Relaxed), values(&response.data))
}

fn values(of: &Value) -> usize {
    match of {
        Value::List(items) => items.iter().map(values).sum(),
        Value::Object(fields) => fields.values().map(values).sum(),
        _ => 1,
    }
}

/// A document of `depth` levels, each between `open` and `close`.
fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{{ root {{ {} waits {} }} }}", vec![open; depth].join(" "), vec![close; depth].join(" "))
}

#[tokio::test]
async fn a_resolver_starts_at_most_twice_at_any_depth() {
    for depth in 1..=24 {
        for (open, close) in [
            ("next {", "}"),
            ("late {", "}"),
            ("ready next {", "}"),
            ("next { same {", "}}"),
            ("late { next {", "} waits }"),
            ("next {", "w: waits ready }"),
            ("a: next { ready } next {", "w: waits }"),
            ("next { ... on Level {", "} }"),
        ] {
            let document = nested(open, close, depth);
            let (begun, values) = begun(&document).await;
            assert!(begun <= 2 * values, "{begun} times for {values} values: {document}");
        }
    }
}

#[tokio::test]
async fn a_resolver_of_an_item_starts_at_most_twice_in_nested_lists() {
    for depth in 1..=5 {
        for (open, close) in [
            ("three { next {", "} }"),
            ("three { ready next { w: waits", "} }"),
            ("three { late { next {", "} } waits }"),
            ("three { ready", "w: waits }"),
        ] {
            let document = nested(open, close, depth);
            let (begun, values) = begun(&document).await;
            assert!(begun <= 2 * values, "{begun} times for {values} values: {document}");
        }
    }
    let (begun, values) = begun("{ root { many { ready next { many { ready waits } } } } }").await;
    assert!(begun <= 2 * values, "{begun} times for {values} values");
}

#[tokio::test]
async fn a_response_equals_that_of_the_library_with_repeated_fields() {
    let schema = Schema::build(Root, EmptyMutation, EmptySubscription).finish();
    for document in [
        "{ root { ready ready waits ready waits } }",
        "{ root { next { waits } ready next { ready a: waits } next { ready } } }",
        "{ root { a: late { w: waits next { ready } } b: ready a: late { next { waits ready } } } }",
        "{ root { three { ready } three { waits late { waits } } three { ready late { ready } } } }",
        "{ root { ... on Level { next { waits three { ready } } } ...F } } \
         fragment F on Level { next { ready three { waits next { ready } } ...G } } \
         fragment G on Level { three { next { waits } } __typename __typename }",
        "{ root { fails { ready } ready fails { waits } holes { ready } holes { waits holes { ready } } } }",
        "{ root { next { ready } } root { ready next { waits } } }",
    ] {
        let ask = |request: Request| schema.execute(request.data(Begun::default()));
        let forms = Arc::new(Forms::default());
        let inline = ask(Request::new(document).data(Arc::clone(&forms))).await;
        let library = ask(Request::new(document).data(ByLibrary)).await;
        let written = |value: &Value| serde_json::to_string(value).unwrap();
        assert_eq!(written(&inline.data), written(&library.data), "{document}");
        assert_eq!(format!("{:?}", inline.errors), format!("{:?}", library.errors), "{document}");
        // The library merges fields of the root itself, and subtracts no bytes.
        if !document.contains("} root") {
            let Value::Object(root) = &inline.data else { panic!("{document}") };
            let bytes = size::of_parts(&root["root"]);
            assert_eq!(forms.scheduler.bytes(), bytes, "{document}");
        }
    }
}

#[tokio::test]
async fn a_long_response_without_waiting_is_resolved_little_more_than_once() {
    for document in [
        "{ root { many { ready many { a: ready b: ready c: ready } } } }",
        "{ root { next { next { many { ready many { a: ready b: ready next { ready } } } } } } }",
        "{ root { many { many { next { next { a: ready b: ready } } } } } }",
    ] {
        let (begun, values) = begun(document).await;
        assert!(values > 3_000, "{document}");
        assert!(begun * 5 <= values * 6, "{begun} times for {values} values: {document}");
    }
}
