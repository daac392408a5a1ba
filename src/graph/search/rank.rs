//! The one ranking: how well an entry answers a question, in whole thousandths, so that both engines agree.

use std::cmp::Reverse;

use serde::Deserialize;
use uuid::Uuid;

use super::{
    CANDIDATES, Found, Index, Scope,
    likeness::{FULL, likeness},
    question::Question,
    words::Reading,
};
use crate::graph::{Error, Result, value::Value};

/// An entry as the statement answers with it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Candidate(String, Option<String>, Option<String>, String, Option<String>, Option<String>);

/// What a score is made of, in thousandths: how much of the question a name answers, how much of the name was asked
/// for, whether it has the title that was said, and whether the words stand in the same order.
const ANSWERED: u32 = 780;
const ASKED: u32 = 170;
const TITLED: u32 = 30;
const ORDERED: u32 = 20;

/// What it counts for a word that the entry lies in the place it names.
const PLACED: u32 = 900;

/// Words run together, or taken apart, are nearly as good.
const JOINED: u32 = 970;

/// Below this share of the best, in thousandths, an entry answers another question.
const LEAST: u32 = 500;

/// Ranks candidates, best first; those that were found by a code before all others.
pub(super) fn rank(
    index: &Index,
    question: &Question,
    scope: &Scope<'_>,
    coded: Vec<Candidate>,
    others: Vec<Candidate>,
) -> Result<Vec<Found>> {
    let mut found: Vec<Found> = Vec::new();
    for candidate in coded {
        found.push(candidate.found(scope, FULL)?);
    }
    for candidate in others {
        let score = score(index, question, &candidate);
        if score > 0 {
            found.push(candidate.found(scope, score.min(FULL - 1))?);
        }
    }
    found.sort_by(|one, other| one.place().cmp(&other.place()));
    let mut seen = std::collections::HashSet::new();
    found.retain(|found| seen.insert((found.table, found.key.clone())));
    let best = found.iter().map(|found| found.score).filter(|score| *score < FULL).max().unwrap_or_default();
    found.retain(|found| FULL * found.score >= LEAST * best);
    found.truncate(CANDIDATES);
    Ok(found)
}

impl Found {
    /// What it is sorted by.
    pub(super) fn place(&self) -> (Reverse<u32>, &str, usize, &Value) {
        (Reverse(self.score), &self.name, self.table, &self.key)
    }
}

impl Candidate {
    fn found(self, scope: &Scope<'_>, score: u32) -> Result<Found> {
        let Self(noun, id, code, name, ..) = self;
        let unread = || Error::Internal(format!("an entry of {noun} cannot be read"));
        let table = scope.tables.iter().position(|table| table.name == noun).ok_or_else(unread)?;
        let id = id.filter(|id| !id.is_empty());
        let key = match (id, code) {
            (Some(id), _) => Value::Uuid(Uuid::try_parse(&id).map_err(|_| unread())?),
            (None, Some(code)) => code.into(),
            (None, None) => return Err(unread()),
        };
        Ok(Found { table, key, name, score })
    }
}

fn score(index: &Index, question: &Question, candidate: &Candidate) -> u32 {
    let Candidate(_, _, _, name, other, region) = candidate;
    let names: Vec<Reading> =
        std::iter::once(name).chain(other).map(|name| index.language.read(name)).collect();
    let mut answered = vec![0; question.words.len()];
    let (mut asked, mut ordered) = (0, false);
    for name in &names {
        let matched = Matched::of(question, &name.words);
        for (answered, now) in answered.iter_mut().zip(&matched.answered) {
            *answered = (*answered).max(*now);
        }
        let weights = name.words.iter().map(|word| index.language.weight(word));
        let share = share(matched.asked.iter().copied().zip(weights));
        if share > asked || !ordered {
            ordered = matched.ordered;
        }
        asked = asked.max(share);
    }
    let named = answered.iter().any(|answered| *answered > 0);
    if !named && question.inside.is_empty() {
        return 0;
    }
    for (word, answered) in question.words.iter().zip(&mut answered) {
        let place = word.place.and_then(|place| question.places.get(place));
        if place.zip(region.as_ref()).is_some_and(|(place, region)| place.around(region)) {
            *answered = (*answered).max(PLACED);
        }
    }
    let answered = share(answered.into_iter().zip(question.words.iter().map(|word| word.weight)));
    let title = |name: &Reading| question.title.means(name.title);
    let titled = question.title == super::Title::default() || names.iter().any(title);
    let bonus = |earned: bool| if earned { FULL } else { 0 };
    (ANSWERED * answered + ASKED * asked + TITLED * bonus(titled) + ORDERED * bonus(ordered)) / FULL
}

/// The mean of some values, each with its weight.
fn share(values: impl Iterator<Item = (u32, u32)>) -> u32 {
    let (sum, weights) = values.fold((0_u64, 0_u64), |(sum, weights), (value, weight)| {
        (sum + u64::from(value) * u64::from(weight), weights + u64::from(weight))
    });
    u32::try_from(sum / weights.max(1)).unwrap_or_default()
}

/// How the words of a question and those of one name answer each other.
struct Matched {
    answered: Vec<u32>,
    asked: Vec<u32>,
    ordered: bool,
}

impl Matched {
    fn of(question: &Question, name: &[String]) -> Self {
        let words: Vec<&str> = question.words.iter().map(|word| word.text.as_str()).collect();
        let mut matched = Self { answered: vec![0; words.len()], asked: vec![0; name.len()], ordered: true };
        let mut last = 0;
        for (at, word) in words.iter().enumerate() {
            let mut best = (0, 0);
            for (place, other) in name.iter().enumerate() {
                let alike = likeness(word, other);
                matched.found(alike, at..=at, place..=place);
                if alike > best.0 {
                    best = (alike, place);
                }
            }
            if best.0 > 0 {
                matched.ordered &= best.1 >= last;
                last = best.1;
            }
        }
        for (place, pair) in name.windows(2).enumerate() {
            let joined = pair.concat();
            for (at, word) in words.iter().enumerate().filter(|(_, word)| word.len() > pair[0].len()) {
                matched.found(likeness(word, &joined) * JOINED / FULL, at..=at, place..=place + 1);
            }
        }
        for (at, pair) in words.windows(2).enumerate() {
            let joined = pair.concat();
            for (place, other) in name.iter().enumerate().filter(|(_, other)| other.len() > pair[0].len()) {
                matched.found(likeness(&joined, other) * JOINED / FULL, at..=at + 1, place..=place);
            }
        }
        matched
    }

    fn found(
        &mut self,
        alike: u32,
        words: std::ops::RangeInclusive<usize>,
        places: std::ops::RangeInclusive<usize>,
    ) {
        for answered in &mut self.answered[words] {
            *answered = (*answered).max(alike);
        }
        for asked in &mut self.asked[places] {
            *asked = (*asked).max(alike);
        }
    }
}
