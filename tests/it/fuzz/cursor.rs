//! Forged cursors: a cursor's checksum has no key, so anyone can make one with any content.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::{blameless, draw::Draw, types::Types};
use crate::support::each_engine;

/// Values of every kind that a cursor can hold, and of none.
fn values() -> Vec<Json> {
    let mut values =
        vec![json!("n"), json!({ "b": true }), json!({ "b": false }), json!({}), json!(7), json!([])];
    for number in [0, 1, -1, i64::MAX, i64::MIN] {
        values.push(json!({ "i": number }));
    }
    for text in ["", "x", "\u{0}", "'; --", "2025-01-01", "NaN", "\u{10ffff}", "32"] {
        values.push(json!({ "t": text }));
    }
    for day in [
        "2025-01-01",
        "0001-01-01",
        "9999-12-31",
        "0000-01-01",
        "-0001-01-01",
        "+10000-01-01",
        "-262143-01-01",
        "+262142-12-31",
        "2025-02-30",
        "x",
    ] {
        values.push(json!({ "d": day }));
    }
    values.push(json!({ "u": "00000000-0000-0000-0000-000000000000" }));
    values.push(json!({ "u": "x" }));
    values.push(json!({ "i": 1, "t": "x" }));
    values.push(json!({ "i": 1e300 }));
    values
}

/// The content of a cursor: the version of the format, the fingerprint of the list, and values.
fn read(cursor: &str) -> (Json, Json, Vec<Json>) {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).unwrap();
    serde_json::from_slice(&bytes[6..]).unwrap()
}

fn sealed(version: &Json, list: &Json, values: &[Json]) -> String {
    let body = json!([version, list, values]).to_string();
    let mut forged = Sha256::digest(body.as_bytes())[..6].to_vec();
    forged.extend(body.as_bytes());
    URL_SAFE_NO_PAD.encode(forged)
}

/// The cursor with one of its values replaced.
pub(super) fn forged(draw: &mut Draw<'_>, cursor: &str) -> String {
    let (version, list, mut held) = read(cursor);
    if !held.is_empty() {
        let (at, values) = (draw.below(held.len()), values());
        held[at] = values[draw.below(values.len())].clone();
    }
    sealed(&version, &list, &held)
}

/// Every value of every cursor of every order of every list at the root, and of what its rows lead on to, replaced by
/// one of every kind.
#[tokio::test]
async fn a_forged_cursor_is_a_position_or_is_refused() {
    each_engine(async |registry| {
        let types = Types::ask(registry).await;
        let mut forgeries = 0;
        for (at, (list, windows)) in lists(&types).into_iter().enumerate() {
            let ask = |cursor: &str| list.replace("CURSOR", cursor);
            let registry = registry.limited_to(u32::MAX);
            let answer = registry.ask(&ask("")).await;
            let mut cursors = Vec::new();
            super::gather(&answer.body["data"], "endCursor", &mut cursors);
            let Some(cursor) = cursors.last() else { continue };
            let (version, fingerprint, held) = read(cursor);
            for place in 0..held.len() {
                for value in values().into_iter().skip(at % 20).step_by(20) {
                    let mut held = held.clone();
                    held[place] = value.clone();
                    for window in windows {
                        let cursor = sealed(&version, &fingerprint, &held);
                        let document = ask(&format!(", {window}: \"{cursor}\""));
                        let answer = registry.ask(&document).await;
                        blameless(&document, &answer);
                        if let Some(error) = answer.body["errors"].get(0) {
                            assert_eq!(
                                error["extensions"]["code"], "CURSOR_INVALID",
                                "{value} in {document}"
                            );
                        }
                        forgeries += 1;
                    }
                }
            }
        }
        assert!(forgeries > 500, "{forgeries} forgeries cannot be all");
    })
    .await;
}

/// A list with `CURSOR` where arguments may follow, and the arguments that take a cursor.
type List = (String, &'static [&'static str]);

const EITHER_WAY: &[&str] = &["after", "before"];
const FORWARD: &[&str] = &["after"];

/// A field's list in every order, and of figures by every dimension.
fn ordered(types: &Types, field: &Json) -> Vec<List> {
    let name = field["name"].as_str().unwrap();
    let argument = |name: &str| {
        field["args"].as_array().unwrap().iter().find(|argument| argument["name"] == name).cloned()
    };
    let (Some(order), Some(_)) = (argument("orderBy"), argument("after")) else { return Vec::new() };
    let windows = if argument("before").is_some() { EITHER_WAY } else { FORWARD };
    let by = types.fields(Types::named(&order["type"]), "inputFields");
    let by = by.iter().find(|by| by["name"] == "field").unwrap();
    let words = types.values(Types::named(&by["type"]));
    let words = words.iter().filter(|word| !["DISTANCE", "RELEVANCE"].contains(&word.as_str()));
    let ask = |word: &str, group: &str| {
        let page = "{ pageInfo { endCursor hasPreviousPage } }";
        (format!("{name}(first: 1{group}, orderBy: [{{field: {word}}}]CURSOR) {page}"), windows)
    };
    let Some(group) = argument("groupBy") else { return words.map(|word| ask(word, "")).collect() };
    let dimensions = types.values(Types::named(&group["type"]));
    let mut all = vec![ask("COUNT", "")];
    all.extend(dimensions.iter().map(|dimension| ask("KEYS", &format!(", groupBy: [{dimension}]"))));
    all.extend(words.step_by(3).map(|word| ask(word, &format!(", groupBy: [{}]", dimensions[0]))));
    all
}

/// Lists in every order, at the root and beneath the first row of one.
fn lists(types: &Types) -> Vec<List> {
    let mut lists = Vec::new();
    for field in types.fields("Query", "fields") {
        lists.extend(ordered(types, &field).into_iter().map(|(list, by)| (format!("{{ {list} }}"), by)));
    }
    for (list, noun) in types.lists() {
        for field in types.fields(&noun, "fields") {
            let nested = ordered(types, &field).into_iter().take(2);
            let nested =
                nested.map(|(of, by)| (format!("{{ {list}(first: 1) {{ nodes {{ {of} }} }} }}"), by));
            lists.extend(nested);
        }
    }
    let page = "{ pageInfo { endCursor hasPreviousPage } }";
    for way in ["downstream", "upstream"] {
        let walk = format!("... on Cooperative {{ {way}(first: 1CURSOR) {page} }}");
        lists.push((format!("{{ linkages(first: 1) {{ nodes {{ supplier {{ {walk} }} }} }} }}"), FORWARD));
    }
    lists.push((format!("{{ search(text: \"maju\", first: 1CURSOR) {page} }}"), FORWARD));
    lists
}

/// The name of the paged field, and its parent.
fn list_of(document: &str) -> &str {
    document.split("(first: 1").next().unwrap()
}

/// The cursors of every list with every other list: orders by the same columns look alike.
#[tokio::test]
async fn a_cursor_of_one_list_is_refused_by_all_others() {
    each_engine(async |registry| {
        let types = Types::ask(registry).await;
        let registry = &registry.limited_to(u32::MAX);
        let mut cursors = Vec::new();
        for (list, _) in lists(&types) {
            let mut held = Vec::new();
            super::gather(
                &registry.ask(&list.replace("CURSOR", "")).await.body["data"],
                "endCursor",
                &mut held,
            );
            if let Some(cursor) = held.into_iter().last() {
                cursors.push((list, cursor));
            }
        }
        let mut asked = 0;
        for (list, own) in &cursors {
            let shape = |cursor: &str| read(cursor).2.iter().map(kind).collect::<String>();
            // Of others whose cursors hold the same kinds of values: these are taken for their own where nothing tells them apart.
            let others = cursors
                .iter()
                .filter(|(other, cursor)| list_of(other) != list_of(list) && shape(cursor) == shape(own));
            for (other, cursor) in others.step_by(7) {
                let document = list.replace("CURSOR", &format!(", after: \"{cursor}\""));
                let answer = registry.ask(&document).await;
                assert_eq!(answer.code(), "CURSOR_INVALID", "{document} by a cursor of {other}");
                asked += 1;
            }
        }
        assert!(asked > 200, "{asked} cursors of others cannot be all");
    })
    .await;
}

/// The kind of a value in a cursor, as a letter.
fn kind(value: &Json) -> char {
    value.as_object().and_then(|held| held.keys().next()?.chars().next()).unwrap_or('n')
}

#[tokio::test]
async fn figures_without_groups_are_paged_like_any_others() {
    each_engine(async |registry| {
        let page = |after: &str| {
            format!("{{ linkageAggregate(first: 1{after}) {{ totalCount nodes {{ count }} pageInfo {{ endCursor hasNextPage hasPreviousPage }} }} }}")
        };
        let whole = registry.data(&page("")).await["linkageAggregate"].clone();
        assert_eq!((whole["nodes"].as_array().unwrap().len(), &whole["pageInfo"]["hasNextPage"]), (1, &json!(false)));
        assert_eq!(registry.data(&page(", after: null")).await["linkageAggregate"], whole);
        let cursor = whole["pageInfo"]["endCursor"].as_str().unwrap();
        let next = registry.data(&page(&format!(", after: \"{cursor}\""))).await["linkageAggregate"].clone();
        let info = json!({ "endCursor": null, "hasNextPage": false, "hasPreviousPage": true });
        assert_eq!(next, json!({ "totalCount": 1, "nodes": [], "pageInfo": info }));
    })
    .await;
}
