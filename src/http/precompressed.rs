//! Static content that is compressed once in each encoding.

use std::convert::Infallible;

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, Request, header},
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, Collected};
use tokio::sync::OnceCell;
use tower::{ServiceExt, service_fn};
use tower_http::compression::Compression;

use super::{
    body,
    encoding::{ENCODINGS, preferred},
};
use crate::graph::scheduling::blocking;

/// A text, with its compressed forms.
#[derive(Debug)]
pub(super) struct Precompressed {
    plain: OnceCell<Bytes>,
    compressed: [OnceCell<Option<Bytes>>; ENCODINGS.len()],
}

impl Precompressed {
    pub(super) const fn new(plain: Bytes) -> Self {
        let plain = OnceCell::const_new_with(plain);
        Self { plain, compressed: [const { OnceCell::const_new() }; ENCODINGS.len()] }
    }

    /// A text that is given in its form compressed by brotli. It is decompressed when a client first needs another form.
    pub(super) fn brotli(file: &Bytes) -> Self {
        let forms = ENCODINGS.map(|name| OnceCell::new_with((name == "br").then(|| Some(file.clone()))));
        Self { plain: OnceCell::new(), compressed: forms }
    }

    async fn plain(&self) -> Bytes {
        let given = self.compressed.iter().find_map(|form| form.get()?.clone());
        let decompress = async || given.map(|file| blocking(|| decompressed(&file))).unwrap_or_default();
        self.plain.get_or_init(decompress).await.clone()
    }

    /// The text in the encoding that the request prefers.
    pub(super) async fn response(&self, headers: &HeaderMap) -> Response {
        if let Some(at) = preferred(headers) {
            let make = async || compressed(self.plain().await, ENCODINGS[at]).await;
            if let Some(bytes) = self.compressed[at].get_or_init(make).await {
                let encoded = [
                    (header::CONTENT_ENCODING, HeaderValue::from_static(ENCODINGS[at])),
                    (header::VARY, HeaderValue::from_static("accept-encoding")),
                ];
                return (encoded, body::chunked(bytes.clone())).into_response();
            }
        }
        body::chunked(self.plain().await).into_response()
    }
}

fn decompressed(file: &[u8]) -> Bytes {
    let mut plain = Vec::new();
    match brotli_decompressor::BrotliDecompress(&mut &*file, &mut plain) {
        Ok(()) => plain.into(),
        Err(error) => {
            tracing::error!(%error, "an embedded file cannot be decompressed");
            Bytes::new()
        }
    }
}

/// Compresses a text with the layer that compresses all other responses.
async fn compressed(plain: Bytes, encoding: &'static str) -> Option<Bytes> {
    let text = service_fn(move |_: Request<()>| {
        let response = axum::http::Response::new(body::chunked(plain.clone()));
        async move { Ok::<_, Infallible>(response) }
    });
    let request = Request::builder().header(header::ACCEPT_ENCODING, encoding).body(()).ok()?;
    let response = Compression::new(text).oneshot(request).await.ok()?;
    response.headers().contains_key(header::CONTENT_ENCODING).then_some(())?;
    response.into_body().collect().await.ok().map(Collected::to_bytes)
}
