//! Writes at the same time: they follow each other, and each sees all before it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::{Request, Variables, futures_util::future::join_all};
use entity::vocabulary::Role;
use sea_orm::{ConnectionTrait, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use serde_json::json;
use simpul::{
    access::{GrantScope, Identity, Viewer},
    http::CallerContext,
    store::{self, Engine, Writer},
};

use super::{code, each_written, faults, ministry, registrar, with_role};
use crate::support::Registry;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_request_from_many_connections_is_executed_once() {
    each_written(async |written| {
        let before = written.rows().await;
        let input = written.proposal("one").await;
        let ministry = ministry();
        let payloads =
            join_all((0..20).map(|_| written.verb(&ministry, "proposeLinkage", input.clone()))).await;
        let (first, replayed) =
            (&payloads[0]["linkage"], payloads.iter().filter(|one| one["replayed"] == true));
        assert_eq!(replayed.count(), 19, "{payloads:?}");
        assert!(payloads.iter().all(|one| one["linkage"] == *first && first["version"] == 1));
        let after = written.rows().await;
        assert_eq!([after[0] - before[0], after[2] - before[2], after[3] - before[3]], [1, 1, 1]);
        let mut other = input.clone();
        other["annualValue"] = json!("1");
        let answer = written.verb(&ministry, "proposeLinkage", other).await;
        assert_eq!(code(&answer), "IDEMPOTENCY_KEY_REUSED");
        // A field that is null is not the same as one that is absent.
        let amend =
            json!({ "idempotencyKey": "null", "id": first["id"], "expectedVersion": 1, "annualValue": "2" });
        let payload = written.verb(&ministry, "amendLinkage", amend.clone()).await;
        assert_eq!(payload["userErrors"], json!([]), "{payload}");
        let mut emptied = amend;
        emptied["paymentTermDays"] = json!(null);
        let answer = written.verb(&ministry, "amendLinkage", emptied).await;
        assert_eq!(code(&answer), "IDEMPOTENCY_KEY_REUSED", "{answer}");
        // Who lost the right since gets the outcome of then; another caller's keys are its own.
        let identity = Identity {
            subject: "ministry".to_owned(),
            grants: Vec::new(),
            expires_at: None,
            credential: None,
        };
        let without = Viewer::Known(Arc::new(identity));
        let payload = written.verb(&without, "proposeLinkage", input.clone()).await;
        assert_eq!([&payload["replayed"], &payload["linkage"]["id"]], [&json!(true), &first["id"]]);
        let payload = written.verb(&registrar("32"), "proposeLinkage", input.clone()).await;
        assert_eq!(payload["replayed"], false);
        assert_ne!(payload["linkage"]["id"], first["id"]);
        // After seven days the key is forgotten.
        let week = 7 * 24 * 60 * 60 * 1_000_000_i64;
        let long_ago = format!("UPDATE claim SET at = at - {week} - 1000000");
        written.database.execute_unprepared(&long_ago).await.unwrap();
        written.proposed("two", json!({})).await;
        assert_eq!(written.number("SELECT count(*) FROM claim").await, 1);
        let payload = written.verb(&ministry, "proposeLinkage", input).await;
        assert_eq!(payload["replayed"], false, "{payload}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_change_one_record_one_gets_a_conflict_with_the_current_record() {
    each_written(async |written| {
        let linkage = written.proposed("one", json!({})).await;
        let amend = |key: &str, value: &str| {
            json!({ "idempotencyKey": key, "id": linkage["id"], "expectedVersion": 1,
                                                     "annualValue": value })
        };
        let (ministry, registrar) = (ministry(), registrar("32"));
        let (one, other) = tokio::join!(
            written.verb(&ministry, "amendLinkage", amend("a", "1")),
            written.verb(&registrar, "amendLinkage", amend("b", "2")),
        );
        let (won, lost) = if faults(&one).is_empty() { (one, other) } else { (other, one) };
        assert!(faults(&won).is_empty(), "{won}");
        assert_eq!(faults(&lost), [("CONFLICT".to_owned(), "input.expectedVersion".to_owned())]);
        assert_eq!(lost["linkage"], won["linkage"], "the current record");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_exclusive_linkages_at_once_one_becomes_active() {
    each_written(async |written| {
        let tried = [("negotiateLinkage", json!({})), ("startTrial", json!({ "startsOn": "2026-10-01" }))];
        let buyers = written.registry.data("{ institutions(first: 6) { nodes { id } } }").await;
        let mut inputs = Vec::new();
        for (number, buyer) in buyers["institutions"]["nodes"].as_array().unwrap().iter().enumerate() {
            let other = json!({ "exclusive": true, "buyer": buyer["id"] });
            let linkage = written.led(&written.proposed(&number.to_string(), other).await, &tried).await;
            inputs.push(json!({ "idempotencyKey": format!("activate {number}"), "id": linkage["id"],
                                "expectedVersion": 3, "startsOn": "2026-11-01" }));
        }
        let ministry = ministry();
        let payloads =
            join_all(inputs.into_iter().map(|input| written.verb(&ministry, "activateLinkage", input))).await;
        let active = payloads.iter().filter(|one| one["linkage"]["status"] == "ACTIVE").count();
        assert_eq!(active, 1, "{payloads:?}");
        let excluded = |one: &&serde_json::Value| faults(one).iter().any(|fault| fault.0 == "EXCLUSIVE");
        assert_eq!(payloads.iter().filter(excluded).count(), 5);
    })
    .await;
}

/// Writers wait three seconds for the lock, three times.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_writer_that_hangs_stops_others_no_longer_than_the_stated_time() {
    each_written(async |written| {
        let linkage = written.proposed("one", json!({})).await;
        let step = json!({ "idempotencyKey": "two", "id": linkage["id"], "expectedVersion": 1 });
        let holder = store::connect(&written.url).await.unwrap();
        let engine = written.registry.engine;
        let immediate = (engine == Engine::Sqlite).then_some(SqliteTransactionMode::Immediate);
        let options =
            TransactionOptions { sqlite_transaction_mode: immediate, ..TransactionOptions::default() };
        let held = holder.begin_with_options(options).await.unwrap();
        if engine == Engine::Postgres {
            held.execute_unprepared("SELECT pg_advisory_xact_lock(91574294826071)").await.unwrap();
        }
        let began = Instant::now();
        let answer = written.verb(&ministry(), "negotiateLinkage", step.clone()).await;
        assert_eq!(code(&answer), "UNAVAILABLE", "{answer}");
        assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
        let again = json!({ "query": format!("mutation {{ negotiateLinkage(input: {{idempotencyKey: \"again\", id: {}, expectedVersion: 1}}) {{ replayed }} }}", linkage["id"]) });
        let context = CallerContext { viewer: ministry(), ..CallerContext::default() };
        let answer = written.door.answer(Request::new(again["query"].as_str().unwrap()).into(), &context).await;
        assert_eq!(answer.retry_after(), Some(Duration::from_secs(1)), "UNAVAILABLE says when to try again");
        held.rollback().await.unwrap();
        let payload = written.verb(&ministry(), "negotiateLinkage", step).await;
        assert_eq!([&payload["linkage"]["version"], &payload["replayed"]], [&json!(2), &json!(false)]);
    })
    .await;
}

/// A caller with many writes under way does not hold up another one: its write is among the next.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_writes_of_one_caller_do_not_hold_up_those_of_another() {
    each_written(async |written| {
        let input = written.proposal("many").await;
        let holder = store::connect(&written.url).await.unwrap();
        let engine = written.registry.engine;
        let immediate = (engine == Engine::Sqlite).then_some(SqliteTransactionMode::Immediate);
        let options =
            TransactionOptions { sqlite_transaction_mode: immediate, ..TransactionOptions::default() };
        let held = holder.begin_with_options(options).await.unwrap();
        if engine == Engine::Postgres {
            held.execute_unprepared("SELECT pg_advisory_xact_lock(91574294826071)").await.unwrap();
        }
        let (many, other) = (ministry(), registrar("32"));
        let write = |viewer, number: usize| {
            let mut input = input.clone();
            input["idempotencyKey"] = json!(format!("write {number}"));
            written.verb(viewer, "proposeLinkage", input)
        };
        let ours = join_all((0..40).map(|number| write(&many, number)));
        let released = async {
            // All of them wait by then.
            tokio::time::sleep(Duration::from_millis(2_500)).await;
            held.rollback().await.unwrap();
        };
        // With less time than it waits: waiting is not the request's time.
        let hurried = Registry::over(engine, written.database.clone(), Duration::from_secs(5)).await;
        let hurried = hurried.door().clone().with_writer(Writer::open(&written.url).await.unwrap());
        let context = CallerContext { viewer: with_role("hurried", Role::Ministry, GrantScope::Everything), ..CallerContext::default() };
        let document = "mutation($input: ProposeLinkageInput!) { proposeLinkage(input: $input) { linkage { version } userErrors { code } } }";
        let request = Request::new(document).variables(Variables::from_json(json!({ "input": input })));
        let hurried = hurried.answer(request.into(), &context);
        let (ours, theirs, hurried, ()) = tokio::join!(ours, write(&other, 40), hurried, released);
        let hurried = serde_json::to_value(&hurried).unwrap();
        assert_eq!(hurried["data"]["proposeLinkage"]["linkage"]["version"], 1, "{hurried}");
        assert!(ours.iter().all(|payload| faults(payload).is_empty()), "{ours:?}");
        assert!(faults(&theirs).is_empty(), "{theirs}");
        let before = "SELECT count(*) FROM change WHERE noun = 'BusinessLinkage' AND sequence <
            (SELECT sequence FROM change WHERE actor LIKE 'registrar%')";
        assert!(
            written.number(before).await <= 6,
            "the other caller wrote after {}",
            written.number(before).await
        );
    })
    .await;
}
