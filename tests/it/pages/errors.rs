//! Refusals as pages: for a browser and its forms, in the reader's language, with the API's own words beneath.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use axum::http::Method;

use super::BROWSER;
use crate::support::each_engine;

#[tokio::test]
async fn a_browser_gets_refusals_as_pages_and_a_program_gets_them_as_json() {
    each_engine(async |registry| {
        for (method, uri, status) in [
            (Method::GET, "/nowhere", 404),
            (Method::GET, "/koperasi/nobody", 404),
            (Method::GET, "/export/csv?query=%7B%20nothing%20%7D", 400),
            (Method::GET, "/export/cooperatives.csv?columns=%3Cscript%3E", 400),
            (Method::HEAD, "/nowhere", 404),
        ] {
            let page = registry.request(method.clone(), uri, &[BROWSER], "").await;
            assert_eq!(
                (page.status.as_u16(), page.header("content-type")),
                (status, "text/html; charset=utf-8"),
                "{uri}"
            );
            assert_eq!(page.header("cache-control"), "no-store", "{uri}");
            if method == Method::GET {
                let text = page.text();
                assert!(text.contains("name=\"q\"") && !text.contains("<script>"), "{uri}: {text}");
            }
        }
        for uri in ["/nowhere", "/export/csv?query=%7B%20nothing%20%7D"] {
            let plain = registry.get(uri, &[("accept", "*/*")]).await;
            assert!(plain.header("content-type").starts_with("application/json"), "{uri}");
            assert!(plain.json()["errors"][0]["extensions"]["code"].is_string());
        }
        for headers in [vec![], vec![BROWSER]] {
            let posted = registry.request(Method::POST, "/", &headers, "").await;
            assert_eq!((posted.status.as_u16(), posted.header("allow")), (405, "GET, HEAD"));
        }
    })
    .await;
}

/// The heading and the sentence of a page about a refusal, and what the API says.
fn said(page: &str) -> (String, String, String) {
    let within =
        |begin: &str, end: &str| page.split(begin).nth(1).unwrap().split(end).next().unwrap().to_owned();
    let sheet = within("<section class=\"sheet\">", "</section>");
    let part =
        |begin: &str, end: &str| sheet.split(begin).nth(1).unwrap().split(end).next().unwrap().to_owned();
    (part("<h1>", "</h1>"), part("</h1><p>", "</p>"), part("<code>", "</code>"))
}

#[tokio::test]
async fn each_refusal_is_said_in_the_language_of_the_reader() {
    each_engine(async |registry| {
        let form = ("content-type", "application/x-www-form-urlencoded");
        let json = ("content-type", "application/json");
        let poor = registry.limited_to(10);
        for (node, method, uri, headers, body, code, sentence) in [
            (registry, Method::GET, "/nowhere", vec![], "", "NOT_FOUND", "Alamat ini tidak ada"),
            (
                registry,
                Method::GET,
                "/export/csv?query=%7B",
                vec![],
                "",
                "GRAPHQL_PARSE_FAILED",
                "tidak dapat dibaca",
            ),
            (
                registry,
                Method::GET,
                "/export/csv?query=%7Bx%7D",
                vec![],
                "",
                "GRAPHQL_VALIDATION_FAILED",
                "tidak sesuai dengan skema",
            ),
            (registry, Method::GET, "/wilayah/32?after=x", vec![], "", "CURSOR_INVALID", "Penanda halaman"),
            (
                &poor,
                Method::GET,
                "/koperasi/kopontren-al-ittifaq",
                vec![],
                "",
                "COST_LIMIT_EXCEEDED",
                "lebih banyak perhitungan",
            ),
            (
                registry,
                Method::POST,
                "/graphql",
                vec![form],
                "query=%7Ba%7D",
                "UNSUPPORTED_MEDIA_TYPE",
                "JSON saja",
            ),
            (
                registry,
                Method::POST,
                "/graphql",
                vec![json],
                "not JSON",
                "BAD_USER_INPUT",
                "tidak dapat dibaca",
            ),
            (
                registry,
                Method::POST,
                "/export/csv",
                vec![form],
                "query=%7Ba%7D",
                "UNSUPPORTED_MEDIA_TYPE",
                "JSON saja",
            ),
            (
                registry,
                Method::POST,
                "/data",
                vec![form],
                "",
                "METHOD_NOT_ALLOWED",
                "tidak menerima cara pengiriman",
            ),
            (
                registry,
                Method::DELETE,
                "/graphql",
                vec![],
                "",
                "METHOD_NOT_ALLOWED",
                "tidak menerima cara pengiriman",
            ),
        ] {
            let own: Vec<(&str, &str)> = headers.iter().copied().chain([BROWSER]).collect();
            let page = node.request(method.clone(), uri, &own, body).await;
            assert!(page.status.is_client_error(), "{method} {uri}: {}", page.status);
            assert_eq!(
                page.header("content-type"),
                "text/html; charset=utf-8",
                "{method} {uri}: {}",
                page.text()
            );
            let (_, advice, named) = said(&page.text());
            assert!(advice.contains(sentence), "{method} {uri}: {advice}");
            assert_eq!(named, code, "{method} {uri}");
            // A program that sends a form, or asks for JSON, gets JSON.
            for accept in ["*/*", "text/html, application/json;q=0.9"] {
                let plain: Vec<(&str, &str)> = headers.iter().copied().chain([("accept", accept)]).collect();
                let plain = node.request(method.clone(), uri, &plain, body).await;
                if method != Method::GET {
                    assert!(plain.header("content-type").contains("json"), "{method} {uri}: {accept}");
                }
            }
        }
    })
    .await;
}

/// Texts of the source that look like codes of errors.
const NO_CODES: [&str; 4] = ["ABANDONED", "AT_LEAST", "CARGO_PKG_VERSION", "_MEDIAN"];

/// The files with the source of a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The codes that a file names, without those of its tests.
fn codes(file: &Path) -> BTreeSet<String> {
    let source = fs::read_to_string(file).unwrap();
    let quoted = source.split("#[cfg(test)]").next().unwrap().split('"').skip(1).step_by(2);
    let is_code =
        |text: &&str| text.len() > 5 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let own = quoted.filter(is_code).filter(|text| !NO_CODES.contains(text) && !text.starts_with("OTEL_"));
    own.map(str::to_owned).collect()
}

#[test]
fn each_code_has_its_words_on_pages() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let pages = codes(&source.join("pages/refused.rs"));
    let folders = ["http", "document"].iter().flat_map(|folder| files(&source.join(folder)));
    let is_test = |file: &PathBuf| file.strip_prefix(&source).unwrap().to_string_lossy().contains("tests");
    let folders = folders.filter(|file| !is_test(file));
    let named: BTreeSet<String> =
        folders.chain([source.join("graph/error.rs")]).flat_map(|file| codes(&file)).collect();
    assert_eq!(pages, named);
}
