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

use super::body;

/// The encodings, the one with the smallest result first.
const ENCODINGS: [&str; 3] = ["br", "zstd", "gzip"];

/// A text, with its compressed forms.
#[derive(Debug)]
pub(super) struct Precompressed {
    plain: Bytes,
    compressed: [OnceCell<Option<Bytes>>; ENCODINGS.len()],
}

impl Precompressed {
    pub(super) const fn new(plain: Bytes) -> Self {
        Self { plain, compressed: [const { OnceCell::const_new() }; ENCODINGS.len()] }
    }

    /// The text in the encoding that the request prefers.
    pub(super) async fn response(&self, headers: &HeaderMap) -> Response {
        if let Some(at) = preferred(headers) {
            let make = || compressed(self.plain.clone(), ENCODINGS[at]);
            if let Some(bytes) = self.compressed[at].get_or_init(make).await {
                let encoded = [
                    (header::CONTENT_ENCODING, HeaderValue::from_static(ENCODINGS[at])),
                    (header::VARY, HeaderValue::from_static("accept-encoding")),
                ];
                return (encoded, body::chunked(bytes.clone())).into_response();
            }
        }
        body::chunked(self.plain.clone()).into_response()
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

/// The index in [`ENCODINGS`] that the request prefers; `None` for the plain text.
fn preferred(headers: &HeaderMap) -> Option<usize> {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let mut best = None;
    for part in lines.flat_map(|line| line.split(',')) {
        let (name, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight: f32 =
            weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()).unwrap_or(0.0);
        let known = ENCODINGS.iter().chain(&["identity"]);
        let at = known.into_iter().position(|known| known.eq_ignore_ascii_case(name.trim()));
        if let Some(at) = at
            && weight > 0.0
            && best.is_none_or(|(most, first): (f32, usize)| {
                weight.total_cmp(&most).then(first.cmp(&at)).is_gt()
            })
        {
            best = Some((weight, at));
        }
    }
    best.map(|(_, at)| at).filter(|at| *at < ENCODINGS.len())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{ENCODINGS, preferred};

    #[test]
    fn accept_encoding_selects_the_encoding() {
        for (accepted, expected) in [
            ("", None),
            ("gzip", Some("gzip")),
            ("GZIP ", Some("gzip")),
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip;q=1.0, br;q=0.9", Some("gzip")),
            ("zstd; q=0.5 ,gzip; q=0.4", Some("zstd")),
            ("br;q=0, gzip;q=0.1", Some("gzip")),
            ("br;q=0.5, identity", None),
            ("*, deflate, br;q=nonsense", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            assert_eq!(preferred(&headers).map(|at| ENCODINGS[at]), expected, "{accepted}");
        }
    }
}
