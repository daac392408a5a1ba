//! Requests that wait for an execution slot take no more memory than their bytes.

use std::{io::Write, time::Duration};

use reqwest::StatusCode;
use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio::task::JoinSet;

use super::{
    Node,
    fair_sharing::{ENDLESS, REPORTS, metric},
    raw_client::{long_text, socket},
};
use crate::support::database;

const MEBI: u64 = 1 << 20;

const FLAGS: [&str; 10] = [
    "--rate-limit",
    "off",
    "--statement-timeout-ms",
    "3000000",
    "--wait-timeout-ms",
    "300000",
    "--running",
    "1",
    "--waiting",
    "24",
];

/// Parameters of half a megabyte, in a quarter of a million values.
fn many_values() -> String {
    format!("{{\"query\":\"{{__typename}}\",\"variables\":{{\"a\":[0{}]}}}}", ",0".repeat(250_000))
}

/// Asks until there is no room to wait.
async fn full(node: &Node) {
    loop {
        let asked = node.client.post(node.url("/graphql")).json(&json!({ "query": "{ __typename }" }));
        let answer = asked.timeout(Duration::from_millis(300)).send().await;
        if answer.is_ok_and(|answer| answer.status() == StatusCode::SERVICE_UNAVAILABLE) {
            return;
        }
    }
}

#[tokio::test]
async fn a_queued_request_takes_no_more_memory_than_its_bytes() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let node = Node::start_with(&fresh.url(), &FLAGS, &[]);
        node.settle().await;
        for change in ENDLESS {
            fresh.connection.execute_unprepared(change).await.unwrap();
        }
        let (mut asked, mut before) = (JoinSet::new(), 0);
        let endless = json!({ "query": REPORTS }).to_string();
        for body in std::iter::once(endless).chain(vec![many_values(); 14]) {
            let request = node.client.post(node.url("/graphql")).header("content-type", "application/json");
            asked.spawn(request.timeout(Duration::from_mins(5)).body(body).send());
            while metric(&node, "simpul_operations_running").await == 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            if asked.len() == 1 {
                before = node.resident();
                node.forget_peak();
            }
        }
        let mut socket = socket(&node, 1);
        for id in 0..10 {
            let message = format!("{{\"type\":\"subscribe\",\"id\":\"{id}\",\"payload\":{}}}", many_values());
            socket.write_all(&long_text(&message)).unwrap();
        }
        full(&node).await;
        let growth = node.peak().saturating_sub(before);
        eprintln!("{engine:?}: {} MB", growth / MEBI);
        assert!(growth <= 64 * MEBI, "24 requests of half a megabyte take {} MB", growth / MEBI);
        assert!(asked.try_join_next().is_none(), "all of it still waits");
        drop((asked, node));
        fresh.discard().await;
    }
}
