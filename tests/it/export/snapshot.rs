//! All rows of a file are of one state of the registry.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use simpul::store::Engine;

use super::{export, rows};
use crate::support::each_engine;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_while_the_pages_are_read_is_in_all_rows_or_in_none() {
    each_engine(async |registry| {
        let writer = registry.database.clone();
        let change = |number: u32| format!("UPDATE cooperative SET short_name = 'state {number}'");
        writer.execute_unprepared(&change(0)).await.unwrap();
        let changes = Arc::new(AtomicU32::new(0));
        let done = Arc::clone(&changes);
        let writing = tokio::spawn(async move {
            loop {
                writer.execute_unprepared(&change(done.load(Ordering::Relaxed) + 1)).await.unwrap();
                done.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        let mut exports = 0;
        while exports < 3 || changes.load(Ordering::Relaxed) < 6 {
            exports += 1;
            let query = format!("{{ cooperatives(first: {}) {{ nodes {{ shortName }} }} }}", 3_000 + exports);
            let exported = rows(registry, &query).await;
            let state = exported[0]["shortName"].clone();
            assert!(
                exported.len() > 1_000 && exported.iter().all(|row| row["shortName"] == state),
                "{state}"
            );
        }
        writing.abort();
        let _ = writing.await;
    })
    .await;
}

/// On PostgreSQL the snapshot is lost with its connection; SQLite has no such side.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_that_loses_its_snapshot_begins_again_once() {
    each_engine(async |registry| {
        if registry.engine != Engine::Postgres {
            return;
        }
        // Ends the connection that has read for a while.
        let cut = async || {
            let sql = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() \
                       AND pid <> pg_backend_pid() AND state = 'idle in transaction' \
                       AND clock_timestamp() > xact_start + interval '30 milliseconds'";
            loop {
                let row = registry.database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
                if row.unwrap().unwrap().try_get_by_index::<i64>(0).unwrap() > 0 {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let exported = async |first: usize| {
            let query = format!("{{ regions(first: {first}) {{ nodes {{ code name level parent {{ name }} }} }} }}");
            export(registry, "csv", &query).await
        };
        let (reply, ()) = tokio::join!(exported(30_000), cut());
        assert_eq!((reply.status.as_u16(), reply.text().lines().count()), (200, 30_001));
        let cut_always = async {
            loop {
                cut().await;
            }
        };
        let reply = tokio::select! { reply = exported(30_001) => reply, _ = cut_always => unreachable!() };
        assert_eq!((reply.status.as_u16(), reply.code()), (503, "UNAVAILABLE"), "{:.300}", reply.text());
    })
    .await;
}
