//! Responses that clients do not read: their memory is bounded, and the caller with the most unread bytes loses the
//! oldest connection.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::json;

use super::{
    Node,
    connections_per_caller::{calling, displaced},
    each_node,
    fair_sharing::metric,
    heavy_requests::wide,
    raw_client::{connect, head, socket, text},
    test_node::PROFILE,
};

const MEBI: u64 = 1 << 20;

/// The limit on unread bytes of a node, and the tolerance of the test.
const UNREAD: &str = "16777216";
const MOST_GROWTH: u64 = 100 * MEBI;

const FLAGS: [&str; 8] = [
    "--unread-bytes",
    UNREAD,
    "--running",
    "2",
    "--wait-timeout-ms",
    "300000",
    "--write-timeout-ms",
    "300000",
];

/// Asks for more than three megabytes, and does not read them.
fn unread(node: &Node, host: u8) -> TcpStream {
    let mut stream = connect(node, host, Some(4096));
    let body = json!({ "query": wide(12) }).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

/// Waits until the node has answered so many operations.
async fn answered(node: &Node, many: usize) {
    while operations(node).await < many {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
}

async fn operations(node: &Node) -> usize {
    metric(node, "simpul_operation_duration_seconds_count{operation=\"anonymous\"}").await
}

/// While one caller holds all the unread bytes that are allowed, another caller gets its profile, and the whole of its own unread response.
async fn others_are_served(node: &Node, mut slow: TcpStream) {
    let profile = json!({ "query": PROFILE, "variables": { "by": { "slug": "kopontren-al-ittifaq" } } });
    let answer = calling(3).post(node.url("/graphql")).json(&profile).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.text().await.unwrap().contains("\"errors\"")), (200, false));
    let read = tokio::task::spawn_blocking(move || {
        let head = head(&mut slow).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<u64>().ok());
        let mut body = Vec::new();
        slow.take(length.unwrap()).read_to_end(&mut body).map(|_| body.len() as u64 == length.unwrap())
    });
    assert!(read.await.unwrap().unwrap(), "the answer of another was cut off");
}

#[tokio::test]
async fn unread_http_responses_take_bounded_memory() {
    each_node(&FLAGS, async |node| {
        let before_all = operations(node).await;
        let slow = unread(node, 3);
        answered(node, before_all + 1).await;
        let before = node.resident();
        let streams: Vec<TcpStream> = (0..60).map(|_| unread(node, 2)).collect();
        answered(node, before_all + 61).await;
        let growth = node.resident().saturating_sub(before);
        eprintln!("{} MB are kept of 60 answers", growth / MEBI);
        assert!(growth <= MOST_GROWTH, "{} MB are kept of 60 answers", growth / MEBI);
        others_are_served(node, slow).await;
        assert!(displaced(node, "unread").await >= 50);
        drop(streams);
    })
    .await;
}

#[tokio::test]
async fn unread_websocket_responses_take_bounded_memory() {
    each_node(&FLAGS, async |node| {
        let before_all = operations(node).await;
        let slow = unread(node, 3);
        answered(node, before_all + 1).await;
        let before = node.resident();
        let mut sockets: Vec<TcpStream> = (0..5).map(|_| socket(node, 2)).collect();
        for socket in &mut sockets {
            for id in 0..10 {
                let message =
                    json!({ "type": "subscribe", "id": id.to_string(), "payload": { "query": wide(12) } });
                socket.write_all(&text(&message.to_string())).unwrap();
            }
            // Whoever holds too much is cut off before all of its answers are there.
            tokio::time::sleep(Duration::from_secs(4)).await;
        }
        let growth = node.resident().saturating_sub(before);
        eprintln!("{} MB are kept of 50 answers", growth / MEBI);
        assert!(growth <= MOST_GROWTH, "{} MB are kept of 50 answers", growth / MEBI);
        others_are_served(node, slow).await;
        assert!(displaced(node, "unread").await >= 4);
        drop(sockets);
    })
    .await;
}
