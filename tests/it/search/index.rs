//! The search index follows changes of the tables, and a search costs the same for any result.

use std::cell::RefCell;

use sea_orm::ConnectionTrait;
use serde_json::json;
use simpul::{graph::load::Planner, store};

use super::*;
use crate::support::each_engine;

/// Whoever writes, and however: the index follows.
#[tokio::test]
async fn the_index_follows_inserts_and_deletes() {
    each_engine(async |registry| {
        let run = async |sql: &str| registry.database.execute_unprepared(sql).await.unwrap();
        // Commodities in memory are never told of a change; names are: this node counted letters before.
        let registry = &registry.just_started();
        assert_eq!(first(registry, "zyxwvutsr").await, "nothing");
        run("INSERT INTO commodity (code, name, name_fold, name_en, category, unit)
             VALUES ('K999', 'Zyxwvutsr Qpo', 'zyxwvutsr qpo', 'Kjihg Fedcb', 'FRUIT', 'TON')").await;
        for text in ["zyxwvutsr", "zyxvutsr qpo", "kjihg fedcb", "fedc", "k999"] {
            assert_eq!(first(registry, text).await, "Zyxwvutsr Qpo", "by `{text}`");
        }
        run("UPDATE commodity SET name = 'Otherwise', name_fold = 'otherwise' WHERE code = 'K999'").await;
        assert_eq!(first(registry, "otherwis").await, "Otherwise");
        assert_eq!(first(registry, "zyxwvutsr").await, "nothing");
        run("DELETE FROM commodity WHERE code = 'K999'").await;
        assert_eq!(first(registry, "otherwise kjihg").await, "nothing");

        run("UPDATE cooperative SET name_fold = 'koperasi vwxyz', short_name_fold = NULL WHERE slug = 'kopontren-al-ittifaq'").await;
        assert_eq!(first(registry, "vwxyz").await, ITTIFAQ);
        run("UPDATE cooperative SET region_code = '35' WHERE slug = 'kopontren-al-ittifaq'").await;
        let moved = found_with(registry, json!({ "text": "vwxyz", "within": "35" })).await;
        assert_eq!(name(&moved[0]), ITTIFAQ);
    })
    .await;
}

#[tokio::test]
async fn both_engines_answer_alike_to_the_byte() {
    let texts = [
        "al itifaq",
        "sidomulyo",
        "sidomulyo jawa timur",
        "suka maju",
        "karang",
        "jaya",
        "universitas",
        "dinas",
        "bandung",
        "jawa barat",
        "koperasi",
        "a",
        "al",
        "kopi",
        "rice",
        "magang 2025",
        "tani makmur lampung",
        "x",
        "maju mandiri",
        "sri",
        "kota",
        "politeknik negeri",
        "ban",
        "sar",
        "tanjung sari",
    ];
    let answers = RefCell::new(Vec::new());
    each_engine(async |registry| {
        let mut mine = Vec::new();
        for text in texts {
            for variables in [
                json!({ "text": text, "first": 100 }),
                json!({ "text": text, "within": "32", "first": 50 }),
                json!({ "text": text, "types": ["COOPERATIVE"], "first": 50 }),
            ] {
                mine.push(registry.ask_with(DOCUMENT, variables).await.data());
            }
        }
        answers.borrow_mut().push(mine);
    })
    .await;
    let answers = answers.into_inner();
    for one in &answers {
        assert!(*one == answers[0], "the engines differ");
    }
}

/// One statement finds, and one more reads the page with all beneath it, whatever is found.
#[tokio::test]
async fn a_search_needs_two_statements_for_any_selection() {
    let document = "query($text: String!) { search(text: $text, first: 30) { totalCount nodes { __typename
        ... on Party { slug region { name } }
        ... on Cooperative { linkages(first: 2) { totalCount nodes { code supplier { name } } } officers(first: 2) { nodes { title } } }
        ... on PartnerInstitution { partnerships(first: 2) { nodes { number } } }
        ... on InternshipProgram { organiser { name } batches(first: 2) { nodes { number } } } } } }";
    each_engine(async |registry| {
        for text in ["al ittifaq", "magang", "bandung", "universitas pasundan"] {
            let planned = registry.planned(Planner::On).ask_with(document, json!({ "text": text })).await;
            let unplanned = registry.planned(Planner::Off).ask_with(document, json!({ "text": text })).await;
            assert_eq!(planned.statements, 2, "`{text}`");
            assert_eq!(planned.data(), unplanned.data(), "`{text}`");
        }
        let counted =
            registry.ask("{ search(text: \"sidomulyo\") { totalCount pageInfo { hasNextPage } } }").await;
        assert_eq!(counted.statements, 1);
        counted.data();
        let nothing = registry.ask("{ search(text: \"--\") { totalCount nodes { __typename } } }").await;
        assert_eq!(nothing.statements, 0);
        assert_eq!(nothing.data(), json!({ "search": { "totalCount": 0, "nodes": [] } }));
    })
    .await;
}

/// A node answers from its first moment, before it knows how often names have which letters.
#[tokio::test]
async fn a_node_that_just_started_finds_the_same() {
    each_engine(async |registry| {
        for text in ["al itifaq", "sidomulyo jawa timur", "unpas", "ciwidey"] {
            let warm = found(registry, text).await;
            assert_eq!(found(&registry.just_started(), text).await, warm, "`{text}`");
        }
    })
    .await;
}

/// A searched list returns the matching rows that also match `where`, by default sorted by relevance.
#[tokio::test]
async fn lists_can_be_searched() {
    let cases = [
        ("cooperatives", "al itifaq", "name", ITTIFAQ),
        ("institutions", "univeristas pasundan", "name", "Universitas Pasundan"),
        ("internshipPrograms", "magang al ittifaq", "code", "MAGANG-KDKMP-2025-AL-ITTIFAQ"),
        ("commodities", "coffe arabica", "name", "kopi arabika"),
        ("regions", "ciwidei", "code", "32.04.39"),
        ("regions", "kabupaten bandung", "code", "32.04"),
        ("regions", "32.04.39.2002", "code", "32.04.39.2002"),
        ("regions", "jawa timru", "code", "35"),
    ];
    each_engine(async |registry| {
        for (list, text, field, expected) in cases {
            let document = format!(
                "query($text: String!) {{ {list}(search: $text, first: 3) {{ nodes {{ {field} }} }} }}"
            );
            let found = registry.ask_with(&document, json!({ "text": text })).await.data();
            assert_eq!(found[list]["nodes"][0][field], expected, "`{text}` among {list}: {found}");
        }
        let regions = registry
            .data(
                "{ regions(search: \"sidomulyo jawa timur\", where: {level: {eq: VILLAGE}}, first: 100) { nodes { code name } } }",
            )
            .await;
        let regions = regions["regions"]["nodes"].as_array().unwrap().clone();
        let sql = "SELECT count(*) FROM region WHERE name = 'Sidomulyo' AND level = 'VILLAGE' AND code LIKE '35.%'";
        let all = usize::try_from(store::number(&registry.database, sql).await.unwrap()).unwrap();
        assert!(all > 10);
        for region in &regions[..all] {
            assert!(region["name"] == "Sidomulyo" && region["code"].as_str().unwrap().starts_with("35."), "{region}");
        }
        let all = registry.data("{ partnerships(first: 1, orderBy: [{field: TITLE}]) { nodes { id title number } } }").await;
        let some = &all["partnerships"]["nodes"][0];
        let document = "query($text: String!) { partnerships(search: $text, first: 1) { nodes { id } } }";
        for text in [&some["number"], &some["title"]] {
            let found = registry.ask_with(document, json!({ "text": text })).await.data();
            assert_eq!(found["partnerships"]["nodes"][0]["id"], some["id"], "by {text}");
        }
    })
    .await;
}

/// Regions are searched in an index of their own, which `search` reads as well; partnerships only in their list.
#[tokio::test]
async fn the_search_indexes_are_independent() {
    each_engine(async |registry| {
        let run = async |sql: &str| registry.database.execute_unprepared(sql).await.unwrap();
        run("UPDATE region SET name = 'Zyxwvu Tsrq', name_fold = 'zyxwvu tsrq' WHERE code = '32.04.39'").await;
        run("UPDATE partnership SET title = 'Qrstu Vwxyz', title_fold = 'qrstu vwxyz' WHERE status = 'ACTIVE'").await;
        let data = registry
            .just_started()
            .data(
                "{ search(text: \"zyxwvu qrstu\") { totalCount } regions(search: \"zyxwvu\") { nodes { code } }
                   partnerships(search: \"qrstu vwxy\", first: 3) { nodes { title status } } }",
            )
            .await;
        assert_eq!(data["search"]["totalCount"], 1);
        assert_eq!(data["regions"]["nodes"], json!([{ "code": "32.04.39" }]));
        let partnerships = data["partnerships"]["nodes"].as_array().unwrap();
        assert!(!partnerships.is_empty());
        for partnership in partnerships {
            assert_eq!(*partnership, json!({ "title": "Qrstu Vwxyz", "status": "ACTIVE" }));
        }
    })
    .await;
}

/// Each list with `search`, a text, and the field of its names.
const LISTS: [(&str, &str, &str); 6] = [
    ("cooperatives", "sidomulyo", "name"),
    ("institutions", "bulog", "name"),
    ("internshipPrograms", "pelatihan", "name"),
    ("commodities", "kopi", "name"),
    ("regions", "sumba", "name"),
    ("partnerships", "kopi", "title"),
];

#[tokio::test]
async fn every_list_with_search_finds_names_with_the_text() {
    each_engine(async |registry| {
        let fields = "{ __schema { queryType { fields { name args { name } } } } }";
        let fields = registry.data(fields).await;
        let fields = fields["__schema"]["queryType"]["fields"].as_array().unwrap();
        let searched =
            |field: &&Value| field["args"].as_array().unwrap().iter().any(|arg| arg["name"] == "search");
        let mut searched: Vec<&str> =
            fields.iter().filter(searched).map(|field| field["name"].as_str().unwrap()).collect();
        searched.sort_unstable();
        let mut known = LISTS.map(|(list, ..)| list);
        known.sort_unstable();
        assert_eq!(searched, known);
        for (list, text, field) in LISTS {
            let document = format!("{{ {list}(search: \"{text}\", first: 3) {{ nodes {{ {field} }} }} }}");
            let data = registry.data(&document).await;
            let found = data[list]["nodes"].as_array().unwrap();
            assert!(!found.is_empty(), "{list}: `{text}`");
            for node in found {
                assert!(
                    node[field].as_str().unwrap().to_lowercase().contains(text),
                    "{list}: `{text}`: {node}"
                );
            }
        }
    })
    .await;
}
