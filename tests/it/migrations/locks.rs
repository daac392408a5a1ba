//! What `simpul migrate` says of locks is what migrations lock: each is applied to a registry with rows on PostgreSQL.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    process::Command,
};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};
use simpul::store::{self, Engine};

use crate::support::database;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/migration/src/locks.txt");

/// Modes that conflict with what a node or a loader does, the strongest first.
const MODES: [&str; 6] = [
    "AccessExclusiveLock",
    "ExclusiveLock",
    "ShareRowExclusiveLock",
    "ShareLock",
    "ShareUpdateExclusiveLock",
    "RowExclusiveLock",
];

/// The mode of each statement that changes rows, even if it finds none.
const CHANGING: usize = 5;

/// The tables and views, by their ids.
type Relations = BTreeMap<i64, Relation>;

struct Relation {
    name: String,
    /// Another one after the table was written anew.
    file: i64,
    scans: i64,
    /// The positions of its modes in [`MODES`].
    held: BTreeSet<usize>,
}

async fn relations(transaction: &DatabaseTransaction) -> Relations {
    let list = "SELECT c.oid::bigint, c.relname::text, relfilenode::bigint, coalesce(seq_scan, 0) \
                FROM pg_class c LEFT JOIN pg_stat_xact_user_tables s ON s.relid = c.oid \
                WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v')";
    let mut relations: Relations = query(transaction, list)
        .await
        .iter()
        .map(|row| {
            let number = |at| row.try_get_by_index(at).unwrap();
            let (name, file) = (row.try_get_by_index(1).unwrap(), number(2));
            (number(0), Relation { name, file, scans: number(3), held: BTreeSet::new() })
        })
        .collect();
    let held = "SELECT relation::bigint, mode FROM pg_locks WHERE pid = pg_backend_pid() AND granted \
                AND locktype = 'relation'";
    for row in query(transaction, held).await {
        let (relation, mode): (i64, String) =
            (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        let Some(mode) = MODES.iter().position(|known| *known == mode) else { continue };
        // A dropped one has a lock, but no name any more.
        let gone = Relation { name: String::new(), file: 0, scans: 0, held: BTreeSet::new() };
        relations.entry(relation).or_insert(gone).held.insert(mode);
    }
    relations
}

async fn query(transaction: &DatabaseTransaction, sql: &str) -> Vec<sea_orm::QueryResult> {
    transaction.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap()
}

/// The mode as PostgreSQL's documentation writes it: `ACCESS EXCLUSIVE`.
fn written(mode: &str) -> String {
    let mut words = String::new();
    for letter in mode.trim_end_matches("Lock").chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_uppercase());
    }
    words
}

/// What a migration locks of what was there before it.
fn locked(migration: &str, [before, after]: &[Relations; 2]) -> Vec<String> {
    let mut lines = Vec::new();
    for (id, Relation { name, file, scans, held }) in before {
        let Some(now) = after.get(id) else { panic!("{name} went without a lock") };
        let Some(strongest) = now.held.first().filter(|_| name != "seaql_migrations") else { continue };
        assert!(held.is_empty(), "{name} was locked before");
        let is_there = !now.name.is_empty();
        let work = [
            (!is_there, "is dropped or made again"),
            (is_there && now.file != *file, "all rows are written anew"),
            (is_there && now.scans > *scans, "all rows are read"),
            (now.held.contains(&CHANGING), "rows may be changed"),
        ];
        let work: Vec<&str> = work.iter().filter_map(|(is_done, what)| is_done.then_some(*what)).collect();
        lines.push(format!("{migration} | {name} | {} | {}", written(MODES[*strongest]), work.join(", ")));
    }
    lines.sort();
    lines
}

#[tokio::test]
async fn the_recorded_locks_are_those_that_migrations_take() {
    if !database::engines().contains(&Engine::Postgres) {
        return;
    }
    let fresh = database::fresh(Engine::Postgres).await;
    let one = &store::connect_aside(&fresh.url(), database::TIME).await.unwrap();
    // So that a scan is one that no index spares, however few the rows are.
    one.execute_unprepared("SET enable_seqscan = off").await.unwrap();
    let mut found = Vec::new();
    for name in migration::names().iter().rev() {
        migration::down(one, 1).await.unwrap();
        let looks = migration::rehearse(one, relations).await.unwrap();
        found.push(locked(name, &looks));
    }
    let found = found.iter().rev().flatten().fold(String::new(), |mut text, line| {
        writeln!(text, "{}", line.trim_end()).unwrap();
        text
    });
    if std::env::var("INSTA_UPDATE").as_deref() == Ok("always") {
        fs::write(FILE, &found).unwrap();
    }
    assert_eq!(
        fs::read_to_string(FILE).unwrap(),
        found,
        "write this into {FILE}, or run this with INSTA_UPDATE=always"
    );
    assert!(found.lines().count() > 20);
    one.close_by_ref().await.unwrap();
    fresh.discard().await;
}

#[tokio::test]
async fn what_is_missing_is_said_before_it_is_applied() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let (one, url) = (&fresh.connection, fresh.url());
        let names = migration::names();
        let first = names.iter().position(|name| name == "m20261130_000070_search_speed").unwrap();
        let (last, back) = (&names[first], names.len() - first);
        migration::down(one, u32::try_from(back).unwrap()).await.unwrap();
        let migrate = |more: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_simpul"));
            let output = command.args(["migrate", "--database-url", &url]).args(more).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            String::from_utf8(output.stdout).unwrap()
        };
        let locks =
            "  locks cooperative_commodity: SHARE (others read, and do not write); all rows are read\n";
        let is_said = |said: &str| {
            let at = said.find(&format!("{last}\n"));
            at.is_some() && at < said.find(locks)
        };
        let said = migrate(&["--dry-run"]);
        assert!(
            said.contains(last.as_str()) && said.ends_with(&format!(": {back} migrations are missing\n")),
            "{said}"
        );
        assert_eq!(is_said(&said), engine == Engine::Postgres, "{said}");
        assert_eq!(migration::pending(one).await.unwrap().count, back);
        let said = migrate(&[]);
        assert!(said.ends_with(&format!(": {back} migrations applied\n")), "{said}");
        assert_eq!(is_said(&said), engine == Engine::Postgres, "{said}");
        assert_eq!(migration::pending(one).await.unwrap().count, 0);
        fresh.discard().await;
    }
}
