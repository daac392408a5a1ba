//! Graceful shutdown.

use std::{
    io::{Read, Write},
    time::Duration,
};

use serde_json::json;

use super::{each_node, test_node::LONG};

#[tokio::test]
async fn shutdown_finishes_running_requests_and_accepts_no_new_ones() {
    each_node(&["--cost-limit", "2000000000"], async |node| {
        // Its connection is open before the signal, its last byte comes after it.
        let fields = &LONG[1..LONG.len() - 1];
        let query = (0..8).map(|at| format!("a{at}: {fields} ")).collect::<Vec<_>>().concat();
        let body = json!({ "query": format!("{{ {query} }}") }).to_string();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let mut running = node.connect();
        running.write_all(head.as_bytes()).unwrap();
        running.write_all(body.as_bytes()).unwrap();
        let began = std::time::Instant::now();
        while node.metrics().await.contains("operations_running 0") {
            assert!(began.elapsed() < Duration::from_secs(10), "the request was over before it was seen");
        }
        node.signal("TERM");
        let mut answer = String::new();
        running.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("\"linkages\""), "{answer:.300}");
        let (status, log) = node.ended();
        assert_eq!(status.code(), Some(0), "{log}");
        assert!(log.contains("stopping"), "{log}");
    })
    .await;
}
