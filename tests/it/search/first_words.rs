//! The first words that everybody types, one by one, and what a search says about its results.

use serde_json::json;

use super::{known::Known, *};
use crate::support::each_engine;

/// A text, the type of the first result, and what holds for it.
const FIRST: [(&str, &str, &str); 48] = [
    ("koperasi", "COOPERATIVE", "any"),
    ("koperasi desa", "COOPERATIVE", "program:VILLAGE_MERAH_PUTIH"),
    ("koperasi desa merah putih", "COOPERATIVE", "program:VILLAGE_MERAH_PUTIH"),
    ("kdmp", "COOPERATIVE", "program:VILLAGE_MERAH_PUTIH"),
    ("kopdes", "COOPERATIVE", "program:VILLAGE_MERAH_PUTIH"),
    ("kopontren", "COOPERATIVE", "base:PESANTREN"),
    ("pesantren", "COOPERATIVE", "base:PESANTREN"),
    ("ksp", "COOPERATIVE", "type:SAVINGS_AND_LOAN"),
    ("kud", "COOPERATIVE", "base:KUD"),
    ("nelayan", "COOPERATIVE", "base:FISHER"),
    ("bandung", "REGION", "code:32.73|code:32.04"),
    ("jawa barat", "REGION", "code:32"),
    ("jabar", "REGION", "code:32"),
    ("ntt", "REGION", "code:53"),
    ("ntb", "REGION", "code:52"),
    ("sulsel", "REGION", "code:73"),
    ("dki", "REGION", "code:31"),
    ("dki jakarta", "REGION", "code:31"),
    ("diy", "REGION", "code:34"),
    ("jogja", "REGION", "code:34"),
    ("sby", "REGION", "code:35.78"),
    ("32.04", "REGION", "code:32.04"),
    ("3204", "REGION", "code:32.04"),
    ("3204392001", "REGION", "code:32.04.39.2001"),
    ("40973", "REGION", "postal:40973"),
    ("7 Ulu", "REGION|COOPERATIVE", "Tujuh Ulu|~Merah Putih Tujuh Ulu"),
    ("26 Ilir", "REGION|COOPERATIVE", "code:16.71.11.1005|~Merah Putih Dua"),
    ("kecamatan salak", "REGION", "code:12.15.03"),
    ("kecamatan gambir", "REGION", "code:31.71.01"),
    ("kecamatan pesantren", "REGION", "code:35.71.03"),
    ("2x11 kayu tanam", "REGION", "code:13.05.15"),
    ("bandung 40135", "REGION", "postal:40135"),
    ("koperasi 32.04", "COOPERATIVE", "within:32.04"),
    ("apel malang", "REGION|COOPERATIVE", "within:35.07|within:35.73|within:35.79"),
    ("kerbau sumba", "REGION|COOPERATIVE|COMMODITY", "~sumba|within:53|grows:K086|kerbau"),
    ("himbara", "INSTITUTION", "~bank"),
    ("cabe", "COMMODITY", "cabai besar|cabai rawit"),
    ("sayur", "COMMODITY", "category:VEGETABLE"),
    ("kopi", "COMMODITY", "kopi arabika|kopi robusta"),
    ("coffee", "COMMODITY", "kopi arabika|kopi robusta"),
    ("ITB", "INSTITUTION", "Institut Teknologi Bandung"),
    ("Unpad", "INSTITUTION", "Universitas Padjadjaran"),
    ("Unpas", "INSTITUTION", "Universitas Pasundan"),
    ("Unair", "INSTITUTION", "Universitas Airlangga"),
    ("UI", "INSTITUTION", "Universitas Indonesia"),
    ("magang kopontren", "PROGRAM", "host:Pesantren"),
    ("magang kemenkop", "PROGRAM", "organiser:Kementerian Koperasi"),
    (
        "koperasi kopi bandung",
        "COOPERATIVE",
        "within:32.04+grows:K062|within:32.04+grows:K063|within:32.73+grows:K062|within:32.73+grows:K063",
    ),
];

#[tokio::test]
async fn the_first_words_that_everybody_types_find_what_they_mean() {
    each_engine(async |registry| {
        let known = Known::read(&registry.database).await;
        let mut astray = Vec::new();
        for (text, types, expected) in FIRST {
            let types: Vec<String> = types.split('|').map(str::to_owned).collect();
            let found = found(registry, text).await;
            if !found.first().is_some_and(|node| known.is(node, &types, expected)) {
                astray.push(format!("`{text}` finds {:?}, not {expected}", found.first()));
            }
        }
        assert!(astray.is_empty(), "{}", astray.join("\n"));

        let all = json!({ "text": "koperasi desa merah putih", "first": 100 });
        let sugar = |node: &Value| name(node) == "gula merah";
        assert!(!found_with(registry, all).await.iter().any(sugar));
        let pesantren = found_with(registry, json!({ "text": "pesantren", "first": 10 })).await;
        assert!(pesantren.iter().any(|node| name(node) == ITTIFAQ));
        let bandung =
            found_with(registry, json!({ "text": "bandung", "types": ["REGION"], "first": 3 })).await;
        let levels: Vec<&str> = bandung.iter().map(|node| node["level"].as_str().unwrap()).collect();
        assert_eq!(levels, ["REGENCY_CITY", "REGENCY_CITY", "DISTRICT"]);
        let himbara = found(registry, "himbara").await;
        for bank in ["Rakyat", "Negara Indonesia", "Mandiri", "Tabungan"] {
            assert!(himbara.iter().any(|node| name(node).contains(bank)), "{bank}: {himbara:?}");
        }
        assert!(found(registry, "32.04").await.iter().all(|node| node["code"] == "32.04"));
        assert!(!found(registry, "7").await.is_empty());
        let offices = json!({ "text": "koperasi", "types": ["INSTITUTION"], "first": 10 });
        assert!(found_with(registry, offices).await.iter().any(|node| name(node).contains("Koperasi")));
        let lists = "{ institutions(search: \"koperasi\", first: 1) { nodes { name } }
            regions(search: \"desa\", first: 1) { nodes { name } }
            partnerships(search: \"koperasi\", first: 1) { nodes { title } } }";
        let lists = registry.data(lists).await;
        for list in ["institutions", "regions", "partnerships"] {
            assert_eq!(lists[list]["nodes"].as_array().unwrap().len(), 1, "{list}");
        }
    })
    .await;
}

#[tokio::test]
async fn results_say_why_they_match_and_are_counted_by_type() {
    each_engine(async |registry| {
        let document = "query($text: String!) { search(text: $text, first: 1) {
            totalCount totalCountPrecision counts { type count } edges { match { field text } } } }";
        let asked = async |text: &str| registry.ask_with(document, json!({ "text": text })).await.data();
        for (text, expected) in [
            ("Al Itifaq, Jabar", json!([{ "field": "NAME", "text": "al itifaq" }, { "field": "REGION", "text": "jabar" }])),
            (
                "koperasi kopi bandung",
                json!([{ "field": "NAME", "text": "koperasi" }, { "field": "COMMODITY", "text": "kopi" }, { "field": "REGION", "text": "bandung" }]),
            ),
            ("kopontren jatim", json!([{ "field": "COMMUNITY_BASE", "text": "kopontren" }, { "field": "REGION", "text": "jatim" }])),
            ("32.04", json!([{ "field": "CODE", "text": "32 04" }])),
            ("kopi arabika", json!([{ "field": "NAME", "text": "kopi arabika" }])),
            ("2x11 kayu tanam", json!([{ "field": "NAME", "text": "2x11 kayu tanam" }])),
        ] {
            let data = asked(text).await;
            assert_eq!(data["search"]["edges"][0]["match"], expected, "`{text}`");
        }
        let data = asked("sidomulyo").await;
        let counts = data["search"]["counts"].as_array().unwrap();
        let sum: u64 = counts.iter().map(|counted| counted["count"].as_u64().unwrap()).sum();
        assert_eq!(json!(sum), data["search"]["totalCount"]);
        let types: Vec<&str> = counts.iter().map(|counted| counted["type"].as_str().unwrap()).collect();
        assert!(types.contains(&"COOPERATIVE") && types.contains(&"REGION"), "{counts:?}");
        assert_eq!(asked("al ittifaq").await["search"]["totalCountPrecision"], "EXACT");
        assert_eq!(asked("koperasi").await["search"]["totalCountPrecision"], "AT_LEAST");
        let counted = registry.ask("{ search(text: \"sidomulyo\") { counts { type count } } }").await;
        assert_eq!(counted.statements, 1);
    })
    .await;
}

#[tokio::test]
async fn a_blank_text_on_a_list_is_no_search_and_relevance_begins_with_the_best() {
    each_engine(async |registry| {
        let all = registry.data("{ cooperatives(first: 5) { totalCount nodes { id } } }").await;
        let list =
            "query($text: String) { cooperatives(search: $text, first: 5) { totalCount nodes { id } } }";
        for text in [json!(""), json!(" \t"), json!("\u{200b}"), Value::Null] {
            assert_eq!(registry.ask_with(list, json!({ "text": text })).await.data(), all, "{text}");
        }
        let ordered = "query($order: [CooperativeOrder!]) {
            cooperatives(search: \"sidomulyo jaya\", orderBy: $order, first: 3) { nodes { id } } }";
        let by = async |order: Value| registry.ask_with(ordered, json!({ "order": order })).await.data();
        let best = by(Value::Null).await;
        assert_eq!(by(json!([{ "field": "RELEVANCE" }])).await, best);
        assert_eq!(by(json!([{ "field": "RELEVANCE", "direction": "DESC" }])).await, best);
        assert_ne!(by(json!([{ "field": "RELEVANCE", "direction": "ASC" }])).await, best);
        let blank = "{ cooperatives(search: \" \", orderBy: [{field: RELEVANCE}], first: 5) { totalCount nodes { id } } }";
        assert_eq!(registry.data(blank).await, all);
        let absent = "{ cooperatives(orderBy: [{field: RELEVANCE}], first: 5) { totalCount } }";
        assert_eq!(registry.ask(absent).await.code(), "BAD_USER_INPUT");
    })
    .await;
}

/// The same search twice in a document is one statement.
#[tokio::test]
async fn equal_searches_of_a_request_are_made_once() {
    each_engine(async |registry| {
        let twice = "{ a: search(text: \"sidomulyo\") { totalCount } b: search(text: \"sidomulyo\") { counts { count } } }";
        assert_eq!(registry.ask(twice).await.statements, 1);
    })
    .await;
}
