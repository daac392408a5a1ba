//! Ranks search candidates: by score, then by what is larger or better known.

use std::{cmp::Reverse, collections::HashSet};

use serde::Deserialize;
use uuid::Uuid;

use super::{
    Found, Lexicon, MatchField, Search,
    likeness::FULL,
    score::{Score, score},
    search_text::SearchText,
    words::Reading as NameReading,
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
const LEAST: u32 = 500;

/// The room for classes and sizes beneath a score, and for sizes beneath a class.
const SCORE: u64 = 1_000_000_000_000;
const CLASS: u64 = 100_000_000_000;

/// How much a city counts more than the regency around it, which often has its name.
const CITY: u64 = 1_000;

/// A parsed entry.
pub(super) struct Entry<'a> {
    pub(super) noun: &'a str,
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
    /// Words of the text that are its code.
    pub(super) numbers: &'a [String],
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
    /// Ranks candidates of some tables, best first: those found by a code, by a number in the text, and by words. `ends`
    /// are the last ones of lists that were cut off. Returns whether more may have been found without that.
    pub(super) fn rank(
        &self,
        tables: &[&str],
        [coded, numbered, others]: [Vec<Candidate>; 3],
        ends: &[Candidate],
    ) -> Result<(Vec<Found>, bool)> {
        let mut found: Vec<Found> = Vec::new();
        for candidate in coded {
            let why = vec![(MatchField::Code, 0..self.search_text.typed.len())];
            found.push(self.found(candidate, tables, FULL, why)?);
        }
        let mut seen: HashSet<_> = found.iter().map(|found| (found.table, found.key.clone())).collect();
        let mut known = HashSet::new();
        let others = others.into_iter().map(|candidate| (candidate, false));
        for (candidate, numbered) in numbered.into_iter().map(|candidate| (candidate, true)).chain(others) {
            // Several lists may have it.
            if !known.insert((candidate.1.clone(), candidate.2.clone())) {
                continue;
            }
            let (score, why) = self.best(&candidate, numbered);
            if score > 0 {
                let one = self.found(candidate, tables, score.min(FULL - 1), why)?;
                found.extend(seen.insert((one.table, one.key.clone())).then_some(one));
            }
        }
        found.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
        let best = found.iter().map(Found::score).filter(|score| *score < FULL).max().unwrap_or_default();
        let enough = |score: u32| FULL * score >= LEAST * best;
        found.retain(|found| enough(found.score()));
        let cut = ends.iter().any(|end| enough(self.best(end, false).0));
        Ok((found, cut))
    }

    /// The score of a candidate by its best reading, and the fields that match the typed words.
    fn best(
        &self,
        candidate: &Candidate,
        numbered: bool,
    ) -> (u32, Vec<(MatchField, std::ops::Range<usize>)>) {
        let numbers = if numbered { self.search_text.numbers.as_slice() } else { &[] };
        let entry = Entry { numbers, ..Entry::of(self.search, candidate, &self.links) };
        let mut best: Option<(Score, usize)> = None;
        for (at, reading) in self.search_text.readings.iter().enumerate() {
            let score = score(reading, &entry);
            if best.as_ref().is_none_or(|(best, _)| score.value > best.value) {
                best = Some((score, at));
            }
        }
        let Some((score, at)) = best.filter(|(score, _)| score.value > 0) else { return (0, Vec::new()) };
        let reading = &self.search_text.readings[at];
        let words = reading.words.iter().zip(&score.fields);
        let mut why: Vec<_> =
            words.filter_map(|(word, field)| Some(((*field)?, word.typed.clone()))).collect();
        if let (Some(field), Some((_, titled))) = (score.title, &reading.titled) {
            why.extend(titled.iter().map(|typed| (field, typed.clone())));
        }
        why.sort_by_key(|(_, typed)| typed.start);
        why.dedup();
        (score.value, why)
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

    /// Its relevance without what ranks equal ones, in thousandths.
    #[must_use]
    pub fn score(&self) -> u32 {
        u32::try_from(self.relevance / SCORE).unwrap_or(FULL)
    }
}

impl<'a> Entry<'a> {
    pub(super) fn of(search: &'a Search, candidate: &'a Candidate, links: &'a [Vec<String>]) -> Self {
        let Candidate(noun, _, _, name, other, region, _, kind, base, program, linked, parties) = candidate;
        let is_region = *noun == search.region_noun;
        let mut names = vec![(search.language.read(name), MatchField::Name)];
        let other = other.iter().map(|other| (other.as_str(), MatchField::OtherName));
        let parties = parties.iter().map(|parties| (parties.as_str(), MatchField::Party));
        let short = search.region_names.without_kind(name).filter(|_| is_region);
        let short = short.map(|short| (short, MatchField::Name));
        let has_parties = parties.clone().next().is_some();
        let more = other.chain(short).chain(parties);
        names.extend(more.map(|(name, field)| (search.language.read(name), field)));
        if has_parties {
            // In the name of a program, a title is what it is about.
            names.push((search.language.plain(name), MatchField::Name));
        }
        Self {
            noun,
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
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::graph::search::{
        Index, Language, Links, Named, RegionNameRules, Title, Trait, Vocabulary, property::Properties,
    };

    /// The title KUD names a community.
    fn title_trait(title: Title, _: bool) -> Option<Trait> {
        let values = vec!["KUD".to_owned()];
        match title {
            Title(4) => Some(Trait::Column { noun: "cooperative", column: "community_base", values }),
            Title(0) => None,
            _ => Some(Trait::Noun("cooperative")),
        }
    }

    fn vocabulary() -> &'static Vocabulary {
        static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
            let mut vocabulary = Vocabulary::default();
            vocabulary.synonyms.add("jatim", "jawa timur");
            vocabulary.properties.push(("kopi".to_owned(), Named::Thing("kopi".to_owned())));
            vocabulary
        });
        &VOCABULARY
    }

    fn search() -> Search {
        let none = || unreachable!("no table is read");
        Search {
            indexes: vec![Index { name: "search", nouns: Vec::new() }],
            language: Language {
                titles: &[
                    (&["koperasi", "desa"], Title(2)),
                    (&["koperasi"], Title::ANY),
                    (&["kopdes"], Title(2)),
                    (&["kud"], Title(4)),
                ],
                noise: &["dan"],
                fillers: &[],
                common: &["universitas"],
                short: &[],
                title_trait,
                region_kinds: &[],
            },
            region_names: RegionNameRules { kinds: &["kota", "kabupaten"], added: &[] },
            region_noun: "region",
            regions: (none, ["", "", ""]),
            links: Links { table: (none, "", ""), noun: "cooperative", things: (none, [""; 4]) },
            vocabulary,
            spellings: |_| Vec::new(),
        }
    }

    /// A cooperative with a key, a name and a region.
    fn cooperative(key: &str, name: &str, region: &str) -> Candidate {
        Candidate {
            0: "cooperative".into(),
            2: Some(key.into()),
            3: name.into(),
            5: Some(region.into()),
            ..Candidate::default()
        }
    }

    fn region(code: &str, name: &str, kind: &str) -> Candidate {
        let (code, kind) = (Some(code.to_owned()), Some(kind.to_owned()));
        Candidate("region".into(), None, code.clone(), name.into(), None, code, 0, kind, None, None, 0, None)
    }

    /// The names of what is found, with the scores, best first.
    fn found(text: &str, coded: Vec<Candidate>, others: Vec<Candidate>) -> Vec<(String, u32)> {
        let (search, mut lexicon) = (search(), Lexicon::default());
        for (code, name, size) in [
            ("35", "jawa timur", 38),
            ("18", "lampung", 15),
            ("32.04", "kabupaten bandung", 31),
            ("32.73", "kota bandung", 30),
        ] {
            lexicon.region_names.add(&search.region_names, (code, name, size));
        }
        let things = [("K1".into(), "kopi arabika".into(), "arabica coffee".into(), "ESTATE_CROP".into())];
        lexicon.properties = Properties::of(&vocabulary().properties, &things);
        let search_text = SearchText::read(text, &search, &lexicon).unwrap();
        let links = crate::graph::search::statement::links(&search_text);
        let ranking = Ranking { search: &search, lexicon: &lexicon, search_text: &search_text, links };
        let found = ranking.rank(&["cooperative", "region"], [coded, Vec::new(), others], &[]).unwrap().0;
        found.into_iter().map(|found| (found.name.clone(), found.score())).collect()
    }

    fn names(text: &str, others: Vec<Candidate>) -> Vec<String> {
        found(text, Vec::new(), others).into_iter().map(|(name, _)| name).collect()
    }

    /// The names are found in this order, whatever the order of the candidates.
    fn falls(text: &str, expected: &[&str]) {
        let candidates = expected.iter().rev().map(|name| cooperative(name, name, "32")).collect();
        assert_eq!(names(text, candidates), expected, "`{text}`");
    }

    #[test]
    fn a_more_similar_name_ranks_higher() {
        falls("sidomulyo", &["sidomulyo", "sidomulyo baru", "sidomulya"]);
        falls("maju jaya", &["maju jaya", "jaya maju"]);
        falls("suka maju", &["suka maju", "sukamaju"]);
        falls("sukamaju", &["sukamaju", "suka maju"]);
        falls("universitas pasundan", &["universitas pasundan", "pasundan"]);
        assert_eq!(names("sidomulyo", vec![cooperative("1", "wonosari", "32")]), [""; 0]);
    }

    #[test]
    fn a_title_only_distinguishes_equal_names() {
        falls("kopdes maju", &["koperasi desa maju", "kud maju", "koperasi desa maju jaya"]);
    }

    #[test]
    fn only_an_exact_match_gets_the_full_score() {
        let found = found(
            "Suka  MAJU",
            Vec::new(),
            vec![cooperative("1", "koperasi suka-maju", "32"), cooperative("2", "suka maju bersama", "32")],
        );
        assert_eq!(found[0], ("koperasi suka-maju".into(), FULL - 1));
        assert!(found[1].1 < FULL - 1 && found[1].1 > 700, "{found:?}");
    }

    #[test]
    fn the_region_of_an_entry_counts_for_words_that_name_it() {
        let all = vec![
            cooperative("1", "sidomulyo", "18.05"),
            cooperative("2", "sidomulyo baru", "35.10"),
            cooperative("3", "sidomulyo", "35.10"),
        ];
        for text in ["sidomulyo jawa timur", "sidomulyo jatim"] {
            assert_eq!(names(text, all.clone())[..2], ["sidomulyo", "sidomulyo baru"], "`{text}`");
        }
    }

    #[test]
    fn equal_names_rank_by_level_and_size() {
        let larger = |size, candidate: Candidate| Candidate { 6: size, ..candidate };
        let all = vec![
            region("32.04.05.2001", "bandung", "DESA"),
            larger(10, cooperative("1", "bandung", "35")),
            larger(20, cooperative("2", "koperasi bandung", "35")),
            region("32.04", "kabupaten bandung", "KABUPATEN"),
            region("32.73", "kota bandung", "KOTA"),
        ];
        let expected = ["kota bandung", "kabupaten bandung", "koperasi bandung", "bandung", "bandung"];
        assert_eq!(names("bandung", all), expected);
    }

    #[test]
    fn a_question_finds_what_has_the_property_in_the_region() {
        let base = |base: &str, candidate: Candidate| Candidate { 8: Some(base.into()), ..candidate };
        let grows = |candidate: Candidate| Candidate { 10: 1, ..candidate };
        let kud = vec![
            base("KUD", cooperative("1", "kud maju", "35.01")),
            base("KUD", cooperative("2", "kud jaya", "18.01")),
            cooperative("3", "koperasi makmur", "35.01"),
        ];
        assert_eq!(names("kud jawa timur", kud)[0], "kud maju");
        let coffee = vec![
            cooperative("1", "koperasi bandung", "18.01"),
            cooperative("2", "koperasi satu", "32.04.01"),
            grows(cooperative("3", "koperasi dua", "32.05")),
            grows(cooperative("4", "koperasi tiga", "32.04.01")),
        ];
        assert_eq!(names("koperasi kopi bandung", coffee)[0], "koperasi tiga");
    }

    #[test]
    fn codes_come_first_and_low_scores_are_left_out() {
        let others = vec![
            cooperative("2", "maju jaya", "32"),
            cooperative("1", "maju jaya", "32"),
            cooperative("9", "zulu", "32"),
            cooperative("3", "jaya bersama sentosa", "32"),
        ];
        let found = found("maju jaya", vec![cooperative("9", "zulu", "32")], others);
        assert_eq!(
            found,
            [("zulu".into(), FULL), ("maju jaya".into(), FULL - 1), ("maju jaya".into(), FULL - 1)]
        );
    }
}
