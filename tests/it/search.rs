//! Full-text search, with equal results on both engines.

mod first_words;
mod index;
mod invalid_texts;
mod known;
mod pages;
mod relevance;
mod synonyms;
mod typed_texts;

use serde_json::{Value, json};

use crate::support::{Answer, Registry};

const DOCUMENT: &str = "query($text: String!, $types: [SearchType!], $within: RegionCode, $first: Int) {
    search(text: $text, types: $types, within: $within, first: $first) {
        totalCount totalCountPrecision
        edges { cursor score node { __typename
            ... on Cooperative { id name slug region { code name } }
            ... on PartnerInstitution { id name slug seat: region { code name } }
            ... on InternshipProgram { id name code }
            ... on Commodity { id name code }
            ... on Region { id name regionCode: code level }
        } }
    } }";

async fn search(registry: &Registry, text: &str) -> Answer {
    registry.ask_with(DOCUMENT, json!({ "text": text })).await
}

/// The results for `text`, best first.
pub(crate) async fn found(registry: &Registry, text: &str) -> Vec<Value> {
    nodes(&search(registry, text).await.data())
}

async fn found_with(registry: &Registry, variables: Value) -> Vec<Value> {
    nodes(&registry.ask_with(DOCUMENT, variables).await.data())
}

fn nodes(data: &Value) -> Vec<Value> {
    data["search"]["edges"].as_array().unwrap().iter().map(|edge| placed(edge["node"].clone())).collect()
}

/// A node with its place as `region`: an institution may have none, so that one key cannot stand for both. Codes of
/// regions are of another type than other codes.
fn placed(mut node: Value) -> Value {
    if let Some(code) = node.as_object_mut().and_then(|node| node.remove("regionCode")) {
        node["region"] = json!({ "code": code });
        node["code"] = code;
    }
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
