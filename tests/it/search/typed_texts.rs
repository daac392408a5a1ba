//! What people type, with the right first answer: `tests/search/*.csv`, written from the domain. Measures the mean
//! reciprocal rank, and holds it above a floor.

use std::{collections::BTreeMap, fs, path::Path};

use futures_util::{StreamExt, stream};
use serde_json::Value;

use super::*;
use crate::{
    search::known::Known,
    support::{Registry, each_engine},
};

/// The least mean reciprocal rank, and shares of texts whose right answer is first and among the first three.
const RANK: f64 = 0.98;
const FIRST: f64 = 0.975;
const FIRST_THREE: f64 = 0.985;

/// How far down an ordinary text's answer may be, and the texts that may have it further down.
const ORDINARY: usize = 5;
const EXTRAORDINARY: [&str; 6] = [
    "batik tulis",
    "bawang putih lombok",
    "buah-buahan",
    "kop arab",
    "magang simpan pinjam",
    "padi karawang",
];

/// A typed text.
pub(super) struct Typed {
    pub(super) text: String,
    types: Vec<String>,
    expected: String,
}

/// All typed texts.
pub(super) fn typed() -> Vec<Typed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut all = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "csv")) {
        let mut reader = csv::Reader::from_path(file).unwrap();
        for row in reader.deserialize::<(String, String, String, String)>() {
            let (text, types, expected, _) = row.unwrap();
            all.push(Typed { text, types: types.split('|').map(str::to_owned).collect(), expected });
        }
    }
    all
}

/// The rank of the right answer among the first ten, by text; none if it is not there.
pub(super) async fn ranks(registry: &Registry, texts: &[Typed]) -> Vec<(Option<usize>, Vec<(Value, Value)>)> {
    let known = &Known::read(&registry.database).await;
    let rank = async |typed: &Typed| {
        let data = registry.ask_with(DOCUMENT, json!({ "text": typed.text, "first": 10 })).await.data();
        let found = nodes(&data);
        let right = |node: &Value| known.is(node, &typed.types, &typed.expected);
        let scores = data["search"]["edges"].as_array().unwrap().iter().map(|edge| edge["score"].clone());
        let rank = found.iter().position(right).map(|at| at + 1);
        (rank, found.into_iter().zip(scores).collect())
    };
    stream::iter(texts).map(rank).buffered(4).collect().await
}

fn share(count: usize, of: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap()) / f64::from(u32::try_from(of).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typed_texts_find_the_right_answer_first() {
    let texts = typed();
    assert!(texts.len() >= 150, "{} texts", texts.len());
    let answers = std::cell::RefCell::new(Vec::new());
    each_engine(async |registry| {
        let ranks = ranks(registry, &texts).await;
        let places: Vec<Option<usize>> = ranks.iter().map(|(rank, _)| *rank).collect();
        let reciprocal =
            |rank: &Option<usize>| rank.map_or(0.0, |rank| 1.0 / f64::from(u32::try_from(rank).unwrap()));
        let mean =
            places.iter().map(reciprocal).sum::<f64>() / f64::from(u32::try_from(texts.len()).unwrap());
        let within = |most: usize| places.iter().flatten().filter(|rank| **rank <= most).count();
        let (first, three) = (share(within(1), texts.len()), share(within(3), texts.len()));
        println!(
            "{} texts: mean reciprocal rank {mean:.4}, first {first:.4}, first three {three:.4}",
            texts.len()
        );
        let mut astray = BTreeMap::new();
        for (typed, (rank, found)) in texts.iter().zip(&ranks) {
            if *rank != Some(1) {
                let rank = rank.map_or_else(|| "none".to_owned(), |rank| rank.to_string());
                let best = found.first().map_or_else(|| "nothing".to_owned(), |(node, _)| told(node));
                astray.insert(typed.text.clone(), format!("{rank}; first {best}; not {}", typed.expected));
            }
        }
        for (text, rank) in &astray {
            println!("{text}: {rank}");
        }
        assert!(mean >= RANK, "the mean reciprocal rank is {mean:.4}");
        assert!(first >= FIRST && three >= FIRST_THREE, "first {first:.4}, first three {three:.4}");
        let further = texts.iter().zip(&places).filter(|(_, rank)| rank.is_none_or(|rank| rank > ORDINARY));
        let further: Vec<&str> = further.map(|(typed, _)| typed.text.as_str()).collect();
        assert!(further.iter().all(|text| EXTRAORDINARY.contains(text)), "further down: {further:?}");
        answers.borrow_mut().push(ranks.into_iter().map(|(_, found)| found).collect::<Vec<_>>());
    })
    .await;
    let answers = answers.into_inner();
    for (typed, (one, other)) in texts.iter().zip(answers[0].iter().zip(&answers[answers.len() - 1])) {
        assert_eq!(one, other, "the engines differ by `{}`", typed.text);
    }
}

fn told(node: &Value) -> String {
    format!("{} {}", node["__typename"].as_str().unwrap(), node["name"].as_str().unwrap())
}
