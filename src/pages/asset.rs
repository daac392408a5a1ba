//! The style sheet and the script of all pages.

use std::sync::LazyLock;

use axum::{
    http::{HeaderMap, Uri},
    response::Response,
};

use super::parameter::parameter;
use crate::http::Tagged;

pub(super) const STYLE: &str = "/assets/style.css";
pub(super) const SCRIPT: &str = "/assets/page.js";

static STYLE_TEXT: LazyLock<Tagged> =
    LazyLock::new(|| Tagged::lasting("text/css; charset=utf-8", include_str!("assets/style.css").to_owned()));
static SCRIPT_TEXT: LazyLock<Tagged> = LazyLock::new(|| {
    Tagged::lasting("text/javascript; charset=utf-8", include_str!("assets/page.js").to_owned())
});

pub(super) async fn style(uri: Uri, headers: HeaderMap) -> Response {
    STYLE_TEXT.response_for(version(&uri).as_deref(), &headers).await
}

pub(super) async fn script(uri: Uri, headers: HeaderMap) -> Response {
    SCRIPT_TEXT.response_for(version(&uri).as_deref(), &headers).await
}

/// The version that an address names.
fn version(uri: &Uri) -> Option<String> {
    parameter(uri, "v")
}

/// The address of the style sheet, which changes with its content.
pub(super) fn style_address() -> String {
    format!("{STYLE}?v={}", STYLE_TEXT.version())
}

/// The address of the script, which changes with its content.
pub(super) fn script_address() -> String {
    format!("{SCRIPT}?v={}", SCRIPT_TEXT.version())
}
