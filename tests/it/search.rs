//! Search: what people type finds what they mean, on both engines alike.

use std::cell::RefCell;

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use simpul::{graph::load::Planner, store};

use crate::support::{Answer, Registry, each_engine};

const DOCUMENT: &str = "query($text: String!, $types: [SearchType!], $within: RegionCode, $first: Int) {
    search(text: $text, types: $types, within: $within, first: $first) {
        totalCount totalCountPrecision
        edges { cursor score node { __typename
            ... on Cooperative { id name slug region { code name } }
            ... on PartnerInstitution { id name slug seat: region { code name } }
            ... on InternshipProgram { id name code }
            ... on Commodity { id name code }
        } }
    } }";

async fn search(registry: &Registry, text: &str) -> Answer {
    registry.ask_with(DOCUMENT, json!({ "text": text })).await
}

/// What `text` finds, best first.
async fn found(registry: &Registry, text: &str) -> Vec<Value> {
    nodes(&search(registry, text).await.data())
}

async fn found_with(registry: &Registry, variables: Value) -> Vec<Value> {
    nodes(&registry.ask_with(DOCUMENT, variables).await.data())
}

fn nodes(data: &Value) -> Vec<Value> {
    data["search"]["edges"].as_array().unwrap().iter().map(|edge| placed(edge["node"].clone())).collect()
}

/// A node with its place as `region`: an institution may have none, so that one key cannot stand for both.
fn placed(mut node: Value) -> Value {
    if let Some(seat) = node.as_object_mut().and_then(|node| node.remove("seat")) {
        node["region"] = seat;
    }
    node
}

fn name(node: &Value) -> &str {
    node["name"].as_str().unwrap()
}

async fn first(registry: &Registry, text: &str) -> String {
    let found = found(registry, text).await;
    found.first().map_or_else(|| "nothing".to_owned(), |node| name(node).to_owned())
}

const ITTIFAQ: &str = "Koperasi Konsumen Pondok Pesantren Al-Ittifaq";
const DRAJAT: &str = "Koperasi Konsumen dan Pembiayaan Syariah Pondok Pesantren Sunan Drajat";
const KHOTIMAH: &str = "Koperasi Pondok Pesantren Husnul Khotimah";
const SAROYO: &str = "KUD Mino Saroyo";
const BAHARI: &str = "Koperasi Produsen Marindo Citra Bahari";
const JABUNG: &str = "Koperasi Agro Niaga Jabung";
const KPBS: &str = "Koperasi Peternakan Bandung Selatan Pangalengan";

#[tokio::test]
async fn what_people_type_finds_what_they_mean_first() {
    let cases = [
        // Typos and missing letters.
        ("al itifaq", ITTIFAQ),
        ("al itifak", ITTIFAQ),
        ("alittifaq", ITTIFAQ),
        ("ittifaq", ITTIFAQ),
        ("Al-Íttifaq", ITTIFAQ),
        ("sunan drjat", DRAJAT),
        ("sunna drajat", DRAJAT),
        ("husnul hotimah", KHOTIMAH),
        ("husnl khotimah", KHOTIMAH),
        ("mino saryo", SAROYO),
        ("minosaroyo", SAROYO),
        ("marindo citra bhari", BAHARI),
        ("marindocitra bahari", BAHARI),
        ("pangalngan", KPBS),
        ("univeristas pasundan", "Universitas Pasundan"),
        ("universitas pasudnan", "Universitas Pasundan"),
        ("kemntrian koperasi", "Kementerian Koperasi"),
        ("pertamnia patra niaga", "PT Pertamina Patra Niaga"),
        ("indomarko", "PT Indomarco Prismatama"),
        ("bogor agricultral", "Bogor Agricultural University"),
        ("magang pengurus kopdes al itifaq", "Magang Pengurus Koperasi Desa/Kelurahan Merah Putih"),
        // Short names.
        ("unpas", "Universitas Pasundan"),
        ("UNPAS Bandung", "Universitas Pasundan"),
        ("kneks", "Komite Nasional Ekonomi dan Keuangan Syariah"),
        ("kpbs", KPBS),
        ("kpbs pangalengan", KPBS),
        ("kan jabung", JABUNG),
        ("diskuk jabar", "Dinas Koperasi dan Usaha Kecil Provinsi Jawa Barat"),
        ("alfamart", "PT Sumber Alfaria Trijaya Tbk"),
        // Words in any order, run together, taken apart.
        ("drajat sunan", DRAJAT),
        ("citra bahari marindo", BAHARI),
        ("pasundan universitas", "Universitas Pasundan"),
        ("al it tifaq", ITTIFAQ),
        // With where it is.
        ("al ittifaq ciwidey", ITTIFAQ),
        ("ittifaq kab. bandung", ITTIFAQ),
        ("mino saroyo cilacap jawa tengah", SAROYO),
        ("jawa timur sunan drajat lamongan", DRAJAT),
        ("dinas koperasi jawa barat", "Dinas Koperasi dan Usaha Kecil Provinsi Jawa Barat"),
        ("dinas koperasi jabar", "Dinas Koperasi dan Usaha Kecil Provinsi Jawa Barat"),
        // As one types.
        ("kementerian kop", "Kementerian Koperasi"),
        ("marind", BAHARI),
        ("husnul kho", KHOTIMAH),
    ];
    each_engine(async |registry| {
        let mut astray = Vec::new();
        for (text, expected) in cases {
            let first = first(registry, text).await;
            if first != expected {
                astray.push(format!("`{text}` finds {first}, not {expected}"));
            }
        }
        assert!(astray.is_empty(), "{}", astray.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_is_missing_or_swapped_anywhere_is_forgiven() {
    let names = [
        ("ittifaq", ITTIFAQ),
        ("sunan drajat", DRAJAT),
        ("husnul khotimah", KHOTIMAH),
        ("mino saroyo", SAROYO),
    ];
    each_engine(async |registry| {
        for (typed, expected) in names {
            for at in 0..typed.len() {
                let missing = format!("{}{}", &typed[..at], &typed[at + 1..]);
                let mut swapped = typed.as_bytes().to_vec();
                swapped.swap(at, (at + 1).min(typed.len() - 1));
                for text in [missing, String::from_utf8(swapped).unwrap()] {
                    assert_eq!(first(registry, &text).await, expected, "by `{text}`");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn titles_are_heard_in_all_their_forms_and_tell_namesakes_apart() {
    each_engine(async |registry| {
        let village = "Koperasi Desa Merah Putih Sidomulyo";
        for title in [
            "KOPDES",
            "kopdes merah putih",
            "KDMP",
            "Koperasi Desa",
            "KOPERASI DESA MERAH PUTIH",
            "koperasi",
            "koprasi desa",
            "kopersi desa merah putih",
            "KKMP",
            "Koperasi Kelurahan Merah Putih",
            "merah putih",
        ] {
            for text in [format!("{title} Sidomulyo"), format!("sidomulyo {title}")] {
                let first = first(registry, &text).await;
                assert!(first.ends_with(" Merah Putih Sidomulyo"), "`{text}` finds {first}");
            }
        }
        for text in ["kopdes sidomulyo", "kdmp sidomulyo"] {
            assert_eq!(first(registry, text).await, village);
        }
        for (text, expected) in [
            ("kopontren al ittifaq", ITTIFAQ),
            ("koperasi pondok pesantren ittifaq", ITTIFAQ),
            ("pesantren sunan drajat", DRAJAT),
            ("kud mino saroyo", SAROYO),
            ("koperasi unit desa mino saroyo", SAROYO),
        ] {
            assert_eq!(first(registry, text).await, expected, "by `{text}`");
        }
    })
    .await;
}

/// The registry's own count of Sidomulyos below a region, all of which come before any other.
#[tokio::test]
async fn a_place_beside_the_name_finds_the_right_ones_first() {
    let places = [
        ("sidomulyo jawa timur", "35"),
        ("jatim sidomulyo", "35"),
        ("Kopdes Sidomulyo, Prov. Jawa Timur", "35"),
        ("sidomulyo jawa tengah", "33"),
        ("sidomulyo di jateng", "33"),
        ("sidomulio lampung", "18"),
        ("sidomlyo lampung", "18"),
    ];
    each_engine(async |registry| {
        for (text, province) in places {
            let sql = format!(
                "SELECT count(*) FROM cooperative WHERE name LIKE '% Putih Sidomulyo' AND region_code LIKE '{province}.%'"
            );
            let all = store::number(&registry.database, &sql).await.unwrap();
            assert!(all > 0, "no Sidomulyo in {province}");
            let found = found_with(registry, json!({ "text": text, "first": 100 })).await;
            for node in found.iter().take(usize::try_from(all).unwrap()) {
                assert!(name(node).ends_with(" Sidomulyo"), "`{text}` finds {node}");
                let code = node["region"]["code"].as_str().unwrap();
                assert!(code.starts_with(province), "`{text}` finds one in {code}");
            }
            let elsewhere = |node: &Value| !node["region"]["code"].as_str().unwrap_or("").starts_with(province);
            assert!(found.iter().any(elsewhere), "`{text}` keeps those elsewhere, later");
        }
    })
    .await;
}

/// Of a text that says nothing but where: what is called so, then what lies there.
#[tokio::test]
async fn a_place_alone_finds_what_is_called_so_and_what_lies_there() {
    each_engine(async |registry| {
        let found = found_with(registry, json!({ "text": "kopdes kecamatan ciwidey", "first": 100 })).await;
        assert!(!found.is_empty());
        let inside = |node: &&Value| node["region"]["code"].as_str().unwrap_or("").starts_with("32.04.39");
        let sql = "SELECT count(*) FROM cooperative WHERE region_code LIKE '32.04.39%'";
        let all = store::number(&registry.database, sql).await.unwrap();
        assert_eq!(i64::try_from(found.iter().filter(inside).count()).unwrap(), all);
    })
    .await;
}

#[tokio::test]
async fn a_code_a_number_or_a_slug_finds_its_own_first() {
    each_engine(async |registry| {
        let data = registry
            .data("{ cooperatives(first: 100) { nodes { id slug registrationNumber legalEntityNumber } } commodities(first: 100) { nodes { id code name en: name(language: EN) } }
                 institution(by: {domain: \"unpas.ac.id\"}) { id slug } internshipProgram(by: {code: \"MAGANG-KDKMP-2025-AL-ITTIFAQ\"}) { id code } }")
            .await;
        let mut cases: Vec<(String, Value)> = Vec::new();
        let cooperatives = data["cooperatives"]["nodes"].as_array().unwrap();
        for node in cooperatives.iter().filter(|node| node["legalEntityNumber"].is_string()).take(8) {
            let number = node["legalEntityNumber"].as_str().unwrap();
            for text in [number.to_owned(), number.to_lowercase(), format!(" {} ", number.replace(' ', ""))] {
                cases.push((text, node["id"].clone()));
            }
            cases.push((node["slug"].as_str().unwrap().to_owned(), node["id"].clone()));
            let registration = node["registrationNumber"].as_str();
            cases.extend(registration.map(|number| (number.to_owned(), node["id"].clone())));
        }
        for node in data["commodities"]["nodes"].as_array().unwrap() {
            for key in ["code", "name", "en"] {
                cases.push((node[key].as_str().unwrap().to_uppercase(), node["id"].clone()));
            }
        }
        cases.push(("UNPAS.ac.id".to_owned(), data["institution"]["id"].clone()));
        cases.push(("universitas-pasundan".to_owned(), data["institution"]["id"].clone()));
        cases.push(("magang-kdkmp-2025-al-ittifaq".to_owned(), data["internshipProgram"]["id"].clone()));
        for (text, id) in cases {
            let data = search(registry, &text).await.data();
            let first = &data["search"]["edges"][0];
            let same = |edge: &&Value| edge["node"]["id"] == id;
            // Two things may be called the same in two languages.
            let own = data["search"]["edges"].as_array().unwrap().iter().find(same);
            let own = own.unwrap_or_else(|| panic!("`{text}` does not find its own but {first}"));
            assert_eq!((&first["score"], &own["score"]), (&json!(1.0), &json!(1.0)), "`{text}`");
        }
    })
    .await;
}

#[tokio::test]
async fn only_the_types_and_the_region_that_were_asked_for_are_found() {
    each_engine(async |registry| {
        let kinds = [
            ("COOPERATIVE", "Cooperative", "sidomulyo"),
            ("INSTITUTION", "PartnerInstitution", "universitas bandung"),
            ("PROGRAM", "InternshipProgram", "magang pengurus"),
            ("COMMODITY", "Commodity", "kopi"),
        ];
        for (kind, type_name, text) in kinds {
            let found = found_with(registry, json!({ "text": text, "types": [kind], "first": 100 })).await;
            assert!(!found.is_empty(), "no {kind} by `{text}`");
            assert!(found.iter().all(|node| node["__typename"] == type_name), "{kind}: {found:?}");
        }
        let two = json!({ "text": "pasundan", "types": ["PROGRAM", "INSTITUTION"] });
        assert_eq!(name(&found_with(registry, two).await[0]), "Universitas Pasundan");
        assert!(found_with(registry, json!({ "text": "sidomulyo", "types": [] })).await.is_empty());

        for region in ["35", "18", "33"] {
            let found =
                found_with(registry, json!({ "text": "sidomulyo", "within": region, "first": 100 })).await;
            assert!(!found.is_empty(), "no Sidomulyo in {region}");
            for node in found {
                assert!(node["region"]["code"].as_str().unwrap().starts_with(region), "{node}");
            }
        }
        let own = found_with(registry, json!({ "text": "ittifaq", "within": "32.04.39" })).await;
        assert_eq!(name(&own[0]), ITTIFAQ);
        assert!(found_with(registry, json!({ "text": "ittifaq", "within": "32.05" })).await.is_empty());
        let code = json!({ "text": "kopontren-al-ittifaq", "within": "35" });
        assert!(found_with(registry, code).await.iter().all(|node| name(node) != ITTIFAQ));
    })
    .await;
}

#[tokio::test]
async fn the_first_letters_of_a_word_are_enough() {
    each_engine(async |registry| {
        for (text, begins) in [("a", "a"), ("z", "z"), ("9", "9"), ("ittif", "ittif")] {
            for node in found_with(registry, json!({ "text": text, "types": ["INSTITUTION"] })).await {
                assert!(name(&node).to_lowercase().starts_with(begins), "`{text}` finds {node}");
            }
        }
        let found = found_with(registry, json!({ "text": "al", "first": 100 })).await;
        assert!(found.len() > 3, "{found:?}");
        let begun = |node: &Value| {
            node.to_string()
                .to_lowercase()
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word.starts_with("al"))
        };
        assert!(found.iter().take(3).all(begun), "{found:?}");
    })
    .await;
}

/// Whatever somebody types is looked for, and nothing else happens.
#[tokio::test]
async fn hostile_texts_are_only_texts() {
    let long = "x".repeat(200);
    let words = "a b c d ".repeat(25);
    let texts = [
        "",
        " ",
        "\t\n",
        "%",
        "_",
        "%%%",
        "a%",
        "' OR 1=1 --",
        "'; DROP TABLE cooperative; --",
        "\"",
        "\"\"\"",
        "sido\"mulyo",
        "NEAR(sido mulyo, 2)",
        "words:sidomulyo",
        "sido*",
        "^sido",
        "-sidomulyo",
        "NOT AND OR",
        "sidomulyo AND",
        "(((",
        "{words} : x",
        "a OR b",
        "\\",
        "\\'",
        "$1",
        "?1",
        ":a",
        "@b",
        "#",
        "/* */",
        "\u{1}",
        "\u{feff}",
        "😀",
        "😀😀😀 sidomulyo",
        "日本語",
        "ß",
        "ı",
        "İ",
        "\u{202e}oylumodis",
        "e\u{301}",
        "null",
        "0",
        "00",
        "1e9",
        "-1",
        "Robert'); DROP TABLE search_entry;--",
        "x y z",
        "a",
        "ab",
        &long,
        &words,
    ];
    each_engine(async |registry| {
        let count = "SELECT (SELECT count(*) FROM cooperative) * 1000 + (SELECT count(*) FROM search_entry)";
        let before = store::number(&registry.database, count).await.unwrap();
        for text in texts {
            let answer = search(registry, text).await;
            assert_eq!(answer.body.get("errors"), None, "`{text}`: {}", answer.body);
        }
        for text in ["", "  ", "😀", "%", "\"", "---"] {
            assert!(found(registry, text).await.is_empty(), "`{text}`");
        }
        for text in ["😀 sidomulyo", "\"sidomulyo\"", "sidomulyo%", "(sidomulyo)", "sidomulyo*"] {
            assert!(first(registry, text).await.ends_with("Sidomulyo"), "`{text}`");
        }
        assert_eq!(store::number(&registry.database, count).await.unwrap(), before);
    })
    .await;
}

#[tokio::test]
async fn a_text_that_is_too_long_or_holds_a_nul_is_refused() {
    each_engine(async |registry| {
        for text in ["x".repeat(201), "é".repeat(10_000), "sido\u{0}mulyo".to_owned(), "\u{0}".to_owned()] {
            assert_eq!(search(registry, &text).await.code(), "BAD_USER_INPUT", "{} letters", text.len());
        }
        assert_eq!(search(registry, &"é".repeat(200)).await.body.get("errors"), None);
        let within = registry.ask_with(DOCUMENT, json!({ "text": "x", "within": "32.4" })).await;
        assert_eq!(within.code(), "BAD_USER_INPUT");
    })
    .await;
}

const PAGE: &str = "query($text: String!, $types: [SearchType!], $within: RegionCode, $first: Int, $after: String, $last: Int, $before: String) {
    search(text: $text, types: $types, within: $within, first: $first, after: $after, last: $last, before: $before) {
        totalCount edges { cursor node { ... on Cooperative { id } ... on PartnerInstitution { id } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

async fn page(registry: &Registry, variables: Value) -> (Vec<String>, Value) {
    let data = registry.ask_with(PAGE, variables).await.data();
    let ids = data["search"]["edges"].as_array().unwrap().iter();
    (ids.map(|edge| edge["node"]["id"].as_str().unwrap().to_owned()).collect(), data["search"].clone())
}

#[tokio::test]
async fn pages_hold_everything_once_in_both_directions() {
    each_engine(async |registry| {
        let (all, whole) = page(registry, json!({ "text": "sidomulyo", "first": 100 })).await;
        assert!(all.len() > 20, "{all:?}");
        assert_eq!(whole["totalCount"], all.len());
        let (mut forward, mut after) = (Vec::new(), Value::Null);
        loop {
            let (ids, page) =
                page(registry, json!({ "text": "sidomulyo", "first": 7, "after": after })).await;
            assert_eq!(page["pageInfo"]["hasPreviousPage"], !forward.is_empty());
            assert_eq!(page["pageInfo"]["startCursor"], page["edges"][0]["cursor"]);
            forward.extend(ids);
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(forward, all);
        let (mut backward, mut before) = (Vec::new(), Value::Null);
        loop {
            let (ids, page) =
                page(registry, json!({ "text": "sidomulyo", "last": 7, "before": before })).await;
            assert_eq!(page["pageInfo"]["hasNextPage"], !backward.is_empty());
            backward.splice(0..0, ids);
            before = page["pageInfo"]["startCursor"].clone();
            if page["pageInfo"]["hasPreviousPage"] == false {
                break;
            }
        }
        assert_eq!(backward, all);
    })
    .await;
}

#[tokio::test]
async fn a_cursor_serves_only_the_search_it_was_made_for() {
    each_engine(async |registry| {
        let (_, made) = page(registry, json!({ "text": "sidomulyo", "first": 1 })).await;
        let cursor = &made["pageInfo"]["endCursor"];
        for (variables, code) in [
            (json!({ "text": "sidomulya", "after": cursor }), "CURSOR_INVALID"),
            (json!({ "text": "sidomulyo", "after": cursor, "within": "35" }), "CURSOR_INVALID"),
            (json!({ "text": "sidomulyo", "after": cursor, "types": ["COOPERATIVE"] }), "CURSOR_INVALID"),
            (json!({ "text": "sidomulyo", "after": "AAAA" }), "CURSOR_INVALID"),
            (json!({ "text": "sidomulyo", "before": "" }), "CURSOR_INVALID"),
            (json!({ "text": "sidomulyo", "first": 101 }), "BAD_USER_INPUT"),
            (json!({ "text": "sidomulyo", "first": -1 }), "BAD_USER_INPUT"),
            (json!({ "text": "sidomulyo", "first": 1, "last": 1 }), "BAD_USER_INPUT"),
        ] {
            assert_eq!(registry.ask_with(PAGE, variables.clone()).await.code(), code, "{variables}");
        }
        let list = registry.data("{ cooperatives(first: 1) { pageInfo { endCursor } } }").await;
        let stolen = json!({ "text": "sidomulyo", "after": list["cooperatives"]["pageInfo"]["endCursor"] });
        assert_eq!(registry.ask_with(PAGE, stolen).await.code(), "CURSOR_INVALID");
        let (none, nothing) = page(registry, json!({ "text": "sidomulyo", "first": 0 })).await;
        assert!(none.is_empty() && nothing["pageInfo"]["hasNextPage"] == true);
    })
    .await;
}

/// Nobody finds by name what nobody may see.
#[tokio::test]
async fn a_draft_is_not_found_until_it_is_published() {
    each_engine(async |registry| {
        let code = "MAGANG-KDKMP-2025-AL-ITTIFAQ";
        let set =
            |status: &str| format!("UPDATE internship_program SET status = '{status}' WHERE code = '{code}'");
        let finds = async |text: &str| found(registry, text).await.iter().any(|node| node["code"] == code);
        for text in [code, "magang kopdes al ittifaq"] {
            assert!(finds(text).await, "`{text}`");
        }
        registry.database.execute_unprepared(&set("DRAFT")).await.unwrap();
        for text in [code, "magang kopdes al ittifaq"] {
            assert!(!finds(text).await, "`{text}`");
        }
        registry.database.execute_unprepared(&set("RUNNING")).await.unwrap();
        assert!(finds(code).await);
    })
    .await;
}

/// Whoever writes, and however: the index follows.
#[tokio::test]
async fn what_is_written_later_is_found_and_what_is_gone_is_not() {
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
async fn a_search_costs_two_statements_whatever_hangs_on_what_it_finds() {
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

/// A list that is searched in keeps what it finds and what fits, best first unless the caller says otherwise.
#[tokio::test]
async fn lists_can_be_searched_in_too() {
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

/// Regions and partnerships are searched in their own lists only.
#[tokio::test]
async fn the_indexes_keep_apart() {
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
        assert_eq!(data["search"]["totalCount"], 0);
        assert_eq!(data["regions"]["nodes"], json!([{ "code": "32.04.39" }]));
        let partnerships = data["partnerships"]["nodes"].as_array().unwrap();
        assert!(!partnerships.is_empty());
        for partnership in partnerships {
            assert_eq!(*partnership, json!({ "title": "Qrstu Vwxyz", "status": "ACTIVE" }));
        }
    })
    .await;
}
