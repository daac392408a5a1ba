//! Parses a search text into words, a title, places, and trigrams to search for.

use super::{
    Index, Lexicon,
    gram::{self, Gram},
    place::{Span, lies_in},
    words::Title,
};
use crate::graph::{Error, Result};

/// The most characters in a search text.
const LONGEST: usize = 200;

/// The most places recognised in a text.
const MOST_PLACES: usize = 3;

/// The most regions of one name in which is searched.
const MOST_REGIONS: usize = 8;

/// A parsed search text.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) words: Vec<Word>,
    pub(super) title: Title,
    pub(super) places: Vec<Span>,
    /// Regions to list everything of, when the text contains only a place.
    pub(super) inside: Vec<String>,
    pub(super) sought: Vec<Gram>,
    pub(super) counted: Vec<Gram>,
    /// Spellings of the whole text as a code or a number.
    pub(super) spellings: Vec<String>,
}

/// A word of a search text.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) weight: u32,
    /// Index of the place that it is a part of.
    pub(super) place: Option<usize>,
}

impl Question {
    /// Parses a search text.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when it is too long or contains a NUL.
    pub(super) fn read(text: &str, index: &Index, lexicon: &Lexicon) -> Result<Self> {
        if text.contains('\0') {
            return Err(Error::bad_input("a string must not contain a NUL character"));
        }
        if text.chars().count() > LONGEST {
            return Err(Error::bad_input(format!("a search text must have at most {LONGEST} characters")));
        }
        let heard = index.language.hear(text);
        let mut places = lexicon.places.among(&heard.words);
        places.truncate(MOST_PLACES);
        let place_of = |word| places.iter().position(|span| span.holds(word));
        let mut words: Vec<Word> = Vec::new();
        for (at, text) in heard.words.into_iter().enumerate() {
            words.push(Word { weight: index.language.heard_weight(&text), place: place_of(at), text });
        }
        let nothing_but_places = words.iter().all(|word| word.place.is_some());
        let inside = if nothing_but_places { smallest(&places) } else { Vec::new() };
        let texts = |wanted: &dyn Fn(&Word) -> bool| -> Vec<&str> {
            words.iter().filter(|word| wanted(word)).map(|word| word.text.as_str()).collect()
        };
        let (matter, all) = (texts(&|word| nothing_but_places || word.place.is_none()), texts(&|_| true));
        let sought = gram::sought(&matter, &all, &lexicon.frequencies);
        let counted = gram::counted(&all, &lexicon.frequencies);
        let spellings = (index.spellings)(text.trim());
        Ok(Self { words, title: heard.title, places, inside, sought, counted, spellings })
    }

    /// The letter, if the text is a single letter.
    pub(super) fn letter(&self) -> Option<char> {
        match self.words.as_slice() {
            [word] if word.text.len() == 1 => word.text.chars().next(),
            _ => None,
        }
    }

    /// Number of trigrams in the words of a place: the bonus of an entry that lies there.
    pub(super) fn worth(&self, place: usize) -> usize {
        let words = self.words.iter().filter(|word| word.place == Some(place));
        words.map(|word| word.text.len()).sum()
    }
}

/// The regions of the smallest place that lie in all other places.
fn smallest(places: &[Span]) -> Vec<String> {
    let Some(smallest) = places.iter().max_by_key(|span| span.smallness()) else { return Vec::new() };
    let inside = |code: &&String| places.iter().all(|span| span.around(code));
    let codes: Vec<String> = smallest.codes.iter().filter(inside).cloned().collect();
    // Whatever lies in a region comes with it.
    let outer = |code: &&String| !codes.iter().any(|other| other != *code && lies_in(code, other));
    codes.iter().filter(outer).take(MOST_REGIONS).cloned().collect()
}
