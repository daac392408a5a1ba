//! Ranks search candidates. Scores are whole thousandths, so that both engines agree.

use std::cmp::Reverse;

use serde::Deserialize;
use uuid::Uuid;

use super::{
    CANDIDATES, Found, Index,
    likeness::{FULL, likeness},
    search_text::SearchText,
    words::Reading,
};
use crate::graph::{Error, Result, value::Value};

/// A candidate, as the statement returns it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Candidate(String, Option<String>, Option<String>, String, Option<String>, Option<String>);

/// Weights of a score, in thousandths: how much of the query the name covers, how much of the name the query covers,
/// whether the titles match, and whether the words have the same order.
const ANSWERED: u32 = 780;
const ASKED: u32 = 170;
const TITLED: u32 = 30;
const ORDERED: u32 = 20;

/// The similarity of a word that names the region of the entry.
const PLACED: u32 = 900;

/// The factor for words that are joined or split differently; a low similarity by this way does not count.
const JOINED: u32 = 970;
const JOINED_AT_LEAST: u32 = 750;

/// Entries below this share of the best score, in thousandths, are dropped.
const LEAST: u32 = 500;

/// Ranks candidates of some tables, best first; those found by a code come first.
pub(super) fn rank(
    index: &Index,
    search_text: &SearchText,
    tables: &[&str],
    coded: Vec<Candidate>,
    others: Vec<Candidate>,
) -> Result<Vec<Found>> {
    let mut found: Vec<Found> = Vec::new();
    for candidate in coded {
        found.push(candidate.found(tables, FULL)?);
    }
    for candidate in others {
        let score = score(index, search_text, &candidate);
        if score > 0 {
            found.push(candidate.found(tables, score.min(FULL - 1))?);
        }
    }
    found.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    let mut seen = std::collections::HashSet::new();
    found.retain(|found| seen.insert((found.table, found.key.clone())));
    let best = found.iter().map(|found| found.score).filter(|score| *score < FULL).max().unwrap_or_default();
    found.retain(|found| FULL * found.score >= LEAST * best);
    found.truncate(CANDIDATES);
    Ok(found)
}

impl Found {
    /// The sort key.
    pub(super) fn sort_key(&self) -> (Reverse<u32>, &str, usize, &Value) {
        (Reverse(self.score), &self.name, self.table, &self.key)
    }
}

impl Candidate {
    fn found(self, tables: &[&str], score: u32) -> Result<Found> {
        let Self(noun, id, code, name, ..) = self;
        let unread = || Error::Internal(format!("an entry of {noun} cannot be read"));
        let table = tables.iter().position(|table| *table == noun).ok_or_else(unread)?;
        let id = id.filter(|id| !id.is_empty());
        let key = match (id, code) {
            (Some(id), _) => Value::Uuid(Uuid::try_parse(&id).map_err(|_| unread())?),
            (None, Some(code)) => code.into(),
            (None, None) => return Err(unread()),
        };
        Ok(Found { table, key, name, score })
    }
}

fn score(index: &Index, search_text: &SearchText, candidate: &Candidate) -> u32 {
    let Candidate(_, _, _, name, other, region) = candidate;
    let names: Vec<Reading> =
        std::iter::once(name).chain(other).map(|name| index.language.read(name)).collect();
    let mut answered = vec![0; search_text.words.len()];
    let (mut asked, mut ordered) = (0, false);
    for name in &names {
        let matched = Matched::of(search_text, &name.words);
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
    for (word, answered) in search_text.words.iter().zip(&mut answered) {
        let mention = word.mention.and_then(|mention| search_text.mentions.get(mention));
        if mention.zip(region.as_ref()).is_some_and(|(mention, region)| mention.around(region)) {
            *answered = (*answered).max(PLACED);
        }
    }
    // A match of the region alone counts only if the text contains nothing else.
    if !named && (search_text.inside.is_empty() || answered.iter().all(|answered| *answered == 0)) {
        return 0;
    }
    let answered = share(answered.into_iter().zip(search_text.words.iter().map(|word| word.weight)));
    let title = |name: &Reading| search_text.title.means(name.title);
    let titled = search_text.title == super::Title::default() || names.iter().any(title);
    let bonus = |earned: bool| if earned { FULL } else { 0 };
    (ANSWERED * answered + ASKED * asked + TITLED * bonus(titled) + ORDERED * bonus(ordered)) / FULL
}

/// The weighted mean of some values.
fn share(values: impl Iterator<Item = (u32, u32)>) -> u32 {
    let (sum, weights) = values.fold((0_u64, 0_u64), |(sum, weights), (value, weight)| {
        (sum + u64::from(value) * u64::from(weight), weights + u64::from(weight))
    });
    u32::try_from(sum / weights.max(1)).unwrap_or_default()
}

/// The match between the words of a query and those of a name.
struct Matched {
    answered: Vec<u32>,
    asked: Vec<u32>,
    ordered: bool,
}

impl Matched {
    fn of(search_text: &SearchText, name: &[String]) -> Self {
        let words: Vec<&str> = search_text.words.iter().map(|word| word.text.as_str()).collect();
        let mut matched = Self { answered: vec![0; words.len()], asked: vec![0; name.len()], ordered: true };
        let mut last = 0;
        for (at, word) in words.iter().enumerate() {
            let mut best = (0, 0);
            for (nth, other) in name.iter().enumerate() {
                let alike = likeness(word, other);
                matched.found(alike, at..=at, nth..=nth);
                if alike > best.0 {
                    best = (alike, nth);
                }
            }
            if best.0 > 0 {
                matched.ordered &= best.1 >= last;
                last = best.1;
            }
        }
        for (nth, pair) in name.windows(2).enumerate() {
            let joined = pair.concat();
            for (at, word) in words.iter().enumerate().filter(|(_, word)| word.len() > pair[0].len()) {
                matched.found(joined_likeness(word, &joined), at..=at, nth..=nth + 1);
            }
        }
        for (at, pair) in words.windows(2).enumerate() {
            let joined = pair.concat();
            for (nth, other) in name.iter().enumerate().filter(|(_, other)| other.len() > pair[0].len()) {
                matched.found(joined_likeness(&joined, other), at..=at + 1, nth..=nth);
            }
        }
        matched
    }

    fn found(
        &mut self,
        alike: u32,
        words: std::ops::RangeInclusive<usize>,
        range: std::ops::RangeInclusive<usize>,
    ) {
        for answered in &mut self.answered[words] {
            *answered = (*answered).max(alike);
        }
        for asked in &mut self.asked[range] {
            *asked = (*asked).max(alike);
        }
    }
}

fn joined_likeness(wanted: &str, word: &str) -> u32 {
    let alike = likeness(wanted, word);
    if alike < JOINED_AT_LEAST { 0 } else { alike * JOINED / FULL }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::search::{Language, Lexicon, RegionNameRules, Title};

    fn index() -> Index {
        Index {
            name: "search",
            nouns: Vec::new(),
            language: Language {
                titles: &[
                    (&["koperasi", "desa"], Title(2)),
                    (&["koperasi"], Title::ANY),
                    (&["kopdes"], Title(2)),
                    (&["kud"], Title(4)),
                ],
                noise: &["dan"],
                common: &["universitas"],
                short: &[],
            },
            region_names: RegionNameRules { kinds: &[], added: &[], others: &[] },
            regions: (|| unreachable!("no table is read"), "", ""),
            spellings: |_| Vec::new(),
        }
    }

    /// The scores of names, each with an optional second name and a region.
    fn scores(text: &str, entries: &[(&str, Option<&str>, &str)]) -> Vec<u32> {
        let index = index();
        let mut lexicon = Lexicon::default();
        for (code, name) in [("35", "jawa timur"), ("18", "lampung"), ("18.01.02", "sidomulyo")] {
            lexicon.region_names.add(&index.region_names, code, name);
        }
        let search_text = SearchText::read(text, &index, &lexicon).unwrap();
        let score = |(name, other, region): &(&str, Option<&str>, &str)| {
            let other = other.map(str::to_owned);
            let candidate =
                Candidate(String::new(), None, None, (*name).to_owned(), other, Some((*region).to_owned()));
            score(&index, &search_text, &candidate)
        };
        entries.iter().map(score).collect()
    }

    fn falls(text: &str, names: &[&str]) {
        let entries: Vec<_> = names.iter().map(|name| (*name, None, "32")).collect();
        let scores = scores(text, &entries);
        assert!(scores.is_sorted_by(|one, other| one > other), "`{text}` {names:?} {scores:?}");
    }

    #[test]
    fn a_more_similar_name_ranks_higher() {
        falls("sidomulyo", &["sidomulyo", "sidomulyo baru", "sidomulya", "wonosari"]);
        falls("al itifaq", &["koperasi al-ittifaq", "al-ittihad", "sumber jaya"]);
        falls("maju jaya", &["maju jaya", "jaya maju", "maju", "suka mandiri"]);
    }

    #[test]
    fn only_an_exact_match_gets_the_full_score() {
        let same = scores("Suka  MAJU", &[("koperasi suka-maju", None, "32")]);
        assert_eq!(same, [FULL]);
        let others = scores("suka maju", &[("suka maju bersama", None, "32"), ("maju suka", None, "32")]);
        assert!(others.iter().all(|score| *score < FULL && *score > 700), "{others:?}");
    }

    #[test]
    fn words_that_are_run_together_or_taken_apart_are_nearly_as_good() {
        falls("suka maju", &["suka maju", "sukamaju", "suka makmur"]);
        falls("sukamaju", &["sukamaju", "suka maju", "sukamakmur"]);
    }

    #[test]
    fn a_title_only_distinguishes_equal_names() {
        falls("kopdes maju", &["koperasi desa maju", "kud maju", "koperasi desa maju jaya"]);
        falls("koperasi maju", &["koperasi maju", "maju"]);
    }

    #[test]
    fn a_common_word_weighs_little() {
        falls("universitas pasundan", &["universitas pasundan", "pasundan", "universitas padjadjaran"]);
    }

    #[test]
    fn the_other_name_is_a_name() {
        let found = scores("unpas", &[("universitas pasundan", Some("unpas"), "32"), ("unpam", None, "32")]);
        assert!(found[0] == FULL && found[1] < FULL, "{found:?}");
    }

    #[test]
    fn the_region_of_an_entry_counts_for_words_that_name_it() {
        let entries =
            [("sidomulyo", None, "35.10"), ("sidomulyo", None, "18.05"), ("jawa timur", None, "32")];
        let found = scores("sidomulyo jawa timur", &entries);
        assert!(found[0] > found[1] && found[0] > found[2] && found[1] > 0, "{found:?}");
    }

    #[test]
    fn a_region_alone_finds_entries_of_that_name_first_then_entries_in_it() {
        let entries = [("lampung", None, "35"), ("maju jaya", None, "18.05"), ("maju jaya", None, "35")];
        let found = scores("lampung", &entries);
        assert!(found[0] > found[1] && found[1] > found[2], "{found:?}");
    }

    #[test]
    fn low_scores_are_left_out_and_codes_come_first() {
        let index = index();
        let lexicon = Lexicon::default();
        let search_text = SearchText::read("maju jaya", &index, &lexicon).unwrap();
        let entry = |code: &str, name: &str| {
            let (noun, code) = ("thing".to_owned(), Some(code.to_owned()));
            Candidate(noun, Some(String::new()), code, name.to_owned(), None, None)
        };
        let coded = vec![entry("Z", "zulu")];
        let others = vec![
            entry("B", "maju jaya"),
            entry("A", "maju jaya"),
            entry("Z", "zulu"),
            entry("C", "jaya bersama sentosa"),
            entry("D", "mandiri"),
        ];
        let found = rank(&index, &search_text, &["thing"], coded, others).unwrap();
        let keys: Vec<String> =
            found.iter().map(|found| format!("{:?} {}", found.key, found.score)).collect();
        assert_eq!(keys, ["Text(\"Z\") 1000", "Text(\"A\") 999", "Text(\"B\") 999"]);
    }
}
