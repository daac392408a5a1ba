//! Exports that are refused: nothing of a file is sent, and the status is that of an error.

use axum::http::Method;
use simpul::document::named::{Manifest, NamedDocuments, UntrustedDocuments};

use super::{address, export};
use crate::support::each_engine;

#[tokio::test]
async fn a_document_of_another_form_is_refused_with_a_hint() {
    each_engine(async |registry| {
        for (query, code, hint) in [
            (
                "{ cooperatives { nodes { name } } regions { nodes { name } } }",
                "BAD_USER_INPUT",
                "`cooperatives`, `regions`",
            ),
            ("{ viewer { costLimit } }", "BAD_USER_INPUT", "`viewer` is neither a list nor an aggregate"),
            ("{ cooperatives { totalCount } }", "BAD_USER_INPUT", "nodes { … }"),
            ("{ cooperatives { nodes { name } edges { cursor } } }", "BAD_USER_INPUT", "not both"),
            ("{ cooperatives(last: 5) { nodes { name } } }", "BAD_USER_INPUT", "reverse `orderBy`"),
            ("{ cooperatives { nodes { region { id } } } ", "GRAPHQL_PARSE_FAILED", "expected"),
            ("{ cooperatives { nodes { nam } } }", "GRAPHQL_VALIDATION_FAILED", "nam"),
            (
                "mutation { dropLinkage(input: {idempotencyKey: \"1\", id: \"x\", expectedVersion: 1}) { replayed } }",
                "BAD_USER_INPUT",
                "takes a query",
            ),
            ("{ changes { nodes { verb } } }", "BAD_USER_INPUT", "page by page"),
            ("{ cooperatives(first: -1) { nodes { name } } }", "BAD_USER_INPUT", "cannot be negative"),
            ("{ cooperatives(after: \"x\") { nodes { name } } }", "CURSOR_INVALID", "cursor"),
        ] {
            let reply = export(registry, "csv", query).await;
            assert_eq!((reply.status.as_u16(), reply.code()), (400, code), "{query}: {}", reply.text());
            assert!(reply.message().contains(hint), "{query}: {}", reply.message());
            assert_eq!(reply.header("cache-control"), "no-store");
            let cost = &reply.json()["extensions"]["cost"];
            assert!(cost["limit"].as_u64().is_none_or(|limit| limit < u32::MAX.into()), "{query}: {cost}");
        }
        for (target, parameters, status) in [
            ("cvs", "query=1", 404),
            ("cooperatives.cvs", "columns=name", 404),
            ("csv", "", 400),
            ("csv", "query=%7Bcooperatives%7Bnodes%7Bname%7D%7D%7D&profile=excel", 400),
            ("cooperatives.csv", "columns=name&columns=slug", 400),
            ("csv", "query=%7Bcooperatives%7Bnodes%7Bname%7D%7D%7D&expand=a&expand=b", 400),
            ("ndjson", "query=%7Bcooperatives%7Bnodes%7Bname%7D%7D%7D&profile=excel-id", 400),
        ] {
            let reply = registry.get(&format!("/export/{target}?{parameters}"), &[]).await;
            assert_eq!(reply.status, status, "{target} {parameters}: {}", reply.text());
        }
        let batch = registry
            .request(
                Method::POST,
                "/export/csv",
                &[("content-type", "application/json")],
                "[{\"query\": \"{a}\"}]",
            )
            .await;
        assert!(batch.status == 400 && batch.message().contains("not a batch"), "{}", batch.text());
        let method = registry.request(Method::PUT, "/export/csv", &[], "").await;
        assert_eq!((method.status.as_u16(), method.header("allow")), (405, "GET, HEAD, POST, OPTIONS"));
    })
    .await;
}

#[tokio::test]
async fn personal_data_is_forbidden_and_the_error_names_its_column() {
    each_engine(async |registry| {
        let query = "{ placements(first: 30) { nodes { id score } } }";
        let asked = registry.ask(query).await.body;
        let forbidden = asked["errors"][0]["extensions"]["code"] == "FORBIDDEN";
        assert!(forbidden, "choose another field: {asked}");
        let reply = export(registry, "csv", query).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (403, "FORBIDDEN"), "{}", reply.text());
        assert_eq!(reply.json()["errors"][0]["extensions"]["column"], "score");
        assert_eq!(reply.json()["errors"][0]["extensions"]["pattern"], "placements.nodes.*.score");
    })
    .await;
}

#[tokio::test]
async fn introspection_and_unknown_documents_are_refused_as_by_the_api() {
    each_engine(async |registry| {
        let closed = registry.closed();
        let schema = "{ __schema { types { name } } }";
        let asked = closed.ask(schema).await.body;
        let reply = export(&closed, "csv", schema).await;
        assert_eq!(reply.status, 400, "{}", reply.text());
        assert_eq!(asked["errors"][0]["extensions"]["code"], reply.code());
        assert_eq!(asked["errors"][0]["message"], reply.message());
        assert_ne!(export(registry, "csv", schema).await.message(), reply.message());
        for (query, name) in [
            (schema, "`__schema`"),
            ("{ __type(name: \"Cooperative\") { name } }", "`__type`"),
            ("{ ...F } fragment F on Query { a: __schema { queryType { name } } }", "`__schema`"),
        ] {
            let open = export(registry, "csv", query).await;
            assert_eq!((open.status.as_u16(), open.code()), (400, "BAD_USER_INPUT"), "{}", open.text());
            let says = open.message().starts_with(name) && open.message().ends_with("send it to `/graphql`");
            assert!(says, "{}", open.message());
        }
        let short = closed.get(&address("coperatives.csv", &[("columns", "name")]), &[]).await;
        assert!(short.status == 400 && !short.message().contains("did you mean"), "{}", short.text());
        let known = "{ cooperatives(first: 2) { nodes { name } } }";
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("manifest.json");
        std::fs::write(&file, serde_json::json!({ "known": known }).to_string()).unwrap();
        let manifest = Manifest::read(&file).unwrap();
        let trusting = registry.knowing(NamedDocuments::new(manifest, UntrustedDocuments::Refused, 1 << 20));
        let known = trusting.get(&address("csv", &[("documentId", "known")]), &[]).await;
        assert_eq!(known.status, 200, "{}", known.text());
        let strange = trusting.get(&address("csv", &[("documentId", "strange")]), &[]).await;
        let sent = export(&trusting, "csv", "{ cooperatives(first: 2) { nodes { slug } } }").await;
        let short = trusting.get(&address("cooperatives.csv", &[("columns", "name")]), &[]).await;
        for refused in [strange, sent, short] {
            let expected = (400, "PERSISTED_QUERY_REQUIRED");
            assert_eq!((refused.status.as_u16(), refused.code()), expected, "{}", refused.text());
        }
    })
    .await;
}
