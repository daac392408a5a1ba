//! Pages and cursors of search results.

use serde_json::{Value, json};
use simpul::graph::cursor::{self, Fingerprint};

use super::*;
use crate::support::each_engine;

const PAGE: &str = "query($text: String!, $types: [SearchType!], $within: RegionCode, $first: Int, $after: String, $last: Int, $before: String) {
    search(text: $text, types: $types, within: $within, first: $first, after: $after, last: $last, before: $before) {
        totalCount edges { cursor node { __typename ... on Node { id } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

async fn page(registry: &Registry, variables: Value) -> (Vec<String>, Value) {
    let data = registry.ask_with(PAGE, variables).await.data();
    let ids = data["search"]["edges"].as_array().unwrap().iter();
    (ids.map(|edge| edge["node"]["id"].as_str().unwrap().to_owned()).collect(), data["search"].clone())
}

#[tokio::test]
async fn pages_hold_everything_once_in_both_directions() {
    each_engine(async |registry| {
        let (all, whole) =
            page(registry, json!({ "text": "sidomulyo", "types": ["COOPERATIVE"], "first": 100 })).await;
        assert!(all.len() > 20, "{all:?}");
        assert_eq!(whole["totalCount"], all.len());
        let (mut forward, mut after) = (Vec::new(), Value::Null);
        loop {
            let (ids, page) = page(
                registry,
                json!({ "text": "sidomulyo", "types": ["COOPERATIVE"], "first": 7, "after": after }),
            )
            .await;
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
            let (ids, page) = page(
                registry,
                json!({ "text": "sidomulyo", "types": ["COOPERATIVE"], "last": 7, "before": before }),
            )
            .await;
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
async fn a_cursor_is_refused_by_another_search() {
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

/// A release that ranks differently names its searches differently: a cursor holds a position in a ranking.
#[tokio::test]
async fn a_cursor_of_an_earlier_ranking_is_refused() {
    each_engine(async |registry| {
        let asked = json!({ "text": "sidomulyo", "types": ["COOPERATIVE"], "first": 3 });
        let (_, first) = page(registry, asked).await;
        let given = first["pageInfo"]["endCursor"].as_str().unwrap();
        let of = |prefix: &str| Fingerprint::of_text(&format!("{prefix}|[Cooperative]|None|sidomulyo"));
        let values = cursor::decode(given, of("search3"), 4).unwrap();
        assert_eq!(cursor::encode(of("search3"), &values), given);
        for prefix in ["search", "search2", "search4"] {
            let after = cursor::encode(of(prefix), &values);
            let next = json!({ "text": "sidomulyo", "types": ["COOPERATIVE"], "first": 3, "after": after });
            assert_eq!(registry.ask_with(PAGE, next).await.code(), "CURSOR_INVALID", "{prefix}");
        }
    })
    .await;
}
