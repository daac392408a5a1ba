//! Random and invalid input never causes an `INTERNAL` error.

mod cursor;
mod draw;
mod growth;
pub(crate) mod types;

use std::time::Duration;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value as Json;

use self::{draw::Draw, types::Types};
use crate::support::{Answer, Registry, each_engine};

/// How many documents are drawn.
const DOCUMENTS: usize = 300;

/// The time limit of each document.
const HASTE: Duration = Duration::from_secs(2);

/// Fails when the answer blames the registry, or lets the database speak.
pub(crate) fn blameless(document: &str, answer: &Answer) {
    for error in answer.body["errors"].as_array().into_iter().flatten() {
        assert_ne!(error["extensions"]["code"], "INTERNAL", "{document}: {error}");
        let words = error["message"].as_str().unwrap().to_lowercase();
        for word in ["syntax error", "sqlite", "sqlx", "postgres"] {
            assert!(!words.contains(word), "{document}: {error}");
        }
    }
}

/// Adds the values of a key anywhere in an answer.
fn gather(data: &Json, key: &str, found: &mut Vec<String>) {
    match data {
        Json::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Json::String(text) if name == key => found.push(text.clone()),
                    value => gather(value, key, found),
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| gather(item, key, found)),
        _ => {}
    }
}

async fn ask_at_random(registry: &Registry, types: &Types, seed: u8) {
    let chance = ChaCha8Rng::from_seed([seed; 32]);
    let mut draw = Draw { chance, types, ids: Vec::new(), cursors: Vec::new() };
    let mut executed = 0;
    for _ in 0..DOCUMENTS {
        let document = draw.document();
        let answer = registry.ask(&document).await;
        blameless(&document, &answer);
        executed += usize::from(answer.statements > 0);
        gather(&answer.body["data"], "id", &mut draw.ids);
        gather(&answer.body["data"], "endCursor", &mut draw.cursors);
        let forged: Vec<String> = draw.cursors.iter().rev().take(2).cloned().collect();
        let forged: Vec<String> = forged.iter().map(|cursor| cursor::forged(&mut draw, cursor)).collect();
        draw.cursors.extend(forged);
        draw.cursors.truncate(200);
        draw.ids.truncate(500);
    }
    assert!(executed > DOCUMENTS / 5, "only {executed} documents were executed");
}

#[tokio::test]
async fn no_document_causes_an_internal_error() {
    each_engine(async |registry| {
        let types = Types::ask(registry).await;
        // Who takes too long is told so, which is no fault here.
        let hasty = Registry::over(registry.engine, registry.database.clone(), HASTE).await;
        ask_at_random(&hasty, &types, 1).await;
    })
    .await;
}
