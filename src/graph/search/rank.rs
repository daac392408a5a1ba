//! Ranks search candidates: by score, then by what is larger or better known.

use std::{cmp::Reverse, collections::HashSet};

use serde::Deserialize;
use uuid::Uuid;

use super::{
    Found, Lexicon, MatchField, Search,
    likeness::FULL,
    score::{Beside, Score, score},
    search_text::{Number, SearchText},
    words::{Reading as NameReading, Title},
};
use crate::graph::{Error, Result, value::Value};

/// A candidate, as the statement returns it.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Candidate(
    pub(super) String,
    pub(super) Option<String>,
    pub(super) Option<String>,
    pub(super) String,
    pub(super) Option<String>,
    pub(super) Option<String>,
    pub(super) u64,
    pub(super) Option<String>,
    pub(super) Option<String>,
    pub(super) Option<String>,
    pub(super) u32,
    pub(super) Option<String>,
);

/// Entries below this share of the best score, in thousandths, are dropped.
const LEAST: u32 = 400;

/// The share of the score of what a text names beside a place that the place itself may have, in thousandths.
const PLACE_ONLY: u32 = 900;

/// The room for classes and sizes beneath a score, and for sizes beneath a class.
const SCORE: u64 = 1_000_000_000_000;
const CLASS: u64 = 100_000_000_000;

/// How much a city counts more than the regency around it, which often has its name.
const CITY: u64 = 1_000;

/// A parsed entry.
pub(super) struct Entry<'a> {
    pub(super) noun: &'a str,
    pub(super) code: Option<&'a str>,
    pub(super) region: Option<&'a str>,
    pub(super) is_region: bool,
    /// Its names, and those of related rows.
    pub(super) names: Vec<(NameReading, MatchField)>,
    pub(super) kind: Option<&'a str>,
    pub(super) community_base: Option<&'a str>,
    pub(super) program: Option<&'a str>,
    /// Which of the statement's links it has, and these.
    pub(super) linked: u32,
    pub(super) links: &'a [Vec<String>],
    /// Parts of the text that may be its code.
    pub(super) numbers: &'a [Number],
    pub(super) search: &'a Search,
}

/// What candidates are ranked by.
pub(super) struct Ranking<'a> {
    pub(super) search: &'a Search,
    pub(super) lexicon: &'a Lexicon,
    pub(super) search_text: &'a SearchText,
    pub(super) links: Vec<Vec<String>>,
}

impl Ranking<'_> {
    /// Ranks candidates of some tables, best first: those found by a code, by a number in the text, and by words; each is
    /// in one of these lists. `cut` says whether any list was cut off. Returns whether more may have been found without that.
    pub(super) fn rank(
        &self,
        tables: &[&str],
        [coded, numbered, others]: [Vec<Candidate>; 3],
        cut: bool,
    ) -> Result<(Vec<Found>, bool)> {
        let mut found: Vec<Found> = Vec::new();
        for candidate in coded {
            let why = vec![(self.identified(&candidate), 0..self.search_text.typed.len())];
            found.push(self.found(candidate, tables, FULL, why)?);
        }
        let mut seen: HashSet<_> = found.iter().map(|found| (found.table, found.key.clone())).collect();
        let (mut things, mut places) = (0, Vec::new());
        let others = others.into_iter().map(|candidate| (candidate, false));
        for (candidate, numbered) in numbered.into_iter().map(|candidate| (candidate, true)).chain(others) {
            let (score, beside, why) = self.best(&candidate, numbered);
            if score > 0 {
                let score = score.min(FULL - 1);
                let one = self.found(candidate, tables, score, why)?;
                if !seen.insert((one.table, one.key.clone())) {
                    continue;
                }
                match beside {
                    Beside::Thing => things = things.max(score),
                    Beside::PlaceOnly => places.push(found.len()),
                    Beside::Neither => {}
                }
                found.push(one);
            }
        }
        // `bulog bandung`: the place only says where.
        for at in places.into_iter().filter(|_| things > 0) {
            found[at].lower(things * PLACE_ONLY / FULL);
        }
        found.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
        let named =
            |one: &Found| one.score() == FULL && one.why.iter().all(|(field, _)| *field != MatchField::Code);
        let best = found.iter().filter(|one| !named(one)).map(Found::score).max().unwrap_or_default();
        let least = if best == FULL && self.search_text.is_number() { FULL } else { LEAST };
        let enough = |score: u32| FULL * score >= least * best;
        found.retain(|found| enough(found.score()));
        // Lists are not cut in the order of scores: what was cut off may score higher than their last ones.
        let cut = cut && found.iter().any(|one| one.score() < FULL);
        Ok((found, cut))
    }

    /// The field by which the whole text finds a candidate: its code, or a name that is as good as one.
    fn identified(&self, candidate: &Candidate) -> MatchField {
        let Candidate(_, _, _, name, other, ..) = candidate;
        let spellings = &self.search_text.spellings;
        match other {
            _ if spellings.contains(name) => MatchField::Name,
            Some(other) if spellings.contains(other) => MatchField::OtherName,
            _ => MatchField::Code,
        }
    }

    /// The score of a candidate by its best reading, and the fields that match the typed words.
    fn best(
        &self,
        candidate: &Candidate,
        numbered: bool,
    ) -> (u32, Beside, Vec<(MatchField, std::ops::Range<usize>)>) {
        let numbers = if numbered { self.search_text.numbers.as_slice() } else { &[] };
        let entry = Entry { numbers, ..Entry::of(self.search, candidate, &self.links) };
        let mut best: Option<(Score, usize)> = None;
        for (at, reading) in self.search_text.readings.iter().enumerate() {
            let score = score(reading, &entry);
            if best.as_ref().is_none_or(|(best, _)| score.value > best.value) {
                best = Some((score, at));
            }
        }
        let Some((score, at)) = best.filter(|(score, _)| score.value > 0) else {
            return (0, Beside::Neither, Vec::new());
        };
        let reading = &self.search_text.readings[at];
        let words = reading.words.iter().zip(&score.fields);
        let mut why: Vec<_> =
            words.filter_map(|(word, field)| Some(((*field)?, word.typed.clone()))).collect();
        if let (Some(field), Some((_, titled))) = (score.title, &reading.titled) {
            why.extend(titled.iter().map(|typed| (field, typed.clone())));
        }
        why.sort_by_key(|(field, typed)| (typed.start, typed.end, *field));
        why.dedup();
        (score.value, score.beside, why)
    }

    fn found(
        &self,
        candidate: Candidate,
        tables: &[&str],
        score: u32,
        why: Vec<(MatchField, std::ops::Range<usize>)>,
    ) -> Result<Found> {
        let relevance = u64::from(score) * SCORE + self.standing(&candidate);
        let Candidate(noun, id, code, name, ..) = candidate;
        let unread = || Error::Internal(format!("an entry of {noun} cannot be read"));
        let table = tables.iter().position(|table| *table == noun).ok_or_else(unread)?;
        let id = id.filter(|id| !id.is_empty());
        let key = match (id, code) {
            (Some(id), _) => Value::Uuid(Uuid::try_parse(&id).map_err(|_| unread())?),
            (None, Some(code)) => code.into(),
            (None, None) => return Err(unread()),
        };
        Ok(Found { table, key, name, relevance, why })
    }

    /// What ranks entries of one score: regions by level, all but villages before the rest; then what is larger.
    fn standing(&self, candidate: &Candidate) -> u64 {
        let Candidate(noun, _, code, _, _, _, size, kind, ..) = candidate;
        let region = code.as_deref().filter(|_| *noun == self.search.region_noun);
        let (class, size) = match region.map(|code| (code, code.len())) {
            Some((code, length @ (2 | 5 | 8))) => {
                let city = if kind.as_deref() == Some("KOTA") { CITY } else { 0 };
                (7 - length / 3, u64::from(self.lexicon.region_names.size(code)) + city)
            }
            Some(_) => (1, *size),
            None => (3, *size),
        };
        class as u64 * CLASS + size.min(CLASS - 1)
    }
}

impl Found {
    /// The sort key.
    pub(super) fn sort_key(&self) -> (Reverse<u64>, &str, usize, &Value) {
        (Reverse(self.relevance), &self.name, self.table, &self.key)
    }

    /// Limits its score.
    fn lower(&mut self, most: u32) {
        let above = self.score().saturating_sub(most);
        self.relevance -= u64::from(above) * SCORE;
    }

    /// Its relevance without what ranks equal ones, in thousandths.
    #[must_use]
    pub fn score(&self) -> u32 {
        u32::try_from(self.relevance / SCORE).unwrap_or(FULL)
    }
}

impl<'a> Entry<'a> {
    pub(super) fn of(search: &'a Search, candidate: &'a Candidate, links: &'a [Vec<String>]) -> Self {
        let Candidate(noun, _, code, name, other, region, _, kind, base, program, linked, parties) =
            candidate;
        let is_region = *noun == search.region_noun;
        let mut names = vec![(search.language.read(name), MatchField::Name)];
        let other = other.iter().map(|other| (other.as_str(), MatchField::OtherName));
        let parties = parties.iter().map(|parties| (parties.as_str(), MatchField::Party));
        let short = search.region_names.without_kind(name).filter(|_| is_region);
        let short = short.map(|short| (short, MatchField::Name));
        let has_parties = parties.clone().next().is_some();
        let more = other.chain(short).chain(parties);
        names.extend(more.map(|(name, field)| (search.language.read(name), field)));
        let titled = names.iter().any(|(name, _)| name.title != Title::default());
        if has_parties || titled && *noun != search.links.noun {
            // In the name of a program or an institution, a title is what it is about.
            names.push((search.language.plain(name), MatchField::Name));
        }
        Self {
            noun,
            code: code.as_deref(),
            region: region.as_deref(),
            is_region,
            names,
            kind: kind.as_deref(),
            community_base: base.as_deref(),
            program: program.as_deref(),
            linked: *linked,
            links,
            numbers: &[],
            search,
        }
    }

    /// The weights of the words of a name.
    pub(super) fn weights<'b>(&'b self, name: &'b NameReading) -> impl Iterator<Item = u32> + 'b {
        name.words.iter().map(|word| self.search.language.weight(word))
    }
}

#[cfg(test)]
mod tests;
