//! All rows of a file are of one state of the registry.

use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::rows;
use crate::support::each_engine;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_while_the_pages_are_read_is_in_all_rows_or_in_none() {
    each_engine(async |registry| {
        let writer = registry.database.clone();
        let change = |number: u32| format!("UPDATE cooperative SET short_name = 'state {number}'");
        writer.execute_unprepared(&change(0)).await.unwrap();
        let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
        let writing = tokio::spawn(async move {
            let mut number = 0;
            while stopped.try_recv().is_err() {
                number += 1;
                writer.execute_unprepared(&change(number)).await.unwrap();
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            number
        });
        let mut states = Vec::new();
        for first in 3_000..3_004 {
            let query = format!("{{ cooperatives(first: {first}) {{ nodes {{ shortName }} }} }}");
            let exported = rows(registry, &query).await;
            let state = exported[0]["shortName"].clone();
            assert!(
                exported.len() > 1_000 && exported.iter().all(|row| row["shortName"] == state),
                "{state}"
            );
            states.push(state);
        }
        stop.send(()).unwrap();
        let changes = writing.await.unwrap();
        assert!(
            changes > 4,
            "{changes} changes in {:?}",
            states.iter().map(Value::to_string).collect::<Vec<_>>()
        );
    })
    .await;
}
