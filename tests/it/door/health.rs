//! The routes `/livez`, `/readyz` and `/metrics`.

use std::time::Duration;

use axum::http::StatusCode;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::support::each_engine;

#[tokio::test]
async fn a_node_is_ready_while_its_database_holds_the_tables_that_it_knows() {
    each_engine(async |registry| {
        assert_eq!(registry.get("/livez", &[]).await.json(), json!({ "status": "ok" }));
        let ready = registry.get("/readyz", &[]).await;
        assert_eq!((ready.status, ready.header("cache-control")), (StatusCode::OK, "no-store"));
        let newest =
            "DELETE FROM seaql_migrations WHERE version = (SELECT max(version) FROM seaql_migrations)";
        registry.database.execute_unprepared(newest).await.unwrap();
        let lacking = registry.get("/readyz", &[]).await;
        assert_eq!(lacking.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(
            (lacking.json()["status"].clone(), lacking.json()["migrations"]["lacking"].clone()),
            (json!("migrations"), json!(1))
        );
        registry.database.close_by_ref().await.unwrap();
        let gone = registry.get("/readyz", &[]).await;
        assert_eq!(
            (gone.status, gone.json()),
            (StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "database" }))
        );
        assert_eq!(registry.get("/livez", &[]).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn a_node_stays_ready_while_later_releases_only_add_to_its_database() {
    each_engine(async |registry| {
        let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 1)";
        registry.database.execute_unprepared(later).await.unwrap();
        assert_eq!(registry.get("/readyz", &[]).await.status, StatusCode::OK);
        let breaking = "UPDATE compatibility SET oldest_reader = 'm9999_later'";
        registry.database.execute_unprepared(breaking).await.unwrap();
        let unready = registry.get("/readyz", &[]).await;
        let migrations = json!({ "lacking": 0, "newer": "m9999_later" });
        assert_eq!(
            (unready.status, unready.json()),
            (StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "migrations", "migrations": migrations }))
        );
        // A later release that adds to what a breaking one left is as unreadable.
        let more = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_more', 1)";
        registry.database.execute_unprepared(more).await.unwrap();
        assert_eq!(registry.get("/readyz", &[]).await.json(), unready.json());
    })
    .await;
}

#[tokio::test]
async fn a_node_that_shuts_down_refuses_new_requests() {
    each_engine(async |registry| {
        registry.node().drain().await;
        let ready = registry.get("/readyz", &[]).await;
        assert_eq!(
            (ready.status, ready.json()),
            (StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "draining" }))
        );
        let refused = registry.get("/graphql?query=%7B__typename%7D", &[]).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE"));
        assert_eq!(refused.header("retry-after"), "1");
        assert_eq!(registry.get("/livez", &[]).await.status, StatusCode::OK);
    })
    .await;
}

/// The value of one line of the metrics.
fn value(text: &str, line: &str) -> usize {
    let found = text.lines().find_map(|known| known.strip_prefix(line)?.strip_prefix(' '));
    found.unwrap_or_else(|| panic!("no {line} in\n{text}")).parse().unwrap()
}

#[tokio::test]
async fn operations_statements_errors_and_costs_are_counted() {
    each_engine(async |registry| {
        let query =
            "query Names { cooperatives(first: 3) { nodes { name linkages(first: 2) { nodes { id } } } } }";
        let statements = registry.ask(query).await.statements;
        registry.ask(query).await;
        registry.ask("{ nothing }").await;
        let metrics = registry.get("/metrics", &[]).await;
        assert!(metrics.header("content-type").starts_with("application/openmetrics-text"));
        let text = metrics.text();
        let count = "simpul_operation_duration_seconds_count";
        assert_eq!(value(&text, &format!("{count}{{operation=\"Names\"}}")), 2);
        assert_eq!(value(&text, &format!("{count}{{operation=\"anonymous\"}}")), 1);
        assert_eq!(value(&text, "simpul_errors_total{code=\"GRAPHQL_VALIDATION_FAILED\"}"), 1);
        assert_eq!(value(&text, "simpul_sql_statement_duration_seconds_count"), 2 * statements);
        assert!(value(&text, "simpul_operation_cost_points_count{kind=\"requested\"}") >= 2);
        assert!(value(&text, "simpul_loader_batch_questions_count") >= 2);
        assert_eq!(value(&text, "simpul_operations_running"), 0);
        assert!(text.ends_with("# EOF\n"));
        // A connection is given back in the background.
        let idle = "simpul_database_connections{kind=\"idle\"}";
        tokio::time::timeout(Duration::from_secs(10), async {
            while value(&registry.get("/metrics", &[]).await.text(), idle) == 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        })
        .await
        .unwrap();
    })
    .await;
}

#[tokio::test]
async fn operation_names_cannot_make_the_metrics_grow() {
    each_engine(async |registry| {
        for number in 0..150 {
            registry.ask(&format!("query Name{number} {{ __typename }}")).await;
        }
        let text = registry.get("/metrics", &[]).await.text();
        let names =
            text.lines().filter(|line| line.starts_with("simpul_operation_duration_seconds_count")).count();
        assert_eq!(names, 101, "a hundred names, and the others");
        assert_eq!(value(&text, "simpul_operation_duration_seconds_count{operation=\"other\"}"), 50);
    })
    .await;
}
