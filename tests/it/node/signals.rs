//! Signals that end a node, also repeated ones.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    time::Duration,
};

use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};
use serde_json::json;
use simpul::store::Engine;

use super::{
    Node, each_node,
    test_node::{LONG, listening},
};
use crate::support::database::{engines, fresh};

/// Sends a request that takes a while, and returns once it is worked on.
async fn busy(node: &Node) -> TcpStream {
    let body = json!({ "query": LONG }).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut running = node.connect();
    running.write_all(head.as_bytes()).unwrap();
    let worked_on = async {
        loop {
            let metrics = node.metrics().await;
            if !metrics.contains("operations_running 0") {
                break;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), worked_on).await.expect("over before it was seen");
    running
}

/// Sends signals, one after the other.
async fn signalled(node: &Node, signals: &[&str]) {
    for signal in signals {
        node.signal(signal);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Runs a test against a node whose request a lock in the database keeps under way.
async fn each_held(
    signals: &[&[&str]],
    test: impl AsyncFn(&[&str], &mut Node, TcpStream, DatabaseTransaction),
) {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    for signals in signals {
        let fresh = fresh(Engine::Postgres).await;
        let mut node = Node::start_with(&fresh.url(), &["--rate-limit", "off"], &[]);
        node.answers_the_profile().await;
        let lock = fresh.connection.begin().await.unwrap();
        lock.execute_unprepared("LOCK TABLE cooperative IN ACCESS EXCLUSIVE MODE").await.unwrap();
        let running = busy(&node).await;
        signalled(&node, signals).await;
        test(signals, &mut node, running, lock).await;
        drop(node);
        fresh.discard().await;
    }
}

#[tokio::test]
async fn every_termination_signal_shuts_down_gracefully() {
    let drained: [&[&str]; 6] =
        [&["TERM"], &["INT"], &["HUP"], &["QUIT"], &["TERM", "TERM", "HUP"], &["INT", "HUP", "TERM"]];
    each_held(&drained, async |signals, node, mut running, lock| {
        lock.rollback().await.unwrap();
        let mut answer = String::new();
        running.read_to_string(&mut answer).unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 200 ") && answer.contains("\"linkages\""),
            "{signals:?}: {answer:.300}"
        );
        let (status, log) = node.ended();
        assert_eq!(status.code(), Some(0), "{signals:?}: {log}");
        assert!(log.contains("stopping: finishing requests in progress"), "{signals:?}: {log}");
    })
    .await;
    for signals in drained {
        each_node(&[], async |node| {
            signalled(node, signals).await;
            let (status, log) = node.ended();
            assert_eq!(status.code(), Some(0), "{signals:?}: {log}");
            assert!(log.contains("stopping"), "{signals:?}: {log}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_second_interrupt_ends_a_node_at_once() {
    let impatient: [&[&str]; 3] = [&["INT", "INT"], &["TERM", "INT"], &["QUIT", "QUIT"]];
    each_held(&impatient, async |signals, node, running, lock| {
        let (status, log) = node.ended();
        assert_eq!(status.code(), Some(0), "{signals:?}: {log}");
        assert!(log.contains("stopping at once"), "{signals:?}: {log}");
        drop(running);
        lock.rollback().await.unwrap();
    })
    .await;
}

/// As `nohup` starts it.
#[tokio::test]
async fn an_ignored_sighup_stays_ignored() {
    let fresh = fresh(Engine::Sqlite).await;
    let script = format!(
        "trap '' HUP; exec {} serve --listen 127.0.0.1:0 --database-url {}",
        env!("CARGO_BIN_EXE_simpul"),
        fresh.url()
    );
    let mut child = Command::new("sh").args(["-c", &script]).spawn().unwrap();
    let url = format!("http://{}/readyz", listening(child.id()));
    let ready = async || reqwest::get(&url).await.unwrap().status();
    assert_eq!(ready().await, 200);
    let signal = |name: &str| Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    signal("-HUP");
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(ready().await, 200);
    signal("-TERM");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    fresh.discard().await;
}
