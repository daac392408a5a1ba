//! A PostgreSQL that is killed beneath a node in a stream of writes, and started again.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_graphql::futures_util::future::join_all;
use entity::vocabulary::Role;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde_json::{Value as Json, json};
use simpul::{
    access::{Grant, GrantScope},
    store::{self, Credentials, Engine},
};

use super::Node;
use crate::support::{cluster::Cluster, database};

/// How often the server is killed; more by `SIMPUL_TEST_KILLS`.
const KILLS: u32 = 4;

const CLIENTS: usize = 8;

const PROPOSE: &str = "mutation($input: ProposeLinkageInput!) { written: proposeLinkage(input: $input) {
    linkage { id version } userErrors { message } replayed } }";
const AMEND: &str = "mutation($input: AmendLinkageInput!) { written: amendLinkage(input: $input) {
    linkage { id version } userErrors { message } replayed } }";

/// A client, which sends each write again until it has a payload.
#[derive(Clone)]
struct Client {
    http: reqwest::Client,
    url: String,
    key: String,
    /// The codes of errors that it was told.
    codes: Arc<Mutex<BTreeMap<String, u32>>>,
    /// How many payloads were of a write that was committed before.
    replayed: Arc<Mutex<u32>>,
}

impl Client {
    /// Sends a write once; none if there is no payload.
    async fn send(&self, document: &str, input: &Json) -> Option<Json> {
        let body = json!({ "query": document, "variables": { "input": input } }).to_string();
        let request = self.http.post(&self.url).header("content-type", "application/json");
        let answer: Json = request.bearer_auth(&self.key).body(body).send().await.ok()?.json().await.ok()?;
        for error in answer["errors"].as_array().into_iter().flatten() {
            let code = error["extensions"]["code"].as_str().unwrap();
            *self.codes.lock().unwrap().entry(format!("{code} at {}", error["path"])).or_default() += 1;
        }
        let payload = answer["data"]["written"].clone();
        // The record is null where the write was committed, and could not be read after it.
        if payload["linkage"].is_null() && !answer["errors"].is_null() {
            return None;
        }
        assert_eq!(payload["userErrors"], json!([]), "{input}: {answer}");
        *self.replayed.lock().unwrap() += u32::from(payload["replayed"] == true);
        Some(payload)
    }

    async fn until_written(&self, document: &str, input: &Json) -> Json {
        for _ in 0..600 {
            if let Some(payload) = self.send(document, input).await {
                return payload;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no payload of {input}");
    }

    /// A linkage that is proposed and amended; its id.
    async fn write(&self, name: &str, input: &Json) -> String {
        let mut input = input.clone();
        input["idempotencyKey"] = json!(name);
        let linkage = self.until_written(PROPOSE, &input).await["linkage"].clone();
        let amend = json!({ "idempotencyKey": format!("{name} amended"), "id": linkage["id"], "expectedVersion": 1,
                            "annualValue": "1000" });
        let amended = self.until_written(AMEND, &amend).await;
        assert_eq!(amended["linkage"], json!({ "id": linkage["id"], "version": 2 }));
        linkage["id"].as_str().unwrap().to_owned()
    }
}

async fn execute(database: &DatabaseConnection, sql: &str) {
    database.execute_unprepared(sql).await.unwrap();
}

/// Returns once a statement counts something.
async fn seen(database: &DatabaseConnection, sql: &str) {
    for _ in 0..500 {
        if store::number(database, sql).await.unwrap() > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never: {sql}");
}

/// Kills the server while a COMMIT is under way: before the write is durable, and after it is, while it waits for a
/// synchronous standby. The retry gets the payload, of a new write and of the one that was committed.
async fn killed_in_a_commit(cluster: &Cluster, client: &Client, input: &Json) {
    for is_durable in [false, true] {
        let database = store::connect(&cluster.url).await.unwrap();
        let waits = if is_durable {
            execute(&database, "ALTER SYSTEM SET synchronous_standby_names = 'none'").await;
            execute(&database, "SELECT pg_reload_conf()").await;
            seen(&database, "SELECT count(*) FROM pg_settings WHERE name = 'synchronous_standby_names' AND setting = 'none'").await;
            "SyncRep"
        } else {
            let slow = "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(4); RETURN NULL; END';
                        CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON claim DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW EXECUTE FUNCTION slow()";
            execute(&database, slow).await;
            "PgSleep"
        };
        let mut input = input.clone();
        input["idempotencyKey"] = json!(format!("in a commit, durable: {is_durable}"));
        let sent = tokio::spawn({
            let (client, input) = (client.clone(), input.clone());
            async move { client.send(PROPOSE, &input).await }
        });
        let waiting = format!(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = '{waits}' AND query ILIKE 'COMMIT%'"
        );
        seen(&database, &waiting).await;
        if is_durable {
            execute(&database, "ALTER SYSTEM RESET synchronous_standby_names").await;
        }
        database.close().await.unwrap();
        cluster.kill();
        cluster.resume();
        let database = store::connect(&cluster.url).await.unwrap();
        if !is_durable {
            execute(&database, "DROP TRIGGER slow ON claim").await;
        }
        database.close().await.unwrap();
        // The node may have found out by itself.
        let payload = match sent.await.unwrap() {
            Some(payload) => payload,
            None => client.until_written(PROPOSE, &input).await,
        };
        assert_eq!(payload["replayed"], is_durable, "{payload}");
        assert_eq!(payload["linkage"]["version"], 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_killed_postgresql_loses_nothing_acknowledged_and_keeps_nothing_half_written() {
    if !database::engines().contains(&Engine::Postgres) {
        return;
    }
    let kills = std::env::var("SIMPUL_TEST_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let cluster = Cluster::start().await;
    let database = store::connect(&cluster.url).await.unwrap();
    let credentials = Credentials::new(database.clone());
    let key = credentials.create_key("clerk", None, None).await.unwrap().1.text().to_owned();
    let grant = Grant { role: Role::Ministry, scope: GrantScope::Everything };
    credentials.add_grant("clerk", grant, "test", None).await.unwrap();
    database.close().await.unwrap();
    let node = Node::start_with(&cluster.url, &["--rate-limit", "off", "--pages", "off"], &[]);
    let client = Client {
        http: node.client.clone(),
        url: node.url("/graphql"),
        key,
        codes: Arc::default(),
        replayed: Arc::default(),
    };
    let parties = "{ cooperatives(first: 1, where: {status: {eq: OPERATING}}) { nodes { id } } institutions(first: 1) { nodes { id } } }";
    let parties = node.ask(parties).await.1["data"].clone();
    let input = json!({ "kind": "OFFTAKE", "pattern": "GENERAL_TRADE", "supplier": parties["cooperatives"]["nodes"][0]["id"],
                        "buyer": parties["institutions"]["nodes"][0]["id"] });

    let ended = Arc::new(AtomicBool::new(false));
    let streams = (0..CLIENTS).map(|of| {
        let (client, input, ended) = (client.clone(), input.clone(), Arc::clone(&ended));
        async move {
            let mut ids = Vec::new();
            while !ended.load(Ordering::SeqCst) {
                ids.push(client.write(&format!("{of} {}", ids.len()), &input).await);
            }
            ids
        }
    });
    let streams = tokio::spawn(join_all(streams.collect::<Vec<_>>()));
    for kill in 0..kills {
        tokio::time::sleep(Duration::from_millis(1_000 + u64::from(kill * 137 % 500))).await;
        cluster.kill();
        cluster.resume();
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    ended.store(true, Ordering::SeqCst);
    let ids: Vec<String> = streams.await.unwrap().concat();
    let streamed = *client.replayed.lock().unwrap();
    killed_in_a_commit(&cluster, &client, &input).await;

    let amended = i64::try_from(ids.len()).unwrap();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "two keys have one record");
    assert!(ids.len() > CLIENTS * kills as usize / 2, "{} writes", ids.len());
    let database = store::connect(&cluster.url).await.unwrap();
    let of_linkages = "FROM change c JOIN linkage l ON l.id = c.key WHERE c.last AND c.position = 0";
    let in_commits = 2;
    for (sql, expected) in [
        ("SELECT count(*) FROM linkage WHERE source = 'API'".to_owned(), amended + in_commits),
        ("SELECT count(*) FROM linkage WHERE source = 'API' AND version = 2".to_owned(), amended),
        ("SELECT count(*) FROM linkage_history h JOIN linkage l ON l.id = h.id AND l.since_sequence = h.to_sequence WHERE h.version = 1".to_owned(), amended),
        ("SELECT count(*) FROM claim c JOIN change d ON d.sequence = c.sequence AND d.key = c.row_key AND d.version = c.version".to_owned(), 2 * amended + in_commits),
        (format!("SELECT count(*) {of_linkages}"), 2 * amended + in_commits),
        ("SELECT max(sequence) FROM change".to_owned(), 2 * amended + in_commits),
        ("SELECT count(*) FROM change".to_owned(), 2 * amended + in_commits),
    ] {
        assert_eq!(store::number(&database, &sql).await.unwrap(), expected, "{sql}");
    }
    database.close().await.unwrap();
    let codes = client.codes.lock().unwrap().clone();
    eprintln!("{amended} pairs of writes, {streamed} of them committed without an answer; errors: {codes:?}");
    let doctor = Command::new(env!("CARGO_BIN_EXE_simpul"))
        .args(["doctor", "--database-url", &cluster.url])
        .output()
        .unwrap();
    assert!(doctor.status.success(), "{}", String::from_utf8_lossy(&doctor.stdout));
    // The time of a request may be over when its write, which waited for the server, is committed.
    let is_told = |code: &String| code.starts_with("UNAVAILABLE at") || code.starts_with("TIMEOUT at");
    assert!(codes.keys().all(is_told), "{codes:?}");
}
