//! The page of a search shows what the API finds.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{BROWSER, links, shown};
use crate::support::{Registry, each_engine};

const SEARCH: &str = "query($text: String!, $types: [SearchType!], $within: RegionCode, $after: String) {
    search(text: $text, types: $types, within: $within, first: 20, after: $after) {
        totalCount counts { type count } pageInfo { hasNextPage endCursor }
        nodes {
            __typename
            ... on Cooperative { slug } ... on PartnerInstitution { slug } ... on InternshipProgram { programCode: code }
            ... on Commodity { commodityCode: code } ... on Region { regionCode: code }
        }
    } }";

/// The addresses of the results of an answer.
fn addresses(answer: &Value) -> Vec<String> {
    let nodes = answer["search"]["nodes"].as_array().unwrap().iter();
    let address = |node: &Value| {
        let (path, key) = match node["__typename"].as_str().unwrap() {
            "Cooperative" => ("koperasi", "slug"),
            "PartnerInstitution" => ("lembaga", "slug"),
            "InternshipProgram" => ("program", "programCode"),
            "Commodity" => ("komoditas", "commodityCode"),
            _ => ("wilayah", "regionCode"),
        };
        format!("/{path}/{}", node[key].as_str().unwrap())
    };
    nodes.map(address).collect()
}

/// The addresses of the results on a page.
fn results(page: &str) -> Vec<String> {
    let list = page.split("<ol class=\"list found\">").nth(1).unwrap_or_default();
    let list = list.split("</ol>").next().unwrap();
    links(list, "/")
}

async fn api(registry: &Registry, variables: Value) -> Value {
    registry.ask_with(SEARCH, variables).await.data()
}

#[tokio::test]
async fn a_search_shows_the_results_of_the_api_page_by_page_and_narrowed() {
    each_engine(async |registry| {
        let found = api(registry, json!({ "text": "koperasi desa" })).await;
        let page = shown(registry, "/cari?q=koperasi+desa").await;
        assert_eq!(results(&page), addresses(&found));
        assert!(page.contains("Cocok:"), "no reasons: {page}");

        let cursor = &found["search"]["pageInfo"]["endCursor"];
        assert_eq!(found["search"]["pageInfo"]["hasNextPage"], true, "too few results to test pages");
        let next = links(&page, "/cari?").into_iter().find(|link| link.contains("&after=")).unwrap();
        let second = shown(registry, &next).await;
        let expected = api(registry, json!({ "text": "koperasi desa", "after": cursor })).await;
        assert_eq!(results(&second), addresses(&expected));
        let back = links(&second, "/cari?").into_iter().find(|link| link.contains("&before=")).unwrap();
        assert_eq!(results(&shown(registry, &back).await), results(&page));

        let kinds = found["search"]["counts"].as_array().unwrap();
        for (kind, word) in
            [("COOPERATIVE", "cooperative"), ("INSTITUTION", "institution"), ("REGION", "region")]
        {
            let counted = kinds.iter().any(|count| count["type"] == kind);
            let link = format!("/cari?q=koperasi%20desa&kind={word}");
            assert_eq!(links(&page, &link).len(), usize::from(counted), "{kind}");
        }
        let narrowed = shown(registry, "/cari?q=koperasi+desa&kind=cooperative&within=32").await;
        let expected = json!({ "text": "koperasi desa", "types": ["COOPERATIVE"], "within": "32" });
        assert_eq!(results(&narrowed), addresses(&api(registry, expected).await));
        assert!(narrowed.contains("<input type=\"hidden\" name=\"within\" value=\"32\">"), "{narrowed}");
        assert!(!results(&narrowed).is_empty() && narrowed.contains("aria-current=\"true\">Jawa Barat"));
    })
    .await;
}

#[tokio::test]
async fn cooperatives_and_programs_are_narrowed_by_their_status() {
    each_engine(async |registry| {
        let document = "query($status: CooperativeStatus!) {
            cooperatives(search: \"koperasi\", where: { status: { eq: $status } }, first: 20) { nodes { slug } } }";
        let mut all = 0;
        for status in ["OPERATING", "LEGAL_ENTITY", "DISSOLVED"] {
            let answer = registry.ask_with(document, json!({ "status": status })).await.data();
            let nodes = answer["cooperatives"]["nodes"].as_array().unwrap().iter();
            let expected: Vec<_> =
                nodes.map(|node| format!("/koperasi/{}", node["slug"].as_str().unwrap())).collect();
            let page = shown(registry, &format!("/cari?q=koperasi&kind=cooperative&status={status}")).await;
            assert_eq!(results(&page), expected, "{status}");
            let list = page.split("<ol class=\"list found\">").nth(1).unwrap_or_default();
            let list = list.split("</ol>").next().unwrap();
            let unsaid = list.split("<li>").skip(1).filter(|item| {
                item.to_lowercase().contains("koperasi ") && !item.contains("Cocok:")
            });
            assert_eq!(unsaid.collect::<Vec<_>>(), Vec::<&str>::new(), "{status}: why was it found?");
            let kept = format!("<input type=\"hidden\" name=\"status\" value=\"{status}\">");
            assert!(page.contains(&kept) && page.contains("name=\"kind\" value=\"cooperative\""), "{page}");
            all += expected.len();
        }
        assert!(all > 0, "no cooperative of any of these statuses");
        let programs = shown(registry, "/cari?q=magang&kind=program&status=RUNNING").await;
        assert!(links(&programs, "/program/").contains(&"/program/MAGANG-KDKMP-2025-AL-ITTIFAQ".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_search_without_words_or_results_helps_and_a_bad_one_is_refused() {
    each_engine(async |registry| {
        for uri in ["/cari", "/cari?q=", "/cari?q=+++", "/cari?q=zxqwvzx+qqqzzz", "/cari?kind=region&q="] {
            let page = shown(registry, uri).await;
            assert!(links(&page, "/cari?q=").len() >= 8, "{uri} has no examples");
        }
        for example in links(&shown(registry, "/cari").await, "/cari?q=kopontren") {
            assert!(!results(&shown(registry, &example).await).is_empty(), "{example} finds nothing");
        }
        let long = "x".repeat(500);
        for uri in [
            "/cari?q=kopi&within=99",
            "/cari?q=kopi&within=%27--",
            "/cari?q=kopi&after=nonsense",
            "/cari?q=kopi&before=%00",
            "/cari?q=kopi&kind=cooperative&status=HAPPY",
            &format!("/cari?q={long}"),
        ] {
            let page = registry.get(uri, &[BROWSER]).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{uri}: {}", page.text());
            assert!(page.text().contains("<h1>") && page.text().contains("name=\"q\""), "{uri}");
        }
        let markup = shown(registry, "/cari?q=%3Cscript%3Ealert(1)%3C/script%3E").await;
        assert!(!markup.contains("<script>alert"), "{markup}");
    })
    .await;
}

/// The script of pages asks for suggestions by the id of a document, whose answer may be stored.
#[tokio::test]
async fn suggestions_are_answered_by_the_id_in_the_box() {
    each_engine(async |registry| {
        let page = shown(registry, "/cari").await;
        let id = page.split("data-suggest=\"").nth(1).unwrap().split('"').next().unwrap();
        let manifest = simpul::document::named::Manifest::default().with(simpul::pages::documents());
        let untrusted = simpul::document::named::UntrustedDocuments::Refused;
        let trusting = registry.knowing(simpul::document::named::NamedDocuments::new(manifest, untrusted, 0));
        let uri = format!("/graphql?documentId={id}&variables=%7B%22text%22%3A%22al-ittifaq%22%7D");
        let answer = trusting.get(&uri, &[]).await;
        let node = &answer.json()["data"]["search"]["nodes"][0];
        assert_eq!(
            (&node["__typename"], &node["slug"]),
            (&json!("Cooperative"), &json!("kopontren-al-ittifaq"))
        );
        assert!(answer.header("cache-control").contains("max-age="), "{:?}", answer.headers());
    })
    .await;
}
