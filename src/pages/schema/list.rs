//! `/schema`: all types by kind, and what a search finds in them.

use maud::{Markup, html};

use super::{
    INDEX, address,
    found::{Found, MOST},
    inline,
    read::Schema,
    types::{Kind, Type},
};
use crate::pages::{layout::Page, parameter::parameter, visit::Visit};

pub(super) fn page(visit: &Visit, schema: &Schema) -> Page {
    let language = visit.language;
    let text = parameter(&visit.uri, "q").unwrap_or_default();
    let title = language.text("schema-title").into_owned();
    let lead = language.text("schema-lead").into_owned();
    let main = html! {
        section.lead {
            h1 { (title) }
            p { (lead) }
            (form(visit, &text))
        }
        @if text.trim().is_empty() {
            p { a href=(address(visit, &schema.query)) { (language.text("schema-begin")) } " · "
                a href="/schema.graphql" download { "schema.graphql" } " · "
                a href=(visit.link("/graphql")) { (language.text("editor-title")) } }
            @for kind in Kind::ALL { (of_kind(visit, schema, kind)) }
        } @else {
            (results(visit, schema, &text))
        }
    };
    Page { title, description: lead, main, ..Page::default() }
}

/// The box in which a reader searches the schema.
pub(super) fn form(visit: &Visit, text: &str) -> Markup {
    let language = visit.language;
    html! {
        form.find action=(INDEX) role="search" aria-label=(language.text("schema-search")) {
            @if let Some(asked) = parameter(&visit.uri, "lang") { input type="hidden" name="lang" value=(asked); }
            label.hidden for="schema-q" { (language.text("schema-search")) }
            input #schema-q type="search" name="q" value=(text) maxlength="100" autocomplete="off" autocapitalize="none"
                placeholder=(language.text("schema-search"));
            button { (language.text("search")) }
        }
    }
}

fn of_kind(visit: &Visit, schema: &Schema, kind: Kind) -> Markup {
    let types: Vec<&Type> = schema.of_kind(kind).collect();
    html! {
        @if !types.is_empty() {
            section aria-labelledby=(kind.text()) {
                div.margin { h2 #(kind.text()) { (visit.language.text(kind.text())) " (" (types.len()) ")" } }
                div.leaf {
                    dl.types {
                        @for each in types {
                            div { dt { a href=(address(visit, &each.name)) { code { (each.name) } } } dd lang="en" { (first(each.description.as_deref())) } }
                        }
                    }
                }
            }
        }
    }
}

fn results(visit: &Visit, schema: &Schema, text: &str) -> Markup {
    let (found, all) = schema.search(text);
    let number = i64::try_from(all).unwrap_or(i64::MAX);
    html! {
        section aria-labelledby="results" {
            div.margin { h2 #results { (visit.language.text("schema-results")) } }
            div.leaf {
                p { (visit.language.counted("schema-found", number))
                    @if all > MOST { " " (visit.language.counted("schema-first", i64::try_from(MOST).unwrap_or_default())) } }
                dl.types { @for one in &found { (result(visit, one)) } }
            }
        }
    }
}

fn result(visit: &Visit, found: &Found<'_>) -> Markup {
    let page = address(visit, found.owner);
    html! {
        div {
            dt {
                @if let Some(member) = found.member {
                    a href={ (page) "#" (member) } { code { (found.owner) "." (member) } }
                } @else {
                    a href=(page) { code { (found.owner) } }
                }
            }
            dd lang="en" { (first(found.description)) }
        }
    }
}

/// The first sentence of a description.
fn first(description: Option<&str>) -> Markup {
    let text = description.unwrap_or_default();
    let end = text.find(". ").map(|at| at + 1).or_else(|| text.find("\n\n")).unwrap_or(text.len());
    inline(&text[..end])
}

impl Kind {
    /// The id of the kind's name among the texts.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Object => "schema-objects",
            Self::Interface => "schema-interfaces",
            Self::Union => "schema-unions",
            Self::Enum => "schema-enums",
            Self::InputObject => "schema-inputs",
            Self::Scalar | Self::List | Self::NonNull => "schema-scalars",
        }
    }
}
