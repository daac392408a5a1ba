//! Random documents with every feature of the query language: the registry's answers are compared with the model in
//! memory.
//!
//! Each run draws from a fresh seed, which a failure prints with a document made small;
//! `SIMPUL_DOCUMENTS_SEED` asks the same again, and `SIMPUL_DOCUMENTS` sets how many.

mod answer;
mod draw;
mod new_variables;
mod searches;
mod shrink;
mod tree;
mod write;

use std::collections::BTreeMap;

use rand::Rng;
use serde_json::Value as Json;
use simpul::schema;

use self::{
    answer::{CURSOR, answer, is_refused},
    draw::Drawing,
    new_variables::Cursors,
    searches::Searches,
    shrink::simpler,
    tree::{Cursor, Document, Trap},
    write::{Types, written},
};
use crate::{
    model::{Model, read},
    support::{Answer, Registry, each_engine},
};

/// How many documents are drawn; each is asked twice, the second time with other variables.
const DOCUMENTS: u64 = 1_000;

/// How many simplifications of a document that fails are tried.
const TRIES: usize = 400;

fn setting(name: &str) -> Option<u64> {
    Some(std::env::var(name).ok()?.parse().unwrap_or_else(|error| panic!("{name}: {error}")))
}

struct Trial<'m> {
    registry: &'m Registry,
    model: &'m Model,
    searches: &'m Searches,
    types: &'m Types,
}

/// The outcome of a document.
enum Outcome {
    Same(Cursors),
    /// It was refused as too expensive or too large, with this code.
    Open(String),
}

#[tokio::test]
async fn any_document_is_answered_as_the_model_answers() {
    let seed = setting("SIMPUL_DOCUMENTS_SEED").unwrap_or_else(|| rand::rng().random());
    let documents = setting("SIMPUL_DOCUMENTS").unwrap_or(DOCUMENTS);
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        let model = read(registry).await;
        let mut draw = Drawing::new(seed, u64::MAX, &model, &Searches::none()).draw;
        let searches = Searches::ask(registry, &model, &mut draw).await;
        let trial = Trial { registry, model: &model, searches: &searches, types: &schema::registry().types };
        let mut open: BTreeMap<String, u64> = BTreeMap::new();
        let (mut rows, mut went_on) = (0, 0);
        for number in 0..documents {
            let mut drawing = Drawing::new(seed, number, &model, &searches);
            let document = drawing.document();
            let told = format!("{:?}, SIMPUL_DOCUMENTS_SEED={seed}, document {number}", registry.engine);
            match trial.hold(&document, &told).await {
                Outcome::Same(cursors) => {
                    let changed = drawing.again(&document, &cursors);
                    trial.same_text(&document, &changed);
                    rows += cursors.values().map(Vec::len).sum::<usize>();
                    went_on += u64::from(trial.goes_on(&changed, &cursors));
                    trial.hold(&changed, &told).await;
                }
                Outcome::Open(code) => *open.entry(code).or_default() += 1,
            }
        }
        eprintln!(
            "{documents} documents of seed {seed}: {rows} edges, {went_on} went on, left open: {open:?}"
        );
        assert!(
            u64::try_from(rows).unwrap() > documents && went_on > documents / 20,
            "little is compared: {rows}, {went_on}"
        );
        assert!(open.values().sum::<u64>() <= documents / 20, "too many are left open: {open:?}");
    })
    .await;
}

impl Trial<'_> {
    async fn ask(&self, document: &Document) -> Answer {
        let written = written(document, self.model, self.types);
        self.registry.ask_with(&written.text, written.variables).await
    }

    /// Asks, and fails with a small document where the answer is not the model's.
    async fn hold(&self, document: &Document, told: &str) -> Outcome {
        let difference = match self.compare(document).await {
            Ok(outcome) => return outcome,
            Err(difference) => difference,
        };
        let (mut smallest, mut difference, mut tries, mut number) = (document.clone(), difference, 0, 0);
        while let Some(smaller) = simpler(&smallest, number).filter(|_| tries < TRIES) {
            tries += 1;
            match self.compare(&smaller).await {
                Err(also) => (smallest, difference, number) = (smaller, also, 0),
                Ok(_) => number += 1,
            }
        }
        let again =
            if self.compare(&smallest).await.is_ok() { " (and not when it is asked again)" } else { "" };
        let small = written(&smallest, self.model, self.types);
        panic!("{told}{again}: {difference}\n{}\nvariables: {}", small.text, small.variables);
    }

    async fn compare(&self, document: &Document) -> Result<Outcome, String> {
        let given = self.ask(document).await;
        let error = given.body["errors"][0].clone();
        let code = error["extensions"]["code"].as_str().unwrap_or_default();
        if is_refused(document) {
            let known = match document.trap {
                Trap::Malformed => matches!(code, "BAD_USER_INPUT" | "GRAPHQL_VALIDATION_FAILED"),
                _ => code == "CURSOR_INVALID",
            };
            let data = given.body["data"].is_null();
            return if known && data {
                Ok(Outcome::Same(Cursors::new()))
            } else {
                Err(format!("not refused: {}", given.body))
            };
        }
        if matches!(code, "DOCUMENT_LIMIT_EXCEEDED" | "TIMEOUT") {
            return Ok(Outcome::Open(code.to_owned()));
        }
        if !error.is_null() {
            return Err(format!("refused: {error}"));
        }
        let mut cursors = Cursors::new();
        let expected = answer(document, self.model, self.searches);
        match differ(&expected, &given.body["data"], "data", &mut cursors) {
            Some(difference) => Err(difference),
            None => Ok(Outcome::Same(cursors)),
        }
    }

    /// Whether a document is asked with a cursor of the answer before.
    fn goes_on(&self, document: &Document, cursors: &Cursors) -> bool {
        let variables = written(document, self.model, self.types).variables.to_string();
        cursors.values().flatten().any(|cursor| variables.contains(&cursor.text))
    }

    /// Variables alone tell the second request from the first.
    fn same_text(&self, document: &Document, changed: &Document) {
        let [one, other] = [document, changed].map(|document| written(document, self.model, self.types).text);
        assert_eq!(one, other);
    }
}

/// Where an answer is not the one expected; gathers its cursors.
fn differ(expected: &Json, given: &Json, path: &str, cursors: &mut Cursors) -> Option<String> {
    let told = || Some(format!("{path}: {given}, not {expected}"));
    match (expected, given) {
        (Json::Object(fields), Json::String(text)) if fields.contains_key(CURSOR) => {
            let [list, at] =
                [0, 1].map(|part| usize::try_from(fields[CURSOR][part].as_u64().unwrap()).unwrap());
            cursors.entry(list).or_default().push(Cursor { text: text.clone(), list, at });
            None
        }
        (Json::Object(fields), Json::Object(others)) => {
            if fields.len() != others.len() {
                return told();
            }
            fields.iter().find_map(|(name, value)| match others.get(name) {
                Some(other) => differ(value, other, &format!("{path}.{name}"), cursors),
                None => told(),
            })
        }
        (Json::Array(items), Json::Array(others)) => {
            if items.len() != others.len() {
                return told();
            }
            let pairs = items.iter().zip(others).enumerate();
            pairs
                .into_iter()
                .find_map(|(at, (item, other))| differ(item, other, &format!("{path}[{at}]"), cursors))
        }
        (expected, given) if expected == given => None,
        _ => told(),
    }
}
