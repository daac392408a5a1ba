//! The page of GraphiQL.

use axum::http::{StatusCode, Uri};
use maud::{DOCTYPE, html};

use super::{data, embedded::Entry, with_editor};
use crate::{
    http::Content,
    pages::{language::Language, layout::ICON},
};

/// Only what this server sends. The styles that Monaco makes are inline; its scripts and workers are files.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; \
                      connect-src 'self'; font-src 'self' data:; img-src 'self' data:; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

pub(super) fn page(language: Language, uri: &Uri, entry: &Entry) -> Content {
    let html = html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (language.text("editor-title")) " · Simpul" }
                link rel="icon" href=(ICON);
                link rel="stylesheet" href={ "/editor/" (entry.style) };
                script type="module" src={ "/editor/" (entry.script) } {}
                (data::texts(language))
                (data::examples())
            }
            body {
                main #editor data-plain=(with_editor(uri, "plain")) data-licences={ "/editor/" (entry.licences) } {
                    noscript {
                        p { (language.text("editor-no-script")) " "
                            a href=(with_editor(uri, "plain")) { (language.text("editor-plain")) } }
                    }
                }
            }
        }
    };
    let cache = Some("private, no-cache".to_owned());
    Content { status: StatusCode::OK, html: html.into_string(), cache, policy: POLICY, links: None }
}
