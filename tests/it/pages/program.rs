//! The pages of a program and its batches show what the API and the article say.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{BROWSER, links, shown};
use crate::support::each_engine;

const PROGRAM: &str = "/program/MAGANG-KDKMP-2025-AL-ITTIFAQ";
const BATCH: &str = "/gelombang/MAGANG-KDKMP-2025-AL-ITTIFAQ/1";

#[tokio::test]
async fn the_program_of_the_article_shows_all_that_the_article_says() {
    each_engine(async |registry| {
        let page = shown(registry, PROGRAM).await;
        let article: Value =
            serde_json::from_str(include_str!("../../../seed/article.json")).expect("the article is JSON");
        let programme = &article["programme"];
        for number in ["total_participants", "total_provinces"] {
            assert!(page.contains(&format!("<dd>{}</dd>", programme[number])), "{number}");
        }
        assert_eq!(links(&page, "/gelombang/").len(), 3);
        let batch = &article["batches"][0];
        for place in ["Jawa Barat", "Banten", "Daerah Istimewa Yogyakarta", "Jawa Tengah", "Ciwidey"] {
            assert!(page.contains(place), "{place}");
        }
        assert!(page.contains("15 November 2025 – 22 November 2025"), "{}", batch["starts_on"]);
        for person in article["people"].as_array().unwrap() {
            assert!(page.contains(person["name"].as_str().unwrap()), "{person}");
        }
        for link in [
            "/lembaga/kementerian-koperasi",
            "/koperasi/kopontren-al-ittifaq",
            "/lembaga/universitas-pasundan",
            "/lembaga/komite-nasional-ekonomi-dan-keuangan-syariah",
            "/lembaga/pum-netherlands-senior-experts-perwakilan-indonesia",
            article["article"]["url"].as_str().unwrap(),
        ] {
            assert!(!links(&page, link).is_empty(), "no link to {link}");
        }
        // All topics and goals, in the reader's language.
        let english = shown(registry, &format!("{PROGRAM}?lang=en")).await;
        let texts =
            programme["topics"].as_array().unwrap().len() + programme["goals"].as_array().unwrap().len();
        for page in [&page, &english] {
            let lists: usize = page.split("<ul class=\"words\">").skip(1).take(2).map(items).sum();
            assert_eq!(lists, texts);
        }
        assert!(page.contains("Rantai agribisnis dari hulu ke hilir") && !page.contains("SOP drafting"));
        assert!(english.contains("The agribusiness chain from upstream to downstream"));
        assert_eq!(registry.get("/program/NONE", &[BROWSER]).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

/// The number of items at the beginning of a list.
fn items(list: &str) -> usize {
    list.split("</ul>").next().unwrap().matches("<li>").count()
}

#[tokio::test]
async fn a_batch_shows_its_time_its_place_and_where_participants_come_from() {
    each_engine(async |registry| {
        let page = shown(registry, BATCH).await;
        for text in ["Gelombang 1", "16 November 2025", "Ciwidey", "Kabupaten Bandung", "Banten"] {
            assert!(page.contains(text), "{text}: {page}");
        }
        let document = "query($program: String!) { internshipBatch(by: { number: { program: { code: $program }, number: 1 } }) {
            participantCount placements(first: 50) { nodes { cooperative { slug } person { name } } } } }";
        let largest = "{ internshipBatches(orderBy: [{ field: PARTICIPANT_COUNT, direction: DESC }], first: 1,
            where: { number: { eq: 1 } }) { nodes { program { code } } } }";
        let found = registry.ask(largest).await.data();
        let code = found["internshipBatches"]["nodes"][0]["program"]["code"].as_str().unwrap();
        let without_names = document.replace(" person { name }", "");
        let batch = registry.ask_with(&without_names, json!({ "program": code })).await.data();
        let batch = &batch["internshipBatch"];
        let page = shown(registry, &format!("/gelombang/{code}/1")).await;
        assert!(page.contains(&format!("<dd>{}</dd>", batch["participantCount"])));
        let nodes = batch["placements"]["nodes"].as_array().unwrap().iter();
        let mut expected: Vec<_> =
            nodes.map(|node| format!("/koperasi/{}", node["cooperative"]["slug"].as_str().unwrap())).collect();
        let section = page.split("<section id=\"cooperatives\"").nth(1).unwrap();
        let mut sent = links(section, "/koperasi/");
        expected.sort();
        sent.sort();
        assert_eq!(sent, expected);
        let file = links(section, "/export/placements.csv").remove(0);
        let file = registry.get(&file, &[]).await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.text());
        assert_eq!(file.text().lines().count() - 1, expected.len());
        for uri in ["4", "0", "-1", "x", "99999999999999999999", "1.5"] {
            let missing = registry.get(&format!("{}{uri}", BATCH.trim_end_matches('1')), &[BROWSER]).await;
            assert_eq!(missing.status, StatusCode::NOT_FOUND, "{uri}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_made_up_program_names_no_officials_and_is_hidden_from_search_engines() {
    each_engine(async |registry| {
        let document = "{ internshipPrograms(where: { source: { eq: SYNTHETIC } }, first: 1,
            orderBy: [{ field: PARTICIPANT_COUNT, direction: DESC }]) { nodes { code participantCount } } }";
        let found = registry.ask(document).await.data();
        let program = &found["internshipPrograms"]["nodes"][0];
        let page = shown(registry, &format!("/program/{}", program["code"].as_str().unwrap())).await;
        let people = page.split("<section id=\"people\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(!people.contains("<br>"), "officials of a made-up program: {people}");
        assert!(page.contains("content=\"noindex\"") && !page.contains("ld+json"), "{page}");
        let published = shown(registry, PROGRAM).await;
        assert!(!published.contains("noindex") && published.contains("\"GovernmentService\""), "{published}");
        // Participants are those with a seat, in the number as in the table by province.
        let table =
            page.split("<section id=\"participants\"").nth(1).unwrap().split("</table>").next().unwrap();
        let seats = table.split("<data value=\"").skip(1).map(|cell| cell.split('"').next().unwrap());
        let sum: i64 = seats.map(|seats| seats.parse::<i64>().unwrap()).sum();
        assert_eq!(Some(sum), program["participantCount"].as_i64(), "{table}");
    })
    .await;
}
