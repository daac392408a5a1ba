//! Finished files: their headers, and parts of them.

use axum::http::Method;

use super::{address, export};
use crate::support::each_engine;

const QUERY: &str = "{ cooperatives(first: 700) { nodes { name slug region { name } } } }";

#[tokio::test]
async fn a_file_has_its_length_its_tag_and_its_name_and_an_interrupted_download_goes_on() {
    each_engine(async |registry| {
        let registry = registry.open_to("https://dashboard.example");
        let uri = address("csv", &[("query", QUERY)]);
        let headers = [("accept-encoding", "br, gzip"), ("origin", "https://dashboard.example")];
        let whole = registry.get(&uri, &headers).await;
        assert_eq!(whole.status, 200, "{}", whole.text());
        let (tag, length) = (whole.header("etag"), whole.bytes.len());
        assert!(tag.starts_with('"') && length > 10_000, "{tag} {length}");
        let day = simpul::store::clock::now().format("%Y-%m-%d");
        for (name, value) in [
            ("content-type", "text/csv; charset=utf-8; header=present"),
            ("content-length", length.to_string().as_str()),
            ("content-disposition", format!("attachment; filename=\"cooperatives-{day}.csv\"").as_str()),
            ("accept-ranges", "bytes"),
            ("x-total-count", "700"),
            ("x-content-type-options", "nosniff"),
            ("content-encoding", ""),
        ] {
            assert_eq!(whole.header(name), value, "{name}");
        }
        assert!(whole.header("cache-control").starts_with("public, max-age="), "{:?}", whole.headers());
        assert!(whole.header("age").parse::<u64>().is_ok(), "{:?}", whole.headers());
        for exposed in ["content-disposition", "content-range", "etag", "x-total-count"] {
            assert!(whole.header("access-control-expose-headers").contains(exposed), "{exposed}");
        }
        let (begin, rest) = whole.bytes.split_at(length / 3);
        let range = format!("bytes={}-", begin.len());
        let part = registry.get(&uri, &[("range", &range), ("if-range", tag)]).await;
        assert_eq!((part.status.as_u16(), part.bytes.as_slice()), (206, rest));
        let expected = format!("bytes {}-{}/{length}", begin.len(), length - 1);
        assert_eq!((part.header("content-range"), part.statements), (expected.as_str(), 0));
        let other = registry.get(&uri, &[("range", &range), ("if-range", "\"other\"")]).await;
        assert_eq!((other.status.as_u16(), other.bytes.len()), (200, length));
        let beyond = registry.get(&uri, &[("range", &format!("bytes={length}-"))]).await;
        assert_eq!(
            (beyond.status.as_u16(), beyond.header("content-range")),
            (416, format!("bytes */{length}").as_str())
        );
        let named = "query A($n: Int) { cooperatives(first: $n) { nodes { name } } } query B { cooperatives(first: 3) { nodes { slug } } }";
        let mut files = vec![whole.bytes.clone()];
        for (format, parameters) in [
            ("csv", vec![("query", QUERY), ("profile", "excel-id")]),
            ("ndjson", vec![("query", QUERY)]),
            ("csv", vec![("query", named), ("operationName", "A"), ("variables", "{\"n\": 2}")]),
            ("csv", vec![("query", named), ("operationName", "A"), ("variables", "{\"n\": 3}")]),
            ("csv", vec![("query", named), ("operationName", "B"), ("variables", "{\"n\": 3}")]),
        ] {
            let other = registry.get(&address(format, &parameters), &[]).await;
            assert_eq!(other.status, 200, "{parameters:?}: {}", other.text());
            assert!(!files.contains(&other.bytes), "another file is sent: {parameters:?}");
            files.push(other.bytes);
        }
        let known = registry.get(&uri, &[("if-none-match", tag)]).await;
        assert_eq!((known.status.as_u16(), known.bytes.len(), known.header("etag")), (304, 0, tag));
        let head = registry.request(Method::HEAD, &uri, &[], "").await;
        assert_eq!((head.status.as_u16(), head.bytes.len()), (200, 0));
        for name in ["content-length", "content-type", "content-disposition", "etag", "x-total-count"] {
            assert_eq!(head.header(name), whole.header(name), "{name}");
        }
        let body = serde_json::json!({ "query": QUERY }).to_string();
        let json = [("content-type", "application/json")];
        let posted = registry.request(Method::POST, "/export/csv", &json, &body).await;
        assert_eq!((posted.bytes == whole.bytes, posted.header("cache-control")), (true, "no-store"));
        let options = registry.request(Method::OPTIONS, "/export/csv", &[], "").await;
        assert_eq!(options.header("allow"), "GET, HEAD, POST, OPTIONS");
    })
    .await;
}

#[tokio::test]
async fn a_workbook_says_what_its_rows_are_and_is_the_same_as_long_as_they_are() {
    each_engine(async |registry| {
        let about = |bytes: Vec<u8>| {
            let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(bytes)).unwrap();
            let sheet = calamine::Reader::worksheet_range(&mut book, "about").unwrap();
            let row = sheet
                .rows()
                .find(|row| matches!(&row[0], calamine::Data::String(name) if name == "source"))
                .unwrap();
            row[2].to_string()
        };
        let list = "{ cooperatives(first: 3) { nodes { name } } }";
        let figures = "{ cooperativeAggregate(groupBy: [STATUS]) { nodes { keys { value } count } } }";
        let (rows, groups) = (export(registry, "xlsx", list).await, export(registry, "xlsx", figures).await);
        assert!(about(rows.bytes.clone()).ends_with("the column `source` says where each row is from"));
        assert!(!about(groups.bytes).contains("source"), "figures have no such column");
        let files = [("xlsx", rows), ("parquet", export(registry, "parquet", list).await)];
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
        for (format, first) in files {
            let again = export(&registry.with_export_bytes(1 << 30), format, list).await;
            let name = "content-disposition";
            if first.header(name) == again.header(name) {
                assert_eq!((first.status.as_u16(), first.header("etag")), (200, again.header("etag")));
            }
        }
    })
    .await;
}
