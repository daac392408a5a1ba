//! Splits names and search texts into words of Latin letters and digits, and recognises titles and words without
//! meaning.

use std::ops::Range;

use super::{likeness, numbers, property::Trait, synonyms::Words};

/// Whether a word of a title and a given word are the same; the last argument is whether the title has several words.
type Alike<'a> = &'a dyn Fn(&str, &str, bool) -> bool;

/// A title: what many names start with, such as the kind of a company. Titles are bits: a short form may stand for
/// several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Title(pub u32);

impl Title {
    /// Any title.
    pub const ANY: Self = Self(1);

    /// Whether a search with this title matches a name with the title `other`.
    pub(super) fn means(self, other: Self) -> bool {
        if self == Self::ANY { other != Self::default() } else { self.0 & other.0 != 0 }
    }
}

/// The rules of names: their titles, and their words of little meaning.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// Titles and their short forms, those with more words first. They are recognised and left out of the words.
    pub titles: &'static [(&'static [&'static str], Title)],
    /// Words that are left out.
    pub noise: &'static [&'static str],
    /// Words of questions, which are left out of search texts that have other words.
    pub fillers: &'static [&'static str],
    /// Words that are so frequent in names that they have little weight.
    pub common: &'static [&'static str],
    /// Abbreviations of single words, with their long forms.
    pub short: &'static [(&'static str, &'static str)],
    /// The property that a title names, beside words or alone; none for a text without a title.
    pub title_trait: fn(Title, bool) -> Option<Trait>,
    /// The titles that are kinds of regions, with the value of the kind.
    pub region_kinds: &'static [(Title, &'static str)],
}

/// A parsed name: its title and its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) words: Vec<String>,
    pub(super) title: Title,
}

/// A parsed search text: its title and its words, with the ranges of the typed words that they stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) words: Words,
    pub(super) title: Title,
    /// The typed words of the titles.
    pub(super) titled: Vec<Range<usize>>,
}

/// The length from which a word of a title may be misspelled; one letter less in a title of several words.
const LONG: usize = 6;

/// The length from which a number beside other words is left out: it is a telephone number.
const TELEPHONE: usize = 9;

impl Language {
    /// The long form of an abbreviated word.
    pub(super) fn long<'a>(&self, word: &'a str) -> &'a str {
        self.short.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long)
    }

    /// Parses the words of a search text; long words of a title may be misspelled. A text that is only a title has no
    /// words.
    pub(super) fn hear(&self, words: &Words) -> Heard {
        let texts: Vec<String> = words.iter().map(|(text, _)| self.long(text).to_owned()).collect();
        let typed = |range: &Range<usize>| words[range.start].1.start..words[range.end - 1].1.end;
        let misspelled = |title: &str, word: &str, many| {
            title == word
                || (title.len() >= if many { LONG - 1 } else { LONG }
                    && likeness::edits(title, word, 1).is_some())
        };
        let parts = self.parts(&texts, Some(&misspelled));
        let mut heard = Heard::default();
        for (range, title) in parts {
            if let Some(title) = title {
                heard.title.0 |= title.0;
                heard.titled.push(typed(&range));
            } else {
                let numerals = numbers::as_numerals(&texts[range.clone()]);
                let at = |own: Range<usize>| own.start + range.start..own.end + range.start;
                heard.words.extend(numerals.into_iter().map(|(text, own)| (text, typed(&at(own)))));
            }
        }
        let fills = |word: &str| {
            self.fillers.contains(&word)
                || (word.len() >= TELEPHONE && word.bytes().all(|letter| letter.is_ascii_digit()))
        };
        if !heard.titled.is_empty() || heard.words.iter().any(|(word, _)| !fills(word)) {
            heard.words.retain(|(word, _)| !fills(word));
        }
        heard
    }

    /// Parses the words of a search text without titles.
    pub(super) fn hear_plain(&self, words: &Words) -> Heard {
        let long = words.iter().map(|(text, typed)| (self.long(text).to_owned(), typed.clone()));
        let long = long.filter(|(text, _)| !self.noise.contains(&text.as_str()));
        Heard { words: long.collect(), ..Heard::default() }
    }

    /// Parses a folded name. A name that is only a title is a name all the same.
    pub(super) fn read(&self, name: &str) -> Reading {
        let words = split(name);
        let mut reading = Reading::default();
        for (range, title) in self.parts(&words, None) {
            if let Some(title) = title {
                reading.title.0 |= title.0;
            } else {
                let numerals = numbers::as_numerals(&words[range]);
                reading.words.extend(numerals.into_iter().map(|(text, _)| text));
            }
        }
        if reading.words.is_empty() {
            reading.words = words;
        }
        reading
    }

    /// Parses a folded name without titles.
    pub(super) fn plain(&self, name: &str) -> Reading {
        let words = numbers::as_numerals(&split(name)).into_iter().map(|(text, _)| text);
        let words = words.filter(|word| !self.noise.contains(&word.as_str())).collect();
        Reading { words, title: Title::default() }
    }

    /// Takes words apart into titles and the words between them, without noise. A title may have other words than these
    /// if they are the same by `same`.
    fn parts(&self, words: &[String], same: Option<Alike<'_>>) -> Vec<(Range<usize>, Option<Title>)> {
        let mut parts: Vec<(Range<usize>, Option<Title>)> = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let rest = &words[from..];
            let exact =
                |title: &[&str]| title.len() <= rest.len() && title.iter().zip(rest).all(|(a, b)| a == b);
            let known = self.titles.iter().find(|(title, _)| exact(title));
            let longer = same.and_then(|same| {
                self.titles.iter().find(|(title, _)| {
                    let many = title.len() > 1;
                    known.is_none_or(|(known, _)| title.len() > known.len())
                        && title.len() <= rest.len()
                        && title.iter().zip(rest).all(|(title, word)| same(title, word, many))
                })
            });
            if let Some((title, kind)) = longer.or(known) {
                parts.push((from..from + title.len(), Some(*kind)));
                from += title.len();
                continue;
            }
            if !self.noise.contains(&words[from].as_str()) {
                match parts.last_mut() {
                    Some((range, None)) if range.end == from => range.end += 1,
                    _ => parts.push((from..from + 1, None)),
                }
            }
            from += 1;
        }
        parts
    }

    /// The weight of a word in a name: by its length, and low when it is frequent in names.
    pub(super) fn weight(&self, word: &str) -> u32 {
        weight(word, self.common.contains(&word))
    }

    /// The weight of a word in a search text, which may be misspelled unless it is known.
    pub(super) fn heard_weight(&self, word: &str, known: bool) -> u32 {
        if known {
            return self.weight(word);
        }
        let forgiven = usize::from(word.len() >= LONG);
        weight(word, self.common.iter().any(|common| likeness::edits(common, word, forgiven).is_some()))
    }
}

fn weight(word: &str, common: bool) -> u32 {
    let letters = u32::try_from(word.len()).unwrap_or(u32::MAX / 4);
    if common { letters } else { 4 * letters }
}

/// Splits a folded text into words. An apostrophe is part of a word; all other characters separate words.
pub(super) fn split(folded: &str) -> Vec<String> {
    let joined = folded.replace('\'', "");
    let words = joined.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VILLAGE: Title = Title(2);
    const LANGUAGE: Language = Language {
        titles: &[
            (&["koperasi", "desa", "merah", "putih"], VILLAGE),
            (&["koperasi"], Title::ANY),
            (&["kdmp"], VILLAGE),
        ],
        noise: &["dan"],
        fillers: &["yang", "jual"],
        common: &["universitas"],
        short: &[("univ", "universitas")],
        title_trait: |_, _| None,
        region_kinds: &[],
    };

    fn heard(text: &str) -> (String, Title) {
        let words = split(&crate::graph::fold::fold(text)).into_iter().enumerate();
        let heard = LANGUAGE.hear(&words.map(|(at, word)| (word, at..at + 1)).collect());
        let words: Vec<String> = heard.words.into_iter().map(|(word, _)| word).collect();
        (words.join(" "), heard.title)
    }

    #[test]
    fn a_title_is_recognised_and_removed_at_any_position() {
        assert_eq!(heard("KOPERASI Desa Merah-Putih Sidomulyo"), ("sidomulyo".into(), VILLAGE));
        assert_eq!(heard("sidomulyo kdmp"), ("sidomulyo".into(), VILLAGE));
        assert_eq!(heard("koperasi Al-Ittifaq"), ("al ittifaq".into(), Title::ANY));
    }

    #[test]
    fn a_long_word_of_a_title_may_be_misspelled() {
        assert_eq!(heard("koprasi desa merah putih sidomulyo"), ("sidomulyo".into(), VILLAGE));
        assert_eq!(heard("koeprasi maju"), ("maju".into(), Title::ANY));
    }

    #[test]
    fn a_title_alone_is_a_name_but_no_word_of_a_text() {
        assert_eq!(heard("koperasi"), (String::new(), Title::ANY));
        assert_eq!(LANGUAGE.read("koperasi").words, ["koperasi"]);
        assert_eq!(heard(" \t"), (String::new(), Title::default()));
    }

    #[test]
    fn words_of_questions_are_left_out_beside_others() {
        assert_eq!(heard("yang jual kopi 081234567890").0, "kopi");
        assert_eq!(heard("yang jual").0, "yang jual");
        assert_eq!(heard("koperasi 081234567890"), (String::new(), Title::ANY));
    }

    #[test]
    fn number_words_are_numerals() {
        assert_eq!(heard("kdmp dua puluh enam ilir").0, "26 ilir");
        assert_eq!(LANGUAGE.read("koperasi tujuh ulu").words, ["7", "ulu"]);
    }

    #[test]
    fn noise_words_and_punctuation_are_ignored() {
        assert_eq!(heard("Ba'u dan Tío-tio 😀"), ("bau tio tio".into(), Title::default()));
        assert_eq!(heard("univ. pasundan").0, "universitas pasundan");
    }

    #[test]
    fn a_general_title_matches_every_specific_title() {
        assert!(Title::ANY.means(VILLAGE) && VILLAGE.means(VILLAGE));
        assert!(!Title::ANY.means(Title::default()) && !VILLAGE.means(Title::ANY));
    }
}
