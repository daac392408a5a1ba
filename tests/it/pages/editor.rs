//! The query editor at `/graphql`: who gets it, what an address fills in, and its files.

use std::{collections::BTreeSet, fs, path::Path};

use axum::http::{Method, StatusCode};
use simpul::document::named::{Manifest, NamedDocuments, UntrustedDocuments};

use super::BROWSER;
use crate::support::{each_engine, sha256};

const QUESTION: &str = "query=%7B%20__typename%20%7D";

#[tokio::test]
async fn a_browser_gets_the_editor_where_a_program_gets_json() {
    each_engine(async |registry| {
        for uri in ["/graphql", "/graphql?editor=plain", &format!("/graphql?{QUESTION}")] {
            let page = registry.get(uri, &[BROWSER]).await;
            assert_eq!(
                (page.status, page.header("content-type")),
                (StatusCode::OK, "text/html; charset=utf-8")
            );
            assert!(page.header("vary").contains("accept"), "{:?}", page.headers());
            let policy = page.header("content-security-policy").to_owned();
            for part in
                ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"]
            {
                assert!(policy.contains(part), "{policy}");
            }
            assert!(
                !policy.contains("unsafe-eval") && !policy.contains("http") && !policy.contains("blob"),
                "{policy}"
            );
            let again = registry.get(uri, &[BROWSER, ("if-none-match", page.header("etag"))]).await;
            assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{uri}");
            let head = registry.request(Method::HEAD, uri, &[BROWSER], "").await;
            assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0), "{uri}");
        }
        let plain = registry.get("/graphql?editor=plain", &[BROWSER]).await;
        assert!(!plain.header("content-security-policy").contains("unsafe"));

        let asked = format!("/graphql?{QUESTION}");
        for accept in [
            "*/*",
            "application/json",
            "application/graphql-response+json",
            "application/json, text/html;q=0.5",
        ] {
            let answer = registry.get(&asked, &[("accept", accept)]).await;
            assert_eq!(answer.json()["data"]["__typename"], "Query", "{accept}");
        }
        assert_eq!(registry.get(&asked, &[]).await.json()["data"]["__typename"], "Query");
        let body = r#"{"query": "{ __typename }"}"#;
        let posted = [BROWSER, ("content-type", "application/json")];
        let posted = registry.request(Method::POST, "/graphql", &posted, body).await;
        assert_eq!(posted.json()["data"]["__typename"], "Query");
        let refused = registry.without_pages().get("/graphql", &[BROWSER]).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::BAD_REQUEST, "BAD_USER_INPUT"));
    })
    .await;
}

/// A page links to the answer that it was made from, by the id of its document.
#[tokio::test]
async fn a_browser_that_names_a_stored_document_gets_its_answer() {
    each_engine(async |registry| {
        let document = "{ __typename }";
        let manifest = Manifest::default().with([document]);
        let knowing = registry.knowing(NamedDocuments::new(manifest, UntrustedDocuments::Allowed, 0));
        let answer = knowing.get(&format!("/graphql?documentId={}", sha256(document)), &[BROWSER]).await;
        assert_eq!(answer.json()["data"]["__typename"], "Query");
    })
    .await;
}

#[tokio::test]
async fn an_address_fills_the_plain_editor_with_text_that_stays_text() {
    each_engine(async |registry| {
        let query = "%7B%20cooperatives%20%7B%20x%20%7D%20%7D%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
        let uri = format!(
            "/graphql?editor=plain&lang=en&query={query}&variables=%7B%22a%22%3A%22%26%22%7D&operationName=%22A%26B"
        );
        let page = registry.get(&uri, &[BROWSER]).await.text();
        for part in [
            "{ cooperatives { x } }&lt;/textarea&gt;&lt;script&gt;alert(1)",
            "{&quot;a&quot;:&quot;&amp;&quot;}</textarea>",
            "value=\"&quot;A&amp;B\"",
            "<html lang=\"en\">",
            "Copy as curl",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("<script>alert"), "{page}");

        let empty = registry.get("/graphql?editor=plain", &[BROWSER]).await.text();
        assert!(empty.contains("query CooperativeProfile(") && empty.contains("Salin sebagai Python"), "{empty}");
        let examples = empty.matches("<a href=\"/graphql?editor=plain&amp;query=").count();
        let folders = fs::read_dir(root("tests/queries")).unwrap().map(|entry| entry.unwrap().path());
        let files = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).unwrap());
        let documents =
            files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|end| end == "graphql"));
        assert_eq!(examples, documents.count(), "documents of tests/queries that are no example");
    })
    .await;
}

#[tokio::test]
async fn the_editors_files_are_compressed_and_kept() {
    each_engine(async |registry| {
        let own = ["editor.js", "answer.js", "request.js", "completion.js", "editor.css"];
        for name in own {
            let uri = format!("/editor/{name}");
            let file = registry.get(&uri, &[]).await;
            assert_eq!(
                (file.status, file.header("cache-control")),
                (StatusCode::OK, "public, no-cache"),
                "{name}"
            );
            let again = registry.get(&uri, &[("if-none-match", file.header("etag"))]).await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{name}");
            let text = file.text();
            for import in text.split(" from \"./").skip(1) {
                assert!(own.contains(&import.split('"').next().unwrap()), "{name} imports {import}");
            }
        }
        let none = registry.get("/editor/..%2F..%2FCargo.toml", &[]).await;
        assert_eq!((none.status, none.code()), (StatusCode::NOT_FOUND, "NOT_FOUND"));

        let built = built();
        let page = registry.get("/graphql", &[BROWSER]).await.text();
        let opens = built.iter().find(|name| name.starts_with("main-"));
        assert_eq!(
            opens.is_some_and(|name| page.contains(&format!("src=\"/editor/{name}\""))),
            !built.is_empty()
        );
        for name in built.iter().filter(|name| !name.starts_with("monaco-editor")) {
            let uri = format!("/editor/{name}");
            let small = registry.get(&uri, &[("accept-encoding", "br")]).await;
            let packed = fs::read(root("editor/dist").join(format!("{name}.br"))).unwrap();
            assert_eq!((small.status, small.header("content-encoding")), (StatusCode::OK, "br"), "{name}");
            assert!(small.bytes == packed && small.header("cache-control").contains("immutable"), "{name}");
            let known = registry.get(&uri, &[("if-none-match", small.header("etag"))]).await;
            assert_eq!(known.status, StatusCode::NOT_MODIFIED, "{name}");
            let plain = registry.get(&uri, &[]).await;
            assert!(
                plain.bytes.len() > packed.len()
                    && plain.headers().iter().all(|(name, _)| name != "content-encoding")
            );
        }
    })
    .await;
}

fn root(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What `scripts/editor` built, if it was run.
fn built() -> BTreeSet<String> {
    let folder = root("editor/dist");
    if !folder.join(".stamp").exists() {
        return BTreeSet::new();
    }
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| name.strip_suffix(".br").map(str::to_owned)).collect()
}
