//! The pages of cooperatives, linkages and agreements: what stands on them is what the API says.

use axum::http::StatusCode;
use serde_json::Value;

use super::content::{list, page, section, text};
use crate::support::{Registry, each_engine};

/// What the national program demands of each cooperative.
const DEMANDED: [&str; 8] =
    ["OFFICE", "GROCERY", "PHARMACY", "CLINIC", "SAVINGS_LOANS", "WAREHOUSE", "COLD_STORAGE", "LOGISTICS"];

/// An amount as English pages write it.
fn rupiah(amount: &Value) -> String {
    let (sign, digits) = text(amount).strip_prefix('-').map_or(("", text(amount)), |digits| ("-", digits));
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).unwrap()).collect();
    format!("Rp\u{a0}{sign}{}", groups.join(","))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[tokio::test]
async fn the_page_of_a_cooperative_has_what_the_api_says_and_what_is_missing() {
    each_engine(async |registry| {
        let labels = labels(registry).await;
        let document = "{ registry { dataAsOf } cooperatives(first: 4, where: {program: {ne: GENERAL}, status: {eq: OPERATING},
            annualReports: {count: {gte: 2}}, linkages: {some: {status: {eq: ACTIVE}}}, commodities: {some: {}}}) { nodes {
              slug name establishedOn legalEntityOn
              officers(first: 30, where: {status: {eq: ACTIVE}}) { nodes { name } }
              businessUnits(first: 30) { nodes { kind status } }
              commodities(first: 20) { nodes { commodity { code } } }
              annualReports(first: 10) { nodes { bookYear turnover surplus } }
              linkages(first: 50, where: {status: {eq: ACTIVE}}) { nodes { code } }
              sold: linkages(first: 50, as: SUPPLIER, where: {status: {in: [TRIAL, ACTIVE, ON_HOLD]}}) { nodes { commodity { code } } } } } }";
        let data = registry.data(document).await;
        let cooperatives = list(&data, "cooperatives");
        assert!(!cooperatives.is_empty());
        for cooperative in cooperatives {
            let page = page(registry, &format!("/koperasi/{}", text(&cooperative["slug"]))).await;
            assert!(page.contains(&format!("<h1>{}</h1>", escaped(text(&cooperative["name"])))), "{page}");
            let people = section(&page, "people");
            for officer in list(cooperative, "officers") {
                assert!(people.contains(&escaped(text(&officer["name"]))), "{officer}: {people}");
            }
            let trade = section(&page, "trade");
            for linkage in list(cooperative, "linkages") {
                let link = format!("href=\"/keterhubungan/{}\"", text(&linkage["code"]));
                assert!(trade.contains(&link), "{linkage}: {trade}");
            }
            let reports = section(&page, "reports");
            for report in list(cooperative, "annualReports") {
                for figure in ["turnover", "surplus"].map(|name| &report[name]).iter().filter(|figure| !figure.is_null()) {
                    let cell = format!("<data value=\"{}\">{}</data></td>", text(figure), rupiah(figure));
                    for shown in [format!(">{}</text>", rupiah(figure)), cell] {
                        assert!(reports.contains(&shown), "{shown}: {reports}");
                    }
                }
            }
            missing(section(&page, "missing"), cooperative, text(&data["registry"]["dataAsOf"]), &labels);
        }
    })
    .await;
}

/// What is missing, derived from the answer once more.
fn missing(section: &str, cooperative: &Value, as_of: &str, labels: &Value) {
    for kind in DEMANDED {
        let open = list(cooperative, "businessUnits")
            .iter()
            .any(|unit| unit["kind"] == kind && unit["status"] == "OPEN");
        let label = labels[kind].as_str().unwrap();
        assert_eq!(section.contains(&format!(">{label}</strong>")), !open, "{kind}: {section}");
    }
    // A linkage for no particular commodity may be for any of them.
    let known = list(cooperative, "sold").iter().all(|linkage| !linkage["commodity"].is_null())
        && list(cooperative, "sold").len() <= 20;
    for grown in list(cooperative, "commodities") {
        let code = text(&grown["commodity"]["code"]);
        let sold = list(cooperative, "sold").iter().any(|linkage| linkage["commodity"]["code"] == code);
        let missed = section.contains(&format!("<li><a href=\"/komoditas/{code}\">"));
        assert_eq!(missed, known && !sold, "{code}: {section}");
    }
    let year = |day: &str| day[..4].parse::<i64>().unwrap();
    let due = if as_of[5..7].parse::<u8>().unwrap() > 6 { year(as_of) - 1 } else { year(as_of) - 2 };
    let founded = cooperative["legalEntityOn"].as_str().or(cooperative["establishedOn"].as_str()).unwrap();
    for book_year in due - 5..=due + 1 {
        let reported =
            list(cooperative, "annualReports").iter().any(|report| report["bookYear"] == book_year);
        let lacking = !reported && book_year > due - 5 && book_year <= due && book_year >= year(founded);
        assert_eq!(section.contains(&format!("<li>{book_year}</li>")), lacking, "{book_year}: {section}");
    }
    assert!(section.contains("href=\"/graphql?query=query%20Nearby"), "{section}");
}

/// The English labels of outlets.
async fn labels(registry: &Registry) -> Value {
    let labels = registry.get("/labels.json", &[]).await.json();
    let words = labels["BusinessUnitKind"]["values"].as_array().unwrap();
    words
        .iter()
        .map(|word| (text(&word["value"]).to_owned(), word["label"]["en"].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[tokio::test]
async fn only_what_exists_is_an_organization_to_search_engines() {
    each_engine(async |registry| {
        let published = page(registry, "/koperasi/kopontren-al-ittifaq").await;
        let (_, rest) = published.split_once("<script type=\"application/ld+json\">").unwrap();
        let organization: Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
        assert_eq!(organization["@type"], "Organization");
        assert_eq!(organization["alternateName"], "Kopontren Al-Ittifaq");
        assert!(section(&published, "trade").contains("href=\"/keterhubungan/LK-AL-ITTIFAQ-YOGYA\""));
        let made_up = registry
            .data("{ cooperatives(first: 1, where: {source: {eq: SYNTHETIC}}) { nodes { slug } } }")
            .await;
        let slug = text(&made_up["cooperatives"]["nodes"][0]["slug"]).to_owned();
        let page = page(registry, &format!("/koperasi/{slug}")).await;
        assert!(!page.contains("ld+json") && page.contains("<div class=\"pencil\""), "{page}");
        assert!(
            page.contains("<meta name=\"robots\" content=\"noindex\">") && !published.contains("noindex")
        );
        for (list, path, kind, key) in [
            ("linkages", "keterhubungan", "SellAction", "code"),
            ("partnerships", "kemitraan", "DigitalDocument", "id"),
        ] {
            let kinds = if list == "linkages" { "kind: {in: [OFFTAKE, INPUT_SUPPLY]}, " } else { "" };
            for (source, exists) in [("ne: SYNTHETIC", true), ("eq: SYNTHETIC", false)] {
                let one = format!(
                    "{{ {list}(first: 1, where: {{{kinds}source: {{{source}}}}}) {{ nodes {{ {key} }} }} }}"
                );
                let one = registry.data(&one).await;
                let page =
                    super::content::page(registry, &format!("/{path}/{}", text(&one[list]["nodes"][0][key])))
                        .await;
                assert_eq!(page.contains(&format!("\"@type\":\"{kind}\"")), exists, "{page}");
                assert_eq!(page.contains("noindex"), !exists, "{page}");
                assert!(!page.contains(":null"), "{page}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_page_of_a_linkage_has_its_months_and_its_agreement() {
    each_engine(async |registry| {
        let document =
            "{ linkages(first: 2, where: {months: {count: {gte: 3}}, partnership: {isNull: false}}) { nodes {
            code supplier { name slug } buyer { name slug } partnership { id title }
            months(first: 36) { nodes { value } } } } }";
        let data = registry.data(document).await;
        assert!(!list(&data, "linkages").is_empty());
        for linkage in list(&data, "linkages") {
            let page = page(registry, &format!("/keterhubungan/{}", text(&linkage["code"]))).await;
            for party in ["supplier", "buyer"] {
                assert!(page.contains(&escaped(text(&linkage[party]["name"]))), "{party}: {page}");
                assert!(page.contains(&format!("/{}\"", text(&linkage[party]["slug"]))), "{party}: {page}");
            }
            let months = section(&page, "months");
            for month in list(linkage, "months").iter().filter(|month| !month["value"].is_null()) {
                assert!(months.matches(&rupiah(&month["value"])).count() >= 2, "{month}: {months}");
            }
            let link = format!("href=\"/kemitraan/{}\"", text(&linkage["partnership"]["id"]));
            assert!(section(&page, "partnership").contains(&link), "{page}");
        }
        assert_eq!(registry.get("/keterhubungan/nothing", &[]).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn the_page_of_an_agreement_has_its_parties_and_what_it_does_not_contain() {
    each_engine(async |registry| {
        let document = "{ some: partnerships(first: 1, where: {linkages: {some: {}}}) { nodes { ...P } }
            lacking: partnerships(first: 1, where: {contents: {hasSome: [TERM], hasNone: [PAYMENT]}}) { nodes { ...P } } }
            fragment P on Partnership { id title contents parties { party { name } }
              linkages(first: 20) { nodes { code } } }";
        let data = registry.data(document).await;
        for agreement in list(&data, "some").iter().chain(list(&data, "lacking")) {
            let page = page(registry, &format!("/kemitraan/{}", text(&agreement["id"]))).await;
            for of in agreement["parties"].as_array().unwrap() {
                assert!(section(&page, "parties").contains(&escaped(text(&of["party"]["name"]))), "{of}: {page}");
            }
            let contents = agreement["contents"].as_array().unwrap();
            if !contents.is_empty() {
                let shown = section(&page, "contents");
                assert_eq!(shown.matches("class=\"there\"").count(), contents.len(), "{contents:?}: {shown}");
                assert_eq!(shown.matches("class=\"absent\"").count(), 7 - contents.len(), "{contents:?}: {shown}");
            }
            for linkage in list(agreement, "linkages") {
                let link = format!("href=\"/keterhubungan/{}\"", text(&linkage["code"]));
                assert!(section(&page, "resting").contains(&link), "{linkage}: {page}");
            }
        }
        for id in ["nothing", "Q29vcGVyYXRpdmU6eA", "%00"] {
            assert_eq!(registry.get(&format!("/kemitraan/{id}"), &[]).await.status, StatusCode::NOT_FOUND, "{id}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_known_is_said_and_is_no_zero() {
    each_engine(async |registry| {
        let unknown = registry
            .data(
                "{ cooperatives(first: 1, where: {memberCount: {isNull: true}, officers: {none: {}}}) { nodes { slug } }
                   institutions(first: 1, where: {officials: {none: {}}}) { nodes { slug } } }",
            )
            .await;
        let slug = text(&unknown["cooperatives"]["nodes"][0]["slug"]).to_owned();
        let cooperative = page(registry, &format!("/koperasi/{slug}")).await;
        assert!(cooperative.contains("<b class=\"unknown\">not known yet</b><a href=\"#about\">Members</a>"), "{cooperative}");
        assert!(section(&cooperative, "about").contains("<dt>Members</dt><dd><span class=\"soft unknown\">"), "{cooperative}");
        assert!(section(&cooperative, "people").contains("Its officers are not known yet."), "{cooperative}");
        let slug = text(&unknown["institutions"]["nodes"][0]["slug"]).to_owned();
        let institution = page(registry, &format!("/lembaga/{slug}")).await;
        assert!(section(&institution, "officials").contains("Its officials are not known yet."), "{institution}");
    })
    .await;
}
