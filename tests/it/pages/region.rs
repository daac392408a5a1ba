//! The home page, and the pages of regions and commodities: what stands on them is what the API says.

use std::{collections::BTreeSet, time::Duration};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use futures_util::future::join_all;
use serde_json::json;

use super::content::{list, page, section, text};
use crate::support::{Registry, each_engine};

/// A whole number as English pages write it.
fn number(number: i64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).unwrap());
    groups.collect::<Vec<_>>().join(",")
}

/// The addresses of links that begin with a text, in their order.
fn links(page: &str, start: &str) -> Vec<String> {
    let found = page.split("href=\"").skip(1).filter(|rest| rest.starts_with(start));
    found.map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&")).collect()
}

const REGION: &str = "query($code: RegionCode!) {
  region(by: {code: $code}) {
    children(first: 100) { nodes { code name } }
    cooperativeFigures { count memberCount { sum } }
    sold: linkageFigures(as: SUPPLIER, where: {status: {eq: ACTIVE}}) { count }
    placementFigures(where: {status: {in: [CONFIRMED, ATTENDING, GRADUATED]}}) { count }
    institutions(first: 8, orderBy: [{field: LINKAGE_ANNUAL_VALUE, direction: DESC}]) { totalCount nodes { slug } }
    cooperatives(first: 12, orderBy: [{field: MEMBER_COUNT, direction: DESC}]) { totalCount nodes { slug } }
  }
  without: regions(where: {within: $code, level: {eq: VILLAGE},
    cooperatives: {none: {status: {in: [LEGAL_ENTITY, OPERATING, INACTIVE, SUSPENDED]}}}}, first: 1) { totalCount }
}";

#[tokio::test]
async fn the_page_of_a_region_has_the_figures_parts_and_lists_of_the_api() {
    each_engine(async |registry| {
        for code in ["32", "32.04", "32.04.39"] {
            let data = registry.ask_with(REGION, json!({ "code": code })).await.data();
            let region = &data["region"];
            let page = page(registry, &format!("/wilayah/{code}")).await;
            let figures = section(&page, "figures");
            for figure in [
                &region["cooperativeFigures"]["count"],
                &region["cooperativeFigures"]["memberCount"]["sum"],
                &region["sold"]["count"],
                &region["placementFigures"]["count"],
                &region["institutions"]["totalCount"],
            ] {
                let shown = format!("<b>{}</b>", number(figure.as_i64().unwrap_or(0)));
                assert!(figures.contains(&shown), "{code}: {shown}: {figures}");
            }
            let coverage = section(&page, "coverage");
            let parts = list(region, "children");
            assert!(!parts.is_empty());
            for part in parts {
                let row = format!("<th scope=\"row\"><a href=\"/wilayah/{}\">", text(&part["code"]));
                assert!(coverage.contains(&row), "{row}: {coverage}");
            }
            let without = data["without"]["totalCount"].as_i64().unwrap();
            let lacking = match without {
                0 => "All villages here have a cooperative.".to_owned(),
                1 => "1 village has no recorded cooperative.".to_owned(),
                _ => format!("{} villages have no recorded cooperative.", number(without)),
            };
            assert!(coverage.contains(&lacking), "{code}: {lacking}: {coverage}");
            let slugs = |of: &str| -> Vec<String> {
                list(region, of).iter().map(|row| text(&row["slug"]).to_owned()).collect()
            };
            let shown = links(section(&page, "cooperatives"), "/koperasi/");
            let expected: Vec<String> =
                slugs("cooperatives").iter().map(|slug| format!("/koperasi/{slug}")).collect();
            assert_eq!(shown, expected, "{code}");
            for file in links(&page, "/export/").iter().filter(|file| file.contains(".csv")) {
                assert_eq!(registry.get(file, &[]).await.status, StatusCode::OK, "{file}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_list_of_a_region_is_narrowed_and_paged_by_links() {
    each_engine(async |registry| {
        let all = registry
            .data(
                "{ region(by: {code: \"32\"}) { cooperatives(where: {type: {eq: CONSUMER}}, first: 100,
                orderBy: [{field: MEMBER_COUNT, direction: DESC}]) { totalCount nodes { slug } } } }",
            )
            .await;
        let all = &all["region"]["cooperatives"];
        let expected: Vec<String> = all["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| format!("/koperasi/{}", text(&node["slug"])))
            .collect();
        assert!(expected.len() > 24, "too few to page: {expected:?}");
        let whole = page(registry, "/wilayah/32").await;
        let narrowed = links(&whole, "/wilayah/32?type=CONSUMER");
        let mut next = narrowed.first().unwrap().clone();
        let mut seen = Vec::new();
        while seen.len() < expected.len() {
            let page = page(registry, next.split('#').next().unwrap()).await;
            let list = section(&page, "cooperatives");
            let found = links(list, "/koperasi/");
            assert!(!found.is_empty() && list.contains("aria-current=\"true\""), "{list}");
            seen.extend(found);
            let Some((_, after)) = list.split_once("rel=\"next\"") else { break };
            next = links(after, "/wilayah/32?").first().unwrap().clone();
        }
        assert!(seen.len() >= expected.len(), "{} of {}", seen.len(), expected.len());
        assert_eq!(seen[..expected.len()], expected);
        for (path, status) in [
            ("/wilayah/32?status=NOTHING&type=%22", StatusCode::OK),
            ("/wilayah/32?after=nonsense", StatusCode::BAD_REQUEST),
            ("/wilayah/99", StatusCode::NOT_FOUND),
            ("/wilayah/32.99.99.9999", StatusCode::NOT_FOUND),
            ("/wilayah/abc", StatusCode::NOT_FOUND),
            ("/wilayah/32%22", StatusCode::NOT_FOUND),
            ("/komoditas/K999", StatusCode::NOT_FOUND),
            ("/komoditas/%22", StatusCode::NOT_FOUND),
        ] {
            assert_eq!(registry.get(path, &[]).await.status, status, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_page_of_a_village_shows_its_cooperative_and_where_it_is() {
    each_engine(async |registry| {
        let data = registry
            .data("{ regions(where: {level: {eq: VILLAGE}, cooperatives: {some: {}}}, first: 2) { nodes { code name
                location { latitude } ancestors { code } cooperatives { nodes { slug name } } } } }")
            .await;
        for village in list(&data, "regions") {
            let page = page(registry, &format!("/wilayah/{}", text(&village["code"]))).await;
            for cooperative in list(village, "cooperatives") {
                let link = format!("/koperasi/{}", text(&cooperative["slug"]));
                assert!(section(&page, "cooperatives").contains(&link), "{link}: {page}");
            }
            let trail = page.split_once("<nav class=\"trail\"").unwrap().1;
            for above in village["ancestors"].as_array().unwrap() {
                assert!(trail.contains(&format!("\"/wilayah/{}\"", text(&above["code"]))), "{trail}");
            }
            let drawn = section(&page, "place").contains("<svg");
            assert_eq!(drawn, !village["location"].is_null(), "{village}");
        }
    })
    .await;
}

/// The home page with its figures, which the node begins to compute when it is asked for the first time.
async fn home(registry: &Registry) -> String {
    loop {
        let shown = page(registry, "/").await;
        if shown.contains("<section id=\"coverage\"") {
            return shown;
        }
        assert!(section(&shown, "figures").contains("The figures are being computed"), "{shown}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

const HOME: &str = "{
  registry { counts { noun source count } }
  placementAggregate(where: {status: {in: [CONFIRMED, ATTENDING, GRADUATED]}}) { nodes { count } }
  covered: regionAggregate(where: {level: {eq: VILLAGE},
    cooperatives: {some: {status: {in: [LEGAL_ENTITY, OPERATING, INACTIVE, SUSPENDED]}}}}, groupBy: [PROVINCE], first: 50) {
    nodes { key(dimension: PROVINCE) { value } count } }
  regions(where: {level: {eq: PROVINCE}}, first: 50) { nodes { code } }
  linkageAggregate(where: {status: {eq: ACTIVE}}) { nodes { count } }
  internshipPrograms(first: 4, orderBy: [{field: UPDATED_AT, direction: DESC}]) { nodes { code } }
}";

#[tokio::test]
async fn the_home_page_has_the_figures_of_the_registry_and_costs_its_readers_nothing() {
    each_engine(async |registry| {
        let data = registry.data(HOME).await;
        let shown = home(registry).await;
        let total = |noun: &str| -> i64 {
            let counts = data["registry"]["counts"].as_array().unwrap().iter();
            counts.filter(|count| count["noun"] == noun).map(|count| count["count"].as_i64().unwrap()).sum()
        };
        let figures = section(&shown, "figures");
        let active = list(&data, "linkageAggregate")[0]["count"].as_i64().unwrap();
        let participants = list(&data, "placementAggregate")[0]["count"].as_i64().unwrap();
        for figure in [total("Cooperative"), total("PartnerInstitution"), participants, active] {
            assert!(figures.contains(&format!("<b>{}</b>", number(figure))), "{figure}: {figures}");
        }
        assert!(figures.contains("Computed on ") && figures.contains("WIB"), "{figures}");
        let coverage = section(&shown, "coverage");
        for province in list(&data, "regions") {
            let code = text(&province["code"]);
            let row =
                coverage.split_once(&format!("<th scope=\"row\"><a href=\"/wilayah/{code}\">")).unwrap().1;
            let row = row.split_once("</tr>").unwrap().0;
            let covered = list(&data, "covered").iter().find(|group| group["key"]["value"] == code);
            let covered = number(covered.map_or(0, |group| group["count"].as_i64().unwrap()));
            let second = row.split("<td class=\"right\">").nth(2).unwrap();
            let second = second.split_once('>').unwrap().1.split('<').next().unwrap();
            assert_eq!(second, covered, "{code}: {row}");
        }
        for program in list(&data, "internshipPrograms") {
            let link = format!("\"/program/{}\"", text(&program["code"]));
            assert!(section(&shown, "new").contains(&link), "{link}");
        }
        assert!(
            shown.contains("<div class=\"pencil\"") && section(&shown, "origin").contains("<mark>"),
            "{shown}"
        );
        assert_eq!(shown.matches("name=\"q\"").count(), 1, "one box: {shown}");
        let poor = registry.rated(1, 1);
        for _ in 0..3 {
            assert_eq!(poor.get("/", &[]).await.status, StatusCode::OK);
        }
    })
    .await;
}

#[tokio::test]
async fn the_page_of_a_commodity_says_where_it_is_grown_and_who_buys_it() {
    each_engine(async |registry| {
        let traded = registry
            .data("{ linkages(where: {status: {eq: ACTIVE}, commodity: {isNull: false}, annualValue: {gt: \"0\"}}, first: 1)
                { nodes { commodity { code } } } }")
            .await;
        let code = text(&list(&traded, "linkages")[0]["commodity"]["code"]).to_owned();
        let document = "query($code: String!) {
            commodity(by: {code: $code}) { name(language: EN) indonesian: name(language: ID)
              linkages(where: {status: {eq: ACTIVE}}, first: 10, orderBy: [{field: ANNUAL_VALUE, direction: DESC}]) {
                nodes { code buyer { slug } } } }
            cooperativeCommodityAggregate(where: {commodity: {code: {eq: $code}}}, groupBy: [YEAR, PROVINCE], first: 100) {
              nodes { year: key(dimension: YEAR) { value } province: key(dimension: PROVINCE) { value } count } } }";
        let data = registry.ask_with(document, json!({ "code": code })).await.data();
        let page = page(registry, &format!("/komoditas/{code}")).await;
        for name in ["name", "indonesian"] {
            assert!(page.contains(text(&data["commodity"][name])), "{name}: {page}");
        }
        let groups = list(&data, "cooperativeCommodityAggregate");
        let years: BTreeSet<&str> = groups.iter().map(|group| text(&group["year"]["value"])).collect();
        let records = |year: &str| -> i64 {
            let of = groups.iter().filter(|group| group["year"]["value"] == year);
            of.map(|group| group["count"].as_i64().unwrap()).sum()
        };
        let year = years.into_iter().max_by_key(|year| (records(year), *year)).unwrap();
        let grown = section(&page, "where");
        assert!(grown.contains(&format!("by province, {year}")), "{year}: {grown}");
        let expected: BTreeSet<String> = groups
            .iter()
            .filter(|group| group["year"]["value"] == year)
            .map(|group| format!("/wilayah/{}", text(&group["province"]["value"])))
            .collect();
        let table = grown.split_once("<table").unwrap().1;
        assert_eq!(links(table, "/wilayah/").into_iter().collect::<BTreeSet<_>>(), expected);
        let buyers = section(&page, "buyers");
        for linkage in list(&data["commodity"], "linkages") {
            assert!(buyers.contains(&format!("/keterhubungan/{}\"", text(&linkage["code"]))), "{linkage}");
            assert!(buyers.contains(&format!("/{}\"", text(&linkage["buyer"]["slug"]))), "{linkage}");
        }
        let all = self::page(registry, "/komoditas").await;
        assert_eq!(links(&all, "/komoditas/K").len(), 134);
    })
    .await;
}

#[tokio::test]
async fn readers_of_a_province_share_its_figures_and_one_who_narrows_its_list_pays() {
    each_engine(async |registry| {
        let poor = registry.rated(1, 3_000);
        let visit = async |path: &str| {
            let request = Request::get(path).header("accept-language", "en").body(Body::empty()).unwrap();
            poor.from("192.0.2.9", request).await
        };
        for page in join_all((0..50).map(|_| visit("/wilayah/32"))).await {
            assert_eq!(page.status, StatusCode::OK, "{}", page.text());
            assert!(page.text().contains("Computed on "), "{}", page.text());
        }
        let narrowed = visit("/wilayah/32?status=OPERATING").await;
        assert_eq!(narrowed.status, StatusCode::TOO_MANY_REQUESTS, "{}", narrowed.text());
        assert!(!page(registry, "/wilayah/32.04").await.contains("Computed on "));
    })
    .await;
}
