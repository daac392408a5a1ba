//! OpenTelemetry spans.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::mpsc,
    time::Duration,
};

use serde_json::json;

use super::Node;
use crate::support::database::{engines, fresh};

/// A collector that passes on the bodies of requests.
fn collector() -> (String, mpsc::Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, mut read, mut part) = (stream.unwrap(), Vec::new(), [0; 4096]);
            let body = loop {
                let many = stream.read(&mut part).unwrap();
                read.extend_from_slice(&part[..many]);
                let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
                let head = String::from_utf8_lossy(&read[..end]).to_lowercase();
                let length =
                    head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
                if read.len() - end - 4 >= length.unwrap_or(0) || many == 0 {
                    break (head.lines().next().unwrap_or_default().to_owned(), read[end + 4..].to_vec());
                }
            };
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            if sender.send(body).is_err() {
                return;
            }
        }
    });
    (address, receiver)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn each_operation_is_a_span_of_its_callers_trace() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let (endpoint, spans) = collector();
        let variables =
            [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()), ("OTEL_SERVICE_NAME", "registry-seven")];
        let mut node = Node::start_with(&fresh.url(), &[], &variables);
        let request = node.client.post(node.url("/graphql"));
        let request =
            request.header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        let query =
            "query Traced($secret: String) { cooperatives(where: {name: {eq: $secret}}) { totalCount } }";
        let body = json!({ "query": query, "variables": { "secret": "Sri Wahyuni" } });
        assert_eq!(request.json(&body).send().await.unwrap().status(), 200);
        node.signal("TERM");
        assert_eq!(node.ended().0.code(), Some(0));
        let mut all = Vec::new();
        while let Ok((line, body)) = spans.recv_timeout(Duration::from_secs(5)) {
            assert_eq!(line, "post /v1/traces http/1.1");
            all.extend(body);
            if holds(&all, b"Traced") {
                break;
            }
        }
        let trace = 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736_u128.to_be_bytes();
        assert!(holds(&all, &trace) && holds(&all, &0x00f0_67aa_0ba9_02b7_u64.to_be_bytes()));
        assert!(
            holds(&all, b"Traced") && holds(&all, b"registry-seven") && holds(&all, b"simpul.cost.requested")
        );
        assert!(!holds(&all, b"Wahyuni"), "variables are not exported");
        drop(node);
        fresh.discard().await;
    }
}
