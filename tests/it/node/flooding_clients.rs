//! Clients that send without reading, and WebSocket operations that are started and cancelled: the memory of a node
//! stays bounded.

use std::{
    io::{Read, Write},
    time::{Duration, Instant},
};

use serde_json::json;

use super::{
    Node,
    attacks::attack,
    each_node,
    raw_client::{connect, flood, frame, head, read_slowly, socket, text},
};
use crate::support::sha256;

/// An answer of some hundred kilobytes.
const WIDE: &str = "{ __schema { types { name description fields { name description } } } }";

/// The most that a node may grow by while one peer floods it.
const MOST_GROWTH: u64 = 64 << 20;

/// Floods a node from one connection, while others are answered; whether the peer was cut off.
async fn flooded(
    node: &mut Node,
    name: &str,
    stream: std::net::TcpStream,
    more: impl Fn(u64) -> Vec<u8> + Send + 'static,
    reads: bool,
    at_most: Duration,
) -> bool {
    node.forget_peak();
    let memory = node.resident();
    let flooding = tokio::task::spawn_blocking(move || flood(stream, more, reads, at_most));
    node.answers_the_profile().await;
    let (is_cut, sent) = flooding.await.unwrap();
    let growth = node.peak().saturating_sub(memory);
    eprintln!("{name}: sent {} KB, grew by {} KB, cut off: {is_cut}", sent / 1024, growth / 1024);
    assert!(node.runs(), "{name} ended the node");
    assert!(growth <= MOST_GROWTH, "{name} took {} KB", growth / 1024);
    node.answers_the_profile().await;
    is_cut
}

fn said(message: &serde_json::Value) -> Vec<u8> {
    text(&message.to_string())
}

fn subscribe(id: &str, query: &str) -> Vec<u8> {
    said(&json!({ "type": "subscribe", "id": id, "payload": { "query": query } }))
}

#[tokio::test]
async fn a_client_that_sends_without_reading_is_disconnected() {
    each_node(&["--write-timeout-ms", "1000"], async |node| {
        type More = Box<dyn Fn(u64) -> Vec<u8> + Send>;
        let same = |unit: Vec<u8>| -> More { Box::new(move |_| unit.clone()) };
        let asking = |query: &'static str| -> More { Box::new(|id| subscribe(&id.to_string(), query)) };
        for reads in [false, true] {
            let sockets = [
                ("pings", same(frame(0x89, &[b'x'; 125]))),
                ("empty pings", same(frame(0x89, b""))),
                ("ping messages", same(said(&json!({ "type": "ping", "payload": { "x": "y".repeat(4_000) } })))),
                ("operations", asking("{ __typename }")),
                ("large answers", asking(WIDE)),
                ("documents that are refused", asking("{")),
            ];
            for (name, more) in sockets {
                let stream = socket(node, 1);
                let cut = flooded(node, name, stream, more, reads, Duration::from_secs(25)).await;
                assert!(cut, "{name} (reads: {reads}) went on for ever");
            }
        }
        let body = json!({ "query": "{ __typename }" }).to_string();
        let post = format!(
            "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let requests = [
            ("health", "GET /livez HTTP/1.1\r\nhost: x\r\n\r\n"),
            ("the schema", "GET /schema.graphql HTTP/1.1\r\nhost: x\r\n\r\n"),
            ("the schema, compressed", "GET /schema.graphql HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\n\r\n"),
            ("GraphQL", post.as_str()),
            ("no GraphQL", "GET /graphql?query=%7B HTTP/1.1\r\nhost: x\r\n\r\n"),
            ("nothing that is there", "GET /nowhere HTTP/1.1\r\nhost: x\r\n\r\n"),
        ];
        for (name, unit) in requests {
            for reads in [false, true] {
                let stream = connect(node, 1, None);
                let unit = unit.as_bytes().to_vec();
                let cut = flooded(node, name, stream, move |_| unit.clone(), reads, Duration::from_secs(25)).await;
                assert!(cut, "{name} (reads: {reads}) went on for ever");
            }
        }
    })
    .await;
}

/// A cancelled operation gets no message, so that no bytes can wait to be read.
#[tokio::test]
async fn cancelled_operations_take_no_memory() {
    each_node(&[], async |node| {
        let dear = "{ cooperatives(first: 100) { nodes { name linkages(first: 20) { totalCount } } } }";
        for query in ["{ __typename }", dear] {
            let complete = said(&json!({ "type": "complete", "id": "1" }));
            let unit = [subscribe("1", query), complete].concat();
            let stream = socket(node, 1);
            flooded(node, "taken back", stream, move |_| unit.clone(), true, Duration::from_secs(4)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn an_unfinished_message_times_out() {
    each_node(&["--body-timeout-ms", "1000"], async |node| {
        attack(node, "an endless message", async |node| {
            let (mut empty, mut slow) = (socket(node, 1), socket(node, 1));
            empty.write_all(&frame(0x01, b"{\"type\":")).unwrap();
            slow.write_all(&frame(0x81, &[b' '; 100])[..20]).unwrap();
            let began = Instant::now();
            // Pongs show that the client is alive; fragments without bytes do not complete a message.
            let beat = [frame(0x00, b""), frame(0x8a, b"")].concat();
            let (mut ended, mut said) = (false, Vec::new());
            while !ended {
                assert!(began.elapsed() < Duration::from_secs(10), "it goes on for ever");
                std::thread::sleep(Duration::from_millis(100));
                ended = empty.write_all(&beat).is_err();
                empty.set_nonblocking(true).unwrap();
                let mut part = [0; 256];
                if let Ok(read) = empty.read(&mut part) {
                    said.extend(&part[..read]);
                    ended |= read == 0;
                }
                empty.set_nonblocking(false).unwrap();
                let _ = slow.write_all(b" ");
            }
            assert!(began.elapsed() > Duration::from_millis(900));
            assert!(said.starts_with(&[0x88]) && said[2..4] == 1008_u16.to_be_bytes(), "{said:?}");
            let mut rest = Vec::new();
            slow.read_to_end(&mut rest).ok();
            assert!(rest.starts_with(&[0x88]) && rest[2..4] == 1008_u16.to_be_bytes(), "{rest:?}");
        })
        .await;
        attack(node, "endless fragments", async |node| {
            let mut stream = socket(node, 1);
            stream.write_all(&frame(0x01, b"")).unwrap();
            let (is_cut, sent) = flood(stream, |_| frame(0x00, b"x"), false, Duration::from_secs(10));
            assert!(is_cut, "{sent} bytes were taken");
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_slow_reader_gets_its_whole_response() {
    each_node(&["--write-timeout-ms", "1500"], async |node| {
        let whole = node.client.get(node.url("/schema.graphql")).send().await.unwrap().text().await.unwrap();
        let mut stream = connect(node, 1, Some(4096));
        stream.write_all(b"GET /schema.graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
        let mut socket = connect(node, 1, Some(4096));
        socket.write_all(super::raw_client::UPGRADE).unwrap();
        assert!(head(&mut socket).starts_with("HTTP/1.1 101 "));
        socket.write_all(&[text(super::raw_client::INIT), subscribe("1", WIDE)].concat()).unwrap();
        let every = Duration::from_millis(50);
        let length = whole.len();
        let http = std::thread::spawn(move || {
            assert!(head(&mut stream).starts_with("HTTP/1.1 200 "));
            read_slowly(&mut stream, 2048, every, |all| all.len() >= length)
        });
        let end = b"{\"type\":\"complete\",\"id\":\"1\"}";
        let read = read_slowly(&mut socket, 2048, every, |all| all.ends_with(end));
        assert!(read.ends_with(end) && read.len() > 70_000, "it was cut off after {} bytes", read.len());
        assert_eq!(sha256(std::str::from_utf8(&http.join().unwrap()).unwrap()), sha256(&whole));
    })
    .await;
}
