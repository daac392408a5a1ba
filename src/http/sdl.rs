//! `GET /schema.graphql`: the schema in SDL.

use std::sync::LazyLock;

use axum::{http::HeaderMap, response::Response};

use super::tagged::Tagged;
use crate::schema;

static SDL: LazyLock<Tagged> =
    LazyLock::new(|| Tagged::new("application/graphql; charset=utf-8", schema::sdl()));

pub(super) async fn read(headers: HeaderMap) -> Response {
    SDL.response(&headers).await
}
