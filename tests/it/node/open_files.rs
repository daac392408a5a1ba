//! The limit on open files: a node raises it, stays within it, and closes connections when it is reached.

use std::{fs, net::TcpStream, process::Command, time::Duration};

use super::{
    Node,
    connections_per_caller::{displaced, status},
    idle_connections::is_cut,
    raw_client::connect,
};
use crate::support::database::{engines, fresh};

/// A node on each engine whose limit of open files is `soft`, and may be raised up to `hard`.
async fn each_limited(soft: u32, hard: u32, test: impl AsyncFn(&mut Node)) {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let mut command = Command::new("sh");
        let limited = format!("ulimit -Sn {soft} && ulimit -Hn {hard} && exec \"$0\" \"$@\"");
        command.args(["-c", &limited, env!("CARGO_BIN_EXE_simpul")]);
        let mut node = Node::start_command(command, &fresh.url(), &["--rate-limit", "off"]);
        node.settle().await;
        test(&mut node).await;
        drop(node);
        fresh.discard().await;
    }
}

/// Idle connections; those beyond the node's limit are not accepted.
async fn silent(node: &Node, many: usize) -> Vec<TcpStream> {
    let silent = (0..many).map(|_| connect(node, 2, None)).collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    silent
}

const QUERY: &str = "/graphql?query=%7B__typename%7D";

async fn serves_another(node: &Node, paths: &[&str]) {
    for path in paths {
        assert_eq!(status(node, 3, path).await, 200, "{path}");
    }
}

#[tokio::test]
async fn a_node_raises_its_limit_of_open_files() {
    each_limited(100, 4096, async |node| {
        let mut silent = silent(node, 300).await;
        serves_another(node, &[QUERY, "/livez", "/readyz"]).await;
        assert_eq!(silent.iter_mut().map(is_cut).filter(|cut| !cut).count(), 300);
    })
    .await;
}

#[tokio::test]
async fn a_low_limit_of_open_files_lowers_the_connections() {
    each_limited(300, 300, async |node| {
        let silent = silent(node, 400).await;
        serves_another(node, &[QUERY, "/livez", "/readyz"]).await;
        assert!(displaced(node, "idle").await > 200);
        drop(silent);
        node.signal("TERM");
        let (_, log) = node.ended();
        assert!(log.contains("the limit of open files is too low"), "{log}");
    })
    .await;
}

/// Whatever has taken the files that were counted on.
#[tokio::test]
async fn without_free_files_an_idle_connection_of_the_largest_caller_is_closed() {
    each_limited(4096, 4096, async |node| {
        let process = node.process();
        let files = fs::read_dir(format!("/proc/{process}/fd")).unwrap().count() + 20;
        let (process, files) = (format!("--pid={process}"), format!("--nofile={files}"));
        assert!(Command::new("prlimit").args([process, files]).status().unwrap().success());
        let silent = silent(node, 40).await;
        serves_another(node, &[QUERY, "/livez", QUERY]).await;
        assert!(displaced(node, "idle").await > 0);
        drop(silent);
    })
    .await;
}
