//! A node that is killed in a stream of writes: what was acknowledged is there once, and nothing is half there.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_graphql::futures_util::future::join_all;
use entity::vocabulary::Role;
use serde_json::{Value as Json, json};
use simpul::{
    access::{Grant, GrantScope},
    store::{self, Credentials},
};

use super::Node;
use crate::support::database;

/// How often the node is killed on each engine; more by `SIMPUL_TEST_KILLS`.
const KILLS: u32 = 30;

const CLIENTS: usize = 8;

const PROPOSE: &str = "mutation($input: ProposeLinkageInput!) { proposeLinkage(input: $input) {
    linkage { id version } userErrors { message } replayed } }";

/// Sends a proposal; none if no answer came.
async fn propose(client: &reqwest::Client, url: &str, key: &str, input: &Json) -> Option<Json> {
    let body = json!({ "query": PROPOSE, "variables": { "input": input } }).to_string();
    let request = client.post(url).header("content-type", "application/json").bearer_auth(key).body(body);
    let answer: Json = request.send().await.ok()?.json().await.ok()?;
    let payload = answer["data"]["proposeLinkage"].clone();
    assert_eq!(payload["userErrors"], json!([]), "{answer}");
    Some(payload)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_killed_node_loses_nothing_acknowledged_and_leaves_nothing_half_written() {
    let kills = std::env::var("SIMPUL_TEST_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    for engine in database::engines() {
        eprintln!("on {engine:?}");
        let fresh = database::fresh(engine).await;
        let credentials = Credentials::new(fresh.connection.clone());
        let key = credentials.create_key("clerk", None, None).await.unwrap().1.text().to_owned();
        let grant = Grant { role: Role::Ministry, scope: GrantScope::Everything };
        credentials.add_grant("clerk", grant, "test", None).await.unwrap();
        let number =
            async |sql: &str| store::number(&fresh.connection, sql).await.unwrap_or_else(|e| panic!("{e}"));
        let mut acknowledged: BTreeMap<String, String> = BTreeMap::new();
        let mut left: Vec<(String, Json)> = Vec::new();
        let mut replayed = 0;
        for kill in 0..=kills {
            let mut node = Node::start_with(&fresh.url(), &["--rate-limit", "off", "--pages", "off"], &[]);
            let (url, client) = (node.url("/graphql"), node.client.clone());
            // What had no answer is sent again with its key, and gets its payload.
            for (name, input) in left.drain(..) {
                let payload = propose(&client, &url, &key, &input).await.expect("no answer to a retry");
                replayed += u32::from(payload["replayed"] == true);
                acknowledged.insert(name, payload["linkage"]["id"].as_str().unwrap().to_owned());
            }
            if kill == kills {
                break;
            }
            let parties = node
                .ask("{ cooperatives(first: 1) { nodes { id } } institutions(first: 1) { nodes { id } } }")
                .await
                .1;
            let (supplier, buyer) = (
                parties["data"]["cooperatives"]["nodes"][0]["id"].clone(),
                parties["data"]["institutions"]["nodes"][0]["id"].clone(),
            );
            let (told, open) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
            let streams = (0..CLIENTS).map(|of| {
                let (client, url, key) = (client.clone(), url.clone(), key.clone());
                let (told, open) = (Arc::clone(&told), Arc::clone(&open));
                let (supplier, buyer) = (supplier.clone(), buyer.clone());
                async move {
                    for number in 0.. {
                        let name = format!("{kill} {of} {number}");
                        let input = json!({ "idempotencyKey": name, "supplier": supplier, "buyer": buyer,
                                            "kind": "OFFTAKE", "pattern": "GENERAL_TRADE" });
                        let Some(payload) = propose(&client, &url, &key, &input).await else {
                            open.lock().unwrap().push((name, input));
                            return;
                        };
                        let id = payload["linkage"]["id"].as_str().unwrap().to_owned();
                        told.lock().unwrap().push((name, id));
                    }
                }
            });
            let streams = tokio::spawn(join_all(streams.collect::<Vec<_>>()));
            tokio::time::sleep(Duration::from_millis(60 + u64::from(kill * 37 % 240))).await;
            node.signal("KILL");
            node.exit_status();
            streams.await.unwrap();
            acknowledged.extend(told.lock().unwrap().drain(..));
            left.append(&mut open.lock().unwrap());
        }
        assert!(acknowledged.len() > CLIENTS * kills as usize, "{} writes", acknowledged.len());
        let written = i64::try_from(acknowledged.len()).unwrap();
        let ids: std::collections::BTreeSet<&String> = acknowledged.values().collect();
        assert_eq!(ids.len(), acknowledged.len(), "two keys have one record");
        for sql in [
            "SELECT count(*) FROM linkage WHERE source = 'API'",
            "SELECT count(*) FROM claim c JOIN linkage l ON l.id = c.row_key AND l.since_sequence = c.sequence",
            "SELECT count(*) FROM change c JOIN linkage l ON l.id = c.key WHERE c.last AND c.position = 0",
            "SELECT max(sequence) FROM change",
            "SELECT count(DISTINCT sequence) FROM change",
        ] {
            assert_eq!(number(sql).await, written, "{sql}");
        }
        eprintln!("{written} writes, {replayed} of them committed without an answer");
        fresh.discard().await;
    }
}
