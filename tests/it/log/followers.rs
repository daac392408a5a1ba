//! Followers of the log while others write: on the same database, and on a streaming standby.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, Instant},
};

use async_graphql::futures_util::future::join_all;
use entity::{annual_report, change, partnership, vocabulary::ChangeOperation};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, TransactionTrait};
use serde_json::{Value, json};
use simpul::{
    http::Door,
    store::{self, Engine, WriteError},
};
use uuid::Uuid;

use super::{Logged, MINISTRY, answer, changes, committed};
use crate::support::{Registry, cluster::Cluster, database};

const WRITERS: usize = 16;

/// How often each writer proposes a linkage, amends it, and changes three rows at once.
const ROUNDS: usize = 4;

/// The lengths of the pages of the followers: some end within a write.
const PAGES: [usize; 4] = [1, 2, 7, 100];

/// No follower waits longer for the next change.
const PATIENCE: Duration = Duration::from_secs(30);

const PAGE: &str =
    "query($after: String, $first: Int) { registry { sequence } changes(after: $after, first: $first) {
    nodes { sequence at operation verb noun id version } pageInfo { hasNextPage endCursor } } }";

/// What is wrong with what a follower was told, compared with the log.
fn fault(told: &[Value], log: &[Value]) -> Option<String> {
    for (place, change) in log.iter().enumerate() {
        match told.get(place) {
            Some(same) if same == change => {}
            Some(other) => return Some(format!("{other} instead of {change}")),
            None => return Some(format!("{change} is not told")),
        }
    }
    told.get(log.len()).map(|more| format!("{more} is told, too"))
}

/// The next page after a cursor: the number of the newest write, and the page.
async fn next(door: &Door, after: &Value, first: usize) -> (i64, Value) {
    let (answer, _) = answer(door, MINISTRY, PAGE, json!({ "after": after, "first": first })).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    let data = &answer["data"];
    (data["registry"]["sequence"].as_i64().unwrap(), data["changes"].clone())
}

/// All that a follower is told until the write with the number `end`, which is negative while others write; and how many
/// pages it read before that.
async fn follow(door: &Door, first: usize, end: &AtomicI64) -> (Vec<Value>, usize) {
    let (mut told, mut after, mut pages) = (Vec::new(), Value::Null, 0);
    let mut waited = Instant::now();
    loop {
        let (head, page) = next(door, &after, first).await;
        let nodes = page["nodes"].as_array().unwrap();
        if !nodes.is_empty() {
            waited = Instant::now();
            pages += usize::from(end.load(Ordering::SeqCst) < 0);
        }
        told.extend(nodes.iter().cloned());
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == true {
            continue;
        }
        let last = told.last().map_or(0, |change| change["sequence"].as_i64().unwrap());
        assert_eq!(last, head, "the last page of a state ends with its newest write");
        if head == end.load(Ordering::SeqCst) {
            return (told, pages);
        }
        assert!(waited.elapsed() < PATIENCE, "nothing after {head}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// One writer: verbs, and writes of three rows.
async fn write(node: &Logged, number: usize, parties: &Value) {
    let reports = annual_report::Entity::find()
        .order_by_asc(annual_report::Column::Id)
        .offset(u64::try_from(number * 3).unwrap())
        .limit(3);
    let mut reports = reports.all(&node.registry.database).await.unwrap();
    for round in 0..ROUNDS {
        let key = format!("{number} {round}");
        let input = json!({ "idempotencyKey": key, "kind": "OFFTAKE", "pattern": "GENERAL_TRADE",
            "supplier": parties["cooperatives"]["nodes"][number]["id"],
            "buyer": parties["institutions"]["nodes"][number]["id"] });
        let linkage = node.verb("proposeLinkage", input).await;
        let amend = json!({ "idempotencyKey": format!("{key} amended"), "id": linkage["id"], "expectedVersion": 1,
                            "annualValue": "1000" });
        node.verb("amendLinkage", amend).await;
        let mut transaction = loop {
            match node.writer.begin().await {
                Ok(transaction) => break transaction,
                Err(WriteError::Busy) => {}
                Err(error) => panic!("{error}"),
            }
        };
        for report in &mut reports {
            let turnover = Set(Some(i64::try_from(round).unwrap()));
            let row = annual_report::ActiveModel { turnover, ..Default::default() };
            transaction.update::<annual_report::Entity>("AnnualReport", report, row).await.unwrap();
            *report = transaction.row::<annual_report::Entity>(report.id).await.unwrap().unwrap();
        }
        committed(transaction).await;
    }
}

/// Writers write by the nodes, and each follower is told the log: all of it, in its order, once.
async fn race(nodes: &[Logged], followers: &[Door]) {
    let parties = "{ cooperatives(where: {status: {eq: OPERATING}}, first: 16) { nodes { id } }
                     institutions(first: 16) { nodes { id } } }";
    let parties = nodes[0].registry.data(parties).await;
    let end = AtomicI64::new(-1);
    let writing = async {
        join_all((0..WRITERS).map(|number| write(&nodes[number % nodes.len()], number, &parties))).await;
        let newest = store::number(&nodes[0].registry.database, "SELECT max(sequence) FROM change").await;
        end.store(newest.unwrap(), Ordering::SeqCst);
    };
    let following =
        followers.iter().zip(PAGES.iter().cycle()).map(|(door, first)| follow(door, *first, &end));
    let (told, ()) = tokio::join!(join_all(following), writing);
    let log = changes::table(&nodes[0]).await;
    assert_eq!(log.len(), WRITERS * ROUNDS * 5);
    let numbers: Vec<i64> = log.iter().map(|change| change["sequence"].as_i64().unwrap()).collect();
    let writes = i64::try_from(WRITERS * ROUNDS * 3).unwrap();
    assert_eq!((numbers[0], *numbers.last().unwrap()), (1, writes));
    assert!(numbers.is_sorted_by(|one, next| (0..=1).contains(&(next - one))), "{numbers:?}");
    for (number, (told, pages)) in told.iter().enumerate() {
        assert_eq!(fault(&changes::without_time(told), &log), None, "follower {number}");
        assert!(*pages >= 10, "follower {number} read {pages} pages while others wrote");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_followers_of_sixteen_writers_skip_nothing_and_repeat_nothing() {
    for engine in database::engines() {
        eprintln!("on {engine:?}");
        if engine == Engine::Sqlite {
            let fresh = database::fresh(engine).await;
            let node = Logged::open(engine, &fresh.url()).await;
            let doors: Vec<Door> = PAGES.iter().map(|_| node.registry.door().clone()).collect();
            race(&[node], &doors).await;
            fresh.discard().await;
            continue;
        }
        // Four nodes, and as many followers on a standby as on the primary.
        let primary = Cluster::start().await;
        let standby = primary.standby();
        let mut nodes = Vec::new();
        for _ in PAGES {
            nodes.push(Logged::open(engine, &primary.url).await);
        }
        let database = store::connect_within(&standby.url, database::TIME).await.unwrap();
        let replica = Registry::over(engine, database, database::TIME).await;
        let of_primary = nodes.iter().map(|node| node.registry.door().clone());
        let doors: Vec<Door> = of_primary.chain(PAGES.map(|_| replica.door().clone())).collect();
        race(&nodes, &doors).await;
        replica.database.close().await.unwrap();
    }
}

/// What is compared can disagree.
#[test]
fn a_change_that_is_skipped_repeated_or_told_too_early_is_a_fault() {
    let log: Vec<Value> = (1..=3).map(|sequence| json!({ "sequence": sequence })).collect();
    assert_eq!(fault(&log, &log), None);
    for places in
        [&[0, 1][..], &[1, 2], &[0, 2], &[0, 1, 1, 2], &[0, 0, 1, 2], &[0, 1, 2, 2], &[0, 2, 1], &[]]
    {
        let told: Vec<Value> = places.iter().map(|place| log[*place].clone()).collect();
        assert!(fault(&told, &log).is_some(), "{places:?}");
    }
}

/// Numbers from a sequence of the database, without the lock: a follower skips a write that is committed late. SQLite, with
/// one write at a time, has no such wrong form.
#[tokio::test]
async fn without_the_lock_of_writers_a_follower_skips_a_write() {
    if !database::engines().contains(&Engine::Postgres) {
        return;
    }
    let fresh = database::fresh(Engine::Postgres).await;
    let node = Logged::open(Engine::Postgres, &fresh.url()).await;
    node.execute("CREATE SEQUENCE wrong").await;
    let known = partnership::Entity::find().filter(partnership::Column::SignedOn.is_not_null());
    let known = known.one(&node.registry.database).await.unwrap().unwrap();
    let begun = async |key: Uuid| {
        let transaction = node.registry.database.begin().await.unwrap();
        let sequence = store::number(&transaction, "SELECT nextval('wrong')").await.unwrap();
        let row = change::ActiveModel {
            sequence: Set(sequence),
            position: Set(0),
            last: Set(true),
            at: Set(sequence),
            actor: Set("system".to_owned()),
            role: Set(None),
            verb: Set("amendPartnership".to_owned()),
            noun: Set("Partnership".to_owned()),
            key: Set(key),
            operation: Set(ChangeOperation::Updated),
            version: Set(2),
            touched: Set(json!({})),
            request_id: Set(None),
        };
        change::Entity::insert(row).exec_without_returning(&transaction).await.unwrap();
        transaction
    };
    let (slow, fast) = (begun(known.id).await, begun(known.id).await);
    fast.commit().await.unwrap();
    let (_, page) = next(&node.door, &Value::Null, 100).await;
    slow.commit().await.unwrap();
    let (_, rest) = next(&node.door, &page["pageInfo"]["endCursor"], 100).await;
    let told =
        [page["nodes"].as_array().unwrap().clone(), rest["nodes"].as_array().unwrap().clone()].concat();
    let log = changes::table(&node).await;
    assert_eq!((told.len(), log.len()), (1, 2));
    let fault = fault(&changes::without_time(&told), &log).unwrap();
    assert!(fault.contains("instead of"), "{fault}");
    fresh.discard().await;
}
