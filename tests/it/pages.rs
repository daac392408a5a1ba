//! Pages for people, through the routes of a node: their languages, caching, refusals and limits.

mod content;
mod cooperative;
mod data;
mod editor;
mod errors;
mod files;
mod institution;
mod program;
mod region;
mod schema;
mod search;
mod sitemap;
mod texts;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use simpul::{
    document::named::{Manifest, NamedDocuments, UntrustedDocuments},
    pages,
};

use crate::support::{Registry, each_engine};

/// What a browser accepts.
const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
/// The text of a page that is there.
async fn shown(registry: &Registry, uri: &str) -> String {
    let page = registry.get(uri, &[BROWSER]).await;
    assert_eq!(page.status, StatusCode::OK, "{uri}: {}", page.text());
    page.text()
}

/// The addresses of links that begin with this, in their order.
fn links(page: &str, begin: &str) -> Vec<String> {
    let addresses = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let addresses = addresses.map(|address| address.replace("&amp;", "&"));
    addresses.filter(|address| address.starts_with(begin)).collect()
}

const PROFILE: &str = "/koperasi/kopontren-al-ittifaq";

#[tokio::test]
async fn a_page_is_in_the_language_of_its_reader_or_of_its_address() {
    each_engine(async |registry| {
        let english = ("accept-language", "en-GB,en;q=0.9");
        for (uri, headers, language) in [
            (PROFILE.to_owned(), vec![], "id"),
            (PROFILE.to_owned(), vec![english], "en"),
            (format!("{PROFILE}?lang=id"), vec![english], "id"),
            (format!("{PROFILE}?lang=en"), vec![], "en"),
            (format!("{PROFILE}?lang=tlh"), vec![], "id"),
        ] {
            let page = registry.get(&uri, &headers).await;
            assert_eq!(page.status, StatusCode::OK, "{uri}");
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
            assert!(page.text().contains(&format!("<html lang=\"{language}\">")), "{uri} {headers:?}");
            assert!(page.header("vary").contains("accept-language"), "{uri}");
        }
        let kept = registry.get(&format!("{PROFILE}?lang=en"), &[]).await.text();
        assert!(kept.contains("href=\"/wilayah/32.04?lang=en\""), "a link loses the language: {kept}");
    })
    .await;
}

#[tokio::test]
async fn a_page_that_the_browser_has_is_not_sent_again() {
    each_engine(async |registry| {
        let page = registry.get(PROFILE, &[]).await;
        let tag = page.header("etag").to_owned();
        assert!(
            tag.starts_with("W/\"") && page.header("cache-control").contains("max-age="),
            "{:?}",
            page.headers()
        );
        let again = registry.get(PROFILE, &[("if-none-match", &tag)]).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
        let other = registry.get(&format!("{PROFILE}?lang=en"), &[("if-none-match", &tag)]).await;
        assert_eq!(other.status, StatusCode::OK);
        let head = registry.request(Method::HEAD, PROFILE, &[], "").await;
        assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
        assert_eq!(head.header("etag"), tag);
        let own = links(&page.text(), "/assets/style.css?v=").remove(0);
        let style = registry.get(&own, &[("accept-encoding", "br")]).await;
        assert!(style.header("cache-control").contains("immutable"), "{:?}", style.headers());
        assert_eq!(style.header("content-encoding"), "br");
        // The address of another version, as of the release before, may not be kept for a year.
        for other in ["/assets/style.css", "/assets/style.css?v=0123456789ab", "/assets/page.js?v="] {
            let passing = registry.get(other, &[]).await;
            assert_eq!(
                (passing.status, passing.header("cache-control")),
                (StatusCode::OK, "public, max-age=60"),
                "{other}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn texts_of_an_address_never_become_markup() {
    each_engine(async |registry| {
        let evil = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
        for uri in [
            format!("/cari?q={evil}"),
            format!("/cari?q=kopi&kind={evil}&within={evil}&status={evil}&after={evil}"),
            format!("/schema?q={evil}"),
            format!("/graphql?query={evil}&variables={evil}&operationName={evil}"),
            format!("/koperasi/{evil}"),
            format!("/wilayah/32?status={evil}&type={evil}&after={evil}"),
            format!("/?lang={evil}&x={evil}"),
        ] {
            let page = registry.get(&uri, &[BROWSER]).await;
            assert!(!page.status.is_server_error(), "{uri}: {}", page.status);
            assert!(!page.text().contains("<script>alert"), "{uri}: {}", page.text());
        }
        let echoed = registry.get(&format!("/cari?q={evil}"), &[BROWSER]).await.text();
        assert!(echoed.contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\""), "{echoed}");
    })
    .await;
}

#[tokio::test]
async fn pages_are_charged_and_limited_like_other_requests() {
    each_engine(async |registry| {
        let poor = registry.rated(1, 30_000);
        let visit = async || {
            let request = Request::get(PROFILE).body(Body::empty()).unwrap();
            poor.from("192.0.2.7", request).await
        };
        let mut refused = visit().await;
        for _ in 0..200 {
            if refused.status != StatusCode::OK {
                break;
            }
            refused = visit().await;
        }
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{}", refused.text());
        assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
        assert!(refused.text().contains("<h1>") && refused.text().contains("RATE_LIMITED"));
        let narrow = registry.limited_to(10).get(PROFILE, &[]).await;
        assert_eq!(narrow.status, StatusCode::BAD_REQUEST);
        assert!(narrow.text().contains("COST_LIMIT_EXCEEDED"), "{}", narrow.text());
    })
    .await;
}

/// A node that executes only documents which it knows executes those of its pages, also by their ids.
#[tokio::test]
async fn pages_and_their_json_are_there_where_only_trusted_documents_are() {
    each_engine(async |registry| {
        let manifest = Manifest::default().with(pages::documents());
        let trusting = registry.knowing(NamedDocuments::new(manifest, UntrustedDocuments::Refused, 0));
        let page = trusting.get(PROFILE, &[]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let link = page.header("link").to_owned();
        let address = link.strip_prefix('<').and_then(|link| link.split_once('>')).unwrap().0;
        let json = trusting.get(address, &[]).await.json();
        assert_eq!(json["data"]["cooperative"]["slug"], "kopontren-al-ittifaq", "{json}");
        assert_eq!(
            trusting.ask("{ __typename }").await.body["errors"][0]["extensions"]["code"],
            "PERSISTED_QUERY_REQUIRED"
        );
    })
    .await;
}

#[tokio::test]
async fn a_node_without_pages_serves_the_api_alone() {
    each_engine(async |registry| {
        let alone = registry.without_pages();
        for uri in ["/", PROFILE, "/assets/style.css"] {
            let refused = alone.get(uri, &[BROWSER]).await;
            assert_eq!((refused.status, refused.code()), (StatusCode::NOT_FOUND, "NOT_FOUND"), "{uri}");
        }
        assert_eq!(alone.ask("{ __typename }").await.status, StatusCode::OK);
    })
    .await;
}
