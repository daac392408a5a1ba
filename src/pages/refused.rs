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

fn content(language: Language, uri: &Uri, refused: &Refused) -> Content {
    let (title, advice) = match refused.status {
        StatusCode::NOT_FOUND => ("not-found", "not-found-advice"),
        StatusCode::TOO_MANY_REQUESTS => ("rate-limited", "rate-limited-advice"),
        StatusCode::SERVICE_UNAVAILABLE => ("unavailable", "unavailable-advice"),
        status if status.is_server_error() => ("failed", "failed-advice"),
        _ if refused.code == "COST_LIMIT_EXCEEDED" => ("too-dear", "too-dear-advice"),
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
    Content { status: refused.status, cache: None, ..layout::content(language, uri, &page) }
}
