//! Content negotiation of compressed responses (`Accept-Encoding`).

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// The encodings, in the order in which they are used when a client accepts several alike. Some clients offer zstd
/// and cannot read it, so it is the last.
pub(super) const ENCODINGS: [&str; 3] = ["br", "gzip", "zstd"];

/// Reduces `Accept-Encoding` to the encoding that is used, so that all layers below choose the same.
pub(super) async fn choose(mut request: Request, next: Next) -> Response {
    if let Some(at) = preferred(request.headers()) {
        request.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static(ENCODINGS[at]));
    }
    next.run(request).await
}

/// The index in [`ENCODINGS`] that a request prefers; `None` for the plain text.
pub(super) fn preferred(headers: &HeaderMap) -> Option<usize> {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let accepted: Vec<(&str, f32)> = lines.flat_map(|line| line.split(',')).map(weighed).collect();
    let weight = |name: &str| {
        let named = accepted.iter().find(|(accepted, _)| accepted.eq_ignore_ascii_case(name));
        named.map(|(_, weight)| *weight)
    };
    let any = weight("*").unwrap_or(0.0);
    let mut best = (weight("identity").unwrap_or(0.0), None);
    for (at, name) in ENCODINGS.iter().enumerate() {
        let weight = weight(name).unwrap_or(any);
        if weight > best.0 || (best.1.is_none() && weight > 0.0 && weight >= best.0) {
            best = (weight, Some(at));
        }
    }
    best.1
}

/// An item of a header such as `Accept-Language`, with its weight: `en;q=0.8`.
#[must_use]
pub fn weighed(part: &str) -> (&str, f32) {
    let (name, weight) = part.split_once(';').unwrap_or((part, "q=1"));
    let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok());
    (name.trim(), weight.unwrap_or(0.0))
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
            ("zstd, gzip", Some("gzip")),
            ("gzip;q=1.0, br;q=0.9", Some("gzip")),
            ("zstd; q=0.5 ,gzip; q=0.4", Some("zstd")),
            ("br;q=0, gzip;q=0.1", Some("gzip")),
            ("br;q=0.5, identity", None),
            ("*", Some("br")),
            ("*;q=0.1, br;q=0", Some("gzip")),
            ("*, deflate, br;q=nonsense", Some("gzip")),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            assert_eq!(preferred(&headers).map(|at| ENCODINGS[at]), expected, "{accepted}");
        }
    }
}
