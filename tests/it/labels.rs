//! Labels and descriptions of enums and group keys: in the schema, in the glossary, in answers and as a file.

use std::{collections::BTreeSet, fs, path::Path};

use async_graphql::registry::MetaType;
use axum::http::{Method, StatusCode};
use entity::vocabulary::label::Words;
use serde_json::{Value as Json, json};
use simpul::{registry::vocabulary, schema};

use crate::support::each_engine;

/// Enums about requests and answers, not about the domain.
const OF_REQUESTS: [&str; 8] = [
    "ChainDirection",
    "FindingCode",
    "HistoryActor",
    "Language",
    "NullsPosition",
    "OrderDirection",
    "UserErrorCode",
    "ViewerRole",
];

fn described(words: &Words, description: Option<&str>) -> bool {
    let description = description.unwrap_or_default().to_lowercase();
    let english = words.description.english.trim_end_matches('.').to_lowercase();
    description.starts_with(&english)
        && description[english.len()..].contains(&words.label.indonesian.to_lowercase())
}

#[test]
fn the_schema_describes_each_value_as_its_vocabulary_does() {
    let registry = schema::registry();
    let mut vocabularies = BTreeSet::new();
    for vocabulary in vocabulary::all() {
        let Some(MetaType::Enum { enum_values, description, .. }) = registry.types.get(vocabulary.name)
        else {
            panic!("the schema has no enum {}", vocabulary.name);
        };
        assert!(described(&vocabulary.words, description.as_deref()), "{}: {description:?}", vocabulary.name);
        let known: Vec<_> = vocabulary.values.iter().map(|word| word.value.as_str()).collect();
        assert_eq!(known, enum_values.keys().map(String::as_str).collect::<Vec<_>>());
        for (word, value) in vocabulary.values.iter().zip(enum_values.values()) {
            assert!(
                described(&word.words, value.description.as_deref()),
                "{}: {:?}",
                vocabulary.name,
                value.description
            );
        }
        vocabularies.insert(vocabulary.name);
    }
    for (name, kind) in &registry.types {
        let own = name.ends_with("OrderField") || name.ends_with("Dimension");
        if matches!(kind, MetaType::Enum { .. }) && !own && !OF_REQUESTS.contains(&name.as_str()) {
            assert!(vocabularies.contains(name.as_str()), "{name} is no vocabulary");
        }
    }
}

#[test]
fn every_label_can_be_shown_as_it_stands() {
    for vocabulary in vocabulary::all() {
        let mut labels = BTreeSet::new();
        let values = vocabulary.values.iter().map(|word| &word.words);
        for words in values.chain([&vocabulary.words]) {
            for label in [&words.label.indonesian, &words.label.english] {
                assert!(label.starts_with(|first: char| first.is_uppercase()), "{label}");
                assert!(label.chars().count() <= 40 && !label.ends_with('.'), "{label}");
            }
            for description in [&words.description.indonesian, &words.description.english] {
                let whole = description.starts_with(|first: char| first.is_uppercase());
                assert!(
                    whole && description.ends_with('.') && !description.contains(['[', ']']),
                    "{description}"
                );
            }
        }
        for word in &vocabulary.values {
            let Words { label, .. } = &word.words;
            for label in [format!("id {}", label.indonesian), format!("en {}", label.english)] {
                assert!(labels.insert(label.to_lowercase()), "{} has {label} twice", vocabulary.name);
            }
        }
    }
}

/// Rows of the glossary begin with the names of enums or values; the second column has their Indonesian terms.
#[test]
fn the_glossary_has_the_labels_of_the_schema() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/glossary.md");
    let page = fs::read_to_string(page).unwrap();
    let page = page.split("## Technical terms").next().unwrap();
    let mut compared = 0;
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let terms = cells[2].to_lowercase();
        for name in cells[1].split(',').map(str::trim) {
            for vocabulary in vocabulary::all() {
                let values = vocabulary.values.iter().map(|word| (word.value.as_str(), &word.words));
                for (known, words) in values.chain([(vocabulary.name, &vocabulary.words)]) {
                    if known == name {
                        let label = words.label.indonesian.to_lowercase();
                        assert!(
                            terms.contains(&label),
                            "the glossary calls {name} {terms}, the schema {label}"
                        );
                        compared += 1;
                    }
                }
            }
        }
    }
    assert!(compared >= 10, "{compared} rows cannot be all");
}

#[tokio::test]
async fn vocabularies_are_the_same_in_the_api_and_in_the_file() {
    each_engine(async |registry| {
        let file = registry.get("/labels.json", &[]).await;
        assert_eq!(file.header("content-type"), "application/json; charset=utf-8");
        let file: Json = serde_json::from_str(&file.text()).unwrap();
        assert_eq!(
            file["CommunityBase"]["values"][1],
            json!({
                "value": "KUD",
                "label": { "id": "Koperasi unit desa", "en": "Village-unit cooperative (KUD)" },
                "description": {
                    "id": "Koperasi unit desa dari program terdahulu.",
                    "en": "Village-unit cooperative of the older program.",
                },
            })
        );
        for (argument, language) in [("", "id"), ("(language: ID)", "id"), ("(language: EN)", "en")] {
            let query = format!("{{ vocabularies{argument} {{ name label description values {{ value label description }} }} }}");
            let data = registry.data(&query).await;
            let vocabularies = data["vocabularies"].as_array().unwrap();
            assert_eq!(vocabularies.len(), file.as_object().unwrap().len());
            for vocabulary in vocabularies {
                let filed = &file[vocabulary["name"].as_str().unwrap()];
                let values = vocabulary["values"].as_array().unwrap();
                assert_eq!(values.len(), filed["values"].as_array().unwrap().len());
                for (at, value) in values.iter().enumerate() {
                    assert_eq!(value["value"], filed["values"][at]["value"]);
                    for text in ["label", "description"] {
                        assert_eq!(value[text], filed["values"][at][text][language]);
                    }
                }
                for text in ["label", "description"] {
                    assert_eq!(vocabulary[text], filed[text][language]);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_file_of_labels_is_downloaded_once_and_by_pages_of_other_origins() {
    each_engine(async |registry| {
        let open = registry.open_to("https://dashboard.example");
        let origin = ("origin", "https://dashboard.example");
        let first = open.get("/labels.json", &[origin]).await;
        assert!(first.header("access-control-expose-headers").contains("etag"));
        let known = [origin, ("if-none-match", first.header("etag"))];
        let again = open.get("/labels.json", &known).await;
        assert_eq!((again.status, again.text().as_str()), (StatusCode::NOT_MODIFIED, ""));
        let preflight = [
            origin,
            ("access-control-request-method", "GET"),
            ("access-control-request-headers", "if-none-match"),
        ];
        let preflight = open.request(Method::OPTIONS, "/labels.json", &preflight, "").await;
        assert!(preflight.header("access-control-allow-headers").contains("if-none-match"));
        let head = open.request(Method::HEAD, "/labels.json", &[], "").await;
        assert_eq!((head.status, head.header("etag")), (StatusCode::OK, first.header("etag")));
        let posted = open.request(Method::POST, "/labels.json", &[], "").await;
        assert_eq!((posted.status, posted.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD"));
    })
    .await;
}

#[tokio::test]
async fn keys_of_groups_are_labelled_in_both_languages() {
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        let label = async |figures: &str, dimension: &str| -> Vec<(Json, Json, Json)> {
            let query = format!(
                "{{ {figures}(groupBy: [{dimension}], first: 1000)
                    {{ nodes {{ keys {{ value id: label en: label(language: EN) }} }} }} }}"
            );
            let data = registry.data(&query).await;
            let nodes = data[figures]["nodes"].as_array().unwrap();
            nodes
                .iter()
                .map(|node| &node["keys"][0])
                .map(|key| (key["value"].clone(), key["id"].clone(), key["en"].clone()))
                .collect()
        };
        let expected = [
            ("linkageAggregate", "KIND", "INPUT_SUPPLY", "Pasokan sarana produksi", "Input supply"),
            ("cooperativeAggregate", "STATUS", "IN_NOTARY", "Proses notaris", "At the notary"),
            ("linkageAggregate", "START_QUARTER", "2025-Q2", "Triwulan II 2025", "Quarter 2 2025"),
            ("linkageAggregate", "START_MONTH", "2025-05", "Mei 2025", "May 2025"),
            ("linkageAggregate", "START_YEAR", "2025", "2025", "2025"),
            ("cooperativeCommodityAggregate", "COMMODITY", "K001", "padi", "rice (paddy)"),
            ("cooperativeAggregate", "PROVINCE", "32", "Jawa Barat", "Jawa Barat"),
        ];
        for (figures, dimension, value, indonesian, english) in expected {
            let labels = label(figures, dimension).await;
            let found = labels.iter().find(|(found, ..)| found == value);
            let found = found.unwrap_or_else(|| panic!("{figures} has no {value}: {labels:?}"));
            assert_eq!((&found.1, &found.2), (&json!(indonesian), &json!(english)), "{value}");
        }
        for (_, indonesian, english) in label("placementAggregate", "BATCH").await {
            let (indonesian, english) = (indonesian.as_str().unwrap(), english.as_str().unwrap());
            assert_eq!(indonesian.replace(", gelombang ", ", batch "), english);
        }
    })
    .await;
}
