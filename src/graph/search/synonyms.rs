//! Synonyms as data: what texts people type stand for, such as abbreviations, and the readings of a text by them.

use std::{collections::HashMap, ops::Range};

use super::{likeness, words::split};
use crate::graph::fold::fold;

/// Texts and their meanings.
#[derive(Clone, Debug, Default)]
pub struct Synonyms {
    meanings: HashMap<String, Vec<String>>,
    /// The most words of a text.
    longest: usize,
}

/// The most readings of a text by synonyms.
const MOST: usize = 5;

/// The length from which a word may be misspelled.
const LONG: usize = 6;

/// The words of a text, with the ranges of the typed words that they stand for.
pub(super) type Words = Vec<(String, Range<usize>)>;

/// The words of a text, in which synonyms were replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Replaced {
    pub(super) words: Words,
    /// Whether a synonym was misspelled.
    pub(super) misspelled: bool,
}

impl Synonyms {
    /// Adds a meaning of a text.
    pub fn add(&mut self, text: &str, means: &str) {
        let text = split(&fold(text));
        self.longest = self.longest.max(text.len());
        let meanings = self.meanings.entry(text.join(" ")).or_default();
        let means = split(&fold(means)).join(" ");
        if !meanings.contains(&means) {
            meanings.push(means);
        }
    }

    /// Which words are, or are a part of, a text that stands for something else.
    pub(super) fn standing(&self, words: &[String]) -> Vec<bool> {
        let mut standing = vec![false; words.len()];
        for from in 0..words.len() {
            for to in from + 1..=words.len().min(from + self.longest) {
                if self.meanings.contains_key(&words[from..to].join(" ")) {
                    standing[from..to].fill(true);
                }
            }
        }
        standing
    }

    /// The readings of a text in which synonyms are replaced: from the left, those of most words first. A word that
    /// `is_known` is not taken for a misspelled synonym.
    pub(super) fn readings(&self, typed: &[String], is_known: impl Fn(&str) -> bool) -> Vec<Replaced> {
        let mut parts: Vec<(Range<usize>, &[String])> = Vec::new();
        let (mut from, mut misspelled) = (0, false);
        while from < typed.len() {
            let longest = typed.len().min(from + self.longest);
            let exact = (from + 1..=longest)
                .rev()
                .find_map(|to| Some((from..to, self.meanings.get(&typed[from..to].join(" "))?.as_slice())));
            let found = exact.or_else(|| {
                let near = self.near(&typed[from]).filter(|_| !is_known(&typed[from]))?;
                misspelled = true;
                Some((from..from + 1, near))
            });
            from = found.as_ref().map_or(from + 1, |(range, _)| range.end);
            parts.extend(found);
        }
        let most = parts.iter().map(|(_, meanings)| meanings.len()).max().unwrap_or(0).min(MOST);
        let readings = (0..most).map(|nth| Replaced { words: replaced(typed, &parts, nth), misspelled });
        readings.collect()
    }

    /// The meanings of a single word that is like this one.
    fn near(&self, word: &str) -> Option<&[String]> {
        if word.len() < LONG {
            return None;
        }
        let like = |text: &&String| text.len() >= LONG && likeness::edits(text, word, 1).is_some();
        let near = self.meanings.keys().filter(like).min()?;
        self.meanings.get(near).map(Vec::as_slice)
    }
}

/// The words with the nth meaning of each part, or its last.
fn replaced(typed: &[String], parts: &[(Range<usize>, &[String])], nth: usize) -> Words {
    let mut words = Vec::new();
    let mut at = 0;
    while at < typed.len() {
        let part = parts.iter().find(|(range, _)| range.start == at);
        let meaning =
            part.and_then(|(range, meanings)| Some((range, meanings.get(nth).or(meanings.last())?)));
        if let Some((range, meaning)) = meaning {
            words.extend(meaning.split(' ').map(|word| (word.to_owned(), range.clone())));
            at = range.end;
        } else {
            words.push((typed[at].clone(), at..at + 1));
            at += 1;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn synonyms() -> Synonyms {
        let mut synonyms = Synonyms::default();
        for (text, means) in [
            ("jabar", "jawa barat"),
            ("ub", "universitas brawijaya"),
            ("ub", "unit bisnis"),
            ("cabe rawit", "cabai rawit"),
            ("jogjakarta", "yogyakarta"),
        ] {
            synonyms.add(text, means);
        }
        synonyms
    }

    fn readings(text: &str) -> Vec<(String, bool)> {
        let synonyms = synonyms();
        let joined = |replaced: Replaced| {
            let words: Vec<String> = replaced.words.into_iter().map(|(word, _)| word).collect();
            (words.join(" "), replaced.misspelled)
        };
        synonyms.readings(&split(text), |word| word == "jogjakerta").into_iter().map(joined).collect()
    }

    #[test]
    fn every_meaning_is_a_reading() {
        assert_eq!(readings("padi jabar"), [("padi jawa barat".into(), false)]);
        assert_eq!(
            readings("ub jabar"),
            [("universitas brawijaya jawa barat".into(), false), ("unit bisnis jawa barat".into(), false)]
        );
        assert_eq!(readings("cabe rawit pedas"), [("cabai rawit pedas".into(), false)]);
        assert_eq!(readings("cabe"), []);
    }

    #[test]
    fn a_long_synonym_may_be_misspelled_unless_the_word_is_known() {
        assert_eq!(readings("jogjakrta"), [("yogyakarta".into(), true)]);
        assert_eq!(readings("jogjakerta"), []);
        assert_eq!(readings("jbar"), []);
    }

    #[test]
    fn replaced_words_keep_the_typed_range() {
        let synonyms = synonyms();
        let words = &synonyms.readings(&split("kopi jabar"), |_| false)[0].words;
        let expected = [("kopi".into(), 0..1), ("jawa".into(), 1..2), ("barat".into(), 1..2)];
        assert_eq!(*words, expected);
    }
}
