//! API keys over HTTP: who is identified, who is refused, and what is stored of their answers.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use entity::vocabulary::Role;
use serde_json::{Value, json};
use simpul::{
    access::{Grant, GrantScope, RegionCode},
    store::Credentials,
};

use crate::support::{Registry, Reply, each_engine, posting};

const REGIONS: &str = "/graphql?query=%7Bregions(first:2)%7BtotalCount%7D%7D";
const EXPORT: &str = "/export/regions.csv?columns=code,name&first=3";

/// Each way in, as a request without a credential.
const ENTRIES: [(&str, &str, &str); 7] = [
    ("GET", REGIONS, ""),
    ("POST", "/graphql", r#"{"query":"{ regions(first: 2) { totalCount } }"}"#),
    ("POST", "/graphql", r#"[{"query":"{ regions(first: 2) { totalCount } }"}]"#),
    ("GET", EXPORT, ""),
    ("GET", "/", ""),
    ("GET", "/koperasi/kopontren-al-ittifaq", ""),
    ("GET", "/schema.graphql", ""),
];

async fn send(registry: &Registry, entry: (&str, &str, &str), headers: &[(&str, &str)]) -> Reply {
    let (method, uri, body) = entry;
    let headers = [&[("content-type", "application/json")], headers].concat();
    registry.request(Method::from_bytes(method.as_bytes()).unwrap(), uri, &headers, body).await
}

fn varies(reply: &Reply) -> bool {
    reply.header("vary").split(", ").any(|name| name.eq_ignore_ascii_case("authorization"))
}

async fn key(credentials: &Credentials, subject: &str) -> String {
    credentials.create_key(subject, None, None).await.unwrap().1.text().to_owned()
}

#[tokio::test]
async fn an_invalid_credential_is_refused_at_every_entry_and_never_served_as_public() {
    each_engine(async |registry| {
        let credentials = Credentials::new(registry.database.clone());
        let trusting = registry.trusting(&credentials, &[]).open_to("https://app.example");
        let trusting = trusting.trusting(&credentials, &[]);
        let valid = key(&credentials, "someone").await;
        let expired = credentials.create_key("someone", None, Some(1)).await.unwrap().1;
        let other = credentials.create_key("someone", None, None).await.unwrap();
        credentials.revoke_key(other.0).await.unwrap();
        let mut changed = valid.clone();
        changed.replace_range(20..21, if &valid[20..21] == "x" { "y" } else { "x" });
        let wrong = [
            format!("Bearer {changed}"),
            format!("Bearer {}", expired.text()),
            format!("Bearer {}", other.1.text()),
            "Bearer simpul_".to_owned(),
            "Bearer a.b.c".to_owned(),
            "Bearer".to_owned(),
            format!("Basic {valid}"),
            valid.clone(),
            String::new(),
        ];
        for entry in ENTRIES {
            for wrong in &wrong {
                let reply = send(&trusting, entry, &[("authorization", wrong)]).await;
                assert_eq!(
                    (reply.status, reply.code()),
                    (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"),
                    "{entry:?} {wrong}"
                );
                let challenge = reply.header("www-authenticate");
                assert_eq!(challenge, r#"Bearer realm="simpul", error="invalid_token""#);
                assert_eq!(reply.header("cache-control"), "no-store");
                assert!(varies(&reply) && reply.json().get("data").is_none());
            }
        }
        let valid = format!("Bearer {valid}");
        let twice = [("authorization", valid.as_str()), ("authorization", valid.as_str())];
        assert_eq!(send(&trusting, ENTRIES[0], &twice).await.status, StatusCode::UNAUTHORIZED);
        let without = send(registry, ENTRIES[0], &[("authorization", &valid)]).await;
        assert_eq!(without.status, StatusCode::UNAUTHORIZED, "a node that trusts nothing refuses all");

        let browser = [("authorization", "Bearer x"), ("accept", "text/html")];
        let page = send(&trusting, ENTRIES[5], &browser).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        assert!(page.text().starts_with("<!DOCTYPE html>") && varies(&page));
        assert!(page.header("www-authenticate").starts_with("Bearer "));
        let of_page = [("authorization", "Bearer x"), ("origin", "https://app.example")];
        let refused = send(&trusting, ENTRIES[1], &of_page).await;
        assert_eq!(refused.header("access-control-allow-origin"), "https://app.example");
        assert!(refused.header("access-control-expose-headers").contains("www-authenticate"));
        let asking = [("origin", "https://app.example"), ("access-control-request-method", "POST")];
        let preflight = trusting.request(Method::OPTIONS, "/graphql", &asking, "").await;
        assert!(preflight.header("access-control-allow-headers").contains("authorization"));
        for health in ["/livez", "/readyz", "/metrics"] {
            let reply = trusting.get(health, &[("authorization", "Bearer of-the-monitor")]).await;
            assert_eq!(reply.status, StatusCode::OK, "{health}");
        }
    })
    .await;
}

#[tokio::test]
async fn answers_to_a_credential_are_stored_nowhere_and_confirmed_to_nobody() {
    each_engine(async |registry| {
        let credentials = Credentials::new(registry.database.clone());
        let trusting = registry.trusting(&credentials, &[]);
        let bearer = format!("Bearer {}", key(&credentials, "someone").await);
        for entry in ENTRIES {
            let mut public = send(&trusting, entry, &[]).await;
            // A page whose figures are being computed says so, and is stored nowhere.
            for _ in 0..200 {
                if public.header("cache-control") == "no-store" && entry.0 == "GET" {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    public = send(&trusting, entry, &[]).await;
                }
            }
            assert!(public.status == StatusCode::OK && varies(&public), "{entry:?}");
            let tag = public.header("etag").to_owned();
            let headers = [
                ("authorization", bearer.as_str()),
                ("if-none-match", if tag.is_empty() { "*" } else { &tag }),
            ];
            let own = send(&trusting, entry, &headers).await;
            assert_eq!(
                (own.status, own.header("cache-control")),
                (StatusCode::OK, "private, no-store"),
                "{entry:?}"
            );
            assert!(varies(&own) && own.header("age").is_empty() && !own.bytes.is_empty());
            if entry.1 != EXPORT {
                assert_eq!(own.header("etag"), "", "{entry:?}");
            }
            let again = send(&trusting, entry, &[]).await;
            assert_eq!(again.header("cache-control"), public.header("cache-control"), "{entry:?}");
        }
        assert_eq!(send(&trusting, ENTRIES[0], &[]).await.header("cache-control"), "public, max-age=3600");
        // An interrupted download goes on.
        let whole = send(&trusting, ENTRIES[3], &[("authorization", &bearer)]).await;
        let tag = whole.header("etag").to_owned();
        let rest = [("authorization", bearer.as_str()), ("range", "bytes=5-"), ("if-range", &tag)];
        let rest = send(&trusting, ENTRIES[3], &rest).await;
        assert_eq!((rest.status, &rest.bytes[..]), (StatusCode::PARTIAL_CONTENT, &whole.bytes[5..]));
    })
    .await;
}

/// The request of a client that asks who it is.
const WHO: &str = "query WhoAmI { viewer { role costLimit subject roles { role scope { __typename \
    ... on Region { code name } ... on PartnerInstitution { name } ... on Cooperative { name } } } } }";

#[tokio::test]
async fn the_viewer_tells_its_subject_and_its_roles_with_their_scopes() {
    each_engine(async |registry| {
        let credentials = Credentials::new(registry.database.clone());
        let trusting = registry.trusting(&credentials, &[]);
        let ids = trusting.data(
            r#"{ cooperative(by: {slug: "kopontren-al-ittifaq"}) { id name } institution(by: {slug: "perum-bulog"}) { id name } }"#,
        );
        let ids = ids.await;
        let id = |field: &str| simpul::graph::id::GlobalId::decode(&ids[field]["id"].as_str().unwrap().into()).unwrap().key;
        let scopes = [
            (Role::Registrar, GrantScope::WithinRegion(RegionCode::new("32.04").unwrap())),
            (Role::Cooperative, GrantScope::Party(id("cooperative").parse().unwrap())),
            (Role::Partner, GrantScope::Party(id("institution").parse().unwrap())),
            (Role::Analyst, GrantScope::Everything),
        ];
        let bearer = format!("Bearer {}", key(&credentials, "someone").await);
        let who = async || {
            let headers = [("authorization", bearer.as_str())];
            let reply = trusting.post(&json!({ "query": WHO }).to_string(), &headers).await;
            assert_eq!(reply.json().get("errors"), None, "{}", reply.json());
            (reply.json()["data"]["viewer"].clone(), reply.statements)
        };
        let limit = json!(450_000);
        let plain = json!({ "role": "AUTHENTICATED", "costLimit": limit, "subject": "someone", "roles": [] });
        assert_eq!(who().await, (plain, 0));
        for (role, scope) in scopes {
            credentials.add_grant("someone", Grant { role, scope }, "test", None).await.unwrap();
        }
        credentials.add_grant("another", Grant { role: Role::Admin, scope: GrantScope::Everything }, "test", None).await.unwrap();
        let (viewer, statements) = who().await;
        let roles = json!([
            { "role": "REGISTRAR", "scope": { "__typename": "Region", "code": "32.04", "name": "Kabupaten Bandung" } },
            { "role": "COOPERATIVE", "scope": { "__typename": "Cooperative", "name": ids["cooperative"]["name"] } },
            { "role": "PARTNER", "scope": { "__typename": "PartnerInstitution", "name": ids["institution"]["name"] } },
            { "role": "ANALYST", "scope": null },
        ]);
        assert_eq!(viewer["roles"], roles);
        assert!(statements <= 3, "{statements}");
        let nobody = json!({ "role": "ANONYMOUS", "costLimit": limit, "subject": null, "roles": [] });
        assert_eq!(trusting.data(WHO).await["viewer"], nobody);
    })
    .await;
}

#[tokio::test]
async fn limits_count_for_the_subject_wherever_it_is_and_invalid_credentials_for_their_address() {
    each_engine(async |registry| {
        let credentials = Credentials::new(registry.database.clone());
        let trusting = registry.rated(1, 20_000).trusting(&credentials, &[]);
        let mut keys = Vec::new();
        for subject in ["phone", "phone", "tablet"] {
            keys.push(format!("Bearer {}", key(&credentials, subject).await));
        }
        let asked = async |address: &str, authorization: Option<&str>| {
            let mut request = posting("{ regions(first: 2) { totalCount } }");
            if let Some(text) = authorization {
                request.headers_mut().insert("authorization", text.parse().unwrap());
            }
            trusting.from(address, request).await
        };
        let left = |reply: &Reply| reply.header("ratelimit-remaining").parse::<u32>().unwrap();
        let first = left(&asked("192.0.2.1", Some(&keys[0])).await);
        assert!(first < 20_000);
        let (same, other) =
            (asked("192.0.2.9", Some(&keys[1])).await, asked("192.0.2.1", Some(&keys[2])).await);
        assert!(left(&same) < first, "another key and another address of one subject");
        assert_eq!(left(&other), first, "another subject behind one address");
        assert_eq!(left(&asked("192.0.2.1", None).await), first, "and those without a credential");
        let mut refused = 0;
        let last = loop {
            let reply = asked("192.0.2.1", Some("Bearer simpul_x")).await;
            if reply.status != StatusCode::UNAUTHORIZED {
                break reply;
            }
            refused += 1;
        };
        assert_eq!((last.status, last.code()), (StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED"));
        assert!((15..20).contains(&refused) && !last.header("retry-after").is_empty(), "{refused}");
        assert_eq!(asked("192.0.2.1", None).await.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(
            asked("192.0.2.1", Some(&keys[2])).await.status,
            StatusCode::OK,
            "a valid one is not held up"
        );
        let unknown: Value = asked("192.0.2.2", Some("Bearer x.y.z")).await.json();
        assert_eq!(unknown["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    })
    .await;
}
