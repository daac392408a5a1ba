//! Exports by the real binary: memory, abandoned and slow clients, and what is left of temporary files.

use std::{
    fs::{self, DirEntry},
    io::{Read, Write},
    path::Path,
    time::{Duration, Instant},
};

use serde_json::json;

use super::{Node, each_node, each_returning_node, heavy_requests::stays_within, raw_client::connect};
use crate::{
    export::address,
    support::database::{engines, fresh},
};

const MEBI: u64 = 1 << 20;

/// 80,000 rows with four columns.
const ROWS: &str = "{ regions(first: 80000) { nodes { code name level parent { name } } } }";

async fn gauge(node: &Node, name: &str) -> String {
    let metrics = node.metrics().await;
    let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap();
    line.to_owned()
}

async fn until(node: &Node, name: &str, value: &str, within: Duration) {
    let began = Instant::now();
    while gauge(node, name).await != value {
        assert!(began.elapsed() < within, "{name} is not {value} after {within:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn eighty_thousand_rows_take_little_memory_in_every_format() {
    each_returning_node(&["--export-seconds", "600"], async |node| {
        // A group of rows of Parquet is encoded in memory.
        for (format, most) in [("csv", 50), ("ndjson", 50), ("xlsx", 50), ("parquet", 50)] {
            stays_within(node, format, most * MEBI, async |node| {
                let url = node.url(&address(format, &[("query", ROWS)]));
                let request = node.client.get(url).timeout(Duration::from_mins(10));
                let began = Instant::now();
                let mut response = request.send().await.unwrap();
                assert_eq!(response.status(), 200);
                assert_eq!(response.headers()["x-total-count"], "80000");
                let mut bytes = 0;
                while let Some(part) = response.chunk().await.unwrap() {
                    bytes += part.len() as u64;
                }
                eprintln!("{format}: {bytes} bytes in {:?}", began.elapsed());
                assert!(bytes > MEBI / 2);
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn an_abandoned_export_ends_and_a_slow_reader_holds_nothing() {
    each_returning_node(&["--export-seconds", "600"], async |node| {
        let get = |address: &str| format!("GET {address} HTTP/1.1\r\nhost: x\r\n\r\n").into_bytes();
        let abandoned = address("csv", &[("query", ROWS)]);
        for _ in 0..2 {
            let mut stream = connect(node, 1, None);
            stream.write_all(&get(&abandoned)).unwrap();
            until(node, "simpul_exports_running", "1", Duration::from_secs(20)).await;
            drop(stream);
            until(node, "simpul_exports_running", "0", Duration::from_secs(5)).await;
        }
        let count = async || gauge(node, "simpul_errors_total{code=\"ABANDONED\"}").await;
        assert_eq!(count().await, "2");
        gives_up_a_workbook_that_is_compressed(node).await;
        assert_eq!(count().await, "3");
        let slow = address("csv", &[("query", "{ regions(first: 9000) { nodes { code name level } } }")]);
        let mut readers = Vec::new();
        for _ in 0..4 {
            let mut stream = connect(node, 1, Some(2_048));
            stream.write_all(&get(&slow)).unwrap();
            let done = async || gauge(node, "simpul_exports_running").await == "0";
            tokio::time::sleep(Duration::from_millis(200)).await;
            while !done().await {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            readers.push(stream);
        }
        let other = address("csv", &[("query", "{ regions(first: 10) { nodes { code } } }")]);
        let response = node.client.get(node.url(&other)).send().await.unwrap();
        assert_eq!(response.status(), 200, "four files are being read, and none of them counts");
        node.answers_the_profile().await;
    })
    .await;
}

/// A workbook has its temporary bytes when its rows are read, and is compressed then.
async fn gives_up_a_workbook_that_is_compressed(node: &Node) {
    let workbook = |rows: u32| {
        address(
            "xlsx",
            &[("query", &format!("{{ regions(first: {rows}) {{ nodes {{ code name level }} }} }}"))],
        )
    };
    let bytes = async || gauge(node, "simpul_export_files_bytes").await.parse::<u64>().unwrap();
    let mut whole = Box::pin(node.client.get(node.url(&workbook(30_000))).send());
    let mut peak = 0;
    let length = loop {
        tokio::select! {
            response = &mut whole => break response.unwrap().content_length().unwrap(),
            bytes = bytes() => peak = peak.max(bytes),
        }
    };
    let mut stream = connect(node, 1, None);
    write!(stream, "GET {} HTTP/1.1\r\nhost: x\r\n\r\n", workbook(30_001)).unwrap();
    while bytes().await < peak - (peak - length) / 200 {}
    tokio::time::sleep(Duration::from_millis(30)).await;
    assert_eq!(gauge(node, "simpul_exports_running").await, "1");
    drop(stream);
    until(node, "simpul_exports_running", "0", Duration::from_secs(5)).await;
    until(node, "simpul_export_files_bytes", &length.to_string(), Duration::from_secs(5)).await;
    assert_eq!(gauge(node, "simpul_export_rows_total").await, "30000", "the second one was never made");
}

#[tokio::test]
async fn a_node_that_is_killed_leaves_no_temporary_file() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let flags = ["--rate-limit", "off", "--export-directory", folder.path().to_str().unwrap()];
        let mut node = Node::start_with(&fresh.url(), &flags, &[]);
        node.settle().await;
        let kept = address("csv", &[("query", "{ regions(first: 2000) { nodes { code } } }")]);
        assert_eq!(node.client.get(node.url(&kept)).send().await.unwrap().status(), 200);
        let mut stream = connect(&node, 1, None);
        write!(stream, "GET {} HTTP/1.1\r\nhost: x\r\n\r\n", address("csv", &[("query", ROWS)])).unwrap();
        until(&node, "simpul_exports_running", "1", Duration::from_secs(20)).await;
        node.signal("KILL");
        node.exit_status();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        fresh.discard().await;
    }
}

#[tokio::test]
async fn a_node_that_shuts_down_completes_the_exports_in_progress() {
    each_node(&["--drain-timeout-ms", "60000"], async |node| {
        let get = |format: &str, rows: u32| {
            let query =
                format!("{{ regions(first: {rows}) {{ nodes {{ code name level parent {{ name }} }} }} }}");
            format!("GET {} HTTP/1.1\r\nhost: x\r\n\r\n", address(format, &[("query", &query)]))
        };
        // One file is being downloaded, as it is larger than what the system keeps for a client, and one is being made.
        let mut downloaded = connect(node, 1, None);
        downloaded.write_all(get("ndjson", 80_000).as_bytes()).unwrap();
        until(node, "simpul_export_rows_total", "80000", Duration::from_secs(20)).await;
        let mut made = connect(node, 2, None);
        made.write_all(get("csv", 40_000).as_bytes()).unwrap();
        until(node, "simpul_exports_running", "1", Duration::from_secs(20)).await;
        node.signal("TERM");
        for (mut stream, lines) in [(made, 40_001), (downloaded, 80_000)] {
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            assert!(answer.starts_with("HTTP/1.1 200 "), "{answer:.300}");
            let body = answer.split_once("\r\n\r\n").unwrap().1;
            assert_eq!(body.lines().count(), lines);
        }
        let (status, log) = node.ended();
        assert_eq!(status.code(), Some(0), "{log}");
    })
    .await;
}

/// Waits until a file is made in the folder.
async fn until_made(node: &Node, folder: &Path) {
    let began = Instant::now();
    let open = |file: DirEntry| fs::read_link(file.path()).is_ok_and(|file| file.starts_with(folder));
    while !fs::read_dir(format!("/proc/{}/fd", node.process())).unwrap().flatten().any(open) {
        assert!(began.elapsed() < Duration::from_secs(10), "the file is never made");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// Stops the node's process for a time, so that what it does takes longer than that on any machine.
async fn stand_still(node: &Node, time: Duration) {
    node.signal("STOP");
    tokio::time::sleep(time).await;
    node.signal("CONT");
}

/// The connections of exports are two: a third export has one only if the others gave theirs back.
#[tokio::test]
async fn an_export_whose_time_is_over_gives_back_its_connection_and_its_bytes() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let directory = folder.path().to_str().unwrap();
    let flags = ["--export-seconds", "1", "--export-cost", "12345678", "--export-bytes", "134217728"];
    each_node(&[&flags[..], &["--export-directory", directory]].concat(), async |node| {
        let (_, body) =
            node.ask("{ registry { limits { exportSeconds exportCost exportMebibytes } } }").await;
        let told = json!({ "exportSeconds": 1, "exportCost": 12_345_678, "exportMebibytes": 64 });
        assert_eq!(body["data"]["registry"]["limits"], told);
        let above = "parent { code name parent { code name parent { code name } } }";
        let long =
            address("ndjson", &[("query", &format!("{{ regions {{ nodes {{ code name {above} }} }} }}"))]);
        for nth in 1..4 {
            let (response, ()) = tokio::join!(node.client.get(node.url(&long)).send(), async {
                until_made(node, folder.path()).await;
                stand_still(node, Duration::from_millis(1_100)).await;
            });
            let response = response.unwrap();
            let (status, body) = (response.status().as_u16(), response.text().await.unwrap());
            assert!(status == 503 && body.contains("\"TIMEOUT\""), "{status} {body:.500}");
            assert_eq!(gauge(node, "simpul_errors_total{code=\"TIMEOUT\"}").await, nth.to_string());
            assert_eq!(gauge(node, "simpul_exports_refused_total{status=\"503\"}").await, nth.to_string());
        }
        until(node, "simpul_export_files_bytes", "0", Duration::from_secs(5)).await;
        assert_eq!(gauge(node, "simpul_exports_running").await, "0");
        assert_eq!(gauge(node, "simpul_export_rows_total").await, "0");
        let short = |rows: u32| {
            let short =
                address("csv", &[("query", &format!("{{ regions(first: {rows}) {{ nodes {{ code }} }} }}"))]);
            node.client.get(node.url(&short)).send()
        };
        let (one, other) = tokio::join!(short(10), short(11));
        assert_eq!((one.unwrap().status().as_u16(), other.unwrap().status().as_u16()), (200, 200));
    })
    .await;
}

#[tokio::test]
async fn a_node_that_ends_before_an_export_does_leaves_nothing_of_it() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let flags =
            ["--rate-limit", "off", "--pages", "off", "--export-directory", folder.path().to_str().unwrap()];
        let mut node =
            Node::start_with(&fresh.url(), &[&flags[..], &["--drain-timeout-ms", "700"]].concat(), &[]);
        node.settle().await;
        let get = |format: &str, rows: u32| {
            let query = format!(
                "{{ regions(first: {rows}) {{ nodes {{ code name level parent {{ code name }} }} }} }}"
            );
            format!("GET {} HTTP/1.1\r\nhost: x\r\n\r\n", address(format, &[("query", &query)]))
        };
        // The second connection is open before the signal.
        let (mut made, mut late) = (connect(&node, 1, None), connect(&node, 2, None));
        made.write_all(get("xlsx", 80_000).as_bytes()).unwrap();
        until_made(&node, folder.path()).await;
        node.signal("TERM");
        tokio::time::sleep(Duration::from_millis(100)).await;
        late.write_all(get("csv", 10).as_bytes()).unwrap();
        let mut refusal = [0; 2_000];
        let read = late.read(&mut refusal).unwrap();
        let refusal = String::from_utf8_lossy(&refusal[..read]);
        assert!(refusal.starts_with("HTTP/1.1 503 ") && refusal.contains("shutting down"), "{refusal}");
        stand_still(&node, Duration::from_millis(800)).await;
        let mut answer = Vec::new();
        let _ = made.read_to_end(&mut answer);
        assert!(answer.is_empty(), "nothing of a file is sent: {:.300}", String::from_utf8_lossy(&answer));
        let began = Instant::now();
        let (status, log) = node.ended();
        assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
        assert_eq!(status.code(), Some(0), "{log}");
        assert!(log.contains("did not finish in time"), "{log}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        fresh.discard().await;
    }
}
