//! Migrations are reverted and applied again: the tables and what is in them are as before.

mod locks;

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use simpul::store;

use crate::support::database;

/// The definitions of columns, indexes, views and triggers, in text, sorted.
async fn definitions(one: &DatabaseConnection) -> Vec<String> {
    let queries: &[&str] = match one.get_database_backend() {
        DbBackend::Sqlite => &[
            "SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" FROM sqlite_schema t, \
             pragma_table_info(t.name) c WHERE t.type IN ('table', 'view')",
            "SELECT name || ': ' || coalesce(sql, '') FROM sqlite_schema WHERE type IN ('index', 'view', 'trigger')",
        ],
        _ => &[
            "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable \
             FROM information_schema.columns WHERE table_schema = current_schema()",
            "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()",
            "SELECT viewname || ': ' || definition FROM pg_views WHERE schemaname = current_schema()",
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0",
        ],
    };
    let mut found = Vec::new();
    for query in queries {
        found.extend(texts(one, query).await);
    }
    found.sort();
    found
}

async fn texts(one: &DatabaseConnection, query: &str) -> Vec<String> {
    let statement = Statement::from_string(one.get_database_backend(), query);
    let rows = one.query_all_raw(statement).await.unwrap_or_else(|error| panic!("{error} in {query}"));
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

fn differences<'a>(left: &'a [String], right: &'a [String]) -> Vec<&'a String> {
    let [left, right] = [left, right].map(|texts| texts.iter().collect::<BTreeSet<_>>());
    left.symmetric_difference(&right).copied().collect()
}

#[tokio::test]
async fn each_migration_can_be_reverted_and_applied_again() {
    for engine in database::engines() {
        let (url, _folder) = database::empty(engine).await;
        let one = &store::connect_aside(&url, database::TIME).await.unwrap();
        migration::up(one).await.unwrap();
        let whole = definitions(one).await;
        assert!(whole.len() > 400, "{}", whole.len());
        let names = migration::names();
        let mut before = whole.clone();
        for (back, name) in names.iter().rev().enumerate() {
            migration::down(one, u32::try_from(back + 1).unwrap()).await.unwrap();
            let without = definitions(one).await;
            assert!(!differences(&before, &without).is_empty(), "reverting {name} changed nothing");
            migration::up(one).await.unwrap();
            let again = definitions(one).await;
            assert!(again == whole, "{name} on {engine:?}: {:#?}", differences(&whole, &again));
            before = without;
        }
        one.close_by_ref().await.unwrap();
    }
}

/// What the last migrations add to existing rows equals what a new registry is written with.
#[tokio::test]
async fn rows_are_the_same_after_migrations_were_reverted_and_applied_again() {
    const LAST: u32 = 6;
    const ROWS: [&str; 4] = [
        "SELECT slug || coalesce(location_precision, '') || coalesce(CAST(sphere_x_e9 AS text), '') FROM cooperative ORDER BY 1",
        "SELECT code || coalesce(location_precision, '') || coalesce(CAST(sphere_z_e9 AS text), '') FROM region ORDER BY 1",
        "SELECT noun || name || coalesce(region_code, '') || CAST(size AS text) || coalesce(kind, '') || \
         coalesce(community_base, '') || coalesce(program, '') FROM search_entry ORDER BY 1",
        "SELECT noun || name || CAST(size AS text) FROM search_region_entry ORDER BY 1",
    ];
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let one = &store::connect_aside(&fresh.url(), database::TIME).await.unwrap();
        let mut whole = Vec::new();
        for query in ROWS {
            whole.push(texts(one, query).await);
        }
        migration::down(one, LAST).await.unwrap();
        migration::up(one).await.unwrap();
        for (query, before) in ROWS.iter().zip(&whole) {
            assert!(before.len() > 100, "{} of {query}", before.len());
            let now = texts(one, query).await;
            let different = differences(before, &now);
            assert!(now == *before, "{engine:?}, {query}: {:#?}", &different[..different.len().min(6)]);
        }
        one.close_by_ref().await.unwrap();
        fresh.discard().await;
    }
}
