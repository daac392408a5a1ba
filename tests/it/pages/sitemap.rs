//! The sitemap names every page about a record that exists.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use crate::support::{Registry, each_engine};

/// The addresses of a sitemap, and the days after them.
async fn addresses(registry: &Registry, uri: &str) -> Vec<(String, Option<String>)> {
    let answer = registry.get(uri, &[("host", "simpul.example")]).await;
    assert_eq!(answer.status, StatusCode::OK, "{uri}");
    assert!(answer.header("content-type").starts_with("application/xml"), "{uri}");
    let text = answer.text();
    let entries = text.split("<loc>").skip(1).map(|rest| {
        let address = rest.split("</loc>").next().unwrap();
        let path = address.strip_prefix("http://simpul.example").unwrap_or_else(|| panic!("{address}"));
        let entry = rest.split("<loc>").next().unwrap();
        let day = entry.split("<lastmod>").nth(1).and_then(|day| day.split("</lastmod>").next());
        (path.to_owned(), day.map(str::to_owned))
    });
    entries.collect()
}

#[tokio::test]
async fn the_sitemap_has_each_page_once_with_the_day_of_its_data() {
    each_engine(async |registry| {
        let parts = addresses(registry, "/sitemap.xml").await;
        let mut all = Vec::new();
        for (part, _) in &parts {
            let entries = addresses(registry, part).await;
            assert!((1..=50_000).contains(&entries.len()), "{part}");
            all.extend(entries);
        }
        let paths: BTreeSet<&str> = all.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths.len(), all.len(), "an address stands twice");
        let existing = [
            "cooperatives",
            "institutions",
            "internshipPrograms",
            "internshipBatches",
            "linkages",
            "partnerships",
        ]
        .map(|list| format!("{list}(first: 1, where: {{ source: {{ ne: SYNTHETIC }} }}) {{ totalCount }}"));
        let totals = format!(
            "{{ {} commodities(first: 1) {{ totalCount }} regions(first: 1) {{ totalCount }} }}",
            existing.join(" ")
        );
        let totals = registry.ask(&totals).await.data();
        for (list, begin) in [
            ("cooperatives", "/koperasi/"),
            ("institutions", "/lembaga/"),
            ("internshipPrograms", "/program/"),
            ("internshipBatches", "/gelombang/"),
            ("linkages", "/keterhubungan/"),
            ("partnerships", "/kemitraan/"),
            ("commodities", "/komoditas/"),
            ("regions", "/wilayah/"),
        ] {
            let listed = paths.iter().filter(|path| path.starts_with(begin)).count();
            assert_eq!(listed as u64, totals[list]["totalCount"].as_u64().unwrap(), "{list}");
            assert!(listed > 0, "{list}");
        }
        let updated = "{ cooperative(by: { slug: \"kopontren-al-ittifaq\" }) { updatedAt } }";
        let updated = registry.ask(updated).await.data();
        let day = updated["cooperative"]["updatedAt"].as_str().unwrap().get(..10).map(str::to_owned);
        assert!(all.contains(&("/koperasi/kopontren-al-ittifaq".to_owned(), day)));
        for missing in ["/sitemap/nothing.xml", "/sitemap/koperasi-99.xml", "/sitemap/koperasi-32"] {
            assert_eq!(registry.get(missing, &[]).await.status, StatusCode::NOT_FOUND, "{missing}");
        }
    })
    .await;
}

#[tokio::test]
async fn robots_find_the_sitemap_at_the_host_that_they_asked() {
    each_engine(async |registry| {
        for (headers, expected) in [
            (vec![("host", "simpul.example:8000")], "Sitemap: http://simpul.example:8000/sitemap.xml"),
            (
                // Anybody may send the header; a proxy that is trusted may be believed.
                vec![("host", "simpul.example"), ("x-forwarded-proto", "https")],
                "Sitemap: http://simpul.example/sitemap.xml",
            ),
            (vec![("host", "a<b>")], "Sitemap: http://localhost:8000/sitemap.xml"),
        ] {
            let robots = registry.get("/robots.txt", &headers).await.text();
            assert!(robots.contains(expected) && robots.contains("Disallow: /export/"), "{robots}");
        }
    })
    .await;
}
