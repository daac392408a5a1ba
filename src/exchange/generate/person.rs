//! Generates fictitious people, with names made of syllables.

use entity::{
    person,
    vocabulary::{Education, Gender},
};
use sea_orm::prelude::Uuid;

use crate::{
    exchange::{
        draw::Draw,
        identity::{Origin, id, record},
    },
    graph::fold::fold,
};

const SYLLABLES: [&str; 40] = [
    "ba", "bi", "bu", "da", "de", "di", "du", "fa", "fi", "ga", "gu", "ha", "hu", "in", "ja", "ju", "ka",
    "ki", "la", "li", "lu", "ma", "mi", "mu", "na", "ni", "nu", "pa", "pu", "ra", "ri", "ru", "sa", "si",
    "su", "ta", "ti", "tu", "wa", "yu",
];
const ENDINGS: [&str; 12] = ["", "", "h", "n", "s", "r", "no", "na", "ti", "wan", "man", "yah"];

/// The id of the n-th person of a cooperative.
pub(in crate::exchange) fn person_id(cooperative: &str, n: usize, seed: u64) -> Uuid {
    id("person", &format!("{cooperative}.{n}"), seed)
}

pub(super) fn make(draw: &mut Draw, cooperative: &str, n: usize, seed: u64) -> person::Model {
    use Education::{Bachelor, Diploma, Master, Primary, Secondary};
    let id = person_id(cooperative, n, seed);
    let name = format!("{} {}", word(draw), word(draw));
    let education = [
        (None, 8),
        (Some(Primary), 10),
        (Some(Secondary), 52),
        (Some(Diploma), 12),
        (Some(Bachelor), 16),
        (Some(Master), 2),
    ];
    record!(
        Origin::synthetic(id),
        person {
            id,
            name_fold: fold(&name),
            name,
            gender: Some(draw.weighted(&[(Gender::Female, 36), (Gender::Male, 64)])),
            education: draw.weighted(&education),
            // A number without a subscriber: no operator of the country has 800-0000.
            phone: draw.chance(600).then(|| format!("+62 800 0000 {:04}", draw.between(0, 9_999))),
            email: draw.chance(250).then(|| format!("p{}.{n}@example.org", cooperative.to_lowercase())),
        }
    )
}

/// A random word that could be a name.
pub(super) fn word(draw: &mut Draw) -> String {
    let mut word = String::new();
    for _ in 0..draw.count(2, 3) {
        word.push_str(draw.pick(&SYLLABLES));
    }
    word.push_str(draw.pick(&ENDINGS));
    let first = word.remove(0).to_ascii_uppercase();
    word.insert(0, first);
    word
}
