//! The page of an institution shows what the API says of it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{BROWSER, links, shown};
use crate::support::each_engine;

const FLOWS: &str = "query($id: ID!) {
    buys: linkageAggregate(where: { buyer: { id: { eq: $id } }, status: { eq: ACTIVE } }, groupBy: [SUPPLIER_PROVINCE],
        first: 40) { nodes { key(dimension: SUPPLIER_PROVINCE) { value } } }
    sells: linkageAggregate(where: { supplier: { id: { eq: $id } }, status: { eq: ACTIVE } }, groupBy: [BUYER_PROVINCE],
        first: 40) { nodes { key(dimension: BUYER_PROVINCE) { value } } } }";

/// The content of a section, by its id.
fn section<'a>(page: &'a str, id: &str) -> Option<&'a str> {
    let begin = page.split(&format!("<section id=\"{id}\"")).nth(1)?;
    begin.split("</section>").next()
}

/// The values of a member of nodes, sorted.
fn values(nodes: &Value, member: impl Fn(&Value) -> Option<String>) -> Vec<String> {
    let mut values: Vec<_> = nodes.as_array().unwrap().iter().filter_map(member).collect();
    values.sort();
    values
}

#[tokio::test]
async fn an_institution_shows_its_partners_flows_programs_and_officials() {
    each_engine(async |registry| {
        let largest = "{ institutions(where: { linkages: { as: BUYER, some: {} } }, first: 1,
            orderBy: [{ field: LINKAGE_COUNT, direction: DESC }]) { nodes { id slug name linkages { totalCount } } } }";
        let found = registry.ask(largest).await.data()["institutions"]["nodes"][0].clone();
        let page = shown(registry, &format!("/lembaga/{}", found["slug"].as_str().unwrap())).await;
        assert!(page.contains(&format!("<h1>{}", found["name"].as_str().unwrap().replace('&', "&amp;"))));
        let total = found["linkages"]["totalCount"].as_i64().unwrap();
        assert!(total > 0, "{found}");
        let network = section(&page, "network").unwrap();
        assert!(network.contains(&format!("Tercatat {total} keterhubungan usaha")), "{network}");
        let flows = registry.ask_with(FLOWS, json!({ "id": found["id"] })).await.data();
        for direction in ["buys", "sells"] {
            let expected = values(&flows[direction]["nodes"], |node| {
                node["key"]["value"].as_str().map(|code| format!("/wilayah/{code}"))
            });
            let shown = section(&page, direction).unwrap_or_default();
            let mut own = links(shown, "/wilayah/");
            own.sort();
            assert_eq!(own, expected, "{direction}");
        }
        let file = links(&page, "/export/linkages.csv").remove(1);
        let file = registry.get(&file, &[]).await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.text());
        assert_eq!(i64::try_from(file.text().lines().count()).unwrap() - 1, total);

        let ministry = shown(registry, "/lembaga/kementerian-koperasi").await;
        let officials = section(&ministry, "officials").unwrap();
        assert!(officials.contains("Destry Anna Sari") && officials.contains("Deputi Bidang"), "{officials}");
        let programs = links(section(&ministry, "programs").unwrap(), "/program/");
        assert!(!programs.is_empty());
        let file = links(&ministry, "/export/partnerships.csv").remove(0);
        assert_eq!(registry.get(&file, &[]).await.status, StatusCode::OK);
        assert_eq!(registry.get("/lembaga/nobody", &[BROWSER]).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn an_institution_without_a_known_place_says_so() {
    each_engine(async |registry| {
        let placeless = "{ institutions(where: { region: { isNull: true } }, first: 1) { nodes { slug } } }";
        let found = registry.ask(placeless).await.data();
        let slug = found["institutions"]["nodes"][0]["slug"].as_str().unwrap();
        let page = shown(registry, &format!("/lembaga/{slug}?lang=en")).await;
        assert!(section(&page, "about").unwrap().contains("Its place is not known yet"), "{page}");
    })
    .await;
}
