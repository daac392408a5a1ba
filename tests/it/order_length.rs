//! The limit on the number of terms of an order is the same for every list and for figures.

use serde_json::Value as Json;

use crate::{
    fuzz::types::Types,
    support::{Registry, each_engine},
};

const MOST: usize = simpul::graph::order::MAX_ORDER_TERMS;

/// The first argument of an `orderBy`, so many times, in ways that differ.
fn terms(types: &Types, kind: &Json, count: usize) -> String {
    let input = Types::named(kind);
    let fields = types.fields(input, "inputFields");
    let by = fields.iter().find(|field| field["name"] == "field").unwrap();
    let words = types.values(Types::named(&by["type"]));
    let words: Vec<_> =
        words.iter().filter(|word| !["DISTANCE", "RELEVANCE"].contains(&word.as_str())).collect();
    let term = |at: usize| {
        let direction = if (at / words.len()).is_multiple_of(2) { "ASC" } else { "DESC" };
        format!("{{field: {}, direction: {direction}}}", words[at % words.len()])
    };
    format!("[{}]", (0..count).map(term).collect::<Vec<_>>().join(" "))
}

/// Questions with an `orderBy` of so many terms, one for each field that takes one.
fn questions(types: &Types, count: usize) -> Vec<String> {
    let ordered = |field: &Json| {
        let order =
            field["args"].as_array().unwrap().iter().find(|argument| argument["name"] == "orderBy")?;
        let first = if field["args"].to_string().contains("\"first\"") { "first: 2, " } else { "" };
        let name = field["name"].as_str().unwrap();
        Some(format!(
            "{name}({first}orderBy: {}) {{ nodes {{ __typename }} }}",
            terms(types, &order["type"], count)
        ))
    };
    let mut questions = Vec::new();
    for field in types.fields("Query", "fields") {
        questions.extend(ordered(&field));
    }
    for (list, noun) in types.lists() {
        for field in types.fields(&noun, "fields") {
            let nested = ordered(&field);
            questions.extend(nested.map(|nested| format!("{list}(first: 1) {{ nodes {{ {nested} }} }}")));
        }
    }
    questions
}

async fn asked(registry: &Registry, count: usize, code: Option<&str>) {
    let types = Types::ask(registry).await;
    let questions = questions(&types, count);
    assert!(questions.len() > 40, "{} questions cannot be all", questions.len());
    for question in questions {
        let answer = registry.limited_to(u32::MAX).ask(&format!("{{ {question} }}")).await;
        match code {
            // An order that tells of people is refused, however short it is.
            None if answer.body["errors"][0]["extensions"]["code"] == "FORBIDDEN" => {}
            None => drop(answer.data()),
            Some(code) => {
                assert_eq!(answer.code(), code, "{question}");
                let message = answer.body["errors"][0]["message"].as_str().unwrap();
                assert_eq!(message, format!("`orderBy` takes at most {MOST} terms, not {count}"));
            }
        }
    }
}

#[tokio::test]
async fn every_order_accepts_eight_terms() {
    each_engine(async |registry| asked(registry, MOST, None).await).await;
}

#[tokio::test]
async fn no_order_accepts_more_than_eight_terms() {
    each_engine(async |registry| {
        asked(registry, MOST + 1, Some("BAD_USER_INPUT")).await;
        asked(registry, 101, Some("BAD_USER_INPUT")).await;
    })
    .await;
}
