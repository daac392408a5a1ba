//! `GET /schema.graphql`: the schema in SDL.

use std::sync::LazyLock;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::precompressed::Precompressed;
use crate::{document::sha256, schema};

struct Sdl {
    text: Precompressed,
    tag: String,
}

static SDL: LazyLock<Sdl> = LazyLock::new(|| {
    let text = schema::sdl();
    let tag = format!("W/\"{}\"", &sha256(&text)[..32]);
    Sdl { text: Precompressed::new(text.into()), tag }
});

pub(super) async fn read(headers: HeaderMap) -> Response {
    let Sdl { text, tag } = &*SDL;
    let kept = [
        (header::ETAG, HeaderValue::from_static(tag)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
    ];
    if headers.get_all(header::IF_NONE_MATCH).iter().any(|tags| matches(tags, tag)) {
        let varied = [(header::VARY, HeaderValue::from_static("accept-encoding"))];
        return (StatusCode::NOT_MODIFIED, kept, varied).into_response();
    }
    let content = [(header::CONTENT_TYPE, HeaderValue::from_static("application/graphql; charset=utf-8"))];
    (kept, content, text.response(&headers).await).into_response()
}

/// Whether a tag matches. It is weak, because compressed and plain bytes have the same one.
fn matches(tags: &HeaderValue, tag: &str) -> bool {
    let Ok(tags) = tags.to_str() else { return false };
    tags.split(',')
        .map(str::trim)
        .any(|given| given == "*" || given == tag || Some(given) == tag.strip_prefix("W/"))
}
