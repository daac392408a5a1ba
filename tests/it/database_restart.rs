//! Connections that a database restart broke are replaced, without an error for any request.

use futures_util::future::join_all;
use sea_orm::ConnectionTrait;
use simpul::store::Engine;

use crate::support::each_engine;

/// The server's side of every connection is cut, as a restart cuts it; SQLite has no such side.
#[tokio::test]
async fn broken_idle_connections_are_replaced_without_an_error() {
    each_engine(async |registry| {
        let document = "{ institutions(first: 1) { totalCount } }";
        join_all((0..12).map(|_| registry.data(document))).await;
        if registry.engine == Engine::Postgres {
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";
            registry.database.execute_unprepared(cut).await.unwrap();
        }
        for data in join_all((0..12).map(|_| registry.data(document))).await {
            assert!(data["institutions"]["totalCount"].as_u64() > Some(500));
        }
    })
    .await;
}
