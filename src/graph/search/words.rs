//! Splits names and search texts into words of Latin letters and digits, and recognises titles and words without
//! meaning.

use super::likeness;
use crate::graph::fold::fold;

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
    /// Words that are so frequent in names that they have little weight.
    pub common: &'static [&'static str],
    /// Abbreviations of single words, with their long forms.
    pub short: &'static [(&'static str, &'static str)],
}

/// A parsed text: title and words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) words: Vec<String>,
    pub(super) title: Title,
}

/// The length from which a word of a title may be misspelled.
const LONG: usize = 6;

impl Language {
    /// Parses a search text; long words of a title may be misspelled.
    pub(super) fn hear(&self, text: &str) -> Reading {
        let long_for = |word: String| {
            let long = self.short.iter().find(|(short, _)| *short == word);
            long.map_or(word, |(_, long)| (*long).to_owned())
        };
        let words = split(&fold(text)).into_iter().map(long_for).collect();
        self.leave_out(words, |title, word| {
            title == word || (title.len() >= LONG && likeness::edits(title, word, 1).is_some())
        })
    }

    /// Parses a folded name.
    pub(super) fn read(&self, name: &str) -> Reading {
        self.leave_out(split(name), |title, word| title == word)
    }

    fn leave_out(&self, words: Vec<String>, same: impl Fn(&str, &str) -> bool) -> Reading {
        let mut reading = Reading::default();
        let mut rest = words.as_slice();
        while let Some((word, after)) = rest.split_first() {
            let begins = |title: &[&str]| {
                title.len() <= rest.len() && title.iter().zip(rest).all(|(title, word)| same(title, word))
            };
            if let Some((title, kind)) = self.titles.iter().find(|(title, _)| begins(title)) {
                reading.title.0 |= kind.0;
                rest = &rest[title.len()..];
                continue;
            }
            if !self.noise.contains(&word.as_str()) {
                reading.words.push(word.clone());
            }
            rest = after;
        }
        // What is nothing but a title is a name after all.
        if reading.words.is_empty() {
            reading.words = words;
        }
        reading
    }

    /// The weight of a word in a name: by its length, and low when it is frequent in names.
    pub(super) fn weight(&self, word: &str) -> u32 {
        weight(word, self.common.contains(&word))
    }

    /// The weight of a word in a search text, which may be misspelled.
    pub(super) fn heard_weight(&self, word: &str) -> u32 {
        let forgiven = if word.len() < LONG { 0 } else { 2 };
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
        common: &["universitas"],
        short: &[("univ", "universitas")],
    };

    fn heard(text: &str) -> (String, Title) {
        let reading = LANGUAGE.hear(text);
        (reading.words.join(" "), reading.title)
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
    fn a_title_alone_is_a_name() {
        assert_eq!(heard("koperasi"), ("koperasi".into(), Title::ANY));
        assert_eq!(heard(" \t"), (String::new(), Title::default()));
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
