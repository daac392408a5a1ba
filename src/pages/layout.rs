//! The frame of every page: head, box for searching, languages, origin of its content.

use axum::http::{StatusCode, Uri};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use super::{
    asset,
    document::Origin,
    find,
    language::Language,
    part,
    vocabulary::{Source, is_synthetic},
};
use crate::http::Content;

/// Only what this server sends; data blocks for search engines are not executed.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' \
                      data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The parameters of addresses that change what is on a page, beside its language.
const PARAMETERS: [&str; 7] = ["q", "kind", "type", "status", "within", "after", "before"];

pub(super) const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath \
                    fill='none' stroke='%231d8a63' stroke-width='4' d='M0 12h20a6 6 0 0 1 0 12M32 20H12a6 6 0 0 1 \
                    0-12'/%3E%3C/svg%3E";

/// A page: what is on it, and where that comes from.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) title: String,
    /// What the page is about, in one sentence for search engines.
    pub(super) description: String,
    pub(super) main: Markup,
    /// The answers that it was made from, the main one first.
    pub(super) origins: Vec<Origin>,
    /// Data for search engines, in JSON-LD with the vocabulary of schema.org.
    pub(super) structured: Option<Value>,
    /// Whether search engines shall leave it out, as what it is about is made up.
    pub(super) noindex: bool,
    /// The text in the box.
    pub(super) searched: String,
    /// The pages above it: labels and addresses.
    pub(super) trail: Vec<(String, String)>,
}

impl Page {
    /// A page about a record with this source: search engines find what exists, and leave out what is made up.
    pub(super) fn of_record(source: &Source, structured: Option<Value>) -> Self {
        let noindex = is_synthetic(source);
        Self { noindex, structured: structured.filter(|_| !noindex), ..Self::default() }
    }
}

/// The whole page in HTML.
pub(super) fn content(language: Language, uri: &Uri, page: &Page) -> Content {
    let html = document(language, uri, page).into_string();
    let cache = stored(page.origins.iter().map(|origin| (origin.max_age, origin.private)));
    let links = page
        .origins
        .first()
        .map(|origin| format!("<{}>; rel=\"alternate\"; type=\"application/json\"", origin.in_json()));
    Content { status: StatusCode::OK, html, cache, policy: POLICY, links }
}

/// The `Cache-Control` of a page: it may be stored as long as the shortest-lived of its answers, which each have a number of
/// seconds, and whether only the reader may store it.
fn stored(answers: impl Iterator<Item = (Option<i32>, bool)>) -> Option<String> {
    let answers: Option<Vec<(i32, bool)>> = answers.map(|(age, private)| Some((age?, private))).collect();
    let answers = answers?;
    let by = if answers.iter().any(|(_, private)| *private) { "private" } else { "public" };
    let shortest = answers.iter().map(|(age, _)| age).min()?;
    Some(format!("{by}, max-age={shortest}"))
}

fn document(language: Language, uri: &Uri, page: &Page) -> Markup {
    let title = if uri.path() == "/" { page.title.clone() } else { format!("{} · Simpul", page.title) };
    html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                @if !page.description.is_empty() { meta name="description" content=(page.description); }
                @if page.noindex { meta name="robots" content="noindex"; }
                link rel="icon" href=(ICON);
                link rel="stylesheet" href=(asset::style_address());
                link rel="canonical" href=(canonical(uri, Language::asked(uri)));
                link rel="alternate" hreflang="x-default" href=(canonical(uri, None));
                @for other in Language::ALL {
                    link rel="alternate" hreflang=(other.code()) href=(canonical(uri, Some(other)));
                }
                script type="module" src=(asset::script_address()) {}
                @if let Some(structured) = &page.structured {
                    // A `<` could end the block.
                    script type="application/ld+json" { (PreEscaped(structured.to_string().replace('<', "\\u003c"))) }
                }
            }
            body {
                a.skip href="#main" { (language.text("skip")) }
                (top(language, uri, page))
                main #main {
                    @if !page.trail.is_empty() { (trail(language, &page.trail)) }
                    @if page.origins.iter().any(|origin| origin.synthetic) { (part::made_up(language)) }
                    @for origin in &page.origins { (failures(language, origin)) }
                    (page.main)
                }
                (bottom(language, page))
                p #said role="status" {}
            }
        }
    }
}

fn top(language: Language, uri: &Uri, page: &Page) -> Markup {
    let asked = Language::asked(uri);
    let home = asked.map_or_else(|| "/".to_owned(), |language| format!("/?lang={}", language.code()));
    html! {
        header.top {
            a.brand href=(home) { (knot()) span { "Simpul" } }
            // The home page has a larger one.
            @if uri.path() != "/" { (find::form(language, uri, "q", &page.searched)) }
            nav.languages aria-label=(language.text("language")) {
                @for other in Language::ALL {
                    @if other == language {
                        span aria-current="true" lang=(other.code()) { (other.name()) }
                    } @else {
                        a href=(in_language(uri, other)) hreflang=(other.code()) lang=(other.code()) { (other.name()) }
                    }
                }
            }
        }
    }
}

fn knot() -> Markup {
    html! {
        svg.knot viewBox="0 0 112 56" aria-hidden="true" {
            path.under d="M112 38H72C56 38 56 50 40 50A22 22 0 0 1 40 6C56 6 56 18 72 18H112" {}
            path.gap d="M0 18H40C56 18 56 6 72 6A22 22 0 0 1 72 50C56 50 56 38 40 38H0" {}
            path.over d="M0 18H40C56 18 56 6 72 6A22 22 0 0 1 72 50C56 50 56 38 40 38H0" {}
            path.gap d="M61 16L51 8M61 40L51 48" {}
            path.under d="M72 18C56 18 56 6 40 6M72 38C56 38 56 50 40 50" {}
        }
    }
}

fn trail(language: Language, trail: &[(String, String)]) -> Markup {
    html! {
        nav.trail aria-label=(language.text("trail")) {
            ol { @for (label, address) in trail { li { a href=(address) { (label) } } } }
        }
    }
}

/// What failed of an answer whose other parts are shown.
fn failures(language: Language, origin: &Origin) -> Markup {
    html! {
        @if !origin.errors.is_empty() {
            div.errors role="note" {
                p { (language.text("partly-failed")) }
                ul { @for (code, message) in &origin.errors { li { code { (code) } " " span lang="en" { (message) } } } }
            }
        }
    }
}

fn bottom(language: Language, page: &Page) -> Markup {
    html! {
        footer.bottom {
            @if !page.origins.is_empty() {
                (documents(language, &page.origins))
                p { button.copy type="button" hidden data-copy="address" data-said=(language.text("copied")) { (language.text("copy-link")) } }
            }
            p { a href="/data" { (language.text("data-catalogue")) } " · " a href="/graphql" { "GraphQL" } " · "
                a href="/schema.graphql" { "schema.graphql" } }
            p.soft { (language.text("footer")) }
        }
    }
}

/// The documents that a page was made from, each as a link to the editor and one to its answer.
fn documents(language: Language, origins: &[Origin]) -> Markup {
    html! {
        @if let [origin] = origins {
            p.documents { a href=(origin.in_editor()) rel="nofollow" { (language.text("as-graphql")) } " · " (json(origin)) }
        } @else {
            p.documents { (language.text("as-graphql")) ":" }
            ul.documents {
                @for origin in origins {
                    li {
                        a href=(origin.in_editor()) rel="nofollow" {
                            code { (origin.name()) }
                            @if origins.iter().filter(|other| other.name() == origin.name()).count() > 1 {
                                @for word in origin.words() { " " code { (word) } }
                            }
                        }
                        " · " (json(origin))
                    }
                }
            }
        }
    }
}

fn json(origin: &Origin) -> Markup {
    html! { a href=(origin.in_json()) rel="nofollow" { "JSON" } }
}

/// This address in a language.
fn in_language(uri: &Uri, language: Language) -> String {
    with_parameters(uri, Some(language), |name| name != "lang")
}

/// The address by which search engines know a page: only with parameters that change what is on it.
fn canonical(uri: &Uri, language: Option<Language>) -> String {
    with_parameters(uri, language, |name| PARAMETERS.contains(&name))
}

/// This address with those of its parameters that are kept, in a language.
fn with_parameters(uri: &Uri, language: Option<Language>, is_kept: impl Fn(&str) -> bool) -> String {
    let name = |pair: &str| pair.split('=').next().is_some_and(&is_kept);
    let given = uri.query().unwrap_or_default().split('&');
    let kept = given.filter(|pair| !pair.is_empty() && name(pair)).map(str::to_owned);
    let lang = language.map(|language| format!("lang={}", language.code()));
    let pairs: Vec<String> = kept.chain(lang).collect();
    if pairs.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use axum::http::Uri;

    use super::{Language, canonical, in_language, stored};

    #[test]
    fn a_page_is_stored_as_long_as_its_shortest_lived_answer() {
        let stored = |answers: &[(Option<i32>, bool)]| stored(answers.iter().copied());
        assert_eq!(stored(&[(Some(300), false), (Some(60), false)]).as_deref(), Some("public, max-age=60"));
        assert_eq!(stored(&[(Some(300), true), (Some(60), false)]).as_deref(), Some("private, max-age=60"));
        assert_eq!(stored(&[(Some(300), false), (None, false)]), None);
        assert_eq!(stored(&[]), None);
    }

    #[test]
    fn the_canonical_address_has_the_parameters_of_the_page_alone() {
        let uri = Uri::from_static("/cari?utm_source=x&q=kopi&lang=en&fbclid=1&after=abc");
        assert_eq!(canonical(&uri, Language::asked(&uri)), "/cari?q=kopi&after=abc&lang=en");
        assert_eq!(canonical(&Uri::from_static("/data?utm_source=x"), None), "/data");
        let other = in_language(&Uri::from_static("/graphql?query=%7Ba%7D&lang=en"), Language::Indonesian);
        assert_eq!(other, "/graphql?query=%7Ba%7D&lang=id");
    }
}
