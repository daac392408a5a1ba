//! Conditions on text: typographic apostrophes, hyphens and invisible characters match their plain forms.

use serde_json::{Value, json};

use crate::support::{Registry, each_engine};

async fn count(registry: &Registry, list: &str, filter: Value) -> u64 {
    let input = match list {
        "regions" => "RegionWhere",
        "institutions" => "InstitutionWhere",
        "cooperatives" => "CooperativeWhere",
        other => panic!("{other}"),
    };
    let query = format!("query($w: {input}) {{ {list}(where: $w) {{ totalCount }} }}");
    registry.ask_with(&query, json!({ "w": filter })).await.data()[list]["totalCount"].as_u64().unwrap()
}

#[tokio::test]
async fn typographic_punctuation_and_invisible_characters_match_plain_ones() {
    each_engine(async |registry| {
        for (keyboard, others) in [
            ("ba'u", &["ba’u", "Baʼu", "BA‘U", "ba`u", "ba´u", "ba\u{200b}'u"][..]),
            ("tio-tio", &["tio–tio", "tio‑tio", "tio−tio", "ti\u{ad}o-tio"][..]),
        ] {
            for operator in ["contains", "startsWith", "eq"] {
                let by = async |text: &str| {
                    count(registry, "regions", json!({ "name": { operator: text } })).await
                };
                let wanted = by(keyboard).await;
                assert!(operator != "contains" || wanted > 0, "{keyboard}");
                for other in others {
                    assert_eq!(by(other).await, wanted, "{operator} {other}");
                }
            }
            let search = async |text: &str| {
                let found = registry.ask_with(
                    "query($t: String) { regions(search: $t, first: 20) { nodes { code } } }",
                    json!({ "t": text }),
                );
                found.await.data()["regions"]["nodes"].clone()
            };
            for other in others {
                assert_eq!(search(other).await, search(keyboard).await, "{other}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn spaces_at_the_ends_of_a_substring_count() {
    each_engine(async |registry| {
        let by = async |operator: &str, text: &str| {
            count(registry, "regions", json!({ "name": { operator: text } })).await
        };
        let (all, kota) = (count(registry, "regions", json!({})).await, by("startsWith", "Kota ").await);
        assert!(kota > 0 && kota < by("startsWith", "Kota").await);
        assert_eq!(by("startsWith", "kota\u{a0}\t ").await, kota);
        assert_eq!(by("startsWith", " Kota").await, 0);
        assert!(by("contains", " ").await < all && by("contains", " ").await > 0);
        assert_eq!(by("contains", "").await, all);
        for nothing in ["\u{301}", "\u{200b}", "\u{ad}\u{feff}"] {
            for operator in ["contains", "startsWith", "eq"] {
                assert_eq!(by(operator, nothing).await, 0, "{operator} {nothing:?}");
            }
            let not = json!({ "not": { "name": { "contains": nothing } } });
            assert_eq!(count(registry, "regions", not).await, all);
        }
    })
    .await;
}

#[tokio::test]
async fn a_lookup_and_a_condition_accept_the_same_forms_of_a_key() {
    each_engine(async |registry| {
        let known = registry
            .data("{ cooperatives(where: { legalEntityNumber: { startsWith: \"ahu-\" } }, first: 1) { nodes { legalEntityNumber } } }")
            .await;
        let number = known["cooperatives"]["nodes"][0]["legalEntityNumber"].as_str().unwrap().to_owned();
        let spellings = [number.clone(), number.to_lowercase(), number.replace("TAHUN ", "Tahun"), format!("  {number} ")];
        let domains = ["unpas.ac.id", "UNPAS.AC.ID", " Unpas.ac.id "].map(str::to_owned);
        for (one, by, list, condition, spellings) in [
            ("cooperative", "CooperativeBy", "cooperatives", "legalEntityNumber", &spellings[..]),
            ("institution", "InstitutionBy", "institutions", "domain", &domains[..]),
        ] {
            let query = format!("query($by: {by}!) {{ {one}(by: $by) {{ id }} }}");
            for spelling in spellings {
                let found = registry.ask_with(&query, json!({ "by": { condition: spelling } })).await;
                assert!(found.data()[one]["id"].is_string(), "{spelling}");
                for operator in ["eq", "in"] {
                    let operand = if operator == "in" { json!([spelling]) } else { json!(spelling) };
                    assert_eq!(count(registry, list, json!({ condition: { operator: operand } })).await, 1, "{spelling}");
                }
            }
        }
        let begun = number[..8].to_lowercase().replace('-', " - ");
        let part = json!({ "legalEntityNumber": { "startsWith": begun } });
        assert!(count(registry, "cooperatives", part).await > 0, "{begun}");
        let part = json!({ "domain": { "contains": "PAS.AC" } });
        assert_eq!(count(registry, "institutions", part).await, 1);
    })
    .await;
}
