//! The box for searching, with the document of its suggestions.

use axum::http::Uri;
use maud::{Markup, html};
use serde_json::json;

use super::{language::Language, parameter::parameters};
use crate::http::document_id;

/// What the script of a page asks while its reader types. The server never executes it by itself.
pub(super) const DOCUMENT: &str = include_str!("suggest.graphql");

/// The parameters of an address that narrow a search.
const FILTERS: [&str; 3] = ["kind", "within", "status"];

/// The form with the box. `id` is that of its input, one on a page.
pub(super) fn form(language: Language, uri: &Uri, id: &str, text: &str) -> Markup {
    html! {
        form.find action="/cari" role="search" {
            @if let Some(asked) = Language::asked(uri) { input type="hidden" name="lang" value=(asked.code()); }
            @for (name, value) in kept(uri) { input type="hidden" name=(name) value=(value); }
            label.hidden for=(id) { (language.text("search-label")) }
            input id=(id) type="search" name="q" value=(text) maxlength="200" autocomplete="off"
                autocapitalize="none" placeholder=(language.text("search-label"))
                data-suggest=(document_id(DOCUMENT)) data-texts=(texts(language));
            button { (language.text("search")) }
        }
    }
}

/// What a search is narrowed to, which the next words are sought in too.
fn kept(uri: &Uri) -> Vec<(String, String)> {
    if uri.path() != "/cari" {
        return Vec::new();
    }
    let given = parameters(uri).into_iter();
    given.filter(|(name, value)| FILTERS.contains(&name.as_str()) && !value.is_empty()).collect()
}

/// The texts that the script shows, in JSON: headings by the type of a result, and what is read aloud.
fn texts(language: Language) -> String {
    json!({
        "Cooperative": language.text("kind-cooperative"),
        "PartnerInstitution": language.text("kind-institution"),
        "InternshipProgram": language.text("kind-program"),
        "Commodity": language.text("kind-commodity"),
        "Region": language.text("kind-region"),
        "madeUp": language.text("suggest-made-up"),
        "all": language.text("suggest-all"),
        "found": language.text("suggest-found"),
        "none": language.text("suggest-none"),
    })
    .to_string()
}
