//! Pages about what was refused, failed or is not there.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::Response,
};
use maud::html;

use super::{
    failure::Failure,
    language::Language,
    layout::{self, Page},
    visit::Visit,
};
use crate::http::{Content, Refused};

impl Failure {
    pub(super) fn response(self, language: Language, uri: &Uri, headers: &HeaderMap) -> Response {
        match self {
            Self::NotFound => {
                let (status, code, message) = (StatusCode::NOT_FOUND, "NOT_FOUND".into(), String::new());
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

impl Visit {
    /// The response with this page, or with why there is none.
    pub(super) fn respond(&self, page: Result<Page, Failure>) -> Response {
        let content: Content = match page {
            Ok(page) => layout::content(self.language, &self.uri, &page),
            Err(failure) => return failure.response(self.language, &self.uri, &self.headers),
        };
        content.response(&self.headers)
    }

    /// The response with a page of nothing that changes while the server runs.
    pub(super) fn respond_kept(&self, page: Result<Page, Failure>) -> Response {
        match page {
            Ok(page) => {
                let content = layout::content(self.language, &self.uri, &page);
                Content { cache: Some("public, no-cache".to_owned()), ..content }.response(&self.headers)
            }
            Err(failure) => self.respond(Err(failure)),
        }
    }
}

/// The page about a refusal of the node, in the language of the request.
pub(super) fn page(refused: &Refused, headers: &HeaderMap, uri: &Uri) -> Content {
    let language = Language::asked(uri).unwrap_or_else(|| Language::accepted(headers));
    content(language, uri, refused)
}

/// The codes of the API's errors, with the ids of a heading and of one plain sentence about each.
const WORDS: [(&str, &str, &str); 27] = [
    ("BAD_USER_INPUT", "refused", "refused-advice"),
    ("BATCH_TOO_LARGE", "too-large", "batch-too-large"),
    ("COST_LIMIT_EXCEEDED", "too-dear", "too-dear-advice"),
    ("CURSOR_EXPIRED", "refused", "cursor-expired"),
    ("CURSOR_INVALID", "refused", "cursor-invalid"),
    ("DEPTH_LIMIT_EXCEEDED", "too-large", "too-deep"),
    ("DOCUMENT_LIMIT_EXCEEDED", "too-large", "document-too-large"),
    ("EXPORT_BYTES_EXCEEDED", "rate-limited", "export-bytes-exceeded"),
    ("FORBIDDEN", "forbidden", "forbidden-advice"),
    ("GRAPHQL_PARSE_FAILED", "refused", "parse-failed"),
    ("GRAPHQL_VALIDATION_FAILED", "refused", "validation-failed"),
    ("IDEMPOTENCY_KEY_REUSED", "refused", "idempotency-key-reused"),
    ("INTERNAL", "failed", "failed-advice"),
    ("METHOD_NOT_ALLOWED", "refused", "method-not-allowed"),
    ("NOT_ACCEPTABLE", "refused", "not-acceptable"),
    ("NOT_FOUND", "not-found", "not-found-advice"),
    ("PAYLOAD_TOO_LARGE", "too-large", "payload-too-large"),
    ("PERSISTED_QUERY_HASH_MISMATCH", "refused", "document-hash"),
    ("PERSISTED_QUERY_NOT_FOUND", "not-found", "document-not-found"),
    ("PERSISTED_QUERY_NOT_SUPPORTED", "refused", "document-not-stored"),
    ("PERSISTED_QUERY_REQUIRED", "forbidden", "document-not-trusted"),
    ("RATE_LIMITED", "rate-limited", "rate-limited-advice"),
    ("READ_ONLY", "forbidden", "read-only"),
    ("TIMEOUT", "unavailable", "timeout-advice"),
    ("UNAUTHENTICATED", "unauthenticated", "unauthenticated-advice"),
    ("UNAVAILABLE", "unavailable", "unavailable-advice"),
    ("UNSUPPORTED_MEDIA_TYPE", "refused", "unsupported-media-type"),
];

/// The ids of the heading and of the sentence about a refusal.
fn words(refused: &Refused) -> (&'static str, &'static str) {
    if refused.status == StatusCode::REQUEST_TIMEOUT {
        return ("refused", "request-late");
    }
    let known = WORDS.iter().find(|(code, ..)| *code == refused.code);
    match known {
        Some((_, title, advice)) => (title, advice),
        None if refused.status.is_server_error() => ("failed", "failed-advice"),
        None => ("refused", "refused-advice"),
    }
}

fn content(language: Language, uri: &Uri, refused: &Refused) -> Content {
    let (title, advice) = words(refused);
    let main = html! {
        section.sheet {
            h1 { (language.text(title)) }
            p { (language.text(advice)) }
            p.code.soft {
                (language.text("api-says")) " " code { (refused.code) }
                @if !refused.message.is_empty() { " " span lang="en" { (refused.message) } }
            }
        }
    };
    let page = Page { title: language.text(title).into_owned(), main, ..Page::default() };
    Content { status: refused.status, cache: None, ..layout::content(language, uri, &page) }
}
