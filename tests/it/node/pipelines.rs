//! Requests that are sent on one connection without waiting for their answers.

use std::{
    io::{Read, Write},
    net::Shutdown,
    sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    thread,
};

use super::{Node, peer::connect};
use crate::support::database::{engines, fresh};

const QUERY: &str = "{\"query\":\"{__typename}\"}";

/// With one thread, whoever is always ready lets nobody else in.
#[tokio::test(flavor = "multi_thread")]
async fn who_sends_requests_without_waiting_keeps_nobody_else_waiting() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let node = Node::start_with(&fresh.url(), &["--rate-limit", "off"], &[("TOKIO_WORKER_THREADS", "1")]);
        node.settle().await;
        let post = format!(
            "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{QUERY}",
            QUERY.len()
        );
        for request in
            [&post, "GET /nowhere HTTP/1.1\r\nhost: x\r\n\r\n", "GET /livez HTTP/1.1\r\nhost: x\r\n\r\n"]
        {
            let (over, bytes) = (AtomicBool::new(false), AtomicU64::new(0));
            let mut reading = connect(&node, 2, None);
            let (mut writing, closing) = (reading.try_clone().unwrap(), reading.try_clone().unwrap());
            let mut one = [0; 4096];
            writing.write_all(request.as_bytes()).unwrap();
            let length = reading.read(&mut one).unwrap() as u64;
            let meanwhile = thread::scope(|scope| {
                let many = request.repeat(50);
                scope.spawn(|| while !over.load(Relaxed) && writing.write_all(many.as_bytes()).is_ok() {});
                scope.spawn(|| {
                    let mut answers = [0; 65_536];
                    while let Ok(read) = reading.read(&mut answers) {
                        bytes.fetch_add(read as u64, Relaxed);
                        if read == 0 || over.load(Relaxed) {
                            break;
                        }
                    }
                });
                let answered = || bytes.load(Relaxed) / length;
                tokio::task::block_in_place(|| {
                    tokio::runtime::Handle::current().block_on(async {
                        while answered() < 200 {
                            tokio::task::yield_now().await;
                        }
                        let before = answered();
                        for _ in 0..3 {
                            node.answers_the_profile().await;
                        }
                        let after = answered();
                        over.store(true, Relaxed);
                        closing.shutdown(Shutdown::Both).unwrap();
                        (after - before) / 3
                    })
                })
            });
            eprintln!("{engine:?}: {meanwhile} answers beside one profile");
            assert!(meanwhile < 300, "{meanwhile} of {request:?} were answered before one profile was");
        }
        drop(node);
        fresh.discard().await;
    }
}
