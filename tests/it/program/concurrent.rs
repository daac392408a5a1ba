//! Concurrent writes on PostgreSQL: one transaction adds or moves rows of a program, another changes the program's
//! visibility. One of them waits for the other, in either order.

use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, TransactionTrait};
use simpul::store::{self, Engine};

use super::rows::{WRONG, batch, key, program, seat, session};
use crate::support::database::{self, Fresh};

const ENGINE: Engine = Engine::Postgres;

/// The program that is changed, another one, and a draft.
const CHANGED: usize = 1;
const OTHER: usize = 2;
const DRAFT: usize = 3;

/// A batch of the program that is changed, and one of the other; a lesson and a seat of each, and free numbers.
const BATCHES: [usize; 2] = [11, 12];
const SESSIONS: [usize; 2] = [21, 22];
const SEATS: [usize; 2] = [31, 32];
const NEW: usize = 40;

/// The first transaction: adds or moves a row; the first three by the program, the others by its batch.
fn additions() -> [String; 9] {
    let moved = |table: &str, number: usize, to: &str, parent: usize| {
        format!("UPDATE {table} SET {to} = {} WHERE id = {}", key(ENGINE, parent), key(ENGINE, number))
    };
    [
        batch(ENGINE, NEW, CHANGED, None),
        moved("internship_batch", BATCHES[1], "program_id", CHANGED),
        moved("internship_batch", BATCHES[0], "program_id", OTHER),
        session(ENGINE, NEW, BATCHES[0], None),
        seat(ENGINE, NEW, BATCHES[0], None),
        moved("training_session", SESSIONS[1], "batch_id", BATCHES[0]),
        moved("placement", SEATS[1], "batch_id", BATCHES[0]),
        moved("training_session", SESSIONS[0], "batch_id", BATCHES[1]),
        moved("placement", SEATS[0], "batch_id", BATCHES[1]),
    ]
}

/// The second transaction: changes the status of the program, or the program of the batch.
fn changes() -> [(&'static str, String, bool); 4] {
    let of = |set: &str| format!("UPDATE internship_program SET {set} WHERE id = {}", key(ENGINE, CHANGED));
    let moved = format!(
        "UPDATE internship_batch SET program_id = {} WHERE id = {}",
        key(ENGINE, DRAFT),
        key(ENGINE, BATCHES[0])
    );
    [
        ("RUNNING", of("status = 'DRAFT'"), true),
        ("RUNNING", of("status = 'CANCELLED', announced = FALSE"), true),
        ("DRAFT", of("status = 'PUBLISHED'"), true),
        ("RUNNING", moved, false),
    ]
}

/// A registry, and three connections to it.
struct Meeting {
    fresh: Fresh,
    one: DatabaseConnection,
    other: DatabaseConnection,
}

async fn connected(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let connection = Box::pin(Database::connect(options)).await.unwrap();
    // Who would wait forever fails instead.
    connection.execute_unprepared("SET lock_timeout = '20s'").await.unwrap();
    connection
}

impl Meeting {
    async fn arranged() -> Self {
        let fresh = database::fresh(ENGINE).await;
        let (one, other) = (connected(&fresh.url()).await, connected(&fresh.url()).await);
        let meeting = Self { fresh, one, other };
        for (number, status) in [(CHANGED, "RUNNING"), (OTHER, "RUNNING"), (DRAFT, "DRAFT")] {
            meeting.run(&program(ENGINE, number, status)).await;
        }
        for (at, of) in [CHANGED, OTHER].into_iter().enumerate() {
            meeting.run(&batch(ENGINE, BATCHES[at], of, None)).await;
            meeting.run(&session(ENGINE, SESSIONS[at], BATCHES[at], None)).await;
            meeting.run(&seat(ENGINE, SEATS[at], BATCHES[at], None)).await;
        }
        meeting
    }

    async fn run(&self, sql: &str) {
        let run = self.fresh.connection.execute_unprepared(sql).await;
        run.unwrap_or_else(|error| panic!("{error} in {sql}"));
    }

    async fn wrong(&self) -> i64 {
        store::number(&self.fresh.connection, WRONG).await.unwrap()
    }

    /// Puts everything back to where it was, with the program in this stage.
    async fn again(&self, status: &str) {
        let mut back = vec![];
        for table in ["placement", "training_session", "internship_batch"] {
            back.push(format!("DELETE FROM {table} WHERE id = {}", key(ENGINE, NEW)));
        }
        for at in [0, 1] {
            let (batch, program) = (key(ENGINE, BATCHES[at]), key(ENGINE, [CHANGED, OTHER][at]));
            back.push(format!("UPDATE internship_batch SET program_id = {program} WHERE id = {batch}"));
            for (table, number) in [("training_session", SESSIONS[at]), ("placement", SEATS[at])] {
                back.push(format!(
                    "UPDATE {table} SET batch_id = {batch} WHERE id = {}",
                    key(ENGINE, number)
                ));
            }
        }
        back.push(format!(
            "UPDATE internship_program SET status = '{status}' WHERE id = {}",
            key(ENGINE, CHANGED)
        ));
        for sql in back {
            self.run(&sql).await;
        }
        assert_eq!(self.wrong().await, 0);
    }

    /// One writes and does not commit; the other writes too, and is let go on once it waits. Whether it waited.
    async fn meet(&self, first: &str, second: &str) -> bool {
        let pid = store::number(&self.other, "SELECT CAST(pg_backend_pid() AS BIGINT)").await.unwrap();
        let waiting = format!(
            "SELECT count(*) FROM pg_stat_activity WHERE pid = {pid} AND state = 'active' AND wait_event_type = 'Lock'"
        );
        let transaction = self.one.begin().await.unwrap();
        transaction.execute_unprepared(first).await.unwrap_or_else(|error| panic!("{error} in {first}"));
        let (other, sql) = (self.other.clone(), second.to_owned());
        let second_one = tokio::spawn(async move { other.execute_unprepared(&sql).await });
        let mut waited = false;
        for _ in 0..1_000 {
            waited = store::number(&self.fresh.connection, &waiting).await.unwrap() > 0;
            if waited || second_one.is_finished() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        transaction.commit().await.unwrap();
        second_one.await.unwrap().unwrap_or_else(|error| panic!("{error} in {second} after {first}"));
        waited
    }

    async fn discard(self) {
        self.one.close().await.unwrap();
        self.other.close().await.unwrap();
        self.fresh.discard().await;
    }
}

fn on_postgres() -> bool {
    database::engines().contains(&ENGINE)
}

#[tokio::test]
async fn adding_to_a_program_and_hiding_it_wait_for_each_other() {
    if !on_postgres() {
        return;
    }
    let meeting = Meeting::arranged().await;
    for (before, change, of_program) in changes() {
        for (at, addition) in additions().into_iter().enumerate() {
            // A batch that joins the program has nothing to do with another one that leaves it.
            if !of_program && at < 2 {
                continue;
            }
            for (first, second) in [(&addition, &change), (&change, &addition)] {
                meeting.again(before).await;
                let waited = meeting.meet(first, second).await;
                assert_eq!(meeting.wrong().await, 0, "{first}\nthen\n{second}");
                assert!(waited, "{first}\nand\n{second}\ndo not wait for each other");
            }
        }
    }
    meeting.discard().await;
}

/// Two transactions that add placements to one batch and then count them.
#[tokio::test]
async fn concurrent_inserts_and_counts_never_deadlock() {
    if !on_postgres() {
        return;
    }
    let meeting = Meeting::arranged().await;
    let count = |table: &str, number: usize| {
        let id = key(ENGINE, number);
        format!("UPDATE {table} SET participant_count = participant_count + 1 WHERE id = {id}")
    };
    let one = meeting.one.begin().await.unwrap();
    let other = meeting.other.begin().await.unwrap();
    one.execute_unprepared(&seat(ENGINE, NEW, BATCHES[0], None)).await.unwrap();
    other.execute_unprepared(&seat(ENGINE, NEW + 1, BATCHES[0], None)).await.unwrap();
    for (table, number) in [("internship_batch", BATCHES[0]), ("internship_program", CHANGED)] {
        one.execute_unprepared(&count(table, number)).await.unwrap();
    }
    one.commit().await.unwrap();
    for (table, number) in [("internship_batch", BATCHES[0]), ("internship_program", CHANGED)] {
        other.execute_unprepared(&count(table, number)).await.unwrap();
    }
    other.commit().await.unwrap();
    assert_eq!(meeting.wrong().await, 0);
    meeting.discard().await;
}

/// A transaction that hides a program locks none of its batches while it waits for a load.
#[tokio::test]
async fn a_load_continues_while_another_transaction_waits_to_hide_a_program() {
    if !on_postgres() {
        return;
    }
    let meeting = Meeting::arranged().await;
    let to_other = format!(
        "UPDATE internship_batch SET program_id = {} WHERE id = {}",
        key(ENGINE, CHANGED),
        key(ENGINE, BATCHES[1])
    );
    meeting.run(&to_other).await;
    for (first, second) in [(0, 1), (1, 0)] {
        let load = meeting.one.begin().await.unwrap();
        load.execute_unprepared(&seat(ENGINE, NEW + first, BATCHES[first], None)).await.unwrap();
        let hide =
            format!("UPDATE internship_program SET status = 'DRAFT' WHERE id = {}", key(ENGINE, CHANGED));
        let (other, sql) = (meeting.other.clone(), hide.clone());
        let hidden = tokio::spawn(async move { other.execute_unprepared(&sql).await });
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
            AND state = 'active' AND wait_event_type = 'Lock'";
        while store::number(&meeting.fresh.connection, waiting).await.unwrap() == 0 {
            assert!(!hidden.is_finished());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        load.execute_unprepared(&seat(ENGINE, NEW + second, BATCHES[second], None)).await.unwrap();
        load.commit().await.unwrap();
        hidden.await.unwrap().unwrap();
        assert_eq!(meeting.wrong().await, 0);
        meeting
            .run(&format!(
                "DELETE FROM placement WHERE id IN ({}, {})",
                key(ENGINE, NEW),
                key(ENGINE, NEW + 1)
            ))
            .await;
        meeting.again("RUNNING").await;
        meeting.run(&to_other).await;
    }
    meeting.discard().await;
}

/// A transaction with a fixed snapshot cannot see concurrent changes, so it is refused.
#[tokio::test]
async fn a_transaction_with_a_fixed_snapshot_leaves_nothing_visible_that_is_hidden() {
    if !on_postgres() {
        return;
    }
    let meeting = Meeting::arranged().await;
    for level in ["REPEATABLE READ", "SERIALIZABLE"] {
        let begin = format!("SET TRANSACTION ISOLATION LEVEL {level}");
        for (before, change, of_program) in changes() {
            for (at, addition) in additions().into_iter().enumerate() {
                if !of_program && at < 2 {
                    continue;
                }
                meeting.again(before).await;
                let late = meeting.one.begin().await.unwrap();
                late.execute_unprepared(&begin).await.unwrap();
                late.execute_unprepared("SELECT count(*) FROM placement").await.unwrap();
                meeting.run(&change).await;
                let added = late.execute_unprepared(&addition).await;
                assert!(added.is_err(), "{level}: {addition}\ndoes not notice\n{change}");
                late.rollback().await.unwrap();
                assert_eq!(meeting.wrong().await, 0, "{level}: {addition}\nafter\n{change}");
            }
            meeting.again(before).await;
            let late = meeting.one.begin().await.unwrap();
            late.execute_unprepared(&begin).await.unwrap();
            late.execute_unprepared("SELECT count(*) FROM placement").await.unwrap();
            let refused = late.execute_unprepared(&change).await.unwrap_err().to_string();
            assert!(refused.contains("READ COMMITTED"), "{level}: {change}: {refused}");
            late.rollback().await.unwrap();
        }
    }
    meeting.discard().await;
}
