//! Pages about what was refused, failed or is not there.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::Response,
};
use maud::html;

use super::{
    language::Language,
    layout::{self, Page},
};
use crate::http::{Answer, Content, Refusal, Refused};

/// Why a page cannot be shown.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is no such record.
    NotFound,
    /// The node did not execute the document.
    Refused(Refused, Option<u64>),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.refused(), Some(1))
    }
}

impl Failure {
    /// Why an answer has no data.
    pub(super) fn of(answer: &Answer) -> Self {
        let (code, message) = answer
            .errors()
            .next()
            .map_or(("INTERNAL", String::new()), |error| (error.code, error.message.to_owned()));
        let (status, code) = match code {
            "RATE_LIMITED" => (StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED"),
            "TIMEOUT" => (StatusCode::SERVICE_UNAVAILABLE, "TIMEOUT"),
            "COST_LIMIT_EXCEEDED" => (StatusCode::BAD_REQUEST, "COST_LIMIT_EXCEEDED"),
            "BAD_USER_INPUT" => (StatusCode::BAD_REQUEST, "BAD_USER_INPUT"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL"),
        };
        let wait = answer.retry_after().map(|wait| wait.as_secs().max(1));
        Self::Refused(Refused { status, code, message }, wait)
    }

    pub(super) fn response(self, language: Language, uri: &Uri, headers: &HeaderMap) -> Response {
        match self {
            Self::NotFound => {
                let (status, code, message) = (StatusCode::NOT_FOUND, "NOT_FOUND", String::new());
                content(language, uri, &Refused { status, code, message }).response(headers)
            }
            Self::Refused(refused, wait) => {
                let mut response = content(language, uri, &refused).response(headers);
                if let Some(wait) = wait {
                    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
                }
                response
            }
        }
    }
}

/// The page about a refusal of the node, in the language of the request.
pub(super) fn page(refused: &Refused, headers: &HeaderMap, uri: &Uri) -> Content {
    let language = Language::asked(uri).unwrap_or_else(|| Language::accepted(headers));
    content(language, uri, refused)
}

fn content(language: Language, uri: &Uri, refused: &Refused) -> Content {
    let (title, advice) = match refused.status {
        StatusCode::NOT_FOUND => ("not-found", "not-found-advice"),
        StatusCode::TOO_MANY_REQUESTS => ("rate-limited", "rate-limited-advice"),
        StatusCode::SERVICE_UNAVAILABLE => ("unavailable", "unavailable-advice"),
        status if status.is_server_error() => ("failed", "failed-advice"),
        _ => ("refused", "refused-advice"),
    };
    let main = html! {
        section.sheet {
            h1 { (language.text(title)) }
            p { (language.text(advice)) }
            p.code { code { (refused.code) } @if !refused.message.is_empty() { " " span lang="en" { (refused.message) } } }
        }
    };
    let page = Page { title: language.text(title).into_owned(), main, ..Page::default() };
    Content { status: refused.status, cache: None, ..layout::content(language, uri, page) }
}
