//! HTTP caching (`Cache-Control`, `ETag`) and compression.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};

use crate::support::{each_engine, posting};

fn asking(query: &str) -> String {
    let escaped: String = query.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
    format!("/graphql?query={escaped}")
}

#[tokio::test]
async fn the_schema_is_downloaded_once() {
    each_engine(async |registry| {
        let first = registry.get("/schema.graphql", &[]).await;
        assert_eq!(first.header("content-type"), "application/graphql; charset=utf-8");
        assert_eq!(first.text(), simpul::schema::sdl());
        let tag = first.header("etag").to_owned();
        let strong = tag.strip_prefix("W/").unwrap();
        for known in [tag.as_str(), strong, &format!("\"other\", {tag}"), "*"] {
            let again = registry.get("/schema.graphql", &[("if-none-match", known)]).await;
            assert_eq!((again.status, again.text().as_str()), (StatusCode::NOT_MODIFIED, ""), "{known}");
            assert_eq!(again.header("etag"), tag);
        }
        for other in ["\"older\",", "\"", "W/\"\""] {
            let reply = registry.get("/schema.graphql", &[("if-none-match", other)]).await;
            assert_eq!(reply.status, StatusCode::OK, "{other}");
        }
        let changed = registry.get("/schema.graphql", &[("if-none-match", "\"older\"")]).await;
        assert_eq!(changed.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn an_answer_to_get_that_the_client_has_is_not_sent_again() {
    each_engine(async |registry| {
        let uri = asking("{ regions(first: 100) { nodes { code name } } }");
        let first = registry.get(&uri, &[]).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{tag}");
        // What the second answer costs differs, and so do the bytes of an encoding.
        for encoding in ["identity", "gzip", "br", "zstd"] {
            let again = registry.get(&uri, &[("accept-encoding", encoding)]).await;
            assert_eq!(again.header("etag"), tag, "{encoding}");
            let known = [("accept-encoding", encoding), ("if-none-match", tag.as_str())];
            let known = registry.get(&uri, &known).await;
            assert_eq!((known.status, known.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{encoding}");
            assert_eq!(known.header("etag"), tag);
            assert_eq!(known.header("cache-control"), first.header("cache-control"));
            let varies =
                |by: &str| known.headers().iter().any(|(name, value)| name == "vary" && value.contains(by));
            assert!(varies("accept") && varies("accept-encoding"), "{:?}", known.headers());
        }
        let other = asking("{ regions(first: 99) { nodes { code name } } }");
        assert_eq!(registry.get(&other, &[("if-none-match", &tag)]).await.status, StatusCode::OK);
        let posted = registry.reply(posting("{ regions(first: 100) { nodes { code name } } }")).await;
        assert_eq!(posted.header("etag"), "");
        for not_kept in ["{ __typename }", "{ nothing }"] {
            let reply = registry.get(&asking(not_kept), &[("if-none-match", "*")]).await;
            assert_eq!((reply.status, reply.header("etag")), (StatusCode::OK, ""), "{not_kept}");
        }
    })
    .await;
}

#[tokio::test]
async fn max_age_is_that_of_the_shortest_lived_type() {
    each_engine(async |registry| {
        for (query, kept) in [
            ("{ regions(first: 2) { nodes { name } pageInfo { hasNextPage } } }", "public, max-age=3600"),
            ("{ regions(first: 2) { totalCount } }", "public, max-age=3600"),
            ("{ cooperatives(first: 2) { totalCount } }", "public, max-age=60"),
            ("{ cooperatives(first: 2) { nodes { name region { name } } } }", "public, max-age=60"),
            (
                "{ regions(first: 2) { nodes { name cooperatives(first: 1) { totalCount } } } }",
                "public, max-age=60",
            ),
            ("{ cooperativeAggregate { nodes { count } } }", "public, max-age=60"),
            ("{ __typename }", "no-store"),
            ("{ nothing }", "no-store"),
            ("{", "no-store"),
            ("{ regions(first: 2) { nodes { name } } node(id: \"x\") { id } }", "no-store"),
        ] {
            assert_eq!(registry.get(&asking(query), &[]).await.header("cache-control"), kept, "{query}");
        }
        let estimate =
            registry.get(&asking("{ regions { totalCount } }"), &[("simpul-cost-only", "true")]).await;
        assert_eq!(estimate.header("cache-control"), "no-store");
        let kept = registry.get(&asking("{ regions { totalCount } }"), &[]).await;
        let asked_by = |header: &str| {
            kept.headers()
                .iter()
                .any(|(name, value)| name == "vary" && value.split(", ").any(|by| by == header))
        };
        assert!(asked_by("accept") && asked_by("simpul-cost-only"), "{:?}", kept.headers());
    })
    .await;
}

#[tokio::test]
async fn public_responses_contain_nothing_about_the_caller() {
    each_engine(async |registry| {
        let limited = registry.rated(10_000, 600_000);
        let query = "{ regions(first: 2) { totalCount } }";
        let got = limited.from("192.0.2.1", Request::get(asking(query)).body(Body::empty()).unwrap()).await;
        assert_eq!(got.header("cache-control"), "public, max-age=3600");
        assert_eq!(
            (got.header("ratelimit-limit"), got.json()["extensions"]["cost"].get("throttleStatus")),
            ("", None)
        );
        let posted = limited.from("192.0.2.1", posting(query)).await;
        assert_eq!(posted.header("cache-control"), "private, max-age=3600");
        assert_ne!(posted.json()["extensions"]["cost"].get("throttleStatus"), None);
    })
    .await;
}

#[tokio::test]
async fn large_responses_are_compressed() {
    each_engine(async |registry| {
        let large = asking("{ regions(first: 100) { nodes { code name } } }");
        let plain = registry.get("/schema.graphql", &[]).await.bytes.len();
        for encoding in ["gzip", "br", "zstd"] {
            let reply = registry.get(&large, &[("accept-encoding", encoding)]).await;
            assert_eq!(reply.header("content-encoding"), encoding);
            assert!(reply.header("vary").contains("accept-encoding"), "{}", reply.header("vary"));
            let schema = registry.get("/schema.graphql", &[("accept-encoding", encoding)]).await;
            assert!(schema.bytes.len() * 5 < plain, "{encoding}: {} of {plain} bytes", schema.bytes.len());
        }
        for (accepted, encoding) in
            [("zstd, gzip, br", "br"), ("zstd, gzip", "gzip"), ("zstd, gzip;q=0.5", "zstd")]
        {
            for uri in [&large, "/schema.graphql"] {
                let reply = registry.get(uri, &[("accept-encoding", accepted)]).await;
                assert_eq!(reply.header("content-encoding"), encoding, "{uri}: {accepted}");
            }
        }
        assert_eq!(registry.get(&large, &[]).await.header("content-encoding"), "");
        let small = registry.get(&asking("{ __typename }"), &[("accept-encoding", "gzip")]).await;
        assert_eq!(small.header("content-encoding"), "");
    })
    .await;
}

/// A cacheable response contains nothing about the caller for whom it was made.
#[tokio::test]
async fn cacheable_responses_are_equal_for_every_caller() {
    each_engine(async |registry| {
        let limited = registry.rated(1, 1_000_000);
        let queries = [
            "{ regions(first: 2) { nodes { name } } }",
            "{ cooperatives(first: 2) { totalCount } }",
            "query Named { cooperativeAggregate { nodes { count } } }",
            "{ __typename }",
            "{ nothing }",
        ];
        let uris = [
            "/",
            "/assets/style.css",
            "/assets/page.js",
            "/schema.graphql",
            "/nowhere",
            "/livez",
            "/metrics",
        ];
        let uris = uris.map(str::to_owned).into_iter().chain(queries.map(asking));
        let mut kept = 0;
        for uri in uris {
            let mut answers = Vec::new();
            for caller in 1..=2 {
                let id = format!("caller-{caller}");
                let request = Request::get(&uri)
                    .header("x-request-id", &id)
                    .header("traceparent", format!("00-{caller:032x}-00f067aa0ba902b7-01"))
                    .header("apollographql-client-name", format!("client-{caller}"))
                    .body(Body::empty());
                let answer = limited.from(&format!("192.0.2.{caller}"), request.unwrap()).await;
                let control = answer.header("cache-control");
                if control.contains("no-store") || control.contains("private") {
                    assert_eq!(answer.header("x-request-id"), id, "{uri}");
                } else {
                    answers.push((answer.headers(), answer.text()));
                }
            }
            if let [first, second] = &answers[..] {
                assert_eq!(first, second, "{uri}");
                assert!(!first.0.iter().any(|(name, _)| name.starts_with("ratelimit")), "{uri}");
                kept += 1;
            }
        }
        assert_eq!(kept, 6);
    })
    .await;
}
