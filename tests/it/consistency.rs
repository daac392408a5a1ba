//! All statements of a request see one state: a writer changes two tables in one transaction again and again while
//! requests of several statements read both.

use std::{
    collections::BTreeSet,
    future::poll_fn,
    sync::atomic::{AtomicBool, AtomicI64, Ordering},
    task::Poll,
    time::Duration,
};

use async_graphql::futures_util;
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::Value;
use simpul::{graph::load::Planner, store::Engine};

use crate::support::{Registry, each_engine};

/// How often each document is asked.
const TIMES: usize = 40;

/// Documents that need more than one statement, one of each kind, about the cooperative with this slug.
fn documents(slug: &str) -> Vec<(&'static str, Planner, String)> {
    let cooperative = format!("cooperative(by: {{slug: {slug:?}}})");
    let lists = |count: usize| {
        let list =
            |at| format!("l{at}: linkages(as: SUPPLIER, first: {}) {{ nodes {{ annualValue }} }}", at + 1);
        (0..count).map(list).collect::<Vec<_>>().join(" ")
    };
    let among = format!("where: {{supplier: {{cooperative: {{slug: {{eq: {slug:?}}}}}}}}}");
    let roots = |count: usize| {
        let list = |at| format!("r{at}: linkages({among}, first: {}) {{ nodes {{ annualValue }} }}", at + 1);
        (0..count).map(list).collect::<Vec<_>>().join(" ")
    };
    vec![
        ("edge by edge", Planner::Off, format!("{{ {cooperative} {{ memberCount {} }} }}", lists(1))),
        (
            "more edges than are planned",
            Planner::On,
            format!("{{ {cooperative} {{ memberCount {} }} }}", lists(45)),
        ),
        (
            "more groups than a statement takes",
            Planner::On,
            format!("{{ {cooperative} {{ memberCount }} {} }}", roots(70)),
        ),
        (
            "search",
            Planner::On,
            format!(
                "{{ search(text: {slug:?}, first: 3) {{ nodes {{ ... on Cooperative {{ slug memberCount }} }} }} {} }}",
                roots(1)
            ),
        ),
    ]
}

/// The numbers that an answer shows of the cooperative with this slug and of its linkages, with the fields that have them.
fn numbers(answer: &Value, slug: &str, found: &mut BTreeSet<(&'static str, i64)>) {
    match answer {
        Value::Object(fields) if fields.get("slug").is_some_and(|other| other != slug) => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("memberCount", Value::Number(number)) => {
                        found.insert(("memberCount", number.as_i64().unwrap()));
                    }
                    ("annualValue", Value::String(text)) => {
                        found.insert(("annualValue", text.parse().unwrap()));
                    }
                    _ => numbers(value, slug, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| numbers(item, slug, found)),
        _ => {}
    }
}

/// The slug of the cooperative with most linkages, and its key as SQL.
async fn supplier(registry: &Registry) -> (String, String) {
    let data = registry
        .data("{ cooperatives(orderBy: [{field: LINKAGE_COUNT, direction: DESC}], first: 1) { nodes { slug } } }")
        .await;
    let slug = data["cooperatives"]["nodes"][0]["slug"].as_str().unwrap().to_owned();
    let key = format!("(SELECT id FROM cooperative WHERE slug = '{slug}')");
    (slug, key)
}

#[tokio::test]
async fn an_answer_of_several_statements_shows_one_state() {
    each_engine(async |registry| {
        let (slug, key) = supplier(registry).await;
        let (ended, written) = (AtomicBool::new(false), AtomicI64::new(1_000));
        let writing = async {
            while !ended.load(Ordering::Relaxed) {
                let number = written.fetch_add(1, Ordering::Relaxed);
                let both = registry.database.begin().await.unwrap();
                let sql = format!("UPDATE cooperative SET member_count = {number} WHERE slug = '{slug}'");
                both.execute_unprepared(&sql).await.unwrap();
                let sql = format!("UPDATE linkage SET annual_value = {number} WHERE supplier_id = {key}");
                both.execute_unprepared(&sql).await.unwrap();
                both.commit().await.unwrap();
                tokio::task::yield_now().await;
            }
        };
        let reading = async {
            for (kind, planner, document) in documents(&slug) {
                let planned = registry.planned(planner).limited_to(u32::MAX);
                let mut states = BTreeSet::new();
                let slug = slug.as_str();
                for _ in 0..TIMES {
                    let before = written.load(Ordering::Relaxed);
                    while written.load(Ordering::Relaxed) == before {
                        tokio::time::sleep(Duration::from_millis(1)).await;
                    }
                    let answer = planned.ask(&document).await;
                    assert!(answer.statements > 1, "{kind} takes a single statement: {:?}", answer.body);
                    let mut found = BTreeSet::new();
                    numbers(&answer.data(), slug, &mut found);
                    let shown: BTreeSet<i64> = found.iter().map(|(_, number)| *number).collect();
                    assert_eq!(found.len(), 2, "{kind}: both fields are shown: {found:?}");
                    assert_eq!(
                        shown.len(),
                        1,
                        "{kind}, {:?}: two states in one answer: {found:?}",
                        registry.engine
                    );
                    states.extend(shown);
                }
                assert!(states.len() > 2, "{kind}: the writer did not write meanwhile: {states:?}");
            }
            ended.store(true, Ordering::Relaxed);
        };
        tokio::join!(writing, reading);
    })
    .await;
}

/// The first request of a document that needs a second statement restarts; the next ones open a snapshot at once.
#[tokio::test]
async fn a_document_restarts_at_most_once() {
    each_engine(async |registry| {
        let (slug, _) = supplier(registry).await;
        let documents = documents(&slug);
        let (_, _, unforeseen) = &documents[1];
        let planned = registry.planned(Planner::On);
        let first = planned.ask(unforeseen).await;
        let second = planned.ask(unforeseen).await;
        assert_eq!((first.statements, second.statements), (3, 2), "{:?}", registry.engine);
        assert_eq!(first.data(), second.data());
        // The search, the rows that it finds, and the list beside it: no statement is sent twice.
        let (_, _, search) = &documents[3];
        planned.data("{ search(text: \"kopi\") { totalCount } }").await;
        assert!(planned.ask(search).await.statements <= 3, "a search begins in a snapshot");
    })
    .await;
}

/// The connections of snapshots are released: more requests than connections, one after the other.
#[tokio::test]
async fn connections_of_snapshots_go_back_to_the_pool() {
    each_engine(async |registry| {
        let (slug, _) = supplier(registry).await;
        let (_, planner, document) = documents(&slug).swap_remove(0);
        let planned = registry.planned(planner);
        for _ in 0..100 {
            planned.data(&document).await;
        }
        if registry.engine == Engine::Postgres {
            let open = "SELECT CAST(count(*) AS BIGINT) FROM pg_stat_activity
                        WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
            let mut left = i64::MAX;
            for _ in 0..100 {
                left = simpul::store::number(&registry.database, open).await.unwrap();
                if left == 0 {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            assert_eq!(left, 0, "transactions stay open");
        }
    })
    .await;
}

/// Disconnected at any of its turns, a request leaves no transaction open on a connection that goes back to the pool.
#[tokio::test]
async fn a_dropped_request_leaves_no_snapshot_open() {
    each_engine(async |registry| {
        let (slug, _) = supplier(registry).await;
        let (_, planner, document) = documents(&slug).swap_remove(0);
        let planned = registry.planned(planner);
        // Again and again, so that one of them ends while a transaction is being opened.
        for turns in (0..40).cycle().take(1_600) {
            let mut asked = Box::pin(planned.ask(&document));
            for _ in 0..turns {
                let ready = poll_fn(|task| Poll::Ready(asked.as_mut().poll(task).is_ready())).await;
                if ready {
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        let write = format!("UPDATE cooperative SET member_count = 77777 WHERE slug = '{slug}'");
        registry.database.execute_unprepared(&write).await.unwrap();
        let now = format!("{{ cooperative(by: {{slug: {slug:?}}}) {{ memberCount }} }}");
        let all = futures_util::future::join_all((0..64).map(|_| planned.data(&now))).await;
        assert!(
            all.iter().all(|data| data["cooperative"]["memberCount"] == 77_777),
            "an older state: {all:?}"
        );
        let again = futures_util::future::join_all((0..32).map(|_| planned.data(&document))).await;
        assert!(again.iter().all(|data| data["cooperative"]["memberCount"] == 77_777));
    })
    .await;
}
