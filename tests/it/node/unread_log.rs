//! A log, and console output, that is not read does not block a node.

use std::{
    io::Write,
    process::{Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::tempdir;

use super::{Node, test_node::listening};
use crate::support::database::{engines, fresh};

/// Posts a batch of ten small operations, of which each writes a line; all must be answered.
async fn ten(node: &Node) {
    let batch = vec![json!({ "query": "{ __typename }" }); 10];
    let (status, answers) = node.post(Value::from(batch).to_string()).await;
    let good = answers.as_array().unwrap().iter().filter(|answer| answer["data"]["__typename"] == "Query");
    assert_eq!((status, good.count()), (200, 10), "{answers}");
}

async fn lost(node: &Node) -> u64 {
    let text = node.metrics().await;
    let line = text.lines().find_map(|line| line.strip_prefix("simpul_log_lines_lost_total "));
    line.unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_closed_log_does_not_stop_a_node_and_lost_lines_are_counted() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        // Libraries have much to say at this level.
        let flags = ["--rate-limit", "off", "--log", "debug"];
        let mut node = Node::start_logging(&fresh.url(), &flags, &[], |errors| {
            drop(errors);
            String::new()
        });
        for _ in 0..20 {
            ten(&node).await;
        }
        node.answers_the_profile().await;
        tokio::time::timeout(Duration::from_secs(20), async {
            // The first ones may still have found a reader.
            while lost(&node).await < 100 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
        .await
        .unwrap();
        node.signal("TERM");
        assert_eq!(node.ended().0.code(), Some(0));
        fresh.discard().await;
    }
}

#[tokio::test]
async fn a_blocked_log_does_not_stop_a_node_and_lost_lines_are_counted() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let (held, hold) = mpsc::channel::<()>();
        let mut node = Node::start_logging(&fresh.url(), &["--rate-limit", "off"], &[], move |errors| {
            // Until the test has seen enough; the pipe is never read.
            let _ = hold.recv();
            drop(errors);
            String::new()
        });
        for _ in 0..600 {
            ten(&node).await;
        }
        node.answers_the_profile().await;
        assert!(lost(&node).await > 0, "6000 lines are more than the queue and the pipe hold");
        node.signal("TERM");
        let ended = tokio::task::spawn_blocking(move || {
            let process = node.exit_status();
            drop(held);
            process
        });
        let status = tokio::time::timeout(Duration::from_secs(30), ended).await.unwrap().unwrap();
        assert_eq!(status.code(), Some(0));
        fresh.discard().await;
    }
}

#[tokio::test]
async fn the_last_lines_of_a_node_that_ends_are_written() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let mut node = Node::start_with(&fresh.url(), &["--rate-limit", "off", "--log-format", "json"], &[]);
        for _ in 0..20 {
            ten(&node).await;
        }
        assert_eq!(lost(&node).await, 0);
        node.signal("TERM");
        let (_, log) = node.ended();
        let lines = log.lines().filter(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            line["message"] == "answered" && line["request_id"] != ""
        });
        assert_eq!(lines.count(), 200);
        assert!(log.lines().last().unwrap().contains("stopping"), "{log}");
        fresh.discard().await;
    }
}

/// A pipe that is full from the start, and one that is closed.
#[tokio::test]
async fn a_node_with_closed_output_serves() {
    for engine in engines() {
        for full in [true, false] {
            let fresh = fresh(engine).await;
            let (reader, mut writer) = std::io::pipe().unwrap();
            // What a pipe of Linux holds.
            writer.write_all("\n".repeat(65_536).as_bytes()).unwrap();
            let reader = full.then_some(reader);
            let mut child = Command::new(env!("CARGO_BIN_EXE_simpul"))
                .args(["serve", "--listen", "127.0.0.1:0", "--database-url", &fresh.url()])
                .stdout(Stdio::from(writer))
                .stderr(Stdio::null())
                .current_dir(env!("CARGO_TARGET_TMPDIR"))
                .spawn()
                .unwrap();
            let url = format!("http://{}/readyz", listening(child.id()));
            let ready = tokio::time::timeout(Duration::from_mins(1), reqwest::get(url));
            let status = ready.await.expect("it waits for its reader").unwrap().status();
            assert_eq!(status, 200, "full: {full}");
            let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
            assert!(killed.unwrap().success());
            let ended = tokio::task::spawn_blocking(move || child.wait().unwrap());
            let status = tokio::time::timeout(Duration::from_secs(30), ended).await.unwrap().unwrap();
            assert_eq!(status.code(), Some(0), "full: {full}");
            drop(reader);
            fresh.discard().await;
        }
    }
}

/// The reader of an output may close it at any time; the exit code does not change.
#[test]
fn a_command_with_closed_output_keeps_its_exit_code() {
    let folder = tempdir().unwrap();
    let absent = format!("sqlite://{}", folder.path().join("absent.db").display());
    let cases: [(&[&str], i32); 5] = [
        (&["schema"], 0),
        (&["--help"], 0),
        (&["doctor", "--database-url", &absent], 2),
        (&["serve", "--listen", "nowhere"], 2),
        (&["serve", "--config", "/not/there.toml"], 2),
    ];
    for (arguments, code) in cases {
        for log in ["info", "simpul=loud"] {
            let closed = || Stdio::from(std::io::pipe().unwrap().1);
            let mut command = Command::new(env!("CARGO_BIN_EXE_simpul"));
            let status =
                command.args(arguments).env("SIMPUL_LOG", log).stdout(closed()).stderr(closed()).status();
            let expected = if arguments[0] == "--help" || log == "info" { code } else { 2 };
            assert_eq!(status.unwrap().code(), Some(expected), "{arguments:?} {log}");
        }
    }
}
