//! The wrong forms of what the races test: without the lock of writers, or with a look and a write in one statement, seats are
//! given twice, changes are lost, and rules are broken. So those tests can fail.

use std::time::Duration;

use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::json;
use simpul::{registry::rules, store::Engine};

use super::{
    Written, each_written,
    season::key_of,
    seats::{empty_batch, officers},
    walks::literal,
};

/// The lock that each write takes.
const LOCK: &str = "SELECT pg_advisory_xact_lock(91574294826071)";

/// Two nominees who are verified, for a batch with one seat: conditions that select them, and one that selects the batch's.
async fn two_for_one_seat(written: &Written) -> [String; 3] {
    let batch = empty_batch(written, 1).await;
    let engine = written.registry.engine;
    let mut ids = Vec::new();
    for (number, officer) in officers(written, 2).await.iter().enumerate() {
        let input =
            json!({ "idempotencyKey": format!("nominate {number}"), "batch": batch, "officer": officer });
        let nominated = written.placement("nominate", input).await;
        let verified = written.step("verifyNominee", &nominated["placement"]).await;
        assert_eq!(verified["placement"]["status"], "VERIFIED", "{verified}");
        ids.push(format!("id = {}", literal(engine, key_of(&verified["placement"]["id"]))));
    }
    let of_batch = format!("batch_id = {}", literal(engine, key_of(&batch)));
    [ids[0].clone(), ids[1].clone(), of_batch]
}

async fn execute(written: &Written, sql: &str) {
    written.database.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{error} in {sql}"));
}

async fn is_broken(written: &Written, code: &str) -> bool {
    let rule = rules::all().find(|rule| rule.code == code).unwrap();
    written.number(&rule.count(written.registry.engine)).await > 0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn without_a_lock_before_the_count_one_seat_is_given_twice() {
    each_written(async |written| {
        let [one, other, of_batch] = two_for_one_seat(written).await;
        let taken = format!("SELECT count(*) FROM placement WHERE {of_batch} AND status IN ('CONFIRMED', 'ATTENDING', 'GRADUATED')");
        let confirm = |who: &str| format!("UPDATE placement SET status = 'CONFIRMED' WHERE {who}");
        let in_one = |who: &str| format!("{} AND ({taken}) < 1", confirm(who));
        let again = format!("UPDATE placement SET status = 'VERIFIED' WHERE {of_batch}");
        let twice = async |form: &str| {
            assert_eq!(written.number(&taken).await, 2, "{form}");
            assert!(is_broken(written, "SEATS_EXCEEDED").await, "{form}");
            execute(written, &again).await;
        };
        // A look and a write, each by itself.
        let seen = [written.number(&taken).await, written.number(&taken).await];
        for (who, seen) in [&one, &other].into_iter().zip(seen) {
            assert_eq!(seen, 0);
            execute(written, &confirm(who)).await;
        }
        twice("a look, then a write").await;
        if written.registry.engine == Engine::Sqlite {
            for who in [&one, &other] {
                execute(written, &in_one(who)).await;
            }
            assert_eq!(written.number(&taken).await, 1, "one write at a time");
            return;
        }
        // Both in one statement, without the lock.
        let begun = async || written.database.begin().await.unwrap();
        let (first, second) = (begun().await, begun().await);
        for (transaction, who) in [(&first, &one), (&second, &other)] {
            assert_eq!(transaction.execute_unprepared(&in_one(who)).await.unwrap().rows_affected(), 1);
        }
        first.commit().await.unwrap();
        second.commit().await.unwrap();
        twice("one statement").await;
        // The lock in the statement that counts, and before it.
        for (lock, confirmed) in [(false, 2), (true, 1)] {
            let locked = |who: &str| {
                let in_one = in_one(who);
                if lock { in_one } else { format!("WITH taken AS MATERIALIZED ({LOCK}) {in_one} AND EXISTS (SELECT 1 FROM taken)") }
            };
            let first = begun().await;
            if lock {
                first.execute_unprepared(LOCK).await.unwrap();
            }
            first.execute_unprepared(&locked(&one)).await.unwrap();
            let second = begun().await;
            let statement = locked(&other);
            let waits = tokio::spawn(async move {
                if lock {
                    second.execute_unprepared(LOCK).await.unwrap();
                }
                second.execute_unprepared(&statement).await.unwrap();
                second.commit().await.unwrap();
            });
            let waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
            while written.number(waiting).await == 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            first.commit().await.unwrap();
            waits.await.unwrap();
            assert_eq!(written.number(&taken).await, confirmed, "the lock first: {lock}");
            execute(written, &again).await;
        }
    })
    .await;
}

#[tokio::test]
async fn without_a_lock_before_the_look_a_change_is_lost_and_two_exclusive_linkages_are_active() {
    each_written(async |written| {
        let engine = written.registry.engine;
        let buyers = written.registry.data("{ institutions(first: 2) { nodes { id } } }").await;
        let mut linkages = Vec::new();
        for (number, buyer) in buyers["institutions"]["nodes"].as_array().unwrap().iter().enumerate() {
            let other = json!({ "exclusive": true, "buyer": buyer["id"] });
            let linkage = written.proposed(&number.to_string(), other).await;
            linkages.push(format!("id = {}", literal(engine, key_of(&linkage["id"]))));
        }
        // Both look at the version, and both find it as they expect.
        let version = format!("SELECT CAST(version AS BIGINT) FROM linkage WHERE {}", linkages[0]);
        let seen = [written.number(&version).await, written.number(&version).await];
        for (seen, value) in seen.into_iter().zip([5, 6]) {
            assert_eq!(seen, 1);
            execute(
                written,
                &format!(
                    "UPDATE linkage SET version = {seen} + 1, annual_value = {value} WHERE {}",
                    linkages[0]
                ),
            )
            .await;
        }
        let lost = format!(
            "SELECT count(*) FROM linkage WHERE version = 2 AND annual_value = 6 AND {}",
            linkages[0]
        );
        assert_eq!(written.number(&lost).await, 1, "two changes, one version");
        // Both look for an exclusive linkage, and find none.
        let supplier = format!("(SELECT supplier_id FROM linkage WHERE {})", linkages[0]);
        let active = format!(
            "SELECT count(*) FROM linkage WHERE supplier_id = {supplier} AND exclusive AND status = 'ACTIVE'"
        );
        assert!(!is_broken(written, "EXCLUSIVITY_BROKEN").await);
        let seen = [written.number(&active).await, written.number(&active).await];
        for (linkage, seen) in linkages.iter().zip(seen) {
            assert_eq!(seen, 0);
            execute(
                written,
                &format!("UPDATE linkage SET status = 'ACTIVE', starts_on = '2026-11-01' WHERE {linkage}"),
            )
            .await;
        }
        assert!(is_broken(written, "EXCLUSIVITY_BROKEN").await);
    })
    .await;
}
