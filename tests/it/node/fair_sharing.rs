//! One caller's requests do not make other callers wait.

use std::{net::IpAddr, time::Duration};

use reqwest::Client;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{
    each_node,
    heavy_requests::invalid,
    test_node::{Node, PROFILE},
};
use crate::support::database;

/// Makes annual reports something that no statement comes to the end of.
pub(super) const ENDLESS: [&str; 2] = [
    "ALTER TABLE annual_report RENAME TO report",
    "CREATE VIEW annual_report AS SELECT report.* FROM report, \
     (SELECT count(*) AS n FROM region a, region b, region c WHERE a.code > '') AS counted WHERE counted.n > 0",
];

pub(super) const REPORTS: &str = "{ annualReports(first: 1) { nodes { id } } }";

/// A client that calls from this address.
fn calling_from(address: &str) -> Client {
    let address: IpAddr = address.parse().unwrap();
    Client::builder().local_address(address).timeout(Duration::from_mins(5)).build().unwrap()
}

async fn post(client: &Client, url: String, body: Value) -> (u16, Value) {
    let response = client.post(url).json(&body).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

pub(super) async fn metric(node: &Node, name: &str) -> usize {
    let metrics = node.metrics().await;
    let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
    line.unwrap_or_default()
}

/// One caller has all it may have of the node and of the database, for longer than the test takes, and more waiting.
#[tokio::test]
async fn one_caller_delays_neither_others_nor_readiness() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        for change in ENDLESS {
            fresh.connection.execute_unprepared(change).await.unwrap();
        }
        let flags =
            ["--rate-limit", "off", "--statement-timeout-ms", "3000000", "--wait-timeout-ms", "300000"];
        let node = Node::start_with(
            &fresh.url(),
            &[&flags[..], &["--running", "20", "--waiting", "30"]].concat(),
            &[],
        );
        let (attacker, victim) = (calling_from("127.0.0.2"), calling_from("127.0.0.3"));
        let mut attack = JoinSet::new();
        for _ in 0..50 {
            let (attacker, url) = (attacker.clone(), node.url("/graphql"));
            attack.spawn(async move { post(&attacker, url, json!({ "query": REPORTS })).await });
        }
        while metric(&node, "simpul_operations_running").await < 20
            || metric(&node, "simpul_database_connections{kind=\"busy\"}").await < 12
        {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        for _ in 0..3 {
            let profile =
                json!({ "query": PROFILE, "variables": { "by": { "slug": "kopontren-al-ittifaq" } } });
            let (status, body) = post(&victim, node.url("/graphql"), profile).await;
            assert_eq!((status, body.get("errors")), (200, None), "{body}");
            for route in ["/readyz", "/livez"] {
                let health = victim.get(node.url(route)).send().await.unwrap();
                assert_eq!(health.status().as_u16(), 200, "{route}");
            }
        }
        assert_eq!(
            metric(&node, "simpul_operations_running").await,
            20,
            "one caller has no more than its places"
        );
        assert!(attack.try_join_next().is_none(), "all of it is still under way");
        attack.abort_all();
        drop(node);
        fresh.discard().await;
    }
}

/// New documents are parsed and validated: that of one caller does not wait for all those of another.
#[tokio::test]
async fn new_documents_of_two_callers_are_parsed_alternately() {
    each_node(&[], async |node| {
        let (attacker, victim) = (calling_from("127.0.0.2"), calling_from("127.0.0.3"));
        let mut attack = JoinSet::new();
        // One caller's documents are read on three quarters of them at once.
        let threads = std::thread::available_parallelism().unwrap().get().max(2);
        for number in 0..75 * threads {
            let (attacker, url) = (attacker.clone(), node.url("/graphql"));
            attack.spawn(async move { post(&attacker, url, json!({ "query": invalid(number) })).await });
        }
        let mut read_between = Vec::new();
        for number in 0..5 {
            let answered = attack.join_next().await;
            assert!(answered.is_some(), "all were read before: {read_between:?}");
            while attack.try_join_next().is_some() {}
            let waiting = attack.len();
            let new = json!({ "query": format!("query New{number} {{ __typename }}") });
            let (status, body) = post(&victim, node.url("/graphql"), new).await;
            assert_eq!((status, body.get("errors")), (200, None), "{body}");
            while attack.try_join_next().is_some() {}
            read_between.push(waiting - attack.len());
        }
        eprintln!("{read_between:?} were read before another's, and {} are left", attack.len());
        read_between.sort_unstable();
        assert!(
            !attack.is_empty() && read_between[2] <= 4 * threads,
            "{read_between:?}, {} left",
            attack.len()
        );
    })
    .await;
}

/// Reading and validating takes one thread; the node has only that one, and others go on beside it.
#[tokio::test]
async fn other_callers_are_answered_while_a_document_is_parsed() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let node = Node::start_with(&fresh.url(), &[], &[("TOKIO_WORKER_THREADS", "1")]);
        node.settle().await;
        let fields = (0..9_000).map(|at| format!("f{at} ")).collect::<Vec<_>>().concat();
        let wrong = json!({ "query": format!("{{ cooperatives {{ nodes {{ {fields} }} }} }}") });
        let (attacker, url) = (calling_from("127.0.0.2"), node.url("/graphql"));
        let reading = tokio::spawn(async move { post(&attacker, url, wrong).await });
        let victim = calling_from("127.0.0.3");
        let mut answers = 0;
        while !reading.is_finished() {
            let profile =
                json!({ "query": PROFILE, "variables": { "by": { "slug": "kopontren-al-ittifaq" } } });
            let (status, body) = post(&victim, node.url("/graphql"), profile).await;
            assert_eq!((status, body.get("errors")), (200, None), "{body}");
            answers += 1;
        }
        let (_, body) = reading.await.unwrap();
        assert_eq!(body["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
        assert!(answers >= 5, "{engine:?}: {answers} answers while a document was read");
        drop(node);
        fresh.discard().await;
    }
}
