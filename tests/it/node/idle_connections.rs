//! Timeouts of idle and slow connections, and the limit on connections.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::json;

use super::{
    Node,
    attacks::attack,
    each_node,
    test_node::{LONG, PROFILE},
};

const HEAD: &[u8] = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";

/// Whether the node has closed the connection; bytes before that are discarded.
pub(super) fn is_cut(stream: &mut TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    let mut said = [0; 4096];
    loop {
        match stream.read(&mut said) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return error.kind() != ErrorKind::WouldBlock,
        }
    }
}

/// Sends a byte now and then on all of them until the node has cut each.
fn drip(mut streams: Vec<TcpStream>, byte: Option<u8>) {
    let began = Instant::now();
    while !streams.is_empty() {
        assert!(began.elapsed() < Duration::from_secs(30), "{} are still open", streams.len());
        std::thread::sleep(Duration::from_millis(200));
        streams.retain_mut(|stream| {
            if let Some(byte) = byte {
                let _ = stream.set_nonblocking(true);
                let _ = stream.write(&[byte]);
            }
            !is_cut(stream)
        });
    }
}

#[tokio::test]
async fn idle_and_slow_senders_are_disconnected() {
    let flags = ["--head-timeout-ms", "1500", "--body-timeout-ms", "1500"];
    each_node(&flags, async |node| {
        attack(node, "150 slow heads", async |node| {
            let slow: Vec<TcpStream> = (0..150).map(|_| opened(node, &HEAD[..20])).collect();
            node.answers_the_profile().await;
            drip(slow, Some(b'x'));
        })
        .await;
        attack(node, "150 slow bodies", async |node| {
            let begun = [HEAD, b"content-length: 1000\r\n\r\n{"].concat();
            let slow: Vec<TcpStream> = (0..150).map(|_| opened(node, &begun)).collect();
            node.answers_the_profile().await;
            drip(slow, Some(b' '));
        })
        .await;
        attack(node, "300 idle sockets", async |node| {
            let idle: Vec<TcpStream> = (0..300).map(|_| node.connect()).collect();
            node.answers_the_profile().await;
            drip(idle, None);
        })
        .await;
        node.answers_the_profile().await;
    })
    .await;
}

fn opened(node: &Node, bytes: &[u8]) -> TcpStream {
    let mut stream = node.connect();
    stream.write_all(bytes).unwrap();
    stream
}

#[tokio::test]
async fn connections_beyond_the_limit_get_503_with_retry_after() {
    each_node(&["--connections", "20", "--body-timeout-ms", "60000"], async |node| {
        // A connection in use is not closed for another one of the same address.
        let begun = [HEAD, b"content-length: 1000\r\n\r\n{"].concat();
        let mut busy: Vec<TcpStream> = (0..20).map(|_| opened(node, &begun)).collect();
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut refused = opened(node, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n");
        let mut answer = String::new();
        refused.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
        assert!(answer.to_lowercase().contains("retry-after: 1"), "{answer}");
        busy.truncate(10);
        tokio::time::sleep(Duration::from_millis(200)).await;
        node.answers_the_profile().await;
    })
    .await;
}

/// A request of the profile, as bytes.
fn profile() -> Vec<u8> {
    let body =
        json!({ "query": PROFILE, "variables": { "by": { "slug": "kopontren-al-ittifaq" } } }).to_string();
    [HEAD, format!("content-length: {}\r\n\r\n{body}", body.len()).as_bytes()].concat()
}

#[tokio::test]
async fn clients_that_disconnect_during_a_query_leak_nothing() {
    each_node(&[], async |node| {
        let dear = "{ cooperatives(first: 100, search: \"koperasi desa merah putih\") { totalCount nodes { name linkages(first: 20) { totalCount } } } }";
        let body = json!({ "query": dear }).to_string();
        let request = [HEAD, format!("content-length: {}\r\n\r\n{body}", body.len()).as_bytes()].concat();
        attack(node, "32 clients that leave", async |node| {
            for _ in 0..32 {
                drop(opened(node, &request));
            }
        })
        .await;
        attack(node, "32 clients that leave a small question", async |node| {
            for _ in 0..32 {
                drop(opened(node, &profile()));
            }
        })
        .await;
        // No connection to the database is lost, and no place at the gate.
        for _ in 0..40 {
            node.answers_the_profile().await;
        }
        let metrics = node.metrics().await;
        assert!(metrics.contains("simpul_operations_running 0"), "{metrics}");
    })
    .await;
}

#[tokio::test]
async fn a_full_node_refuses_requests_beyond_its_queue() {
    let flags = ["--running", "1", "--waiting", "2", "--wait-timeout-ms", "1000"];
    each_node(&flags, async |node| {
        let asked = (0..40).map(|_| {
            let request = node.client.post(node.url("/graphql")).json(&json!({ "query": LONG }));
            async move {
                let response = request.send().await.unwrap();
                let retry =
                    response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
                (response.status().as_u16(), retry, response.json::<serde_json::Value>().await.unwrap())
            }
        });
        let answers = futures_util::future::join_all(asked).await;
        let shed: Vec<_> = answers.iter().filter(|(status, ..)| *status == 503).collect();
        assert!(!shed.is_empty() && shed.len() < 40, "{} of 40 were shed", shed.len());
        for (_, retry, body) in shed {
            assert_eq!(
                (retry.as_deref(), &body["errors"][0]["extensions"]["code"]),
                (Some("1"), &json!("UNAVAILABLE"))
            );
        }
        node.answers_the_profile().await;
    })
    .await;
}

#[tokio::test]
async fn too_large_request_headers_are_refused() {
    each_node(&[], async |node| {
        let mut stream = node.connect();
        let large = format!("GET /livez HTTP/1.1\r\nhost: x\r\nx-large: {}\r\n\r\n", "x".repeat(70_000));
        // It may be cut off before all is sent.
        let _ = stream.write_all(large.as_bytes());
        let mut said = [0; 12];
        stream.read_exact(&mut said).unwrap();
        assert_eq!(&said, b"HTTP/1.1 431");
    })
    .await;
}

/// The number of open connections, without the one of this request.
async fn open_connections(node: &Node) -> usize {
    let metrics = node.metrics().await;
    let count =
        metrics.lines().find_map(|line| line.strip_prefix("simpul_connections ")?.parse::<usize>().ok());
    count.unwrap() - 1
}

#[tokio::test]
async fn a_client_that_does_not_read_is_disconnected() {
    each_node(&["--write-timeout-ms", "500"], async |node| {
        let mut stream = node.connect();
        // Far more than what lies between the two sides has room for.
        stream.write_all(&b"GET /schema.graphql HTTP/1.1\r\nhost: x\r\n\r\n".repeat(200)).unwrap();
        let began = Instant::now();
        while open_connections(node).await > 0 {
            assert!(began.elapsed() < Duration::from_secs(20), "the connection is still open");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let mut read = Vec::new();
        let _ = stream.read_to_end(&mut read);
        assert!(read.len() < 200 * simpul::schema::sdl().len(), "all of it was read");
    })
    .await;
}
