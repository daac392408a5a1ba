//! Small requests that crashed common GraphQL servers are refused at low cost.

use std::{fmt::Write as _, io::Write, time::Duration};

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use super::{Node, each_node, websocket};
use crate::support::{doubled, sha256};

/// Processor time that refusing one attack may take.
const MOST_TIME: Duration = Duration::from_millis(500);

/// Bytes that the node may grow by meanwhile.
const MOST_GROWTH: u64 = 64 << 20;

/// Attacks, and sees to it that it was cheap and that the node still answers.
pub(super) async fn attack(node: &mut Node, name: &str, attack: impl AsyncFnOnce(&Node)) {
    node.forget_peak();
    let (time, memory) = (node.processor_time(), node.resident());
    attack(node).await;
    let (time, growth) = (node.processor_time().saturating_sub(time), node.peak().saturating_sub(memory));
    eprintln!("{name}: {} ms, {} KB", time.as_millis(), growth / 1024);
    assert!(node.runs(), "{name} ended the node");
    assert!(time <= MOST_TIME, "{name} took {} ms", time.as_millis());
    assert!(growth <= MOST_GROWTH, "{name} took {} KB", growth / 1024);
    node.answers_the_profile().await;
}

async fn refused(node: &Node, query: &str, variables: Value, code: &str) {
    let (status, body) = node.post(json!({ "query": query, "variables": variables }).to_string()).await;
    assert_eq!(status, 400, "{body}");
    assert_eq!(
        (body["errors"][0]["extensions"]["code"].as_str(), body.get("data")),
        (Some(code), None),
        "{body}"
    );
}

/// Fragments that each spread the next one under two names.
fn aliased(levels: usize) -> String {
    let mut text = String::new();
    for at in 0..levels {
        write!(
            text,
            "fragment F{at} on Region{{a:parent{{...F{next}}}b:parent{{...F{next}}}}}",
            next = at + 1
        )
        .unwrap();
    }
    write!(text, "fragment F{levels} on Region{{code}}").unwrap();
    text
}

fn cycle(length: usize) -> String {
    let fragment = |at: usize| format!("fragment F{at} on Query{{...F{}}}", (at + 1) % length);
    format!("{{...F0}}{}", (0..length).map(fragment).collect::<String>())
}

fn numbered(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

#[tokio::test]
async fn deeply_nested_documents_are_refused_before_parsing() {
    each_node(&[], async |node| {
        let limit = "DEPTH_LIMIT_EXCEEDED";
        for (name, query) in [
            ("nested lists", format!("{{a(b:{}", "[".repeat(2_000))),
            ("closed nested lists", format!("{{a(b:{}{})}}", "[".repeat(2_000), "]".repeat(2_000))),
            ("nested fields", "{a:".repeat(1_500)),
            ("balanced braces", format!("{}{}", "{a".repeat(20_000), "}".repeat(20_000))),
            ("nested objects", format!("{{a(b:{}1{})}}", "{c:".repeat(2_000), "}".repeat(2_000))),
        ] {
            attack(node, name, async |node| refused(node, &query, json!({}), limit).await).await;
        }
        let harmless = format!(
            "{{ # {}\n cooperatives(where: {{name: {{eq: \"{}\"}}}}) {{ totalCount }} }}",
            "[".repeat(2_000),
            "{".repeat(2_000)
        );
        assert_eq!(node.ask(&harmless).await.0, 200, "brackets in texts and comments nest nothing");
    })
    .await;
}

#[tokio::test]
async fn fragments_that_double_are_priced_expanded() {
    each_node(&["--persisted-bytes", "1000000"], async |node| {
        for levels in [24, 30, 40, 64] {
            let used = doubled(levels, "{...F0}");
            attack(node, "doubled", async |node| {
                refused(node, &used, json!({}), "COST_LIMIT_EXCEEDED").await;
            })
            .await;
            let unused = doubled(levels, "{__typename}");
            attack(node, "unused", async |node| {
                let (status, body) = node.ask(&unused).await;
                assert_eq!((status, body.get("data")), (400, None), "{body}");
            })
            .await;
            let named = format!("{{region(by:{{code:\"32\"}}){{...F0}}}}{}", aliased(levels.min(50)));
            attack(node, "aliased", async |node| {
                let (status, body) = node.ask(&named).await;
                assert_eq!((status, body.get("data")), (400, None), "{body}");
            })
            .await;
            let batch = json!(vec![json!({ "query": used }); 10]).to_string();
            attack(node, "in a batch", async |node| {
                let (_, body) = node.post(batch).await;
                assert!(body.as_array().unwrap().iter().all(|answer| answer.get("data").is_none()), "{body}");
            })
            .await;
            attack(node, "over a socket", async |node| {
                let mut socket = websocket::known(node).await;
                websocket::say(&mut socket, websocket::subscribe("1", &used)).await;
                let error = websocket::heard(&mut socket).await;
                assert_eq!(error["payload"][0]["extensions"]["code"], "COST_LIMIT_EXCEEDED", "{error}");
            })
            .await;
            let hash = sha256(&used);
            let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
            attack(node, "persisted", async |node| {
                let (status, _) =
                    node.post(json!({ "query": used, "extensions": extensions }).to_string()).await;
                assert_eq!(status, 400);
                let (_, body) = node.post(json!({ "extensions": extensions }).to_string()).await;
                assert_eq!(body["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn fragments_that_spread_themselves_are_refused() {
    each_node(&[], async |node| {
        for length in [1, 2, 1_000] {
            attack(node, "a cycle", async |node| {
                let (status, body) = node.ask(&cycle(length)).await;
                assert_eq!((status, body.get("data")), (400, None), "{body}");
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn very_wide_documents_are_refused() {
    each_node(&[], async |node| {
        let limit = "DOCUMENT_LIMIT_EXCEEDED";
        for (name, query) in [
            ("aliases", format!("{{{}}}", numbered(16_000, |at| format!("a{at}:__typename ")))),
            ("typenames", format!("{{{}}}", "__typename ".repeat(45_000))),
            (
                "differing arguments",
                format!("{{{}}}", numbered(3_000, |at| format!("cooperatives(first:{at}){{totalCount}}"))),
            ),
            ("directives", format!("{{__typename {}}}", "@a ".repeat(10_000))),
            ("variables", format!("query({}){{__typename}}", numbered(5_000, |at| format!("$v{at}:Int ")))),
            ("a list of ids", format!("{{nodes(ids:[{}]){{id}}}}", "\"x\" ".repeat(20_000))),
        ] {
            attack(node, name, async |node| refused(node, &query, json!({}), limit).await).await;
        }
        // As many as the limits let through must be cheap too.
        for (name, query) in [
            (
                "some differing arguments",
                format!("{{{}}}", numbered(100, |at| format!("cooperatives(first:{at}){{totalCount}}"))),
            ),
            ("some directives", format!("{{__typename {}}}", "@skip(if:false) ".repeat(1_200))),
            ("some unknown directives", format!("{{registry {{ version {} }} }}", "@a ".repeat(3_000))),
            (
                "some variables",
                format!("query({}){{__typename}}", numbered(2_000, |at| format!("$v{at}:Int "))),
            ),
            ("some unknown fields", format!("{{registry{{{}}}}}", numbered(4_000, |at| format!("f{at} ")))),
        ] {
            attack(node, name, async |node| {
                let (_, body) = node.ask(&query).await;
                assert!(body["errors"].as_array().is_some_and(|errors| errors.len() <= 51), "{name}");
            })
            .await;
        }
        let ids = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let many = json!({ "ids": vec!["x"; 20_000] });
        attack(node, "ids in a variable", async |node| {
            let (status, body) = node.post(json!({ "query": ids, "variables": many }).to_string()).await;
            assert_eq!((status, body.get("data")), (400, None), "{body}");
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn deeply_nested_variables_are_refused() {
    each_node(&[], async |node| {
        let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
        let body =
            format!("{{\"query\":\"query($a:[Int]){{__typename}}\",\"variables\":{{\"a\":{open}{close}}}}}");
        attack(node, "nested variables", async |node| assert_eq!(node.post(body).await.0, 400)).await;
        let extensions = format!("{{\"query\":\"{{__typename}}\",\"extensions\":{{\"a\":{open}{close}}}}}");
        attack(node, "nested extensions", async |node| assert_eq!(node.post(extensions).await.0, 200)).await;
        let persisted = format!(
            "{{\"query\":\"{{__typename}}\",\"extensions\":{{\"persistedQuery\":{{\"a\":{open}{close}}}}}}}"
        );
        attack(node, "a nested hash", async |node| assert_eq!(node.post(persisted).await.0, 400)).await;
        let unknown = format!("{{\"query\":\"{{__typename}}\",\"unknown\":{open}{close}}}");
        attack(node, "nested nonsense", async |node| assert_eq!(node.post(unknown).await.0, 200)).await;
        let batch = format!("[{}]", "[".repeat(100_000));
        attack(node, "a nested batch", async |node| assert_eq!(node.post(batch).await.0, 400)).await;
        let empty = format!("[{}{{}}]", "{},".repeat(150_000));
        attack(node, "a batch of nothing", async |node| {
            let (status, body) = node.post(empty).await;
            assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (400, &json!("BATCH_TOO_LARGE")));
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn bodies_that_are_too_large_are_not_read() {
    each_node(&[], async |node| {
        let large = "x".repeat(20 << 20);
        let with_length = large.clone();
        attack(node, "a large body", async |node| assert_too_large(node.client.post(node.url("/graphql")).body(with_length)).await).await;
        attack(node, "a large body of unknown length", async |node| {
            let chunks = large.as_bytes().chunks(64 << 10).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec()));
            let body = reqwest::Body::wrap_stream(futures_util::stream::iter(chunks.collect::<Vec<_>>()));
            assert_too_large(node.client.post(node.url("/graphql")).body(body)).await;
        })
        .await;
        attack(node, "the promise of a huge body", async |node| {
            let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 107374182400\r\n\r\n";
            let answer = said(node, head.as_bytes());
            assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        })
        .await;
        attack(node, "a bomb", async |node| {
            let mut bomb = GzEncoder::new(Vec::new(), Compression::fast());
            bomb.write_all(&vec![b' '; 50 << 20]).unwrap();
            let request = node.client.post(node.url("/graphql")).header("content-type", "application/json");
            let response = request.header("content-encoding", "gzip").body(bomb.finish().unwrap()).send().await.unwrap();
            assert_eq!(response.status(), 415);
        })
        .await;
    })
    .await;
}

/// Writes bytes. The node may close the connection before all are sent.
async fn assert_too_large(request: reqwest::RequestBuilder) {
    match request.header("content-type", "application/json").send().await {
        Ok(response) => assert_eq!(response.status(), 413),
        Err(error) => assert!(error.is_request() || error.is_body(), "{error:?}"),
    }
}

/// The response of the node to these bytes.
fn said(node: &Node, bytes: &[u8]) -> String {
    use std::io::Read;
    let mut stream = node.connect();
    stream.write_all(bytes).unwrap();
    let mut answer = [0; 64];
    let read = stream.read(&mut answer).unwrap_or(0);
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

#[tokio::test]
async fn invalid_utf8_is_refused() {
    each_node(&[], async |node| {
        let query = "{\"query\":\"{__typename}\"}";
        let utf_16: Vec<u8> = query.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> =
            std::iter::once(0xfeff).chain(query.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for (name, body) in [
            ("invalid UTF-8", b"{\"query\":\"{__typename \xff\xfe}\"}".to_vec()),
            ("UTF-16", utf_16),
            ("UTF-16 with a mark", marked),
            ("a lone surrogate", b"{\"query\":\"{__typename}\",\"variables\":{\"a\":\"\\ud800\"}}".to_vec()),
            ("NUL", b"\0\0\0\0".to_vec()),
        ] {
            attack(node, name, async |node| {
                let request =
                    node.client.post(node.url("/graphql")).header("content-type", "application/json");
                let response = request.body(body).send().await.unwrap();
                assert_eq!(response.status(), 400, "{name}");
                let body: Value = response.json().await.unwrap();
                assert_eq!(body["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn nested_introspection_is_priced_like_data() {
    each_node(&[], async |node| {
        let nested = format!("{{__schema{{types{{{}name{}}}}}}}", "fields{type{".repeat(8), "}}".repeat(8));
        attack(node, "nested introspection", async |node| {
            refused(node, &nested, json!({}), "COST_LIMIT_EXCEEDED").await;
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn static_content_is_compressed_once() {
    each_node(&[], async |node| {
        for encoding in ["gzip", "br", "zstd"] {
            let ask = async |node: &Node| {
                let request =
                    node.client.get(node.url("/schema.graphql")).header("accept-encoding", encoding);
                let schema = request.send().await.unwrap();
                assert_eq!(schema.headers()["content-encoding"], encoding);
                assert!(
                    schema.bytes().await.unwrap().len() * 5 < include_str!("../../../schema.graphql").len()
                );
            };
            ask(node).await;
            attack(node, encoding, async |node| {
                for _ in 0..200 {
                    ask(node).await;
                }
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn concurrent_metrics_requests_share_one_answer() {
    each_node(&[], async |node| {
        for number in 0..100 {
            node.ask(&format!("query N{number}{} {{ __typename }}", "x".repeat(90))).await;
        }
        attack(node, "metrics", async |node| {
            let asked = (0..300).map(|_| {
                let request = node.client.get(node.url("/metrics")).header("accept-encoding", "gzip");
                async move { request.send().await.unwrap().bytes().await.unwrap().len() }
            });
            futures_util::future::join_all(asked).await;
        })
        .await;
    })
    .await;
}
