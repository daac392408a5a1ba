//! Checks behaviour of the pinned libraries that the registry relies on: how errors propagate, the order of keys, and
//! batches whose leader is dropped.

use std::{
    collections::HashMap,
    io::ErrorKind,
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};

use async_graphql::{Context, EmptyMutation, EmptySubscription, Object, Result, Schema};
use dataloader::{BatchFn, cached::Loader};
use futures_util::future::{join, try_join};
use sea_orm::{
    ConnectionTrait, DatabaseConnection,
    sqlx::{Sqlite, pool::PoolConnection},
};
use simpul::{
    access::Viewer,
    graph::load::{Graph, One, Planner, ReferenceData},
    registry::region::Region,
    store::{self, Reader, TimeLimit},
};
use tokio::{sync::Notify, task::yield_now, time::sleep};

/// A tree of objects whose fields fail or wait as the test requires.
#[derive(Clone, Copy, Default)]
struct Tree {
    number: u64,
}

#[Object]
impl Tree {
    async fn number(&self) -> u64 {
        self.number
    }

    async fn sure(&self) -> Result<u64> {
        yield_now().await;
        Err("broken".into())
    }

    async fn perhaps(&self) -> Option<Result<u64>> {
        yield_now().await;
        Some(Err("broken".into()))
    }

    /// Nullable too, but its type is `Result<Option<_>>`.
    async fn careless(&self) -> Result<Option<u64>> {
        yield_now().await;
        Err("broken".into())
    }

    async fn even(&self) -> Result<u64> {
        yield_now().await;
        if self.number.is_multiple_of(2) { Ok(self.number) } else { Err("odd".into()) }
    }

    async fn after(&self, milliseconds: u64) -> u64 {
        sleep(Duration::from_millis(milliseconds)).await;
        milliseconds
    }

    async fn perhaps_below(&self, #[graphql(validator(maximum = 9))] limit: u64) -> Option<u64> {
        Some(self.number).filter(|number| *number < limit)
    }

    /// Later trees answer sooner.
    async fn late(&self) -> u64 {
        sleep(Duration::from_millis(12 - 4 * self.number)).await;
        self.number
    }

    async fn child(&self) -> Tree {
        *self
    }

    async fn perhaps_child(&self) -> Option<Tree> {
        Some(*self)
    }

    async fn children(&self) -> Vec<Tree> {
        (0..3).map(|number| Tree { number }).collect()
    }

    async fn perhaps_children(&self) -> Vec<Option<Tree>> {
        (0..3).map(|number| Some(Tree { number })).collect()
    }
}

/// The answer as its reader gets it, order and all.
async fn answer(document: &str) -> String {
    let schema = Schema::new(Tree::default(), EmptyMutation, EmptySubscription);
    serde_json::to_string(&schema.execute(document).await).unwrap()
}

#[tokio::test]
async fn an_error_in_a_nullable_field_makes_it_null() {
    assert_eq!(
        answer("{ number perhaps }").await,
        concat!(
            r#"{"errors":[{"message":"broken","locations":[{"line":1,"column":10}],"path":["perhaps"]}],"#,
            r#""data":{"number":0,"perhaps":null}}"#
        )
    );
}

/// Against the specification, hence no resolver of the registry is written like that.
#[tokio::test]
async fn an_error_outside_of_the_option_nulls_the_parent() {
    assert_eq!(
        answer("{ number perhapsChild { number careless } }").await,
        concat!(
            r#"{"errors":[{"message":"broken","locations":[{"line":1,"column":32}],"path":["perhapsChild","careless"]}],"#,
            r#""data":{"number":0,"perhapsChild":null}}"#
        )
    );
}

/// The resolver is not reached, and the nullable field's parent pays for it: against the specification too.
#[tokio::test]
async fn a_refused_argument_nulls_the_parent() {
    let answer = answer("{ number perhapsChild { number perhapsBelow(limit: 10) } }").await;
    assert!(answer.contains(r#""path":["perhapsChild","perhapsBelow"]"#), "{answer}");
    assert!(answer.ends_with(r#""data":{"number":0,"perhapsChild":null}}"#), "{answer}");
}

#[tokio::test]
async fn an_error_in_a_non_null_field_makes_its_nullable_parent_null() {
    assert_eq!(
        answer("{ number perhapsChild { number sure } }").await,
        concat!(
            r#"{"errors":[{"message":"broken","locations":[{"line":1,"column":32}],"path":["perhapsChild","sure"]}],"#,
            r#""data":{"number":0,"perhapsChild":null}}"#
        )
    );
}

#[tokio::test]
async fn an_error_passes_non_null_parents_up_to_the_next_nullable_one() {
    assert_eq!(
        answer("{ number perhapsChild { child { child { sure } } number } }").await,
        concat!(
            r#"{"errors":[{"message":"broken","locations":[{"line":1,"column":41}],"#,
            r#""path":["perhapsChild","child","child","sure"]}],"data":{"number":0,"perhapsChild":null}}"#
        )
    );
}

#[tokio::test]
async fn an_error_at_a_non_null_root_leaves_no_data() {
    for document in ["{ number sure }", "{ number child { sure } }", "{ number children { even } }"] {
        let answer = answer(document).await;
        assert!(answer.starts_with(r#"{"errors":[{"#) && answer.ends_with(r#"}],"data":null}"#), "{answer}");
    }
}

#[tokio::test]
async fn an_error_in_a_list_of_nullable_items_costs_one_item() {
    assert_eq!(
        answer("{ perhapsChildren { even } }").await,
        concat!(
            r#"{"errors":[{"message":"odd","locations":[{"line":1,"column":21}],"path":["perhapsChildren",1,"even"]}],"#,
            r#""data":{"perhapsChildren":[{"even":0},null,{"even":2}]}}"#
        )
    );
}

/// The path ends at the item: the library writes it again at every list that an error passes on its way up.
#[tokio::test]
async fn an_error_in_a_list_of_non_null_items_costs_the_list() {
    assert_eq!(
        answer("{ number perhapsChild { children { even } } }").await,
        concat!(
            r#"{"errors":[{"message":"odd","locations":[{"line":1,"column":36}],"path":["perhapsChild","children",1]}],"#,
            r#""data":{"number":0,"perhapsChild":null}}"#
        )
    );
}

#[tokio::test]
async fn an_error_has_locations_and_a_path() {
    let document = "{\n  kin: perhapsChild {\n    gone: perhaps\n    ... on Tree { lost: perhaps }\n  }\n}";
    assert_eq!(
        answer(document).await,
        concat!(
            r#"{"errors":[{"message":"broken","locations":[{"line":3,"column":5}],"path":["kin","gone"]},"#,
            r#"{"message":"broken","locations":[{"line":4,"column":19}],"path":["kin","lost"]}],"#,
            r#""data":{"kin":{"gone":null,"lost":null}}}"#
        )
    );
}

#[tokio::test]
async fn keys_are_in_document_order() {
    assert_eq!(
        answer(
            "{ slow: after(milliseconds: 12) number quick: after(milliseconds: 1) child { late number } }"
        )
        .await,
        r#"{"data":{"slow":12,"number":0,"quick":1,"child":{"late":0,"number":0}}}"#
    );
}

#[tokio::test]
async fn keys_of_fragments_are_in_document_order() {
    let document = "
        { ...Slow number ... on Tree { quick: after(milliseconds: 1) slow: after(milliseconds: 12) } last: number }
        fragment Slow on Tree { slow: after(milliseconds: 12) inner: child { late number } }";
    assert_eq!(
        answer(document).await,
        r#"{"data":{"slow":12,"inner":{"late":0,"number":0},"number":0,"quick":1,"last":0}}"#
    );
}

#[tokio::test]
async fn items_and_their_keys_keep_their_order_in_lists() {
    assert_eq!(
        answer("{ children { late number } perhapsChildren { late } }").await,
        concat!(
            r#"{"data":{"children":[{"late":0,"number":0},{"late":1,"number":1},{"late":2,"number":2}],"#,
            r#""perhapsChildren":[{"late":0},{"late":1},{"late":2}]}}"#
        )
    );
}

/// Doubles numbers in two steps, and signals when it has started.
struct Doubling(Arc<Notify>);

impl BatchFn<u32, u32> for Doubling {
    async fn load(&mut self, keys: &[u32]) -> HashMap<u32, u32> {
        self.0.notify_one();
        yield_now().await;
        keys.iter().map(|key| (*key, key * 2)).collect()
    }
}

#[tokio::test]
async fn a_key_whose_batch_lost_its_leader_is_not_found_at_first() {
    let begun = Arc::new(Notify::new());
    let loader = Loader::new(Doubling(Arc::clone(&begun)));
    let leading = async { loader.try_load(1).await.map_err(|error| error.kind()) };
    let failing = async {
        begun.notified().await;
        Err::<(), _>(ErrorKind::Other)
    };
    let (lost, follower) = join(try_join(leading, failing), loader.try_load(2)).await;
    assert_eq!(lost.unwrap_err(), ErrorKind::Other);
    assert_eq!(follower.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(loader.try_load(2).await.unwrap(), 4);
}

static REGION: LazyLock<One<Region>> = LazyLock::new(|| One::root("conformance"));

async fn is_there(ctx: &Context<'_>, code: &str) -> Result<bool> {
    Ok(REGION.ask().row(ctx, code).await?.is_some())
}

/// One field leads the request's batch and is dropped with its sibling; another waits for the same batch.
struct Siblings;

#[Object]
impl Siblings {
    async fn doomed(&self) -> Option<Doomed> {
        Some(Doomed)
    }

    async fn follower(&self, ctx: &Context<'_>) -> Result<bool> {
        is_there(ctx, "33").await
    }
}

struct Doomed;

#[Object]
impl Doomed {
    async fn leader(&self, ctx: &Context<'_>) -> Result<bool> {
        is_there(ctx, "32").await
    }

    /// Fails as soon as the leader's statement is on its way.
    async fn failing(&self, ctx: &Context<'_>) -> Result<bool> {
        while ctx.data::<Graph>()?.reader().statements() == 0 {
            yield_now().await;
        }
        ctx.data::<Held>()?.0.lock().unwrap().clear();
        Err("broken".into())
    }
}

/// All connections, so that the leader's statement has to wait for one.
struct Held(Mutex<Vec<PoolConnection<Sqlite>>>);

impl Held {
    async fn all(database: &DatabaseConnection) -> Self {
        let pool = database.get_sqlite_connection_pool();
        let mut held = Vec::new();
        for _ in 0..pool.options().get_max_connections() {
            held.push(pool.acquire().await.unwrap());
        }
        Self(Mutex::new(held))
    }
}

#[tokio::test]
async fn a_request_succeeds_when_its_leader_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("registry.db");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let database = Box::pin(store::connect(&url)).await.unwrap();
    migration::up(&database).await.unwrap();
    let region = "INSERT INTO region (code, level, kind, name, name_fold) VALUES
        ('32', 'PROVINCE', 'PROVINSI', 'Jawa Barat', 'jawa barat'),
        ('33', 'PROVINCE', 'PROVINSI', 'Jawa Tengah', 'jawa tengah')";
    database.execute_unprepared(region).await.unwrap();

    let bound = TimeLimit::over(&database, Duration::from_mins(1)).await.unwrap();
    let held = Held::all(&database).await;
    let reader = Arc::new(Reader::new(&database, Viewer::Anonymous, bound));
    let schema = Schema::build(Siblings, EmptyMutation, EmptySubscription)
        .data(held)
        .data(Graph::new(
            Arc::clone(&reader),
            Arc::new(ReferenceData::default()),
            Planner::On,
            Arc::default(),
        ))
        .finish();
    let response = schema.execute("{ doomed { leader failing } follower }").await;

    assert_eq!(serde_json::to_string(&response.data).unwrap(), r#"{"doomed":null,"follower":true}"#);
    assert_eq!(response.errors.len(), 1, "{:?}", response.errors);
    assert_eq!(reader.statements(), 2, "the leader's statement is lost, the follower's is its own");
}
