//! A node that still loads reference data.

use super::Node;
use crate::support::database::{engines, fresh};

const ONE_THREAD: &[(&str, &str)] = &[("TOKIO_WORKER_THREADS", "1")];

/// Decoding the tables takes as long as hundreds of answers.
#[tokio::test]
async fn a_node_with_one_thread_answers_while_it_loads() {
    for engine in engines() {
        let fresh = fresh(engine).await;
        let node = Node::start_with(&fresh.url(), &[], ONE_THREAD);
        let mut answers = 0;
        while node.metrics().await.lines().any(|line| line == "simpul_load_duration_seconds 0.0") {
            answers += 1;
        }
        assert!(answers >= 20, "{engine:?}: {answers} answers while it loaded");
        drop(node);
        fresh.discard().await;
    }
}
