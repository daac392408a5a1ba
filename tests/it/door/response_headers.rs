//! Headers of every response: request id, security headers, CORS.

use axum::http::{Method, StatusCode};

use crate::support::each_engine;

#[tokio::test]
async fn a_request_id_of_the_caller_is_kept() {
    each_engine(async |registry| {
        let given = registry.get("/livez", &[("x-request-id", "app-7.f:3")]).await;
        assert_eq!(given.header("x-request-id"), "app-7.f:3");
        let long = "x".repeat(200);
        for wrong in ["", "with space", "<script>", &long] {
            let made = registry.get("/nowhere", &[("x-request-id", wrong)]).await;
            assert_eq!(made.header("x-request-id").len(), 36, "a new one instead of {wrong:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_response_has_security_headers() {
    each_engine(async |registry| {
        for uri in [
            "/",
            "/graphql?query=%7B__typename%7D",
            "/schema.graphql",
            "/livez",
            "/nowhere",
            "/graphql?query=%7B",
        ] {
            let reply = registry.get(uri, &[]).await;
            assert_eq!(reply.header("x-content-type-options"), "nosniff", "{uri}");
            assert_eq!(reply.header("x-frame-options"), "DENY", "{uri}");
            assert_eq!(reply.header("referrer-policy"), "no-referrer", "{uri}");
            assert!(reply.header("content-security-policy").starts_with("default-src 'none'"), "{uri}");
            assert!(reply.header("content-security-policy").contains("frame-ancestors 'none'"), "{uri}");
        }
        let lost = registry.get("/nowhere", &[]).await;
        assert_eq!((lost.status, lost.code()), (StatusCode::NOT_FOUND, "NOT_FOUND"));
        let posted = registry.request(Method::POST, "/schema.graphql", &[], "").await;
        assert_eq!((posted.status, posted.code()), (StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED"));
    })
    .await;
}

#[tokio::test]
async fn only_allowed_origins_get_cors_headers() {
    each_engine(async |registry| {
        let listed = registry.open_to("https://dashboard.example");
        let ask = [
            ("origin", "https://dashboard.example"),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type"),
        ];
        let preflight = listed.request(Method::OPTIONS, "/graphql", &ask, "").await;
        assert_eq!(preflight.header("access-control-allow-origin"), "https://dashboard.example");
        assert!(preflight.header("access-control-allow-headers").contains("content-type"));
        let answer = listed.get("/graphql?query=%7B__typename%7D", &ask[..1]).await;
        assert_eq!(answer.header("access-control-allow-origin"), "https://dashboard.example");
        assert!(answer.header("access-control-expose-headers").contains("x-request-id"));
        let strange = listed
            .request(Method::OPTIONS, "/graphql", &[("origin", "https://evil.example"), ask[1], ask[2]], "")
            .await;
        assert_eq!(strange.header("access-control-allow-origin"), "");
        let open = registry.open_to("*");
        let preflight = open.request(Method::OPTIONS, "/graphql", &ask, "").await;
        assert_eq!(preflight.header("access-control-allow-origin"), "*");
        assert_eq!(preflight.header("access-control-allow-credentials"), "");
        let answer = open.get("/graphql?query=%7B__typename%7D", &[("origin", "https://any.example")]).await;
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let closed = registry.request(Method::OPTIONS, "/graphql", &ask, "").await;
        assert_eq!(closed.header("access-control-allow-origin"), "");
    })
    .await;
}
