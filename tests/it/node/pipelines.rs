//! HTTP pipelining: requests that are sent on one connection without waiting for responses.

use std::{
    io::{Read, Write},
    net::Shutdown,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    thread,
};

use super::{Node, raw_client::connect};
use crate::support::database::{engines, fresh};

const QUERY: &str = "{\"query\":\"{__typename}\"}";

/// Anonymous operations that the node has answered.
async fn answered(node: &Node) -> u64 {
    let metrics = node.metrics().await;
    let name = "simpul_operation_duration_seconds_count{operation=\"anonymous\"} ";
    metrics.lines().find_map(|line| line.strip_prefix(name)?.parse().ok()).unwrap_or_default()
}

/// With one thread, a connection that is always ready must not block the others.
#[tokio::test(flavor = "multi_thread")]
async fn pipelined_requests_do_not_delay_other_callers() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let node = Node::start_with(&fresh.url(), &["--rate-limit", "off"], &[("TOKIO_WORKER_THREADS", "1")]);
        node.settle().await;
        let request = format!(
            "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{QUERY}",
            QUERY.len()
        );
        let over = AtomicBool::new(false);
        let mut reading = connect(&node, 2, None);
        let (mut writing, closing) = (reading.try_clone().unwrap(), reading.try_clone().unwrap());
        let many = request.repeat(50);
        let meanwhile = thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Relaxed) {
                    if writing.write_all(many.as_bytes()).is_err() {
                        break;
                    }
                }
            });
            scope.spawn(|| {
                let mut answers = [0; 8_192];
                while reading.read(&mut answers).is_ok_and(|read| read > 0) {}
            });
            tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(async {
                    while answered(&node).await < 200 {}
                    let before = answered(&node).await;
                    for _ in 0..3 {
                        node.answers_the_profile().await;
                    }
                    let after = answered(&node).await;
                    over.store(true, Relaxed);
                    closing.shutdown(Shutdown::Both).unwrap();
                    after - before
                })
            })
        });
        eprintln!("{engine:?}: {meanwhile} answers beside three profiles");
        // It is alone while the database works for the others.
        assert!(meanwhile < 3_000, "{meanwhile} requests were answered before three profiles were");
        drop(node);
        fresh.discard().await;
    }
}
