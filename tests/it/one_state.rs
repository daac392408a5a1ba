//! One state of the registry in one answer: a writer changes rows of two tables at once, again and again, while requests
//! of several statements read both.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, AtomicI64, Ordering},
    time::Duration,
};

use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::Value;
use simpul::{graph::load::Planner, store::Engine};

use crate::support::{Registry, each_engine};

/// How often each document is asked.
const TIMES: usize = 40;

/// Who supplies most, and the kinds of documents that need more than one statement.
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

/// The numbers that an answer shows of the cooperative with this slug and of its linkages.
fn numbers(answer: &Value, slug: &str, found: &mut BTreeSet<i64>) {
    match answer {
        Value::Object(fields) if fields.get("slug").is_some_and(|other| other != slug) => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("memberCount", Value::Number(number)) => drop(found.insert(number.as_i64().unwrap())),
                    ("annualValue", Value::String(text)) => drop(found.insert(text.parse().unwrap())),
                    _ => numbers(value, slug, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| numbers(item, slug, found)),
        _ => {}
    }
}

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
                    assert_eq!(
                        found.len(),
                        1,
                        "{kind}, {:?}: two states in one answer: {found:?}",
                        registry.engine
                    );
                    states.extend(found);
                }
                assert!(states.len() > 2, "{kind}: the writer did not write meanwhile: {states:?}");
            }
            ended.store(true, Ordering::Relaxed);
        };
        tokio::join!(writing, reading);
    })
    .await;
}

/// The first request of a document that needs a second statement begins anew; the next ones open a snapshot at once.
#[tokio::test]
async fn a_document_begins_anew_once_at_most() {
    each_engine(async |registry| {
        let (slug, _) = supplier(registry).await;
        let documents = documents(&slug);
        let (_, _, unforeseen) = &documents[1];
        let planned = registry.planned(Planner::On);
        let first = planned.ask(unforeseen).await;
        let second = planned.ask(unforeseen).await;
        assert_eq!((first.statements, second.statements), (3, 2), "{:?}", registry.engine);
        assert_eq!(first.data(), second.data());
        let (_, _, search) = &documents[3];
        // The first search of a node reads what it knows of names.
        planned.data("{ search(text: \"kopi\") { totalCount } }").await;
        assert_eq!(planned.ask(search).await.statements, planned.ask(search).await.statements, "foreseen");
    })
    .await;
}

/// What a snapshot held is free again: more requests than there are connections, one after the other.
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
        // A writer is not held up by a snapshot that nobody needs any more.
        registry.database.execute_unprepared("UPDATE linkage SET annual_value = 5").await.unwrap();
    })
    .await;
}
