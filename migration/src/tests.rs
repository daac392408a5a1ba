//! Tests that earlier releases read a database as declared, and that additive migrations remove nothing.

use sea_orm_migration::sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};
use sea_orm_migration::{MigratorTraitSelf, SchemaManager};

use crate::change::{Change, Effect};
use crate::{Error, HISTORY, History, Pending, m20261128_000017_compatibility as compatibility};

async fn empty() -> DatabaseConnection {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1);
    Box::pin(Database::connect(options)).await.unwrap()
}

async fn pending(history: &History, database: &DatabaseConnection) -> Pending {
    history.pending(&SchemaManager::new(database)).await.unwrap()
}

const fn change(name: &'static str, effect: Effect, ddl: &'static str) -> Change {
    Change { name, effect, tables: &[], indexes: &[], ddl }
}

const NOTE: Change =
    change("m20270101_000001_note", Effect::Additive, "CREATE TABLE note (id {int}){strict}");
const LABEL: Change = change("m20270102_000001_label", Effect::Additive, "ALTER TABLE note ADD label {text}");
const RENAMED: Change =
    change("m20270103_000001_renamed", Effect::Breaking, "ALTER TABLE note RENAME TO remark");

/// Four releases, each with one migration more than the previous one.
const RELEASES: [History; 4] = [
    History(|| vec![Box::new(compatibility::CHANGE)]),
    History(|| vec![Box::new(compatibility::CHANGE), Box::new(NOTE)]),
    History(|| vec![Box::new(compatibility::CHANGE), Box::new(NOTE), Box::new(LABEL)]),
    History(|| vec![Box::new(compatibility::CHANGE), Box::new(NOTE), Box::new(LABEL), Box::new(RENAMED)]),
];

/// For each release, the number of the oldest release that may read its database.
const OLDEST: [usize; 4] = [0, 0, 0, 3];

#[tokio::test]
async fn a_program_reads_a_later_database_unless_a_migration_is_breaking() {
    for (left, oldest) in OLDEST.into_iter().enumerate() {
        let database = empty().await;
        RELEASES[left].bring(&database).await.unwrap();
        for (number, release) in RELEASES.iter().enumerate() {
            let found = pending(release, &database).await;
            assert_eq!(found.count, number.saturating_sub(left), "{number} on {left}");
            assert_eq!(found.newer.is_some(), number < oldest, "{number} on {left}");
            let ignored = if number < oldest { 0 } else { left.saturating_sub(number) };
            assert_eq!(found.additive.len(), ignored, "{number} on {left}");
        }
    }
}

#[tokio::test]
async fn migrating_by_an_earlier_program_changes_nothing() {
    let database = empty().await;
    RELEASES[2].bring(&database).await.unwrap();
    RELEASES[0].bring(&database).await.unwrap();
    assert_eq!(pending(&RELEASES[2], &database).await, Pending::default());
    RELEASES[3].bring(&database).await.unwrap();
    let refused = RELEASES[1].bring(&database).await;
    assert!(matches!(refused, Err(Error::Newer { migration }) if migration == RENAMED.name));
    assert_eq!(pending(&RELEASES[3], &database).await, Pending::default());
}

#[tokio::test]
async fn a_program_does_not_migrate_a_database_with_unknown_migrations() {
    let database = empty().await;
    RELEASES[1].bring(&database).await.unwrap();
    let branch = History(|| {
        let own = change("m20270101_000002_own", Effect::Additive, "CREATE TABLE own (id {int}){strict}");
        vec![Box::new(compatibility::CHANGE), Box::new(own)]
    });
    let refused = branch.bring(&database).await;
    assert!(matches!(refused, Err(Error::Newer { migration }) if migration == NOTE.name));
}

#[tokio::test]
async fn a_database_without_a_compatibility_row_allows_no_earlier_program() {
    for lost in ["DELETE FROM compatibility", "DROP TABLE compatibility"] {
        let database = empty().await;
        RELEASES[1].bring(&database).await.unwrap();
        database.execute_unprepared(lost).await.unwrap();
        assert_eq!(pending(&RELEASES[0], &database).await.newer.as_deref(), Some(NOTE.name), "{lost}");
    }
}

#[tokio::test]
async fn a_breaking_migration_that_fails_excludes_no_program() {
    let database = empty().await;
    RELEASES[2].bring(&database).await.unwrap();
    database.execute_unprepared("CREATE TABLE remark (id INTEGER)").await.unwrap();
    assert!(matches!(RELEASES[3].bring(&database).await, Err(Error::Database(_))));
    assert_eq!(pending(&RELEASES[0], &database).await.newer, None);
}

/// Every column of every table and view, with its type.
async fn columns(database: &DatabaseConnection) -> Vec<(String, String, String)> {
    let all =
        "SELECT held.name, col.name, col.type FROM sqlite_schema AS held, pragma_table_info(held.name) AS col
               WHERE held.type IN ('table', 'view')";
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Sqlite, all)).await.unwrap();
    let text = |row: &sea_orm_migration::sea_orm::QueryResult, at| row.try_get_by_index(at).unwrap();
    rows.iter().map(|row| (text(row, 0), text(row, 1), text(row, 2))).collect()
}

/// Additive migrations keep every column and its type. The other rules of the declaration cannot be tested.
#[tokio::test]
async fn no_additive_migration_removes_a_column() {
    let database = empty().await;
    let mut before = Vec::new();
    for step in (HISTORY.0)() {
        HISTORY.up(&database, Some(1)).await.unwrap();
        let after = columns(&database).await;
        let lost: Vec<_> = before.iter().filter(|column| !after.contains(column)).collect();
        assert!(step.effect() == Effect::Breaking || lost.is_empty(), "{}: {lost:?}", step.name());
        before = after;
    }
    assert!(before.len() > 200);
}
