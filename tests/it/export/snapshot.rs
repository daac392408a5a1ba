//! All rows of a file are of one state of the registry.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use sea_orm::ConnectionTrait;

use super::rows;
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
