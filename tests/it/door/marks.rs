//! What every answer bears: an id, and what keeps browsers safe.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};

use crate::support::{Registry, Reply, each_engine};

async fn asked(registry: &Registry, method: &str, uri: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    registry.reply(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_request_keeps_the_id_that_it_came_with() {
    each_engine(async |registry| {
        let given = asked(registry, "GET", "/livez", &[("x-request-id", "app-7.f:3")]).await;
        assert_eq!(given.header("x-request-id"), "app-7.f:3");
        let long = "x".repeat(200);
        for wrong in ["", "with space", "<script>", &long] {
            let made = asked(registry, "GET", "/nowhere", &[("x-request-id", wrong)]).await;
            assert_eq!(made.header("x-request-id").len(), 36, "a new one instead of {wrong:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_answer_lets_a_browser_guess_or_frame() {
    each_engine(async |registry| {
        for uri in [
            "/",
            "/graphql?query=%7B__typename%7D",
            "/schema.graphql",
            "/livez",
            "/nowhere",
            "/graphql?query=%7B",
        ] {
            let reply = asked(registry, "GET", uri, &[]).await;
            assert_eq!(reply.header("x-content-type-options"), "nosniff", "{uri}");
            assert_eq!(reply.header("x-frame-options"), "DENY", "{uri}");
            assert_eq!(reply.header("referrer-policy"), "no-referrer", "{uri}");
            assert!(reply.header("content-security-policy").starts_with("default-src 'none'"), "{uri}");
            assert!(reply.header("content-security-policy").contains("frame-ancestors 'none'"), "{uri}");
        }
        let lost = asked(registry, "GET", "/nowhere", &[]).await;
        assert_eq!((lost.status, lost.code()), (StatusCode::NOT_FOUND, "NOT_FOUND"));
        let posted = asked(registry, "POST", "/schema.graphql", &[]).await;
        assert_eq!((posted.status, posted.code()), (StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED"));
    })
    .await;
}

#[tokio::test]
async fn only_pages_of_listed_origins_may_read_answers() {
    each_engine(async |registry| {
        let listed = registry.open_to("https://dashboard.example");
        let ask = [
            ("origin", "https://dashboard.example"),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type"),
        ];
        let preflight = asked(&listed, "OPTIONS", "/graphql", &ask).await;
        assert_eq!(preflight.header("access-control-allow-origin"), "https://dashboard.example");
        assert!(preflight.header("access-control-allow-headers").contains("content-type"));
        let answer = asked(&listed, "GET", "/graphql?query=%7B__typename%7D", &ask[..1]).await;
        assert_eq!(answer.header("access-control-allow-origin"), "https://dashboard.example");
        assert!(answer.header("access-control-expose-headers").contains("x-request-id"));
        let strange =
            asked(&listed, "OPTIONS", "/graphql", &[("origin", "https://evil.example"), ask[1], ask[2]])
                .await;
        assert_eq!(strange.header("access-control-allow-origin"), "");
        let closed = asked(registry, "OPTIONS", "/graphql", &ask).await;
        assert_eq!(closed.header("access-control-allow-origin"), "");
    })
    .await;
}
