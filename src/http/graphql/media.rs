//! Negotiates the media type of an answer, and its status.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use headers_accept::Accept;
use mediatype::{MediaType, Name, names};

use crate::http::{door::Answer, refusal::Refusal};

/// The media type of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`, for clients that treat each status but 200 as a network failure.
    Json,
    /// `application/graphql-response+json`, whose status tells the result.
    GraphQl,
}

const JSON: &str = "application/json; charset=utf-8";
const GRAPHQL: &str = "application/graphql-response+json; charset=utf-8";

/// The media types, in the order of preference of the server.
static SERVED: [(MediaType<'_>, Media); 2] = [
    (MediaType::new(names::APPLICATION, names::JSON), Media::Json),
    (
        MediaType::from_parts(
            names::APPLICATION,
            Name::new_unchecked("graphql-response"),
            Some(names::JSON),
            &[],
        ),
        Media::GraphQl,
    ),
];

impl Media {
    /// The media type by the `Accept` header; `application/json` without one.
    ///
    /// # Errors
    /// 406 when the caller accepts neither.
    pub(super) fn negotiated(headers: &HeaderMap) -> Result<Self, Refusal> {
        let neither = || {
            Refusal::new(
                StatusCode::NOT_ACCEPTABLE,
                "NOT_ACCEPTABLE",
                "only application/graphql-response+json and application/json are available",
            )
        };
        let mut lines = Vec::new();
        for line in headers.get_all(header::ACCEPT) {
            lines.push(line.to_str().map_err(|_| neither())?);
        }
        // Answers are always in this charset, so naming it does not select another media type.
        let accepted = lines.join(",").to_ascii_lowercase().replace(' ', "");
        let accepted = accepted.replace(";charset=utf-8", "").replace(";charset=\"utf-8\"", "");
        if accepted.trim().is_empty() {
            return Ok(Self::Json);
        }
        let accepted: Accept = accepted.parse().map_err(|_| neither())?;
        let best = accepted.negotiate(SERVED.iter().map(|(media, _)| media)).ok_or_else(neither)?;
        let best = SERVED.iter().find(|(media, _)| media == best);
        best.map(|(_, media)| *media).ok_or_else(neither)
    }

    pub(super) fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => JSON,
            Self::GraphQl => GRAPHQL,
        })
    }

    /// The status of an answer.
    pub(super) fn status(self, answer: &Answer) -> StatusCode {
        match answer.rejection_code() {
            None => StatusCode::OK,
            Some("RATE_LIMITED") => StatusCode::TOO_MANY_REQUESTS,
            Some("METHOD_NOT_ALLOWED") => StatusCode::METHOD_NOT_ALLOWED,
            Some("INTERNAL") => StatusCode::INTERNAL_SERVER_ERROR,
            Some(_) if self == Self::Json => StatusCode::OK,
            Some(_) => StatusCode::BAD_REQUEST,
        }
    }
}
