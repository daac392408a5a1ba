//! HTTP: the routes of a node, its connections, and the door that all GraphQL requests pass.

mod authority;
mod body;
mod caller;
mod coalesce;
mod concurrency;
pub mod door;
mod encoding;
mod entity_tag;
mod export;
mod graphql;
mod health;
mod kept;
mod labels;
mod log;
mod metrics;
mod node;
mod operation;
mod origin;
mod page;
mod possible_types;
mod precompressed;
mod readiness;
mod refusal;
mod refused;
mod request_id;
mod sdl;
mod serve;
mod socket;
mod spool;
mod tagged;
#[cfg(feature = "otel")]
mod telemetry;
mod trace;

pub use authority::{Authority, TrustedIssuer};
pub use concurrency::Capacity;
pub use door::{Answer, AnswerError, CallerContext, DEFAULT_EXPORT_COST, Door, GraphqlRequest, Rate};
pub use encoding::weighed;
pub use graphql::Statements;
pub use kept::{Computed, Kept, KeptBy, Once};
pub use log::writer::Lines;
pub use node::{BodyLimits, ExportFiles, Node, Settings, SocketLimits};
pub use origin::{OriginError, Origins};
pub use page::{Content, EditorPage, Pages, RefusalPage, document_id};
pub use readiness::READY_WITHIN;
pub use refusal::Refusal;
pub use refused::Refused;
pub use serve::{Listening, ServeError, serve};
pub use spool::{DEFAULT_EXPORT_BYTES, ExportCapacity};
pub use tagged::Tagged;
#[cfg(feature = "otel")]
pub use telemetry::Telemetry;

use std::{any::Any, time::Duration};

use axum::{
    Json, Router,
    extract::Request,
    http::{Extensions, HeaderMap, HeaderName, Method, StatusCode, Version, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use serde_json::json;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, Predicate,
        predicate::{NotForContentType, SizeAbove},
    },
    cors::{AllowOrigin, CorsLayer},
};

/// The smallest response that is compressed.
const COMPRESSED_FROM: u64 = 860;

const GRAPHQL: &str = "/graphql";

/// All routes of a node, with those of its pages.
pub fn router(node: Node, pages: Option<Pages>) -> Router {
    // A file of an export has a length, a strong tag and ranges, which are those of its plain bytes.
    let plain = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
        !headers.contains_key(header::ACCEPT_RANGES)
    };
    let compressed = SizeAbove::new(COMPRESSED_FROM);
    let compressed = compressed.and(NotForContentType::const_new(health::OPEN_METRICS)).and(plain);
    let Pages { routes, refused, editor } = pages.unwrap_or_default();
    Router::new()
        .merge(routes)
        .route(GRAPHQL, any(graphql::answer).layer(from_fn_with_state(editor, page::editor_for_browsers)))
        .route("/graphql/ws", any(socket::open))
        .route("/export/{file}", any(export::answer))
        .route("/schema.graphql", get(sdl::read))
        .route("/labels.json", get(labels::read))
        .route("/possible-types.json", get(possible_types::read))
        .layer(from_fn_with_state(node.clone(), caller::identify))
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .fallback(nowhere)
        .method_not_allowed_fallback(wrong_method)
        .layer(CompressionLayer::new().compress_when(compressed))
        .layer(from_fn(encoding::choose))
        .layer(cors(node.settings().origins.clone()))
        .layer(from_fn(options))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(refused, page::refusals_as_pages))
        .layer(from_fn(request_id::identify))
        .with_state(node)
}

/// CORS: pages of these origins may send requests and read the headers that clients need.
fn cors(origins: Origins) -> CorsLayer {
    let named = |names: &[&'static str]| -> Vec<HeaderName> {
        names.iter().map(|name| HeaderName::from_static(name)).collect()
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::from(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(named(&[
            "accept",
            "apollographql-client-name",
            "apollographql-client-version",
            "authorization",
            "content-type",
            "if-none-match",
            "if-range",
            "range",
            "simpul-cost-only",
            "traceparent",
            "x-request-id",
        ]))
        .expose_headers(named(&[
            "accept-ranges",
            "content-disposition",
            "content-length",
            "content-range",
            "etag",
            "ratelimit-limit",
            "ratelimit-policy",
            "ratelimit-remaining",
            "ratelimit-reset",
            "simpul-sequence",
            "retry-after",
            "simpul-synthetic",
            "www-authenticate",
            "x-request-id",
            "x-total-count",
            "x-total-count-precision",
        ]))
        .max_age(Duration::from_hours(24))
}

/// Answers OPTIONS requests that are no CORS preflight.
async fn options(request: Request, next: Next) -> Response {
    let asked = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if request.method() != Method::OPTIONS || asked {
        return next.run(request).await;
    }
    let allowed = match request.uri().path() {
        GRAPHQL => graphql::ALLOWED,
        path if path.starts_with(export::PATH) => export::ALLOWED,
        _ => "GET, HEAD, OPTIONS",
    };
    (StatusCode::NO_CONTENT, [(header::ALLOW, allowed)]).into_response()
}

async fn nowhere() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "NOT_FOUND", "not found; GraphQL is at /graphql")
}

async fn wrong_method() -> Refusal {
    Refusal::method("GET, HEAD", "this route allows only GET and HEAD")
}

/// The response to a panic outside of the door.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let error = door::panicked(&*panic);
    let body = Json(json!({ "errors": [error] }));
    (StatusCode::INTERNAL_SERVER_ERROR, [(header::CACHE_CONTROL, "no-store")], body).into_response()
}

#[cfg(test)]
mod tests {
    use axum::{
        Router,
        body::{Body, to_bytes},
        http::{Request, StatusCode},
        routing::get,
    };
    use serde_json::Value;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::panicked;

    #[tokio::test]
    async fn a_route_that_panics_answers_with_an_internal_error() {
        async fn panics() -> &'static str {
            panic!("a secret")
        }
        let router = Router::new().route("/", get(panics)).layer(CatchPanicLayer::custom(panicked));
        let response = router.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let error = &serde_json::from_slice::<Value>(&body).unwrap()["errors"][0];
        assert_eq!(
            (error["message"].as_str(), error["extensions"]["code"].as_str()),
            (Some("internal error"), Some("INTERNAL"))
        );
        assert!(error["extensions"]["errorId"].is_string());
    }
}
