//! Every table of a page has files with all its rows, and every document of a page can be opened.

use axum::http::StatusCode;
use simpul::{
    document::named::{Manifest, NamedDocuments, UntrustedDocuments},
    pages,
};

use super::{BROWSER, PROFILE, links, shown};
use crate::support::{Registry, each_engine};

/// Pages with all kinds of tables.
async fn addresses(registry: &Registry) -> Vec<String> {
    let data = registry
        .data(
            "{ linkages(first: 1, where: {months: {count: {gte: 3}}}) { nodes { code } }
               partnerships(first: 1, where: {linkages: {some: {}}}) { nodes { id } }
               over: partnerships(first: 1, where: {children: {some: {}}}) { nodes { id } }
               behind: partnerships(first: 1, where: {programs: {some: {}}}) { nodes { id } }
               institutions(first: 1, where: {linkages: {count: {gte: 3}}, supportedPrograms: {count: {gte: 1}}}) { nodes { slug } }
               cooperatives(first: 1, where: {source: {eq: SYNTHETIC}, officers: {some: {}}, annualReports: {some: {}}}) { nodes { slug } }
               cooperativeCommodities(first: 1) { nodes { commodity { code } } } }",
        )
        .await;
    let of = |list: &str, path: &[&str]| {
        let first = path.iter().fold(&data[list]["nodes"][0], |value, name| &value[*name]);
        first.as_str().unwrap_or_else(|| panic!("no {list}: {data}")).to_owned()
    };
    vec![
        "/".to_owned(),
        PROFILE.to_owned(),
        format!("/koperasi/{}", of("cooperatives", &["slug"])),
        format!("/lembaga/{}", of("institutions", &["slug"])),
        "/lembaga/perum-bulog".to_owned(),
        "/program/MAGANG-KDKMP-2025-AL-ITTIFAQ".to_owned(),
        "/gelombang/MAGANG-KDKMP-2025-AL-ITTIFAQ/1".to_owned(),
        format!("/keterhubungan/{}", of("linkages", &["code"])),
        format!("/kemitraan/{}", of("partnerships", &["id"])),
        format!("/kemitraan/{}", of("over", &["id"])),
        format!("/kemitraan/{}", of("behind", &["id"])),
        format!("/komoditas/{}", of("cooperativeCommodities", &["commodity", "code"])),
        "/wilayah/32".to_owned(),
        "/wilayah/32.04".to_owned(),
        "/wilayah/32.04.39".to_owned(),
    ]
}

/// The home page, once its figures are computed.
async fn ready(registry: &Registry, uri: &str) -> String {
    for _ in 0..600 {
        let page = shown(registry, uri).await;
        if uri != "/" || page.contains("id=\"coverage\"") {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the figures are never computed");
}

/// Captions of tables in which several rows of a file are one.
const JOINED: [&str; 4] = [
    "Peserta dari koperasi ini",
    "Koperasi menurut status",
    "Peserta yang mendapat tempat",
    "Koperasi dengan nilai keterhubungan terbesar",
];

/// How many rows the lists of a region show at most, which their heads say.
const PARTS: [usize; 3] = [6, 8, 12];

#[tokio::test]
async fn every_table_has_files_with_all_its_rows() {
    each_engine(async |registry| {
        let (mut tables, mut offences) = (0, Vec::new());
        for uri in addresses(registry).await {
            let page = ready(registry, &uri).await;
            for table in page.split("<table>").skip(1) {
                let (table, beneath) = table.split_once("</table>").unwrap();
                let caption = table.split("<caption><span>").nth(1).unwrap().split('<').next().unwrap();
                let beneath = beneath.split("</section>").next().unwrap();
                let rows = table.matches("<tr>").count() - 1;
                if caption == "Jumlah catatan menurut asalnya" {
                    assert!(beneath.contains("href=\"/data\""), "{uri}: {caption}");
                    continue;
                }
                let files = links(beneath, "/export/");
                let file =
                    files.iter().find(|link| link.contains(".csv?") || link.starts_with("/export/csv?"));
                let Some(file) = file.filter(|_| files.iter().any(|link| link.contains("xlsx?"))) else {
                    offences.push(format!("{uri}: no file of `{caption}`: {beneath}"));
                    continue;
                };
                let answer = registry.get(file, &[]).await;
                if answer.status != StatusCode::OK {
                    offences.push(format!("{uri}: {file}: {}", answer.text()));
                    continue;
                }
                let all: usize = answer
                    .header("x-total-count")
                    .parse()
                    .unwrap_or_else(|_| answer.text().lines().count() - 1);
                let before = beneath.split("class=\"files\"").next().unwrap();
                let is_cut = before.contains("class=\"soft\"")
                    || (uri.starts_with("/wilayah/") && PARTS.contains(&rows))
                    || JOINED.iter().any(|known| caption.starts_with(known));
                let fits = if is_cut { all >= rows } else { all == rows };
                if !fits {
                    offences.push(format!("{uri}: `{caption}` has {rows} rows, its file {all}: {file}"));
                }
                tables += 1;
            }
        }
        assert_eq!(offences, Vec::<String>::new());
        assert!(tables > 30, "these cannot be all tables: {tables}");
    })
    .await;
}

#[tokio::test]
async fn a_node_that_knows_its_documents_alone_offers_no_files() {
    each_engine(async |registry| {
        let manifest = Manifest::default().with(pages::documents());
        let trusting = registry.knowing(NamedDocuments::new(manifest, UntrustedDocuments::Refused, 0));
        for uri in [PROFILE, "/lembaga/perum-bulog", "/wilayah/32.04", "/komoditas", "/data"] {
            assert!(!links(&shown(registry, uri).await, "/export/").is_empty(), "{uri}");
            let page = shown(&trusting, uri).await;
            assert_eq!(links(&page, "/export/"), Vec::<String>::new(), "{uri}");
            assert!(!page.contains("/export/"), "{uri}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_links_each_of_its_documents() {
    each_engine(async |registry| {
        let manifest = Manifest::default().with(pages::documents());
        let trusting = registry.knowing(NamedDocuments::new(manifest, UntrustedDocuments::Refused, 0));
        for (uri, names) in [
            (PROFILE, vec!["Cooperative", "Nearby"]),
            ("/wilayah/32.04", vec!["Region", "RegionParts", "RegionTrade"]),
            ("/program/MAGANG-KDKMP-2025-AL-ITTIFAQ", vec!["Program", "Participants"]),
            ("/data", vec!["Data"]),
        ] {
            let page = trusting.get(uri, &[BROWSER]).await.text();
            let foot = page.split("<footer").nth(1).unwrap();
            let editors = links(foot, "/graphql?query=");
            let asked = |link: &String| {
                link.strip_prefix("/graphql?query=query%20").unwrap().split('%').next().unwrap().to_owned()
            };
            assert_eq!(editors.iter().map(asked).collect::<Vec<_>>(), names, "{uri}");
            let answers = links(foot, "/graphql?documentId=");
            assert_eq!(answers.len(), names.len(), "{uri}");
            for link in answers {
                let answer = trusting.get(&link, &[]).await.json();
                assert!(answer["data"].is_object() && answer["errors"].is_null(), "{link}: {answer}");
            }
        }
    })
    .await;
}
