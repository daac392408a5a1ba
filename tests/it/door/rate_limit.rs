//! The rate limit: points per caller, and what is charged for each kind of request.

use std::time::Duration;

use axum::http::{HeaderValue, Request, StatusCode};
use serde_json::{Value, json};

use crate::support::{Registry, Reply, each_engine, posting};

const QUERY: &str = "{ cooperatives(first: 100) { nodes { linkages(first: 30) { nodes { id } } } } }";

async fn ask(registry: &Registry, address: &str, forwarded: &[&[u8]]) -> Reply {
    let mut request: Request<_> = posting(QUERY);
    for addresses in forwarded {
        request.headers_mut().append("x-forwarded-for", HeaderValue::from_bytes(addresses).unwrap());
    }
    registry.from(address, request).await
}

#[tokio::test]
async fn a_caller_without_points_gets_429_with_retry_after() {
    each_engine(async |registry| {
        let limited = registry.rated(1, 400_000);
        let first = ask(&limited, "192.0.2.1", &[]).await.json();
        let cost = &first["extensions"]["cost"];
        let (requested, actual) = (cost["requested"].as_u64().unwrap(), cost["actual"].as_u64().unwrap());
        let left = cost["throttleStatus"]["currentlyAvailable"].as_u64().unwrap();
        assert_eq!(
            (
                cost["throttleStatus"]["maximumAvailable"].clone(),
                cost["throttleStatus"]["restoreRate"].clone()
            ),
            (json!(400_000), json!(1))
        );
        assert!(actual < requested, "the example should not fill its pages");
        assert!(
            (400_000 - actual..400_000 - actual + 60).contains(&left),
            "only what was delivered is paid for"
        );
        let mut last = ask(&limited, "192.0.2.1", &[]).await;
        for _ in 0..100 {
            if last.status != StatusCode::OK {
                break;
            }
            last = ask(&limited, "192.0.2.1", &[]).await;
        }
        assert_eq!((last.status, last.code()), (StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED"));
        let wait: u64 = last.header("retry-after").parse().unwrap();
        let left: u64 = last.header("ratelimit-remaining").parse().unwrap();
        assert_eq!(wait, requested - left, "a point comes back every second");
        assert_eq!(last.header("ratelimit-limit"), "400000");
        assert_eq!(last.header("ratelimit-policy"), "400000;w=400000");
        assert_eq!(last.header("ratelimit-reset"), (400_000 - left).to_string());
        assert_eq!(last.header("cache-control"), "no-store");
        assert_eq!(last.json()["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"], json!(left));
        assert_eq!(ask(&limited, "192.0.2.2", &[]).await.status, StatusCode::OK, "others do not wait");
    })
    .await;
}

#[tokio::test]
async fn points_are_refilled_over_time() {
    each_engine(async |registry| {
        // The example costs more than a full bucket, and empties it for a second.
        let limited = registry.rated(1_000, 1_000);
        for _ in 0..2 {
            assert_eq!(ask(&limited, "192.0.2.1", &[]).await.status, StatusCode::OK);
            tokio::time::sleep(Duration::from_millis(1_100)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn forwarded_addresses_count_from_trusted_proxies_only() {
    each_engine(async |registry| {
        let limited = registry.rated(1, 1_000).behind("10.0.0.0/8");
        let spend = async |address: &str, forwarded: &[&[u8]]| ask(&limited, address, forwarded).await.status;
        let (spent, free) = (StatusCode::TOO_MANY_REQUESTS, StatusCode::OK);
        assert_eq!(spend("203.0.113.1", &[b"192.0.2.9"]).await, free);
        assert_eq!(
            spend("203.0.113.1", &[b"192.0.2.10"]).await,
            spent,
            "a header of an untrusted sender is ignored"
        );
        assert_eq!(spend("10.0.0.1", &[b"192.0.2.1"]).await, free);
        assert_eq!(spend("10.0.0.2", &[b"192.0.2.1"]).await, spent, "the same caller by another proxy");
        assert_eq!(spend("10.0.0.1", &[b"192.0.2.2, 10.1.1.1"]).await, free, "by two of our proxies");
        assert_eq!(
            spend("10.0.0.1", &[b"192.0.2.7, 192.0.2.2"]).await,
            spent,
            "what the caller wrote itself is not read"
        );
        assert_eq!(spend("10.0.0.1", &[b"192.0.2.8", b"192.0.2.2, 10.3.3.3"]).await, spent);
        assert_eq!(spend("::ffff:10.0.0.1", &[b"192.0.2.2"]).await, spent);
        assert_eq!(
            spend("10.0.0.1", &[b"\xff, 192.0.2.2"]).await,
            spent,
            "nor does it hide what the proxy wrote after it"
        );
        assert_eq!(spend("10.0.0.1", &[b"192.0.2.9:4711"]).await, free);
        assert_eq!(spend("10.0.0.1", &[b"192.0.2.9"]).await, spent, "some proxies write the port too");
        assert_eq!(spend("10.0.0.1", &[b"[2001:db8::1]:4711"]).await, free);
        assert_eq!(spend("10.0.0.1", &[b"2001:db8::1"]).await, spent);
        assert_eq!(spend("10.0.0.1", &[b"nonsense"]).await, free, "then it is the proxy that calls");
        assert_eq!(spend("10.0.0.1", &[b"192.0.2.10, \xff"]).await, spent, "as here");
    })
    .await;
}

/// Every list at the root, behind one that is searched and one that is gone through.
#[tokio::test]
async fn a_wrong_argument_at_the_root_ends_a_request_before_its_first_statement() {
    each_engine(async |registry| {
        let fields =
            "{ __schema { queryType { fields { name args { name defaultValue type { kind } } } } } }";
        let fields = registry.data(fields).await["__schema"]["queryType"]["fields"].clone();
        let mut tried = 0;
        for field in fields.as_array().unwrap() {
            let arguments = field["args"].as_array().unwrap();
            let asks = |name: &str| arguments.iter().any(|argument| argument["name"] == name);
            let needs = |argument: &Value| {
                argument["type"]["kind"] == "NON_NULL" && argument["defaultValue"].is_null()
            };
            if !asks("after") || arguments.iter().any(needs) {
                continue;
            }
            let name = field["name"].as_str().unwrap();
            // The log is not counted.
            let count = if name == "changes" { "" } else { "totalCount" };
            for wrong in ["after: \"nonsense\"", "first: -1"] {
                let answer = registry
                    .ask(&format!(
                        "{{ sought: cooperatives(search: \"koperasi\", first: 1) {{ totalCount }}
                            counted: linkages(where: {{exclusive: {{eq: true}}}}, first: 1) {{ totalCount }}
                            wrong: {name}({wrong}) {{ {count} nodes {{ __typename }} }} }}"
                    ))
                    .await;
                assert!(
                    ["CURSOR_INVALID", "BAD_USER_INPUT"].contains(&answer.code()),
                    "{name}: {}",
                    answer.body
                );
                assert_eq!(answer.statements, 0, "{name}({wrong})");
                tried += 1;
            }
        }
        assert!(tried > 40, "{tried} were tried");
    })
    .await;
}

/// An error of one root field does not make the others free.
#[tokio::test]
async fn an_answer_without_data_is_charged() {
    each_engine(async |registry| {
        let limited = registry.rated(1, 400_000);
        let query = "{ linkages(where: {months: {some: {deliveryCount: {gt: 1}}}}, first: 1) { totalCount } \
                       wrong: linkages(after: \"nonsense\") { totalCount } }";
        let answer = limited.from("192.0.2.1", posting(query)).await.json();
        let cost = &answer["extensions"]["cost"];
        assert_eq!(answer["data"], json!(null), "{answer}");
        // Nothing was read; the fields at the root cost what they cost flat.
        assert!(cost["actual"].as_u64() > Some(5_000), "{cost}");
        let left = cost["throttleStatus"]["currentlyAvailable"].as_u64().unwrap();
        assert!(left <= 400_000 - 5_000, "{cost}");
    })
    .await;
}

/// A document of 20 KB that is refused, or only priced.
#[tokio::test]
async fn refused_documents_cost_by_their_length() {
    each_engine(async |registry| {
        for only_costs in [false, true] {
            let limited = registry.rated(1, 5_050);
            let mut answered = 0;
            for number in 0..100 {
                let field = if only_costs { "__typename" } else { "nothing" };
                let query = format!("query Q{number} {{ {field} }} # {}", "x".repeat(20_000));
                let mut request = posting(&query);
                request.headers_mut().insert("simpul-cost-only", only_costs.to_string().parse().unwrap());
                let answer = limited.from("192.0.2.1", request).await;
                if answer.status == StatusCode::TOO_MANY_REQUESTS {
                    break;
                }
                answered += 1;
            }
            // 200 points each; the last one owes some.
            assert_eq!(answered, 26, "only costs: {only_costs}");
            let small = limited.from("192.0.2.1", posting("{ __typename }")).await;
            assert_eq!(small.status, StatusCode::TOO_MANY_REQUESTS);
            assert_eq!(limited.from("192.0.2.2", posting("{ __typename }")).await.status, StatusCode::OK);
        }
    })
    .await;
}

#[tokio::test]
async fn a_long_new_document_costs_by_its_length() {
    each_engine(async |registry| {
        for (new, most) in [(true, 26), (false, 60)] {
            let limited = registry.rated(1, 5_050);
            let mut answered = 0;
            for number in 0..60 {
                let query = format!(
                    "query Q{} {{ __typename }} # {}",
                    if new { number } else { 0 },
                    "x".repeat(20_000)
                );
                let answer = limited.from("192.0.2.1", posting(&query)).await;
                if answer.status == StatusCode::TOO_MANY_REQUESTS {
                    break;
                }
                answered += 1;
            }
            assert_eq!(answered, most, "new: {new}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_short_dry_run_is_free() {
    each_engine(async |registry| {
        let limited = registry.rated(1, 400_000);
        for _ in 0..20 {
            let mut request = posting(QUERY);
            request.headers_mut().insert("simpul-cost-only", "true".parse().unwrap());
            assert_eq!(limited.from("192.0.2.1", request).await.status, StatusCode::OK);
        }
    })
    .await;
}
