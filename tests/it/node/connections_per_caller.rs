//! One address that opens all connections: others are still served.

use std::{
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, TcpStream},
    time::{Duration, Instant},
};

use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::json;
use simpul::store::Engine;

use super::{
    Node, each_node,
    idle_connections::is_cut,
    raw_client::{connect, head, socket, text},
};
use crate::support::database::{engines, fresh};

/// A request whose body does not come.
const BUSY: &[u8] =
    b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{";

const FLAGS: [&str; 6] = ["--connections", "12", "--head-timeout-ms", "60000", "--body-timeout-ms", "60000"];

/// A client that calls from 127.0.0.`host`.
pub(super) fn calling(host: u8) -> reqwest::Client {
    let client = reqwest::Client::builder()
        .local_address(IpAddr::V4(Ipv4Addr::new(127, 0, 0, host)))
        .pool_max_idle_per_host(0)
        .timeout(Duration::from_secs(10));
    client.build().unwrap()
}

/// Asks from 127.0.0.`host`; the status, 0 where there was no answer.
pub(super) async fn status(node: &Node, host: u8, path: &str) -> u16 {
    let answer = calling(host).get(node.url(path)).send().await;
    answer.map_or(0, |answer| answer.status().as_u16())
}

const QUERY: &str = "/graphql?query=%7B__typename%7D";

/// Opens this many connections, which are idle or begin a request.
async fn crowd(node: &Node, host: u8, many: usize, begun: &[u8]) -> Vec<TcpStream> {
    let open = |_| {
        let mut stream = connect(node, host, None);
        stream.write_all(begun).unwrap();
        stream
    };
    // The connection of who asked last may not be closed yet.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let crowd = (0..many).map(open).collect();
    // Until all of them were taken on and read.
    tokio::time::sleep(Duration::from_millis(500)).await;
    crowd
}

async fn open(streams: &mut [TcpStream]) -> usize {
    tokio::time::sleep(Duration::from_millis(200)).await;
    streams.iter_mut().map(is_cut).filter(|cut| !cut).count()
}

pub(super) async fn displaced(node: &Node, kind: &str) -> u64 {
    let metrics = node.metrics().await;
    let line = format!("simpul_connections_displaced_total{{kind=\"{kind}\"}} ");
    metrics.lines().find_map(|text| text.strip_prefix(&line)?.parse().ok()).unwrap_or(0)
}

#[tokio::test]
async fn one_caller_with_all_connections_does_not_block_others() {
    each_node(&FLAGS, async |node| {
        let mut idle = crowd(node, 2, 100, b"").await;
        for path in ["/livez", "/readyz", QUERY] {
            assert_eq!(status(node, 3, path).await, 200, "{path} of another");
            assert_eq!(status(node, 2, path).await, 200, "{path} of its own: it has idle ones to give");
        }
        assert!(open(&mut idle[..80]).await == 0, "the longest idle go first");
        assert!(open(&mut idle[95..]).await > 0, "and no more of them than others need");
        drop(idle);
        let mut busy = crowd(node, 2, 12, BUSY).await;
        assert_eq!(status(node, 3, QUERY).await, 200, "a connection in use is closed if none is idle");
        assert_eq!(open(&mut busy).await, 11);
        let refilled = crowd(node, 2, 1, BUSY).await;
        assert_eq!(status(node, 2, QUERY).await, 503, "who has most has no more");
        assert!(displaced(node, "idle").await > 80 && displaced(node, "busy").await > 0);
        drop(refilled);
    })
    .await;
}

#[tokio::test]
async fn health_is_answered_beyond_the_connection_limit() {
    each_node(&FLAGS, async |node| {
        let busy = crowd(node, 2, 12, BUSY).await;
        // Those do not ask for health, and fill whatever is kept for those who do.
        let mut silent = crowd(node, 2, 300, b"").await;
        for path in ["/livez", "/readyz"] {
            assert_eq!(status(node, 2, path).await, 200, "{path} of an address that has used all of its own");
        }
        for path in [QUERY, "/", "/livezz", "/metrics", "/graphql?x=/livez"] {
            assert_eq!(status(node, 2, path).await, 503, "{path}");
        }
        let mut slow = connect(node, 2, None);
        slow.write_all(b"GET /live").unwrap();
        let began = Instant::now();
        assert!(head(&mut slow).starts_with("HTTP/1.1 503 "));
        assert!(began.elapsed() < Duration::from_secs(5), "it has no time to lose");
        let mut again = connect(node, 2, None);
        again.write_all(&b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\n".repeat(2)).unwrap();
        let mut said = String::new();
        again.read_to_string(&mut said).ok();
        assert_eq!(said.matches("HTTP/1.1 200 ").count(), 1, "it gets one answer: {said}");
        assert_eq!(open(&mut silent).await, 0, "no connection stays open");
        drop(busy);
    })
    .await;
}

#[tokio::test]
async fn an_idle_socket_is_closed_before_a_request_in_flight() {
    each_node(&FLAGS, async |node| {
        let mut requests = crowd(node, 2, 6, BUSY).await;
        let mut sockets: Vec<TcpStream> = (0..6).map(|_| socket(node, 2)).collect();
        for _ in 0..3 {
            assert_eq!(status(node, 3, QUERY).await, 200);
            // The connection of the last one may not be closed yet.
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let kept = crowd(node, 4, 2, BUSY).await;
        assert_eq!(open(&mut requests).await, 6);
        let mut told = [0; 4];
        sockets[0].set_nonblocking(false).unwrap();
        sockets[0].read_exact(&mut told).unwrap();
        assert_eq!((told[0], &told[2..]), (0x88, 1013_u16.to_be_bytes().as_slice()));
        assert!(is_cut(&mut sockets[0]), "the longest idle goes first");
        assert!(open(&mut sockets[3..]).await == 3);
        drop(kept);
    })
    .await;
}

/// Asks on a connection of a proxy, and leaves it open.
fn ask(stream: &mut TcpStream, caller: &str) {
    stream.set_nonblocking(false).unwrap();
    let request = format!("GET /livez HTTP/1.1\r\nhost: x\r\nx-forwarded-for: {caller}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    assert!(head(stream).starts_with("HTTP/1.1 200 "));
    stream.read_exact(&mut [0; 15]).unwrap();
}

#[tokio::test]
async fn connections_behind_a_proxy_count_by_forwarded_address() {
    let flags = [&FLAGS[..], &["--trusted-proxies", "127.0.0.9/32"]].concat();
    each_node(&flags, async |node| {
        // Eight callers behind the proxy, and one that came by itself with four connections.
        let mut proxied = crowd(node, 9, 8, b"").await;
        for (number, stream) in proxied.iter_mut().enumerate() {
            ask(stream, &format!("192.0.2.{number}"));
        }
        let mut direct = crowd(node, 2, 4, b"").await;
        let mut unused = crowd(node, 9, 2, b"").await;
        assert_eq!((open(&mut proxied).await, open(&mut direct).await), (8, 2), "a proxy is not one caller");
        // A caller behind the proxy that takes most of its connections loses the first of them.
        for stream in &mut proxied[..6] {
            ask(stream, "198.51.100.7, 203.0.113.5");
        }
        assert_eq!(status(node, 3, QUERY).await, 200);
        assert_eq!((open(&mut proxied).await, open(&mut direct).await, open(&mut unused).await), (7, 2, 2));
        assert!(is_cut(&mut proxied[0]));
        assert_eq!(json!(status(node, 9, "/livez").await), 200);
    })
    .await;
}

#[tokio::test]
async fn a_proxy_without_forwarded_addresses_is_one_caller() {
    let flags = [&FLAGS[..], &["--trusted-proxies", "127.0.0.9/32"]].concat();
    each_node(&flags, async |node| {
        let mut proxied = crowd(node, 9, 8, b"").await;
        for stream in &mut proxied {
            ask(stream, "nonsense");
        }
        let mut direct: Vec<TcpStream> = (2..6).map(|host| connect(node, host, None)).collect();
        assert_eq!(status(node, 7, QUERY).await, 200);
        assert_eq!((open(&mut proxied).await, open(&mut direct).await), (7, 4));
    })
    .await;
}

/// Connections beyond the limit are closed after at most 5 s.
#[tokio::test]
async fn concurrent_readiness_checks_share_one_answer() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let fresh = fresh(Engine::Postgres).await;
    let node = Node::start_with(&fresh.url(), &FLAGS, &[]);
    node.settle().await;
    let busy = crowd(&node, 2, 12, BUSY).await;
    let lock = fresh.connection.begin().await.unwrap();
    lock.execute_unprepared("LOCK TABLE seaql_migrations IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let ready = async |after: u64| {
        tokio::time::sleep(Duration::from_millis(after)).await;
        calling(2).get(node.url("/readyz")).send().await.unwrap().text().await.unwrap()
    };
    let (first, second) = tokio::join!(ready(0), ready(300));
    assert_eq!((first.as_str(), second.as_str()), ("{\"status\":\"database\"}", "{\"status\":\"database\"}"));
    drop((busy, lock, node));
    fresh.discard().await;
}

/// A displaced WebSocket gets some time to close, unless its slot is needed.
#[tokio::test]
async fn a_displaced_socket_frees_its_slot_at_once() {
    each_node(&FLAGS, async |node| {
        let mut told = Vec::new();
        for _ in 0..12 {
            let mut stream = socket(node, 2);
            stream.write_all(&text("nonsense")).unwrap();
            told.push(stream);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        let newcomers: Vec<TcpStream> = (3..13).map(|host| connect(node, host, None)).collect();
        tokio::time::sleep(Duration::from_millis(100)).await;
        let metrics = node.metrics().await;
        let open = metrics.lines().find_map(|line| line.strip_prefix("simpul_connections ")?.parse().ok());
        // The one that asks for metrics makes room for itself too, and the other may not have gone yet.
        assert!(open <= Some(13), "{open:?} are open");
        drop((told, newcomers));
    })
    .await;
}
