//! Who the registry is for, and the three ways in: the box, the data, the API.

use maud::{Markup, html};

use super::super::visit::Visit;

/// A request that works as it stands, with the address of the node.
const QUESTION: &str =
    "{ cooperative(by: {slug: \"kopontren-al-ittifaq\"}) { name linkages { nodes { buyer { name } } } } }";

pub(super) fn show(visit: &Visit) -> Markup {
    let language = visit.language;
    html! {
        dl.facts {
            div { dt { (language.text("for-apps")) } dd { (language.text("for-apps-more")) } }
            div { dt { (language.text("for-analysts")) } dd { (language.text("for-analysts-more")) } }
            div { dt { (language.text("for-registrars")) } dd { (language.text("for-registrars-more")) } }
        }
        div.columns {
            div {
                h3 { (language.text("search")) }
                p { (language.text("way-search-more")) }
                p {
                    a href=(visit.link("/cari")) { (language.text("way-search-link")) }
                    " · " a href=(visit.link("/komoditas")) { (language.text("kind-commodity")) }
                }
            }
            div {
                h3 { (language.text("download")) }
                p { (language.text("way-data-more")) }
                p { a href=(visit.link("/data")) { (language.text("data-catalogue")) } }
            }
            div {
                h3 { (language.text("way-api")) }
                p { (language.text("way-api-more")) }
                p { a href="/graphql" { "GraphQL" } " · " a href="/schema.graphql" { "schema.graphql" } }
            }
        }
        pre tabindex="0" { code { (curl(visit)) } }
    }
}

/// The question as a command.
fn curl(visit: &Visit) -> String {
    let site = visit.site();
    format!("curl -s {site}/graphql \\\n  -H 'content-type: application/json' \\\n  -d '{}'", body())
}

fn body() -> String {
    serde_json::json!({ "query": QUESTION }).to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_body_of_the_command_fits_between_quotes_of_a_shell() {
        assert!(!super::body().contains('\''), "{}", super::body());
    }
}
