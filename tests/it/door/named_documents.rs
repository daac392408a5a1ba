//! Trusted and persisted documents, which requests name by id or hash.

use std::fs;

use serde_json::{Value, json};
use simpul::document::named::{Manifest, NamedDocuments, UntrustedDocuments};

use crate::support::{Registry, Reply, doubled, each_engine, sha256};

const QUERY: &str = "query Version { registry { version } }";

fn persisted(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

async fn post(registry: &Registry, body: Value) -> Reply {
    registry.post(&body.to_string(), &[]).await
}

#[tokio::test]
async fn an_executed_document_is_persisted_by_its_hash() {
    each_engine(async |registry| {
        let registry =
            registry.knowing(NamedDocuments::new(Manifest::default(), UntrustedDocuments::Allowed, 1 << 20));
        let named = json!({ "extensions": persisted(&sha256(QUERY)) });
        let miss = post(&registry, named.clone()).await;
        assert_eq!((miss.code(), miss.message()), ("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound"));
        assert_eq!((miss.status.as_u16(), miss.header("cache-control")), (200, "no-store"));
        let sent = post(&registry, json!({ "query": QUERY, "extensions": persisted(&sha256(QUERY)) })).await;
        assert_eq!(sent.json().get("errors"), None);
        let hit = post(&registry, named).await;
        assert_eq!(hit.json()["data"], sent.json()["data"]);
        let upper = json!({ "extensions": persisted(&sha256(QUERY).to_uppercase()) });
        assert_eq!(post(&registry, upper).await.json()["data"], sent.json()["data"]);
    })
    .await;
}

#[tokio::test]
async fn a_document_with_a_wrong_hash_is_neither_executed_nor_stored() {
    each_engine(async |registry| {
        let registry =
            registry.knowing(NamedDocuments::new(Manifest::default(), UntrustedDocuments::Allowed, 1 << 20));
        let other = sha256("{ __typename }");
        let lie = post(&registry, json!({ "query": QUERY, "extensions": persisted(&other) })).await;
        assert_eq!(
            (lie.code(), lie.message()),
            ("PERSISTED_QUERY_HASH_MISMATCH", "provided sha does not match query")
        );
        let named = post(&registry, json!({ "extensions": persisted(&other) })).await;
        assert_eq!(named.code(), "PERSISTED_QUERY_NOT_FOUND");
        for (extension, code) in [
            (json!({ "version": 2, "sha256Hash": other }), "BAD_USER_INPUT"),
            (json!({ "version": 1 }), "BAD_USER_INPUT"),
            (json!({ "version": "1", "sha256Hash": other }), "BAD_USER_INPUT"),
            (json!(3), "BAD_USER_INPUT"),
        ] {
            let wrong = post(&registry, json!({ "extensions": { "persistedQuery": extension } })).await;
            assert_eq!(wrong.code(), code, "{extension}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_executed_documents_are_stored() {
    each_engine(async |registry| {
        let registry =
            registry.knowing(NamedDocuments::new(Manifest::default(), UntrustedDocuments::Allowed, 1 << 20));
        let bomb = doubled(40, "{...F0}");
        for query in ["{", "{ nothing }", bomb.as_str()] {
            let refused =
                post(&registry, json!({ "query": query, "extensions": persisted(&sha256(query)) })).await;
            assert_ne!(refused.json().get("errors"), None);
            let named = post(&registry, json!({ "extensions": persisted(&sha256(query)) })).await;
            assert_eq!(named.code(), "PERSISTED_QUERY_NOT_FOUND");
        }
    })
    .await;
}

#[tokio::test]
async fn a_node_without_a_store_answers_as_clients_expect() {
    each_engine(async |registry| {
        let registry = registry.knowing(NamedDocuments::default());
        let named = post(&registry, json!({ "extensions": persisted(&sha256(QUERY)) })).await;
        assert_eq!(
            (named.code(), named.message()),
            ("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
        );
        let sent = post(&registry, json!({ "query": QUERY, "extensions": persisted(&sha256(QUERY)) })).await;
        assert_eq!(sent.json().get("errors"), None);
    })
    .await;
}

fn manifest(content: &Value) -> Manifest {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("manifest.json");
    fs::write(&file, content.to_string()).unwrap();
    Manifest::read(&file).unwrap()
}

#[tokio::test]
async fn a_manifest_names_documents_in_the_format_of_apollo_or_of_relay() {
    each_engine(async |registry| {
        let apollo = json!({
            "format": "apollo-persisted-query-manifest",
            "version": 1,
            "operations": [{ "id": sha256(QUERY), "name": "Version", "type": "query", "body": QUERY }],
        });
        let relay = json!({ (sha256(QUERY)): QUERY });
        for content in [apollo, relay] {
            let registry = registry.knowing(NamedDocuments::new(
                manifest(&content),
                UntrustedDocuments::Refused,
                1 << 20,
            ));
            let id = sha256(QUERY);
            for named in [
                json!({ "documentId": id }),
                json!({ "documentId": format!("sha256:{id}") }),
                json!({ "id": id }),
                json!({ "doc_id": id }),
                json!({ "extensions": persisted(&id) }),
                json!({ "query": QUERY }),
            ] {
                let answer = post(&registry, named.clone()).await.json();
                assert_eq!(answer["data"]["registry"]["version"], env!("CARGO_PKG_VERSION"), "{named}");
            }
            let strange = "{ __typename }";
            for asked in [
                json!({ "query": strange }),
                json!({ "query": strange, "extensions": persisted(&sha256(strange)) }),
                json!({ "extensions": persisted(&sha256(strange)) }),
                json!({ "documentId": "unknown" }),
            ] {
                let refused = post(&registry, asked.clone()).await;
                assert_eq!(refused.code(), "PERSISTED_QUERY_REQUIRED", "{asked}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn untrusted_documents_may_be_allowed_and_logged() {
    each_engine(async |registry| {
        let trusted = manifest(&json!({ "one": QUERY }));
        let registry = registry.knowing(NamedDocuments::new(trusted, UntrustedDocuments::Logged, 1 << 20));
        assert_eq!(
            post(&registry, json!({ "query": "{ __typename }" })).await.json()["data"]["__typename"],
            "Query"
        );
        assert_eq!(post(&registry, json!({ "documentId": "one" })).await.json().get("errors"), None);
    })
    .await;
}

#[tokio::test]
async fn unrelated_parameters_do_not_name_a_document() {
    each_engine(async |registry| {
        for unknown in [
            json!({ "id": 7 }),
            json!({ "documentId": null, "id": null, "doc_id": [] }),
            json!({ "extensions": { "persistedQuery": null } }),
        ] {
            let mut asked = unknown.clone();
            asked["query"] = json!("{ __typename }");
            assert_eq!(
                post(registry, asked).await.json()["data"],
                json!({ "__typename": "Query" }),
                "{unknown}"
            );
        }
        let prefixed = manifest(&json!({ "sha256:aa": QUERY }));
        let registry = registry.knowing(NamedDocuments::new(prefixed, UntrustedDocuments::Refused, 1 << 20));
        assert_eq!(post(&registry, json!({ "documentId": "sha256:aa" })).await.json().get("errors"), None);
    })
    .await;
}

#[test]
fn an_invalid_manifest_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("manifest.json");
    let cases = [
        ("{", "neither Apollo's manifest"),
        ("[]", "neither Apollo's manifest"),
        (r#"{"format":"other","version":1,"operations":[]}"#, "neither Apollo's manifest"),
        (
            r#"{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}"#,
            "neither Apollo's manifest",
        ),
        (r#"{"broken":"query {"}"#, "document `broken`"),
    ];
    for (content, words) in cases {
        fs::write(&file, content).unwrap();
        let error = Manifest::read(&file).unwrap_err().to_string();
        assert!(error.contains(words) && error.contains("manifest.json"), "{error}");
    }
    assert!(Manifest::read(&folder.path().join("absent")).unwrap_err().to_string().contains("cannot read"));
}
