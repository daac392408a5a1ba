//! Relevance of search results: typing errors, titles, regions, codes, prefixes.

use serde_json::{Value, json};

use simpul::store;

use super::*;
use crate::support::each_engine;

#[tokio::test]
async fn typed_texts_find_the_expected_result_first() {
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
        ("pangalngan", "Pangalengan"),
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
        ("marindo c", BAHARI),
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
async fn one_missing_or_swapped_letter_is_tolerated() {
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
async fn titles_are_recognised_in_all_forms() {
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
async fn a_region_beside_the_name_ranks_its_entries_first() {
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
            let found = found_with(
                registry,
                json!({ "text": text, "types": ["COOPERATIVE"], "first": 100 }),
            )
            .await;
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

/// For a text with only a region: entries of that name, then entries in it.
#[tokio::test]
async fn a_region_alone_finds_entries_of_that_name_and_in_it() {
    each_engine(async |registry| {
        let found = found_with(
            registry,
            json!({ "text": "kopdes kecamatan ciwidey", "types": ["COOPERATIVE"], "first": 100 }),
        )
        .await;
        assert!(!found.is_empty());
        let inside = |node: &&Value| node["region"]["code"].as_str().unwrap_or("").starts_with("32.04.39");
        let sql = "SELECT count(*) FROM cooperative WHERE region_code LIKE '32.04.39%'";
        let all = store::number(&registry.database, sql).await.unwrap();
        assert_eq!(i64::try_from(found.iter().filter(inside).count()).unwrap(), all);
    })
    .await;
}

#[tokio::test]
async fn a_code_number_or_slug_finds_its_row_first() {
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
            ("REGION", "Region", "sidomulyo"),
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
