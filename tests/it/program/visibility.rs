//! The visibility columns of a program and its rows stay correct after every kind of write.

use sea_orm::ConnectionTrait;
use serde_json::json;
use simpul::store::{self, Engine};

use super::rows::{STATUSES, WRONG, batch, key, program, seat, session};
use crate::support::{Registry, each_engine};

/// Programs in each stage, a batch of each, lessons and seats of each batch. Those who write them do not know whether
/// the program is visible, or are wrong.
const PROGRAMS: usize = 10;
const BATCHES: usize = 20;
const SESSIONS: usize = 30;
const SEATS: usize = 60;

/// The written value of the visibility column.
const SAID: [Option<&str>; 3] = [None, Some("TRUE"), Some("FALSE")];

/// Writes, and looks whether everything is true after it.
async fn write(registry: &Registry, sql: &str) {
    let written = registry.database.execute_unprepared(sql).await;
    let rows = written.unwrap_or_else(|error| panic!("{error} in {sql}")).rows_affected();
    assert!(rows > 0, "{sql} writes nothing");
    assert_eq!(store::number(&registry.database, WRONG).await.unwrap(), 0, "after {sql}");
}

/// An insertion that writes over the row with the same key: `column` of it, or all of it.
fn upserts(engine: Engine, insert: &str, column: &str) -> Vec<String> {
    let upsert = format!("{insert} ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column}");
    let replace = insert.replace("INSERT INTO", "INSERT OR REPLACE INTO");
    if engine == Engine::Sqlite { vec![upsert, replace] } else { vec![upsert] }
}

/// Writes of a row beneath a program that do not move it.
fn stays(engine: Engine, table: &str, number: usize, parent: &str) -> [String; 5] {
    let fits = format!("WHERE id = {}", key(engine, number));
    [
        format!("UPDATE {table} SET program_visible = TRUE {fits}"),
        format!("UPDATE {table} SET program_visible = FALSE {fits}"),
        format!("UPDATE {table} SET program_visible = NOT program_visible {fits}"),
        format!("UPDATE {table} SET {parent} = {parent}, program_visible = NOT program_visible {fits}"),
        format!("UPDATE {table} SET version = version + 1 {fits}"),
    ]
}

async fn fill(registry: &Registry) {
    let engine = registry.engine;
    for (at, status) in STATUSES.iter().enumerate() {
        write(registry, &program(engine, PROGRAMS + at, status)).await;
        write(registry, &batch(engine, BATCHES + at, PROGRAMS + at, SAID[at % 3])).await;
        for (nth, said) in SAID.into_iter().enumerate() {
            write(registry, &session(engine, SESSIONS + 3 * at + nth, BATCHES + at, said)).await;
            write(registry, &seat(engine, SEATS + 3 * at + nth, BATCHES + at, said)).await;
        }
    }
}

#[tokio::test]
async fn every_write_of_a_program_updates_the_visibility_of_its_rows() {
    each_engine(async |registry| {
        let engine = registry.engine;
        fill(registry).await;
        let fits = format!("WHERE id = {}", key(engine, PROGRAMS));
        for from in STATUSES {
            for to in STATUSES {
                for status in [from, to] {
                    write(registry, &format!("UPDATE internship_program SET status = '{status}' {fits}"))
                        .await;
                }
            }
        }
        for status in STATUSES {
            for upsert in upserts(engine, &program(engine, PROGRAMS, status), "status") {
                write(registry, &upsert).await;
            }
            for announced in ["TRUE", "FALSE", "NOT announced"] {
                let says = format!("UPDATE internship_program SET announced = {announced}");
                write(registry, &format!("{says} {fits}")).await;
                write(registry, &format!("{says}, status = '{status}' {fits}")).await;
            }
            // Several at once, as an operator would.
            write(registry, &format!("UPDATE internship_program SET status = '{status}'")).await;
        }
        for status in STATUSES {
            write(registry, &program(engine, PROGRAMS + 9, status)).await;
            write(
                registry,
                &format!("DELETE FROM internship_program WHERE id = {}", key(engine, PROGRAMS + 9)),
            )
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn every_write_of_a_programs_rows_sets_their_visibility() {
    each_engine(async |registry| {
        let engine = registry.engine;
        fill(registry).await;
        for at in 0..STATUSES.len() {
            let (to, said) = (key(engine, PROGRAMS + at), SAID[at % 3]);
            let fits = format!("WHERE id = {}", key(engine, BATCHES));
            write(registry, &format!("UPDATE internship_batch SET program_id = {to} {fits}")).await;
            for write_again in stays(engine, "internship_batch", BATCHES, "program_id") {
                write(registry, &write_again).await;
            }
            let elsewhere = batch(engine, BATCHES, PROGRAMS + (at + 3) % STATUSES.len(), said);
            for upsert in upserts(engine, &elsewhere, "program_id") {
                write(registry, &upsert).await;
            }
        }
        for (table, number) in [("training_session", SESSIONS), ("placement", SEATS)] {
            for at in 0..STATUSES.len() {
                let (to, said) = (key(engine, BATCHES + at), SAID[at % 3]);
                let fits = format!("WHERE id = {}", key(engine, number));
                write(registry, &format!("UPDATE {table} SET batch_id = {to} {fits}")).await;
                for write_again in stays(engine, table, number, "batch_id") {
                    write(registry, &write_again).await;
                }
                let elsewhere = BATCHES + (at + 3) % STATUSES.len();
                let insert = if table == "placement" { seat } else { session };
                let insert = insert(engine, number, elsewhere, said);
                for upsert in upserts(engine, &insert, "batch_id") {
                    write(registry, &upsert).await;
                }
                write(registry, &format!("DELETE FROM {table} {fits}")).await;
                write(registry, &insert).await;
            }
        }
        for status in ["REJECTED", "NOMINATED"] {
            write(
                registry,
                &format!("UPDATE placement SET status = '{status}' WHERE certificate_number IS NULL"),
            )
            .await;
        }
        // A batch that goes and comes back under another program.
        let of = format!("batch_id = {}", key(engine, BATCHES));
        write(
            registry,
            &format!("UPDATE training_session SET batch_id = {} WHERE {of}", key(engine, BATCHES + 1)),
        )
        .await;
        write(registry, &format!("DELETE FROM placement WHERE {of}")).await;
        for at in 0..STATUSES.len() {
            write(registry, &format!("DELETE FROM internship_batch WHERE id = {}", key(engine, BATCHES)))
                .await;
            write(registry, &batch(engine, BATCHES, PROGRAMS + at, SAID[at % 3])).await;
        }
    })
    .await;
}

/// An announced program stays visible after it is cancelled, without the writer setting the column.
#[tokio::test]
async fn a_program_that_was_public_is_seen_after_it_is_cancelled() {
    each_engine(async |registry| {
        let engine = registry.engine;
        fill(registry).await;
        let moved =
            format!("UPDATE internship_program SET status = 'OPEN' WHERE id = {}", key(engine, PROGRAMS));
        let list =
            "{ internshipPrograms(where: {code: {startsWith: \"TEST-\"}}, first: 100) { nodes { code status
            batches(first: 9) { totalCount } } } }";
        let codes = async |registry: &Registry| {
            let data = registry.ask(list).await.data();
            let nodes = data["internshipPrograms"]["nodes"].as_array().unwrap().clone();
            assert!(nodes.iter().all(|node| node["batches"]["totalCount"] == 1));
            let mut codes: Vec<String> =
                nodes.iter().map(|node| node["code"].as_str().unwrap().to_owned()).collect();
            codes.sort();
            codes
        };
        let cancel = "UPDATE internship_program SET status = 'CANCELLED' WHERE code LIKE 'TEST-%'";
        write(registry, cancel).await;
        // Neither the draft nor the one that is known as cancelled only.
        assert_eq!(
            json!(codes(registry).await),
            json!(["TEST-11", "TEST-12", "TEST-13", "TEST-14", "TEST-15"])
        );
        write(registry, &moved).await;
        write(registry, cancel).await;
        assert_eq!(codes(registry).await.len(), 6);
        // What is taken back to a draft is as one that never was more.
        write(
            registry,
            &format!("UPDATE internship_program SET status = 'DRAFT' WHERE id = {}", key(engine, PROGRAMS)),
        )
        .await;
        write(registry, cancel).await;
        assert_eq!(codes(registry).await.len(), 5);
    })
    .await;
}
