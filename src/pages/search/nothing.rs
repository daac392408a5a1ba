//! What a search shows that has no words, or found nothing: examples, and what else to try.

use maud::{Markup, html};

use super::{
    super::{layout::Page, part::section, visit::Visit},
    filter::Filters,
};

/// Searches that show what can be searched: their words, and the ids of what they find.
const EXAMPLES: [(&str, &str); 8] = [
    ("kopontren al-ittifaq", "example-name"),
    ("kopdes sukamaju", "example-village"),
    ("kopi garut", "example-commodity-place"),
    ("sayur", "example-commodity"),
    ("univ pasundan", "example-abbreviation"),
    ("magang merah putih", "example-program"),
    ("40973", "example-postal-code"),
    ("32.04", "example-code"),
];

/// The page of a search without words.
pub(super) fn asked(visit: &Visit) -> Page {
    let language = visit.language;
    let main = html! {
        section.lead {
            h1 { (language.text("search")) }
            p { (language.text("search-lead")) }
        }
        (section("examples", &language.text("examples"), &examples(visit)))
    };
    Page {
        title: language.text("search").into_owned(),
        description: language.text("search-description").into_owned(),
        main,
        ..Page::default()
    }
}

/// What to try after a search that found nothing.
pub(super) fn found(visit: &Visit, filters: &Filters) -> Markup {
    let language = visit.language;
    let words: Vec<&str> = filters.text.split_whitespace().collect();
    let narrowed = filters.kind.is_some() || filters.within.is_some() || filters.status.is_some();
    let advice = html! {
        ul {
            @if narrowed {
                li { a href=(filters.wider().address(visit)) { (language.text("search-wider")) } }
            }
            @if (2..=8).contains(&words.len()) {
                li {
                    (language.text("search-fewer")) " "
                    @for (at, word) in words.iter().enumerate() {
                        @if at > 0 { ", " }
                        a href=(filters.with_text(word).address(visit)) { (word) }
                    }
                }
            }
            li { (language.text("search-spelling")) }
        }
    };
    html! {
        (section("advice", &language.text("search-nothing"), &advice))
        (section("examples", &language.text("examples"), &examples(visit)))
    }
}

fn examples(visit: &Visit) -> Markup {
    html! {
        ul.list {
            @for (words, id) in EXAMPLES {
                li {
                    a href=(Filters::default().with_text(words).address(visit)) { (words) }
                    " " span.soft { (visit.language.text(id)) }
                }
            }
        }
    }
}
