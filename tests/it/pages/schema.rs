//! The schema browser: all types, their members, who uses them, and what a search finds.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use super::BROWSER;
use crate::support::each_engine;

/// The types of the schema in SDL.
fn types() -> BTreeSet<String> {
    let sdl = simpul::schema::sdl();
    let lines = sdl.lines().filter_map(|line| {
        let (kind, rest) = line.split_once(' ')?;
        let is_type = ["type", "interface", "union", "enum", "input", "scalar"].contains(&kind);
        is_type.then(|| rest.split([' ', '{', '@', '=']).next().unwrap_or_default().to_owned())
    });
    lines.collect()
}

/// The types that a page links to.
fn linked(page: &str) -> BTreeSet<String> {
    page.split("href=\"/schema/")
        .skip(1)
        .map(|rest| rest.split(['"', '#', '?']).next().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn each_type_has_a_page_with_its_members_and_all_links_lead_somewhere() {
    each_engine(async |registry| {
        let (types, basic) = (types(), ["Boolean", "Float", "ID", "Int", "String"].map(str::to_owned));
        let index = registry.get("/schema", &[BROWSER]).await;
        let listed = linked(&index.text());
        assert!(types.len() > 100, "these cannot be all types: {types:?}");
        assert_eq!(types.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new());
        for name in &types {
            let page = registry.get(&format!("/schema/{name}"), &[]).await;
            assert_eq!(page.status, StatusCode::OK, "{name}");
            let text = page.text();
            assert!(text.contains(&format!("<h1>{name}</h1>")), "{text}");
            let lost: Vec<_> = linked(&text)
                .into_iter()
                .filter(|link| !types.contains(link) && !basic.contains(link))
                .collect();
            assert!(lost.is_empty(), "{name} links to {lost:?}");
        }
        let page = registry.get("/schema/Cooperative?lang=en", &[]).await.text();
        for part in [
            "id=\"memberCount\"",
            "href=\"/schema/Query?lang=en#cooperative\"",
            "[koperasi]",
            "<dt><code>orderBy: [",
            "Used by",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        let input = registry.get("/schema/CooperativeBy", &[]).await.text();
        assert!(input.contains("<div id=\"slug\"><dt>"), "{input}");
        assert!(input.contains("<code>Query.cooperative</code></a> (<code>by</code>)"), "{input}");
        assert_eq!(registry.get("/schema/Nothing", &[BROWSER]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(registry.get("/schema/__Type", &[BROWSER]).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_search_in_the_schema_finds_names_before_descriptions() {
    each_engine(async |registry| {
        let found = registry.get("/schema?q=MEMBERcount&lang=en", &[]).await.text();
        let first = found.split("<dl class=\"types\">").nth(1).unwrap();
        assert!(
            first.starts_with("<div><dt><a href=\"/schema/")
                && first.split("</a>").next().unwrap().contains(".memberCount"),
            "{first}"
        );
        let described = registry.get("/schema?q=koperasi&lang=en", &[]).await.text();
        assert!(described.contains("/schema/Cooperative?lang=en"), "{described}");
        let nothing = registry.get("/schema?q=%3Cscript%3E&lang=en", &[BROWSER]).await.text();
        assert!(nothing.contains("0 results.") && !nothing.contains("<script>"), "{nothing}");
    })
    .await;
}

#[tokio::test]
async fn a_node_without_introspection_shows_no_schema() {
    each_engine(async |registry| {
        let fields = registry.get("/editor/fields.json", &[]).await;
        let (kept, fields) = (fields.header("etag").to_owned(), fields.json());
        assert_eq!(fields["roots"]["query"], "Query");
        assert_eq!(fields["types"]["Query"]["cooperative"], "Cooperative");
        assert_eq!(fields["types"]["CooperativeConnection"]["nodes"], "Cooperative");
        assert_eq!(fields["types"]["Party"]["__typename"], "String");
        let known = registry.get("/editor/fields.json", &[("if-none-match", &kept)]).await;
        assert_eq!(known.status, StatusCode::NOT_MODIFIED);
        let closed = registry.closed();
        for uri in ["/schema", "/schema/Cooperative", "/editor/fields.json"] {
            assert_eq!(closed.get(uri, &[BROWSER]).await.status, StatusCode::NOT_FOUND, "{uri}");
        }
        // The editor is there: it runs what is written without help.
        assert_eq!(closed.get("/graphql", &[BROWSER]).await.status, StatusCode::OK);
    })
    .await;
}
