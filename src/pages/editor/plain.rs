//! The page of the plain editor.

use axum::http::Uri;
use maud::{Markup, html};

use super::{
    Given, data,
    example::{EXAMPLES, Example},
    module::{SCRIPT, STYLE},
    with_editor,
};
use crate::{
    http::Content,
    pages::{
        document::escaped,
        language::Language,
        layout::{self, Page},
        schema,
    },
};

pub(super) fn page(language: Language, uri: &Uri, given: &Given, has_full: bool) -> Content {
    let main = html! {
        link rel="stylesheet" href=(STYLE);
        (data::texts(language))
        script type="module" src=(SCRIPT) {}
        section.lead {
            h1 { (language.text("editor-title")) }
            p { (language.text("editor-lead")) }
        }
        div.ask {
            p {
                a href=(schema::INDEX) { (language.text("schema-title")) }
                @if has_full { " · " a href=(with_editor(uri, "full")) { (language.text("editor-full")) } }
            }
            noscript { p { (language.text("editor-no-script")) } }
            (examples(language, uri))
            (form(language, uri, given))
            div #result .result aria-live="off" {}
            details hidden { summary { (language.text("editor-history")) } ol #history {} }
        }
    };
    let description = language.text("editor-lead").into_owned();
    let page =
        Page { title: language.text("editor-title").into_owned(), description, main, ..Page::default() };
    Content { cache: Some("private, no-cache".to_owned()), ..layout::content(language, uri, &page) }
}

fn examples(language: Language, uri: &Uri) -> Markup {
    html! {
        nav aria-label=(language.text("examples")) {
            ul.examples {
                @for example in &*EXAMPLES { li { a href=(address(uri, example)) { (language.text(example.title)) } } }
            }
        }
    }
}

/// The address of the plain editor with an example.
fn address(uri: &Uri, example: &Example) -> String {
    let lang = Language::asked(uri).map_or(String::new(), |language| format!("&lang={}", language.code()));
    let variables = match example.variables.as_str() {
        "" => String::new(),
        variables => format!("&variables={}", escaped(variables)),
    };
    format!("/graphql?editor=plain{lang}&query={}{variables}", escaped(example.query))
}

/// The request. Without scripts the list can still be downloaded.
fn form(language: Language, uri: &Uri, given: &Given) -> Markup {
    let first = &EXAMPLES[0];
    let (query, variables) = match given.query.as_str() {
        "" => (first.query, first.variables.as_str()),
        query => (query, given.variables.as_str()),
    };
    html! {
        form method="get" action="/graphql" autocomplete="off" spellcheck="false" {
            input type="hidden" name="editor" value="plain";
            @if let Some(asked) = Language::asked(uri) { input type="hidden" name="lang" value=(asked.code()); }
            label for="query" { (language.text("editor-query")) }
            textarea #query name="query" rows="16" autocapitalize="none" data-fields=(schema::FIELDS) aria-describedby="keys" { "\n" (query) }
            div #hints role="group" aria-label=(language.text("editor-hints")) {}
            label for="variables" { (language.text("editor-variables")) }
            textarea #variables name="variables" rows="4" autocapitalize="none" { "\n" (variables) }
            label for="operationName" { (language.text("editor-operation")) }
            input #operationName name="operationName" value=(given.operation_name) autocapitalize="none";
            p.acts {
                button { (language.text("editor-run")) }
                button.light #download formaction="/export/csv" { (language.text("editor-download")) }
                button.light #link type="button" hidden { (language.text("copy-link")) }
                @for (program, text) in [
                    ("curl", "editor-copy-curl"),
                    ("fetch", "editor-copy-fetch"),
                    ("Python", "editor-copy-python"),
                ] {
                    button.light type="button" data-program=(program) hidden { (language.text(text)) }
                }
            }
            small #keys { (language.text("editor-keys")) }
            pre #copied tabindex="0" hidden {}
        }
    }
}
